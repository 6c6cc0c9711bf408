"""The game's rules as (state, event, state)."""

from dataclasses import replace

import pytest

from game import events
from game.events import Reading
from game.sketch import Sketch
from game.state import Net, State, update

READING = Reading((0.0,) * 7 + (1.0, 0.0, 0.0), bytes(784))
DRAWN = State(sketch=Sketch(strokes=(((0.5, 0.5, 0.0),),), past=((),)))


@pytest.mark.parametrize(
    ("before", "event", "after"),
    [
        (State(), events.Tick(0.5), State(now=0.5)),
        (State(), events.NetReady(), State(net=Net.READY)),
        (State(), events.NetFailed("gone"), State(net=Net.FAILED, net_error="gone")),
        (State(), events.Read(READING), State(reading=READING)),
        (State(), events.Quit(), State(running=False)),
        (
            DRAWN,
            events.Undo(),
            State(sketch=Sketch(future=DRAWN.sketch.strokes and (DRAWN.sketch.strokes,))),
        ),
        (DRAWN, events.Clear(), State(sketch=Sketch(past=((), DRAWN.sketch.strokes)))),
        (State(), events.Move(0.5, 0.5), State()),
        (State(), events.Lift(), State()),
    ],
)
def test_update(before: State, event: events.Event, after: State) -> None:
    assert update(before, event) == after


def test_a_stroke_remembers_when_it_was_drawn() -> None:
    state = State(now=2.0)
    for event in (events.Press(0.1, 0.1), events.Tick(0.5), events.Move(0.9, 0.9), events.Lift()):
        state = update(state, event)
    assert state.sketch.strokes == (((0.1, 0.1, 2.0), (0.9, 0.9, 2.5)),)


def test_a_reading_names_its_best_digit() -> None:
    assert (READING.digit, READING.confidence) == (7, 1.0)


def test_update_leaves_the_state_it_was_given() -> None:
    before = replace(DRAWN)
    update(before, events.Clear())
    assert before == DRAWN
