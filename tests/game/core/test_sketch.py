"""Strokes on the pad: nothing is lost, and undo and redo are inverse."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.values import sketch
from game.core.values.sketch import TREMBLE, Point, Sketch

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


def test_a_stroke_has_the_points_the_pen_was_at() -> None:
    drawn = after(stroke((0.1, 0.1), (0.5, 0.1), (0.5, 0.9)))
    assert drawn.strokes == (((0.1, 0.1, 0.0), (0.5, 0.1, 0.0), (0.5, 0.9, 0.0)),)
    assert not drawn.pen_down


def test_a_tap_with_a_tremble_is_a_dot() -> None:
    drawn = after(stroke((0.5, 0.5), (0.5 + TREMBLE / 2, 0.5), (0.5, 0.5 - TREMBLE / 2)))
    assert drawn.strokes == (((0.5, 0.5, 0.0),),)


def test_a_small_step_within_a_stroke_counts() -> None:
    drawn = after(stroke((0.5, 0.5), (0.6, 0.5), (0.6 + TREMBLE / 2, 0.5)))
    assert len(drawn.strokes[0]) == 3


def test_a_drawing_is_continued_by_more_ink_at_its_end_and_by_nothing_else() -> None:
    line, other = ((0.1, 0.1, 0.0), (0.5, 0.1, 0.0)), ((0.2, 0.2, 0.0),)
    longer = (*line, (0.9, 0.1, 0.0))
    for old, new in (
        ((line,), (line,)),
        ((line,), (longer, other)),
        ((other, line), (other, longer)),
    ):
        assert sketch.is_continued(old, new)
    for old, new in (
        ((), (line,)),
        ((longer,), (line,)),
        ((line, other), (line,)),
        ((line,), (other,)),
    ):
        assert not sketch.is_continued(old, new)


def test_the_pen_stays_on_the_pad() -> None:
    drawn = after(stroke((0.5, 0.5), (1.5, -0.5)))
    assert drawn.strokes[0][-1] == (1.0, 0.0, 0.0)


@pytest.mark.parametrize("action", [sketch.move, sketch.press])
def test_only_a_pen_that_is_down_draws_on(action: Callable[[Sketch, Point], Sketch]) -> None:
    lifted = after(stroke((0.5, 0.5), (0.9, 0.5)))
    moved = action(lifted, (0.1, 0.1, 0.0))
    assert moved.strokes[0] == lifted.strokes[0]


@given(steps)
def test_undo_after_a_stroke_is_identity(actions: list) -> None:
    before = after([*actions, (sketch.lift,)])
    drawn = after(stroke((0.2, 0.2), (0.8, 0.8)), before)
    assert sketch.undo(drawn).strokes == before.strokes


@given(steps)
def test_redo_takes_an_undo_back(actions: list) -> None:
    before = after([*actions, (sketch.lift,)])
    if before.past:
        assert sketch.redo(sketch.undo(before)) == before


@given(steps)
def test_undoing_everything_empties_the_pad_and_redoing_brings_it_back(actions: list) -> None:
    final = after(actions)
    emptied = final
    while emptied.past:
        emptied = sketch.undo(emptied)
    assert emptied.strokes == ()
    while emptied.future:
        emptied = sketch.redo(emptied)
    if final.past and not final.future:
        assert emptied.strokes == final.strokes


def test_clearing_can_be_undone() -> None:
    drawn = after(stroke((0.2, 0.2), (0.8, 0.8)))
    assert sketch.undo(sketch.clear(drawn)).strokes == drawn.strokes
