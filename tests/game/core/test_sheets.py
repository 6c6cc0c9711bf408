"""The two sheets of the sketchpad: each keeps its drawing, and numbers are read on one of them."""

import pytest

from game.core import events
from game.core.effects import ReadNumber
from game.core.events import Do, Event, Go, Sheet
from game.core.modes.sketchpad import NOT_LABELLED, Pad
from game.core.state import State
from game.core.update import state_after, update
from game.core.values.settings import Settings
from game.core.values.sheets import sheet_for
from game.core.values.sketch import NUMBER_WIDTH, Strokes
from tests.beginnings import DOT, DRAWN, WIDE_DOT
from tests.readings import number

WIDE = state_after(DRAWN, Sheet("number"))
WRITTEN = state_after(WIDE, events.Press(2.5, 0.5), events.Lift())


def test_each_sheet_keeps_its_drawing_and_the_chosen_one_is_shown_again() -> None:
    assert (WIDE.sketch.strokes, WRITTEN.sketch.strokes) == ((), WIDE_DOT)
    back = state_after(WRITTEN, Sheet("digit"))
    assert (back.sketch, back.reading) == (DRAWN.sketch, None)
    assert state_after(back, Sheet("number")).sketch == WRITTEN.sketch
    state = state_after(WRITTEN, Do.BACK, Go("draw"), Do.PAUSE, Go("title"), Go("sketchpad"))
    assert state.shows_number
    assert state.sketch == WRITTEN.sketch
    assert state_after(State(settings=Settings(sheet="number")), Go("sketchpad")).shows_number


def test_a_sheet_cannot_be_chosen_in_a_game() -> None:
    playing = state_after(State(), Go("draw"))
    assert state_after(playing, Sheet("number")) == playing


def test_the_pen_reaches_the_edges_of_the_wide_sheet() -> None:
    state = state_after(WIDE, events.Press(-1.0, 2.0), events.Move(9.0, -2.0))
    assert [point[:2] for point in state.sketch.strokes[0]] == [(0.0, 1.0), (NUMBER_WIDTH, 0.0)]


@pytest.mark.parametrize("change", ["undo", "redo", "clear"])
def test_the_sheet_stays_wide_whatever_changes_on_it(change: str) -> None:
    assert state_after(WRITTEN, Do.UNDO, Do(change)).sketch.width == NUMBER_WIDTH


def test_a_number_is_shown_while_the_pen_goes_on_and_is_read_once_it_rests() -> None:
    read = state_after(WRITTEN, events.NumberRead(number("7", WIDE_DOT)))
    assert read.number_is_read
    longer = state_after(read, events.Press(0.5, 0.5))
    late = state_after(longer, events.NumberRead(number("1", WIDE_DOT)))
    assert late.number == number("1", WIDE_DOT)
    assert not late.number_is_read


@pytest.mark.parametrize("event", [Do.UNDO, Do.CLEAR, Sheet("digit"), Go("title"), Go("think")])
def test_a_number_that_is_no_longer_on_the_pad_is_neither_shown_nor_taken(event: Event) -> None:
    answer = events.NumberRead(number("7", WIDE_DOT))
    gone = state_after(WRITTEN, answer, event)
    assert gone.number is None
    assert state_after(gone, answer) == gone


@pytest.mark.parametrize("strokes", [DOT, (*WIDE_DOT, *DOT), ()])
def test_a_number_that_was_read_in_another_drawing_is_dropped(strokes: Strokes) -> None:
    assert state_after(WRITTEN, events.NumberRead(number("7", strokes))) == WRITTEN


def test_a_number_is_the_word_of_its_drawing() -> None:
    assert WRITTEN.word == "unknown"
    assert state_after(WRITTEN, events.NumberRead(number("4072", WIDE_DOT))).word == "4072"


def test_digit_keys_say_why_they_do_nothing_on_the_wide_sheet() -> None:
    pressed, effects = update(WRITTEN, events.Digit(4))
    assert pressed.notice == NOT_LABELLED
    assert effects == (ReadNumber(WIDE_DOT),)


@pytest.mark.parametrize("settings", [Settings(), Settings(sheet="number")])
def test_a_stroke_on_the_title_is_drawn_on_the_sheet_for_a_digit(settings: Settings) -> None:
    state = state_after(State(settings=settings), events.Press(0.2, 0.3))
    assert (state.screen, state.shows_number) == (Pad(), False)
    assert state.sketch.strokes == (((0.2, 0.3, 0.0),),)


@pytest.mark.parametrize(
    ("word", "sheet"),
    [("7", "digit"), ("4072", "number"), ("-3,5", "number"), ("star", "digit"), ("", "digit")],
)
def test_a_word_of_several_digits_goes_on_the_wide_sheet(word: str, sheet: str) -> None:
    assert sheet_for(word) == sheet


def test_a_saved_number_is_opened_on_its_sheet_and_undo_brings_back_what_was_there() -> None:
    offered = state_after(WRITTEN, Sheet("digit"))
    offered = state_after(offered, events.SavedFilesFound((("7", DOT), ("21", (*WIDE_DOT, *DOT)))))
    opened = state_after(offered, events.Choose(1))
    assert opened.shows_number
    assert opened.sketch.strokes == (*WIDE_DOT, *DOT)
    assert state_after(opened, Do.UNDO).sketch.strokes == WIDE_DOT
    assert state_after(opened, Sheet("digit")).sketch == DRAWN.sketch
