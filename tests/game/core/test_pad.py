"""What may be done on the pad: drawn, erased, opened, kept, and when none of it."""

import math
from dataclasses import replace

import pytest

from game.core import events
from game.core.effects import PlaySound, SaveFile, StoreDrawing
from game.core.events import Do, Event, Go, Sheet
from game.core.modes.draw import DrawGame
from game.core.modes.guessing_game import Phase
from game.core.modes.sketchpad import UNDRAWN, WIDTHS, Pad, said_of_label
from game.core.modes.think import ThinkGame
from game.core.mood import with_feeling
from game.core.state import Net, Screen, State
from game.core.update import state_after, update
from game.core.values.readings import Photo, Reading
from game.core.values.sketch import Sketch
from game.view.glyphs import glyph
from game.view.screens.sketchpad.digit import verdict
from tests.beginnings import DOT, DRAWN, PAD, PHOTO
from tests.readings import number, reading

GRACE = DrawGame((7, 1), phase=Phase.GRACE)
ASKING = (Phase.BUZZED, Phase.GIVEN_UP)


def test_a_stroke_remembers_when_it_was_drawn() -> None:
    drawing = events.Press(0.1, 0.1), events.Tick(0.5), events.Move(0.9, 0.9), events.Lift()
    state = state_after(replace(PAD, now=2.0), *drawing)
    assert state.sketch.strokes == (((0.1, 0.1, 2.0), (0.9, 0.9, 2.5)),)


def test_a_drawing_is_saved_with_its_label_and_the_chosen_pen() -> None:
    _, effects = update(replace(DRAWN, screen=Pad(width=2)), Do.SAVE)
    assert SaveFile(DRAWN.sketch, "7", WIDTHS[2]) in effects
    state, effects = update(PAD, Do.SAVE)
    assert (state.notice, effects) == (UNDRAWN, ())


def test_a_drawing_is_kept_as_what_the_player_says_until_it_is_another() -> None:
    assert DRAWN.word == "7"
    said, effects = update(state_after(DRAWN, events.Digit(4)), events.Digit(1))
    assert effects[:2] == (StoreDrawing("1", DOT), PlaySound("kept"))
    assert said.word == "1"
    assert state_after(said, events.Press(0.1, 0.1)).word == "7"
    assert PAD.word == "unknown"


def test_a_whole_stroke_is_erased_and_can_be_brought_back() -> None:
    erasing = replace(DRAWN, screen=Pad(tool="eraser"))
    erasing = state_after(erasing, events.Press(0.1, 0.1), events.Move(0.51, 0.5), events.Lift())
    assert erasing.sketch.strokes == ()
    assert erasing.reading is None
    assert state_after(erasing, Do.UNDO).sketch.strokes == DOT


DREW = State(screen=DrawGame((7, 1)), net=Net.READY, sketch=Sketch(DOT))
THOUGHT = replace(DREW, screen=ThinkGame(phase=Phase.GIVEN_UP))


@pytest.mark.parametrize(("playing", "end"), [(DREW, Do.SKIP), (THOUGHT, events.Digit(4))])
def test_a_stroke_on_a_result_that_was_seen_begins_the_next_round(
    playing: State, end: Event
) -> None:
    result = state_after(playing, end)
    early = state_after(result, events.Press(0.2, 0.3))
    assert (early.screen, early.sketch.strokes) == (result.screen, DOT)
    state = state_after(result, events.Tick(1.0))
    state = state_after(state, events.Press(0.2, 0.3), events.Move(0.4, 0.3), events.Lift())
    assert state.screen.phase.value == "drawing"
    assert len(state.screen.rounds) == 1
    assert state.sketch.strokes == (((0.2, 0.3, 1.0), (0.4, 0.3, 1.0)),)


def test_the_last_result_and_what_was_guessed_at_stand_while_they_are_shown() -> None:
    for digits in ((7, 1), (7,)):
        result = state_after(replace(DREW, screen=DrawGame(digits)), Do.SKIP, events.Tick(1.0))
        assert state_after(result, Do.CLEAR).sketch.strokes == DOT
    assert state_after(result, events.Press(0.2, 0.3)).screen == result.screen


def test_a_part_of_a_stroke_is_rubbed_out() -> None:
    line = (((0.1, 0.5, 0.0), (0.9, 0.5, 1.0)),)
    state = replace(PAD, screen=Pad(tool="eraser"), sketch=Sketch(line))
    state = state_after(state, events.Press(0.5, 0.5), events.Lift())
    left, right = state.sketch.strokes
    assert left[0] == line[0][0]
    assert right[-1] == line[0][-1]
    assert left[-1][0] < 0.48
    assert right[0][0] > 0.52


def test_what_is_left_of_a_smooth_line_has_the_points_it_had() -> None:
    arc = tuple(
        (0.5 + 0.3 * math.cos(at / 9), 0.5 + 0.3 * math.sin(at / 9), float(at)) for at in range(50)
    )
    state = replace(PAD, screen=Pad(tool="eraser"), sketch=Sketch((arc,)))
    state = state_after(state, events.Press(0.2, 0.5), events.Move(0.2, 0.52), events.Lift())
    first, second = state.sketch.strokes
    assert set(first[:-1]) | set(second[1:]) < set(arc)
    whole = replace(PAD, screen=Pad(tool="strokes"), sketch=Sketch((arc,)))
    assert state_after(whole, events.Press(0.2, 0.5)).sketch.strokes == ()


@pytest.mark.parametrize("tool", ["eraser", "strokes"])
def test_an_eraser_that_takes_nothing_leaves_nothing_to_undo(tool: str) -> None:
    state = replace(DRAWN, screen=Pad(tool=tool))
    state = state_after(state, events.Press(0.9, 0.9), events.Move(0.8, 0.9), events.Lift())
    assert state.sketch == DRAWN.sketch


def test_a_picture_lies_on_the_pad_until_something_is_drawn_cleared_or_brought_back() -> None:
    opened = state_after(DRAWN, events.Opened("a.png", photo=PHOTO))
    assert (opened.photo, opened.sketch.strokes, opened.reading) == (PHOTO, (), None)
    read = state_after(opened, events.NumberRead(replace(number("3"), photo=PHOTO)))
    assert read.reading == reading(3)
    assert read.number_is_read
    for wish in (events.Press(0.5, 0.5), Do.CLEAR, Do.UNDO, Sheet("digit"), Go("draw")):
        after = state_after(read, wish)
        assert (after.photo, after.reading, after.number) == (None, None, None)
    assert state_after(read, Do.UNDO).sketch.strokes == DOT
    assert state_after(read, Sheet("digit")).sketch.strokes == DOT


@pytest.mark.parametrize("text", ["", "21"])
def test_a_photo_on_the_sheet_for_a_digit_may_hold_none_or_several(text: str) -> None:
    opened = state_after(DRAWN, events.Opened("a.png", photo=PHOTO))
    read = state_after(opened, events.NumberRead(replace(number(text), photo=PHOTO)))
    assert (read.number.text, read.reading) == (text, None)


def test_what_was_read_in_a_photo_that_is_gone_is_dropped() -> None:
    answer = events.NumberRead(replace(number("3"), photo=PHOTO))
    assert state_after(DRAWN, answer) == with_feeling(DRAWN, answer)
    other = state_after(DRAWN, events.Opened("b.png", photo=Photo(b"", b"", 4, 3)))
    assert state_after(other, answer) == with_feeling(other, answer)


@pytest.mark.parametrize(
    ("read", "answer"),
    [
        (reading(7), "You say 3, I saw a 7. Kept as a 3"),
        (reading(3), "Kept as a 3, as I saw it"),
        (reading(7, digit_probability=0.1), "Kept as a 3"),
        (None, "Kept as a 3"),
    ],
)
def test_a_label_is_answered_by_what_was_seen(read: Reading | None, answer: str) -> None:
    labelled = state_after(replace(DRAWN, reading=read), events.Digit(3))
    assert labelled.notice.startswith(answer)
    if read:
        assert verdict(labelled)[:2] == ("3", answer.partition(". ")[0])
    assert said_of_label(state_after(labelled, events.Press(0.2, 0.2))) == ()


def test_a_figure_tells_why_nothing_is_kept_of_a_pad_without_a_drawing() -> None:
    for state in (PAD, replace(PAD, photo=PHOTO)):
        after, effects = update(state, events.Digit(3))
        assert not any(isinstance(effect, StoreDrawing) for effect in effects)
        assert after.notice == UNDRAWN


def test_a_saved_drawing_is_laid_on_the_pad_and_undo_brings_back_what_was_there() -> None:
    begun = replace(state_after(State(), Go("sketchpad")), sketch=Sketch(glyph(2)))
    offered = state_after(begun, events.SavedFilesFound((("1", glyph(1)), ("7", glyph(7)))))
    assert (offered.overlay, offered.sketch) == ("open", begun.sketch)
    chosen = state_after(offered, events.Choose(1))
    assert (chosen.overlay, chosen.sketch.strokes) == ("", glyph(7))
    assert chosen.notice == "Opened a saved 7"
    assert state_after(chosen, Do.UNDO).sketch.strokes == glyph(2)
    assert state_after(offered, Do.BACK) == replace(begun, saved_drawings=offered.saved_drawings)


@pytest.mark.parametrize("screen", [*(ThinkGame(phase=phase, guess=7) for phase in ASKING), GRACE])
@pytest.mark.parametrize("wish", ["clear", "undo", "redo"])
def test_a_guessed_drawing_cannot_be_erased(screen: Screen, wish: str) -> None:
    sketch = Sketch(DOT, past=((),), future=(glyph(3),))
    guessed = replace(DRAWN, screen=screen, sketch=sketch)
    assert state_after(guessed, Do(wish)) == with_feeling(guessed, Do(wish))


@pytest.mark.parametrize(("phase", "count"), [(ASKING[0], 2), (ASKING[1], 1)])
def test_only_a_digit_that_was_guessed_early_can_be_finished(phase: Phase, count: int) -> None:
    state = replace(DRAWN, screen=ThinkGame(phase=phase, guess=7))
    state = state_after(state, events.Press(0.1, 0.1), events.Move(0.9, 0.9), events.Lift())
    assert len(state.sketch.strokes) == count
    assert state.sketch.strokes[0] == DOT[0]
