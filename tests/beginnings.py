"""States in which tests of the rules begin."""

from dataclasses import replace

from game.core.modes.review import Review
from game.core.modes.sketchpad import Pad
from game.core.state import Net, State
from game.core.values.readings import Photo, Reading
from game.core.values.rounds import Round
from game.core.values.sketch import Sketch, Strokes
from tests.readings import reading

DOT = (((0.5, 0.5, 0.0),),)
WIDE_DOT = (((2.5, 0.5, 0.0),),)
PAD = State(screen=Pad(), net=Net.READY)
PHOTO = Photo(bytes(36), bytes(12), 4, 3)
DRAWN = replace(PAD, sketch=Sketch(DOT, past=((),)), reading=reading(7))
ENDED = Review("draw", (Round(1, 1, 90, 1.0, 1.0),), 90, ranks=True, nameless=True, number="1")


def pad(strokes: Strokes = (), read: Reading | None = None, **state: object) -> State:
    """A drawing and its reading, with the pen lifted and the network ready."""
    return replace(State(sketch=Sketch(strokes), reading=read, net=Net.READY), **state)


def pen_down(state: State) -> State:
    """The state with the last stroke still being drawn."""
    return replace(state, sketch=replace(state.sketch, pen_down=True))
