"""What goes when its page goes, and what stands while a page is covered."""

from dataclasses import replace

import pytest

from game.core import events
from game.core.events import Do, Event, Go
from game.core.modes.draw import DrawGame
from game.core.modes.options import Options
from game.core.modes.sketchpad import Pad
from game.core.modes.think import ThinkGame
from game.core.state import State
from game.core.update import state_after
from tests.beginnings import DOT, DRAWN, ENDED, PAD, PHOTO


@pytest.mark.parametrize(
    ("before", "event"),
    [
        (PAD, Go("draw")),
        (PAD, Do.HELP),
        (DRAWN, events.Press(0.5, 0.5)),
        (State(screen=DrawGame((1, 2))), events.Press(0.5, 0.5)),
        (State(screen=DrawGame((1, 2))), Do.SKIP),
        (replace(DRAWN, screen=ThinkGame()), Do.ACCEPT),
        (State(screen=ENDED), Do.ACCEPT),
        (State(screen=ENDED), events.Choose(0)),
    ],
)
def test_the_focus_ends_with_its_page(before: State, event: Event) -> None:
    assert state_after(replace(before, focus=2), event).focus is None


@pytest.mark.parametrize(
    ("before", "event"),
    [
        (DRAWN, Do.UNDO),
        (State(screen=Options()), events.Change("volume")),
        (State(screen=Options()), events.Rebind("undo")),
        (State(screen=ENDED), events.Tick(0.1)),
    ],
)
def test_the_focus_stays_while_the_same_can_be_pressed(before: State, event: Event) -> None:
    assert state_after(replace(before, focus=2), event).focus == 2


@pytest.mark.parametrize("way", [(Do.BACK,), (Go("draw"), Do.PAUSE, Go("title"))])
def test_what_lies_on_the_sketchpad_is_there_at_the_next_visit(way: tuple[Event, ...]) -> None:
    for lying in (DRAWN, state_after(DRAWN, events.Opened("a.png", photo=PHOTO))):
        state = state_after(lying, *way, Go("sketchpad"))
        assert (state.sketch, state.photo) == (lying.sketch, lying.photo)


def test_a_drawing_begun_on_the_title_has_the_pad_to_itself_and_undo_finds_the_old_one() -> None:
    begun = state_after(DRAWN, Do.BACK, events.Press(0.2, 0.3))
    assert begun.sketch.strokes == (((0.2, 0.3, 0.0),),)
    assert state_after(begun, Do.UNDO, Do.UNDO).sketch.strokes == DOT


def test_forgetting_forgets_what_lay_on_the_sketchpad_too() -> None:
    asked = replace(state_after(DRAWN, Go("settings")), screen=Options(forgetting=True))
    assert state_after(asked, Do.FORGET, Go("sketchpad")).sketch == PAD.sketch


@pytest.mark.parametrize("where", ["draw", "think", "drill"])
@pytest.mark.parametrize("overlay", ["", "pause", "help"])
def test_a_file_does_not_end_a_game(where: str, overlay: str) -> None:
    playing = replace(state_after(State(), Go(where)), overlay=overlay)
    dropped = state_after(playing, events.Opened("a.ndjson", DOT))
    assert (dropped.screen, dropped.sketch) == (playing.screen, playing.sketch)
    assert "a.ndjson" in dropped.notice


@pytest.mark.parametrize("before", [replace(PAD, overlay="help"), State(), State(screen=ENDED)])
def test_a_file_is_opened_on_the_sketchpad_whatever_is_shown(before: State) -> None:
    after = state_after(before, events.Opened("a.ndjson", DOT))
    assert (after.overlay, after.sketch.strokes) == ("", DOT)
    assert isinstance(after.screen, Pad)
    assert after.notice == "Opened a.ndjson"


def test_nothing_is_drawn_while_the_clock_stands() -> None:
    paused = state_after(State(), Go("draw"), Do.PAUSE)
    for event in (events.Press(0.5, 0.5), events.Tick(5.0), events.Digit(3), Do.UNDO):
        after = state_after(paused, event)
        assert after.sketch == paused.sketch
        assert after.screen == paused.screen


@pytest.mark.parametrize("closing", [Do.HELP, Do.BACK, Do.ACCEPT])
def test_the_clock_stands_when_the_help_is_closed_that_was_opened_in_a_pause(
    closing: Event,
) -> None:
    paused = state_after(State(), Go("draw"), Do.PAUSE)
    assert state_after(paused, Do.HELP, closing) == paused
