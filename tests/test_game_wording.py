"""What the game says: the same words for a figure wherever it is said."""

from dataclasses import replace

import pygame
import pytest

from game.events import Digit, Do, Read, Reading, Tick
from game.glyphs import glyph
from game.rules.draw_game import DrawGame
from game.rules.review import Review
from game.rules.rounds import Round
from game.rules.sketch import Sketch
from game.scene import Text
from game.screens import view
from game.state import Net, State
from game.update import update
from game.wording import a
from tests import pointer  # noqa: F401 - no window is opened in the tests
from tests.pointer import beginning
from tests.readings import reading

EIGHT = Sketch(glyph(8))
TRACE = ((0.0, reading(8, 0.6).probabilities),)


def passed(state: State, *wishes: object) -> State:
    for wish in (*wishes, *[Tick(0.25)] * 4):
        state = update(state, wish)
    return state


def drawn(where: str, read: Reading, *wishes: object) -> State:
    state = replace(beginning(where, net=Net.READY), sketch=EIGHT)
    return passed(state, Read(read), *wishes)


def asked(read: Reading, *wishes: object) -> State:
    state = replace(State(net=Net.READY, screen=DrawGame((8,))), sketch=EIGHT)
    return passed(state, Read(read), *wishes)


def reviewed(digit: int, guess: int | None) -> State:
    return State(screen=Review("draw", (Round(digit, guess, 0, 1.0, 1.0, glyph(8), TRACE),), 0))


SAYING = {
    "seen": drawn("sketchpad", reading(8)),
    "perhaps": drawn("sketchpad", reading(8, 0.5)),
    "no digit": drawn("sketchpad", reading(8, 0.9, is_digit=False)),
    "kept": drawn("sketchpad", reading(8), Digit(8)),
    "card": State(screen=DrawGame((8,))),
    "thought": drawn("think", reading(8, 0.3)),
    "doubt": drawn("think", reading(8, 0.6)),
    "buzzed": drawn("think", reading(8)),
    "told": drawn("think", reading(7), Tick(0.5), Digit(8)),
    "given up": drawn("think", reading(7, 0.3), Do("accept"), Digit(8)),
    "known": asked(reading(8), Do("accept")),
    "missed": asked(reading(7), Do("accept"), Do("skip")),
    "taken for": drawn("think", reading(8), Digit(7)),
    "again": reviewed(8, 8),
    "again missed": reviewed(8, None),
    "again wrong": reviewed(7, 8),
}


def test_an_8_has_its_own_article() -> None:
    said = [a(digit) for digit in range(10)]
    assert said[8] == "an 8"
    assert said[:8] + said[9:] == [f"a {digit}" for digit in (*range(8), 9)]


@pytest.mark.parametrize("name", SAYING)
def test_no_screen_says_a_8(name: str) -> None:
    pygame.font.init()
    said = [item.text for item in view(SAYING[name], (1280, 800)).items if isinstance(item, Text)]
    assert not [text for text in said if "a 8" in text.lower()]
    assert [text for text in said if "8" in text]
