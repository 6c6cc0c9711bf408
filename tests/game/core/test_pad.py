"""What may be done on the pad: drawn, erased, opened, kept, and when none of it."""

from dataclasses import replace

import pytest

from game.core import events
from game.core.events import Do, Event, Go, Sheet
from game.core.readings import Photo
from game.core.rules import draw_game, pad, think_game
from game.core.rules.draw_game import DrawGame
from game.core.rules.pad import Pad
from game.core.rules.sketch import Sketch
from game.core.rules.think_game import ThinkGame
from game.core.state import Net, Screen, State
from game.core.update import update
from game.view.glyphs import glyph
from tests.beginnings import DOT, DRAWN, PAD, PHOTO
from tests.readings import number, reading

GRACE = DrawGame((7, 1), phase=draw_game.Phase.GRACE)
ASKING = (think_game.Phase.BUZZED, think_game.Phase.GIVEN_UP)


def test_a_stroke_remembers_when_it_was_drawn() -> None:
    state = replace(PAD, now=2.0)
    for event in (events.Press(0.1, 0.1), events.Tick(0.5), events.Move(0.9, 0.9), events.Lift()):
        state = update(state, event)
    assert state.sketch.strokes == (((0.1, 0.1, 2.0), (0.9, 0.9, 2.5)),)


def test_a_figure_on_the_sketchpad_keeps_the_drawing_as_that_digit() -> None:
    assert update(DRAWN, events.Digit(4)).kept == (("4", DOT),)
    assert update(update(DRAWN, events.Digit(4)), Do.STORED).kept == ()


def test_a_drawing_is_what_the_player_says_until_it_is_another() -> None:
    assert DRAWN.word == "7"
    said = update(update(DRAWN, events.Digit(4)), events.Digit(1))
    assert said.word == "1"
    assert update(said, events.Press(0.1, 0.1)).word == "7"
    assert PAD.word == "unknown"


def test_a_whole_stroke_is_erased_and_can_be_brought_back() -> None:
    erasing = replace(DRAWN, screen=Pad(tool="eraser"))
    for event in (events.Press(0.1, 0.1), events.Move(0.51, 0.5), events.Lift()):
        erasing = update(erasing, event)
    assert erasing.sketch.strokes == ()
    assert erasing.reading is None
    assert update(erasing, Do.UNDO).sketch.strokes == DOT


DREW = State(screen=DrawGame((7, 1)), net=Net.READY, sketch=Sketch(DOT))
THOUGHT = replace(DREW, screen=ThinkGame(phase=think_game.Phase.GIVEN_UP))


@pytest.mark.parametrize(("playing", "end"), [(DREW, Do.SKIP), (THOUGHT, events.Digit(4))])
def test_a_stroke_on_a_result_that_was_seen_begins_the_next_round(
    playing: State, end: Event
) -> None:
    result = update(playing, end)
    early = update(result, events.Press(0.2, 0.3))
    assert (early.screen, early.sketch.strokes) == (result.screen, DOT)
    state = update(result, events.Tick(1.0))
    for event in (events.Press(0.2, 0.3), events.Move(0.4, 0.3), events.Lift()):
        state = update(state, event)
    assert state.screen.phase.value == "drawing"
    assert len(state.screen.rounds) == 1
    assert state.sketch.strokes == (((0.2, 0.3, 1.0), (0.4, 0.3, 1.0)),)


def test_a_stroke_on_the_last_result_begins_nothing() -> None:
    last = replace(DREW, screen=DrawGame((7,)))
    result = update(update(last, Do.SKIP), events.Tick(1.0))
    assert update(result, events.Press(0.2, 0.3)).screen == result.screen


def test_what_was_guessed_at_stands_while_its_result_is_shown() -> None:
    result = update(update(DREW, Do.SKIP), events.Tick(1.0))
    assert update(result, Do.CLEAR).sketch.strokes == DOT


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
    assert update(opened, Do.UNDO).sketch.strokes == DOT


def test_a_picture_lies_on_the_pad_until_something_is_drawn_cleared_or_brought_back() -> None:
    opened = update(DRAWN, events.Opened("a.png", photo=PHOTO))
    assert (opened.photo, opened.sketch.strokes, opened.reading) == (PHOTO, (), None)
    read = update(opened, events.NumberRead(replace(number("3"), photo=PHOTO)))
    assert read.reading == reading(3)
    assert read.number_is_read
    for wish in (events.Press(0.5, 0.5), Do.CLEAR, Do.UNDO, Sheet("digit"), Go("draw")):
        after = update(read, wish)
        assert (after.photo, after.reading, after.number) == (None, None, None)
    assert update(read, Do.UNDO).sketch.strokes == DOT
    assert update(read, Sheet("digit")).sketch.strokes == DOT


@pytest.mark.parametrize("text", ["", "21"])
def test_a_photo_on_the_sheet_for_a_digit_may_hold_none_or_several(text: str) -> None:
    opened = update(DRAWN, events.Opened("a.png", photo=PHOTO))
    read = update(opened, events.NumberRead(replace(number(text), photo=PHOTO)))
    assert read.number
    assert (read.number.text, read.reading) == (text, None)


def test_what_was_read_in_a_photo_that_is_gone_is_dropped() -> None:
    answer = events.NumberRead(replace(number("3"), photo=PHOTO))
    assert update(DRAWN, answer) == DRAWN
    other = update(DRAWN, events.Opened("b.png", photo=Photo(b"", b"", 4, 3)))
    assert update(other, answer) == other


@pytest.mark.parametrize("photo", [None, PHOTO])
def test_a_figure_tells_why_nothing_is_kept_of_a_pad_without_a_drawing(
    photo: Photo | None,
) -> None:
    after = update(replace(PAD, photo=photo), events.Digit(3))
    assert after.kept == ()
    assert after.notice == pad.UNDRAWN


def test_a_saved_drawing_is_laid_on_the_pad_and_undo_brings_back_what_was_there() -> None:
    begun = replace(update(State(), Go("sketchpad")), sketch=Sketch(glyph(2)))
    offered = update(begun, events.Offered((("1", glyph(1)), ("7", glyph(7)))))
    assert offered.overlay == "open"
    assert offered.sketch == begun.sketch
    chosen = update(offered, events.Choose(1))
    assert chosen.overlay == ""
    assert chosen.sketch.strokes == glyph(7)
    assert chosen.notice == "Opened a saved 7"
    assert update(chosen, Do.UNDO).sketch.strokes == glyph(2)
    assert update(offered, Do.BACK) == replace(begun, offered=offered.offered)


@pytest.mark.parametrize("screen", [*(ThinkGame(phase, guess=7) for phase in ASKING), GRACE])
@pytest.mark.parametrize("wish", ["clear", "undo", "redo"])
def test_a_guessed_drawing_cannot_be_erased(screen: Screen, wish: str) -> None:
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
