"""The game's rules as (state, event, state), and what holds whatever happens."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game import events
from game.events import Do, Event, Go, Picture, Reading
from game.glyphs import glyph
from game.rules import draw_game, pad, think_game
from game.rules.draw_game import DrawGame
from game.rules.pad import Pad
from game.rules.records import Records, Score, Trial
from game.rules.review import Page, Review
from game.rules.rounds import Round
from game.rules.settings import CHOICES, KEYS
from game.rules.sketch import Sketch
from game.rules.think_game import ThinkGame
from game.state import Digits, Net, Options, Screen, State, Title
from game.update import update
from tests.readings import reading

DOT = (((0.5, 0.5, 0.0),),)
PAD = State(screen=Pad(), net=Net.READY)
PICTURE = Picture(bytes(16), bytes(784))
DRAWN = replace(PAD, sketch=Sketch(DOT, past=((),)), reading=reading(7))
ENDED = Review("draw", (Round(1, 1, 90, 1.0, 1.0),), 90, ranks=True, number="1")


@pytest.mark.parametrize(
    ("before", "event", "after"),
    [
        (State(), events.Tick(0.5), State(now=0.5)),
        (State(overlay="pause"), events.Tick(0.5), State(overlay="pause")),
        (State(), events.NetReady(), State(net=Net.READY)),
        (State(), events.NetFailed("gone"), State(net=Net.FAILED, net_error="gone")),
        (PAD, events.Read(reading(7)), replace(PAD, reading=reading(7))),
        (State(), Do("quit"), State(running=False)),
        (State(), Do("back"), State(running=False)),
        (State(), Go("sketchpad"), State(screen=Pad())),
        (State(), Go("think"), State(screen=ThinkGame(), seed=1)),
        (State(), Go("digits"), State(screen=Digits())),
        (State(), Go("settings"), State(screen=Options())),
        (DRAWN, Do("back"), State(screen=Title(), net=Net.READY)),
        (DRAWN, Do("undo"), replace(PAD, sketch=Sketch(future=(DOT,)))),
        (DRAWN, Do("clear"), replace(PAD, sketch=Sketch(past=((), DOT)))),
        (DRAWN, Do("left"), DRAWN),
        (PAD, events.Move(0.5, 0.5), PAD),
        (PAD, events.Lift(), PAD),
        (PAD, events.Tool("eraser"), replace(PAD, screen=Pad(tool="eraser"))),
        (PAD, Do("width"), replace(PAD, screen=Pad(width=2))),
        (PAD, Do("help"), replace(PAD, overlay="help")),
        (replace(PAD, overlay="help"), Do("back"), PAD),
        (replace(PAD, overlay="help"), events.Press(0.5, 0.5), replace(PAD, overlay="help")),
        (State(screen=ThinkGame()), Do("pause"), State(screen=ThinkGame(), overlay="pause")),
        (State(screen=ThinkGame()), Do("left"), State(screen=ThinkGame(), overlay="pause")),
        (State(screen=Options()), Do("forget"), State(screen=Options(forgetting=True))),
        (State(screen=Options()), events.Rebind("undo"), State(screen=Options(waiting="undo"))),
    ],
)
def test_update(before: State, event: Event, after: State) -> None:
    assert update(before, event) == after


@pytest.mark.parametrize(
    ("before", "event"),
    [
        (PAD, Go("draw")),
        (PAD, Do("help")),
        (DRAWN, events.Press(0.5, 0.5)),
        (State(screen=DrawGame((1, 2))), Do("accept")),
        (State(screen=DrawGame((1, 2))), Do("skip")),
        (replace(DRAWN, screen=ThinkGame()), Do("accept")),
        (State(screen=ENDED), Do("accept")),
        (State(screen=ENDED), events.Choose(0)),
    ],
)
def test_the_focus_ends_with_its_page(before: State, event: Event) -> None:
    assert update(replace(before, focus=2), event).focus is None


@pytest.mark.parametrize(
    ("before", "event"),
    [
        (DRAWN, Do("undo")),
        (State(screen=Options()), events.Change("volume")),
        (State(screen=Options()), events.Rebind("undo")),
        (State(screen=ENDED), events.Tick(0.1)),
    ],
)
def test_the_focus_stays_while_the_same_can_be_pressed(before: State, event: Event) -> None:
    assert update(replace(before, focus=2), event).focus == 2


def test_a_stroke_remembers_when_it_was_drawn() -> None:
    state = replace(PAD, now=2.0)
    for event in (events.Press(0.1, 0.1), events.Tick(0.5), events.Move(0.9, 0.9), events.Lift()):
        state = update(state, event)
    assert state.sketch.strokes == (((0.1, 0.1, 2.0), (0.9, 0.9, 2.5)),)


def test_a_reading_names_its_best_digit() -> None:
    assert (reading(7).digit, reading(7, 0.9).confidence) == (7, 0.9)


def test_a_figure_on_the_sketchpad_keeps_the_drawing_as_that_digit() -> None:
    assert update(DRAWN, events.Digit(4)).kept == (("4", DOT),)
    assert update(update(DRAWN, events.Digit(4)), Do("stored")).kept == ()


def test_a_whole_stroke_is_erased_and_can_be_brought_back() -> None:
    erasing = replace(DRAWN, screen=Pad(tool="eraser"))
    for event in (events.Press(0.1, 0.1), events.Move(0.51, 0.5), events.Lift()):
        erasing = update(erasing, event)
    assert erasing.sketch.strokes == ()
    assert erasing.reading is None
    assert update(erasing, Do("undo")).sketch.strokes == DOT


def test_a_part_of_a_stroke_is_rubbed_out() -> None:
    line = (((0.1, 0.5, 0.0), (0.9, 0.5, 1.0)),)
    state = replace(PAD, screen=Pad(tool="rubber"), sketch=Sketch(line))
    for event in (events.Press(0.5, 0.5), events.Lift()):
        state = update(state, event)
    left, right = state.sketch.strokes
    assert left[0] == line[0][0]
    assert right[-1] == line[0][-1]
    assert left[-1][0] < 0.48
    assert right[0][0] > 0.52


def test_an_eraser_that_takes_nothing_leaves_nothing_to_undo() -> None:
    state = replace(DRAWN, screen=Pad(tool="rubber"))
    for event in (events.Press(0.9, 0.9), events.Move(0.8, 0.9), events.Lift()):
        state = update(state, event)
    assert state.sketch == DRAWN.sketch


def test_an_opened_file_lies_on_the_pad_and_undo_brings_the_old_drawing_back() -> None:
    line = (((0.1, 0.5, 0.0), (0.9, 0.5, 1.0)),)
    opened = update(DRAWN, events.Opened("a.ndjson", line))
    assert opened.sketch.strokes == line
    assert update(opened, Do("undo")).sketch.strokes == DOT


def test_a_picture_lies_on_the_pad_until_something_is_drawn_cleared_or_brought_back() -> None:
    opened = update(DRAWN, events.Opened("a.png", picture=PICTURE))
    assert (opened.picture, opened.sketch.strokes, opened.reading) == (PICTURE, (), None)
    read = update(opened, events.Read(reading(3)))
    assert read.reading == reading(3)
    for wish in (events.Press(0.5, 0.5), Do("clear"), Do("undo"), Go("sketchpad")):
        after = update(read, wish)
        assert (after.picture, after.reading) == (None, None)
    assert update(read, Do("undo")).sketch.strokes == DOT


@pytest.mark.parametrize("picture", [None, PICTURE])
def test_a_figure_tells_why_nothing_is_kept_of_a_pad_without_a_drawing(
    picture: Picture | None,
) -> None:
    after = update(replace(PAD, picture=picture), events.Digit(3))
    assert after.kept == ()
    assert after.notice == pad.UNDRAWN


def test_the_same_seed_asks_for_the_same_digits_none_twice() -> None:
    first, again = (update(State(seed=5), Go("draw")).screen for _ in range(2))
    assert isinstance(first, DrawGame)
    assert first == again
    assert len(set(first.digits)) == 6
    assert update(State(seed=6), Go("draw")).screen != first


def test_the_drill_asks_for_the_weakest_digits() -> None:
    trials = tuple(Trial(d, None if d in {2, 5, 7} else d, 1.0, 1.0) for d in range(10))
    drill = update(State(records=Records(trials=trials)), Go("drill")).screen
    assert isinstance(drill, DrawGame)
    assert set(drill.digits) == {2, 5, 7}


def test_a_name_is_typed_rubbed_and_kept_with_the_score() -> None:
    state = State(screen=ENDED, seed=1)
    for event in (
        Do("accept"),
        events.Typed("A"),
        events.Typed("\x07☃"),
        events.Typed("dx"),
        Do("clear"),
        events.Typed("a"),
        Do("accept"),
    ):
        state = update(state, event)
    assert state.records.scores == (Score(90, "Ada", "draw", "1"),)
    assert isinstance(state.screen, Review)
    assert state.screen.page is Page.SCORES


@pytest.mark.parametrize("leaving", [Do("back"), Go("title"), Do("quit")])
def test_a_score_is_kept_even_if_the_player_leaves_before_typing(leaving: Event) -> None:
    left = update(State(screen=replace(ENDED, name="Ada")), leaving)
    assert left.records.best("draw") == 90
    assert left.records.scores[0].name == "Ada"


def test_forgetting_asks_once_and_then_forgets() -> None:
    state = State(screen=Options(), records=Records((Score(1, "Ada", "draw"),), name="Ada"))
    asked = update(state, Do("forget"))
    assert asked.records == state.records
    forgotten = update(asked, Do("forget"))
    assert (forgotten.records, forgotten.forget) == (Records(), True)


def test_a_notice_goes_after_a_while() -> None:
    state = update(State(), events.Notice("Saved"))
    assert update(state, events.Tick(1.0)).notice == "Saved"
    assert update(state, events.Tick(60.0)).notice == ""


@pytest.mark.parametrize("leaving", [Go("draw"), Do("back"), events.Press(0.5, 0.5)])
def test_a_notice_ends_with_its_screen(leaving: Event) -> None:
    screen = Title() if isinstance(leaving, events.Press) else Options()
    noted = update(State(screen=screen), events.Notice("Forgotten"))
    assert update(noted, leaving).notice == ""


def test_a_notice_that_a_change_of_screen_brings_is_seen_on_the_new_one() -> None:
    left = update(State(screen=ENDED), Do("back"))
    assert update(left, events.Notice("Scores can’t be kept")).notice == "Scores can’t be kept"


def test_nothing_is_drawn_while_the_clock_stands() -> None:
    paused = update(update(State(), Go("draw")), Do("pause"))
    for event in (events.Press(0.5, 0.5), events.Tick(5.0), events.Digit(3), Do("undo")):
        after = update(paused, event)
        assert after.sketch == paused.sketch
        assert after.screen == paused.screen


def test_a_saved_drawing_is_laid_on_the_pad_and_undo_brings_back_what_was_there() -> None:
    begun = replace(update(State(), Go("sketchpad")), sketch=Sketch(glyph(2)))
    offered = update(begun, events.Offered((("1", glyph(1)), ("7", glyph(7)))))
    assert offered.overlay == "open"
    assert offered.sketch == begun.sketch
    chosen = update(offered, events.Choose(1))
    assert chosen.overlay == ""
    assert chosen.sketch.strokes == glyph(7)
    assert chosen.notice == "Opened a saved 7"
    assert update(chosen, Do("undo")).sketch.strokes == glyph(2)
    assert update(offered, Do("back")) == replace(begun, offered=offered.offered)


GRACE = DrawGame((7, 1), phase=draw_game.Phase.GRACE)
ASKING = (think_game.Phase.BUZZED, think_game.Phase.GIVEN_UP)


@pytest.mark.parametrize("screen", [*(ThinkGame(phase, guess=7) for phase in ASKING), GRACE])
@pytest.mark.parametrize("wish", ["clear", "undo", "redo"])
def test_what_was_guessed_at_stands(screen: Screen, wish: str) -> None:
    sketch = Sketch(DOT, past=((),), future=(glyph(3),))
    guessed = replace(DRAWN, screen=screen, sketch=sketch)
    assert update(guessed, Do(wish)) == guessed


@pytest.mark.parametrize(("phase", "count"), [(ASKING[0], 2), (ASKING[1], 1)])
def test_only_a_digit_that_was_guessed_early_can_be_finished(
    phase: think_game.Phase, count: int
) -> None:
    state = replace(DRAWN, screen=ThinkGame(phase, guess=7))
    for event in (events.Press(0.1, 0.1), events.Move(0.9, 0.9), events.Lift()):
        state = update(state, event)
    assert len(state.sketch.strokes) == count
    assert state.sketch.strokes[0] == DOT[0]


@pytest.mark.parametrize("closing", [Do("help"), Do("back"), Do("accept")])
def test_the_clock_stands_when_the_help_is_closed_that_was_opened_in_a_pause(
    closing: Event,
) -> None:
    paused = update(update(State(), Go("draw")), Do("pause"))
    assert update(update(paused, Do("help")), closing) == paused


WISHES = (
    *("accept", "back", "clear", "forget", "help", "left", "pause"),
    *("quit", "redo", "skip", "stored", "undo", "width"),
)
SCREENS = ("title", "sketchpad", "draw", "think", "drill", "digits", "settings")
places = st.floats(-0.5, 1.5)
happenings = st.one_of(
    st.builds(events.Tick, st.floats(0, 3)),
    st.builds(events.Press, places, places),
    st.builds(events.Move, places, places),
    st.just(events.Lift()),
    st.builds(
        Do,
        st.sampled_from(WISHES),
    ),
    st.builds(Go, st.sampled_from(SCREENS)),
    st.builds(events.Digit, st.integers(0, 9)),
    st.builds(events.Tool, st.sampled_from(["pen", "eraser", "rubber"])),
    st.builds(events.Choose, st.integers(0, 9)),
    st.builds(events.Typed, st.text(max_size=3)),
    st.builds(events.Change, st.sampled_from(list(CHOICES)), st.sampled_from([1, -1])),
    st.builds(events.Rebind, st.sampled_from(list(KEYS)), st.sampled_from(["", "k", "u", "p"])),
    st.builds(events.Focus, st.none() | st.integers(0, 40)),
    st.builds(events.Read, st.builds(reading, st.integers(0, 9), st.floats(0.1, 1), st.booleans())),
    st.sampled_from([events.NetReady(), events.NetFailed("gone"), events.Notice("hello")]),
    st.just(events.Opened("a.png", picture=PICTURE)),
    st.just(events.Offered((("7", glyph(7)), ("unknown", glyph(2))))),
)


def score(state: State) -> int:
    return state.screen.score if isinstance(state.screen, DrawGame | ThinkGame) else 0


@given(st.lists(happenings, max_size=120))
@settings(max_examples=60)
def test_whatever_happens_the_rules_hold(happened: list[Event]) -> None:
    state = State()
    for event in happened:
        after = update(state, event)
        games = isinstance(state.screen, DrawGame | ThinkGame) and type(after.screen) is type(
            state.screen
        )
        if games and not isinstance(event, Go):
            assert score(after) >= score(state)
        if state.overlay and isinstance(event, events.Tick):
            assert after.screen == state.screen
        if (
            isinstance(event, events.Tick | events.Read | events.Focus | events.Notice)
            and not games
        ):
            assert after.sketch.strokes == state.sketch.strokes
        if isinstance(event, events.Press) and isinstance(state.screen, Pad) and not state.overlay:
            assert after.sketch.pen_down
        state = after


def test_keys_can_be_changed_and_never_double() -> None:
    state = State(screen=Options(waiting="undo"))
    bound = update(state, events.Rebind("undo", "c"))
    assert bound.settings.key("undo") == "c"
    assert bound.settings.key("clear") == "u"


@pytest.mark.parametrize("key", ["p", "7", "?", "return", "ctrl+u", "left shift"])
def test_a_key_that_cannot_be_chosen_is_said_and_another_is_waited_for(key: str) -> None:
    state = State(screen=Options(waiting="undo"))
    refused = update(state, events.Rebind("undo", key))
    assert refused.notice.endswith("or Esc")
    assert (refused.settings, refused.screen) == (state.settings, state.screen)
    assert update(refused, events.Rebind("undo", "k")).settings.key("undo") == "k"


def test_reading_is_a_value() -> None:
    assert reading(3) == reading(3) != Reading((1.0,) + (0.0,) * 9, bytes(784))
