"""Strokes on the pad: nothing is lost, and undo and redo are inverse."""

from hypothesis import given
from hypothesis import strategies as st

from game.core.values import sketch
from game.core.values.sketch import TREMBLE, Sketch

coordinates = st.floats(-1, 2)
points = st.tuples(coordinates, coordinates, st.just(0.0))
steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from([sketch.press, sketch.move]), points),
        st.tuples(st.sampled_from([sketch.lift, sketch.undo, sketch.redo, sketch.clear])),
    ),
    max_size=40,
)


def after(actions: list, begin: Sketch = Sketch()) -> Sketch:  # noqa: B008 - it is frozen
    for action, *arguments in actions:
        begin = action(begin, *arguments)
    return begin


def stroke(*points: tuple[float, float]) -> list:
    (first, *others) = [(x, y, 0.0) for x, y in points]
    return [(sketch.press, first), *[(sketch.move, p) for p in others], (sketch.lift,)]


def test_a_stroke_has_the_points_the_pen_was_at_on_the_pad() -> None:
    drawn = after(stroke((0.1, 0.1), (0.5, 0.1), (1.5, -0.5)))
    assert drawn.strokes == (((0.1, 0.1, 0.0), (0.5, 0.1, 0.0), (1.0, 0.0, 0.0)),)
    assert not drawn.pen_down


def test_a_tap_with_a_tremble_is_a_dot_but_a_small_step_within_a_stroke_counts() -> None:
    drawn = after(stroke((0.5, 0.5), (0.5 + TREMBLE / 2, 0.5), (0.5, 0.5 - TREMBLE / 2)))
    assert drawn.strokes == (((0.5, 0.5, 0.0),),)
    drawn = after(stroke((0.5, 0.5), (0.6, 0.5), (0.6 + TREMBLE / 2, 0.5)))
    assert len(drawn.strokes[0]) == 3


def test_a_drawing_is_continued_by_more_ink_at_its_end_and_by_nothing_else() -> None:
    line, other = ((0.1, 0.1, 0.0), (0.5, 0.1, 0.0)), ((0.2, 0.2, 0.0),)
    longer = (*line, (0.9, 0.1, 0.0))
    for new in ((line,), (longer,), (longer, other)):
        assert sketch.is_continued((line,), new)
    for old in ((), (longer,), (line, other), (other,)):
        assert not sketch.is_continued(old, (line,))


def test_only_a_pen_that_is_down_draws_on() -> None:
    lifted = after(stroke((0.5, 0.5), (0.9, 0.5)))
    for action in (sketch.move, sketch.press):
        assert action(lifted, (0.1, 0.1, 0.0)).strokes[0] == lifted.strokes[0]


@given(steps)
def test_undo_takes_back_a_stroke_and_a_clearing(actions: list) -> None:
    before = after([*actions, (sketch.lift,)])
    drawn = after(stroke((0.2, 0.2), (0.8, 0.8)), before)
    assert sketch.undo(drawn).strokes == before.strokes
    assert sketch.undo(sketch.clear(drawn)).strokes == drawn.strokes


@given(steps)
def test_undoing_everything_empties_the_pad_and_redoing_brings_it_back(actions: list) -> None:
    final = emptied = after([*actions, (sketch.lift,)])
    while emptied.past:
        undone = sketch.undo(emptied)
        assert sketch.redo(undone) == emptied
        emptied = undone
    assert emptied.strokes == ()
    while emptied.future:
        emptied = sketch.redo(emptied)
    if not final.future:
        assert emptied == final
