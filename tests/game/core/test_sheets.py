"""The two sheets of the sketchpad: each keeps its drawing, and numbers are read on one of them."""

from dataclasses import replace

import pytest

from game.core import events
from game.core.events import Do, Event, Go, Sheet
from game.core.rules.pad import NOT_LABELLED, Pad, sheet_for
from game.core.rules.settings import Settings
from game.core.rules.sketch import NUMBER_WIDTH, Strokes
from game.core.state import State
from game.core.update import update
from tests.beginnings import DOT, DRAWN, PAD, WIDE_DOT
from tests.readings import number, reading

WIDE = update(DRAWN, Sheet("number"))
WRITTEN = update(update(WIDE, events.Press(2.5, 0.5)), events.Lift())


def test_each_sheet_keeps_its_drawing() -> None:
    assert WIDE.sketch.strokes == ()
    assert WRITTEN.sketch.strokes == WIDE_DOT
    back = update(WRITTEN, Sheet("digit"))
    assert (back.sketch, back.reading) == (DRAWN.sketch, None)
    assert update(back, Sheet("number")).sketch == WRITTEN.sketch


def test_the_chosen_sheet_is_shown_again_with_its_drawing() -> None:
    state = WRITTEN
    for event in (Do.BACK, Go("draw"), Do.PAUSE, Go("title"), Go("sketchpad")):
        state = update(state, event)
    assert state.shows_number
    assert state.sketch == WRITTEN.sketch
    assert update(State(settings=Settings(sheet="number")), Go("sketchpad")).shows_number


def test_the_same_sheet_chosen_again_keeps_all() -> None:
    assert update(DRAWN, Sheet("digit")) == DRAWN


def test_a_sheet_cannot_be_chosen_in_a_game() -> None:
    playing = update(State(), Go("draw"))
    assert update(playing, Sheet("number")) == playing


def test_the_pen_reaches_the_edges_of_the_wide_sheet() -> None:
    state = update(update(WIDE, events.Press(-1.0, 2.0)), events.Move(9.0, -2.0))
    assert [point[:2] for point in state.sketch.strokes[0]] == [(0.0, 1.0), (NUMBER_WIDTH, 0.0)]


@pytest.mark.parametrize("change", ["undo", "redo", "clear"])
def test_the_sheet_stays_wide_whatever_changes_on_it(change: str) -> None:
    assert update(update(WRITTEN, Do.UNDO), Do(change)).sketch.width == NUMBER_WIDTH


def test_a_number_is_shown_while_the_pen_goes_on_and_is_read_once_it_rests() -> None:
    read = update(WRITTEN, events.NumberRead(number("7", WIDE_DOT)))
    assert read.number_is_read
    longer = update(read, events.Press(0.5, 0.5))
    late = update(longer, events.NumberRead(number("1", WIDE_DOT)))
    assert late.number == number("1", WIDE_DOT)
    assert not late.number_is_read


@pytest.mark.parametrize("event", [Do.UNDO, Do.CLEAR, Sheet("digit"), Go("title"), Go("think")])
def test_a_number_that_is_no_longer_on_the_pad_is_neither_shown_nor_taken(event: Event) -> None:
    answer = events.NumberRead(number("7", WIDE_DOT))
    gone = update(update(WRITTEN, answer), event)
    assert gone.number is None
    assert update(gone, answer) == gone


@pytest.mark.parametrize("strokes", [DOT, (*WIDE_DOT, *DOT), ()])
def test_a_number_that_was_read_in_another_drawing_is_dropped(strokes: Strokes) -> None:
    assert update(WRITTEN, events.NumberRead(number("7", strokes))) == WRITTEN


def test_a_number_is_the_word_of_its_drawing() -> None:
    assert WRITTEN.word == "unknown"
    assert update(WRITTEN, events.NumberRead(number("4072", WIDE_DOT))).word == "4072"


def test_digit_keys_say_why_they_do_nothing_on_the_wide_sheet() -> None:
    pressed = update(WRITTEN, events.Digit(4))
    assert (pressed.notice, pressed.kept) == (NOT_LABELLED, ())


@pytest.mark.parametrize("settings", [Settings(), Settings(sheet="number")])
def test_a_stroke_on_the_title_is_drawn_on_the_sheet_for_a_digit(settings: Settings) -> None:
    state = update(State(settings=settings), events.Press(0.2, 0.3))
    assert isinstance(state.screen, Pad)
    assert not state.shows_number
    assert state.sketch.strokes == (((0.2, 0.3, 0.0),),)


@pytest.mark.parametrize(
    ("word", "sheet"), [("7", "digit"), ("4072", "number"), ("star", "digit"), ("", "digit")]
)
def test_a_word_of_several_digits_goes_on_the_wide_sheet(word: str, sheet: str) -> None:
    assert sheet_for(word) == sheet


def test_a_saved_number_is_opened_on_its_sheet_and_undo_brings_back_what_was_there() -> None:
    offered = update(WRITTEN, Sheet("digit"))
    offered = update(offered, events.Offered((("7", DOT), ("21", (*WIDE_DOT, *DOT)))))
    opened = update(offered, events.Choose(1))
    assert opened.shows_number
    assert opened.sketch.strokes == (*WIDE_DOT, *DOT)
    assert update(opened, Do.UNDO).sketch.strokes == WIDE_DOT
    assert update(opened, Sheet("digit")).sketch == DRAWN.sketch


def test_a_reading_of_the_other_sheet_does_not_stay() -> None:
    assert replace(PAD, reading=reading(7)).reading
    assert update(replace(DRAWN, reading=reading(7)), Sheet("number")).reading is None
