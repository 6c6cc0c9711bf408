"""States in which tests of the rules begin."""

from dataclasses import replace

from game.core.readings import Photo
from game.core.rules.pad import Pad
from game.core.rules.review import Review
from game.core.rules.rounds import Round
from game.core.rules.sketch import Sketch
from game.core.state import Net, State
from tests.readings import reading

DOT = (((0.5, 0.5, 0.0),),)
WIDE_DOT = (((2.5, 0.5, 0.0),),)
PAD = State(screen=Pad(), net=Net.READY)
PHOTO = Photo(bytes(36), bytes(12), 4, 3)
DRAWN = replace(PAD, sketch=Sketch(DOT, past=((),)), reading=reading(7))
ENDED = Review("draw", (Round(1, 1, 90, 1.0, 1.0),), 90, ranks=True, number="1")
