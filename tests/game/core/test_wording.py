"""What the game says: the same words for a figure wherever it is said."""

from dataclasses import replace

import pygame
import pytest

from game.core.events import Digit, Do, Press, Read, Tick
from game.core.modes.draw import DrawGame
from game.core.modes.guessing_game import Phase
from game.core.modes.review import Review
from game.core.modes.think import HOLD_SECONDS
from game.core.state import Net, State
from game.core.update import state_after
from game.core.values.readings import Reading
from game.core.values.rounds import Round
from game.core.values.sketch import Sketch
from game.core.wording import a
from game.view.glyphs import glyph
from game.view.lettering import placed
from game.view.scene import Rect, Text
from game.view.screens import view
from tests import pointer  # noqa: F401 - no window is opened in the tests
from tests.beginnings import pad
from tests.pointer import beginning
from tests.readings import reading

EIGHT = Sketch(glyph(8))
TRACE = ((0.0, reading(8, 0.6).probabilities),)


def passed(state: State, *wishes: object) -> State:
    return state_after(state, *wishes, *[Tick(0.25)] * 5)


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
    "no digit": drawn("sketchpad", reading(8, 0.9, digit_probability=0.0)),
    "kept": drawn("sketchpad", reading(8), Digit(8)),
    "card": State(screen=DrawGame((8,))),
    "thought": drawn("think", reading(8, 0.3)),
    "doubt": drawn("think", reading(8, 0.6)),
    "buzzed": drawn("think", reading(8)),
    "told": drawn("think", reading(7), Tick(HOLD_SECONDS), Read(reading(8)), Digit(8)),
    "given up": drawn("think", reading(7, 0.3), Do.ACCEPT, Digit(8)),
    "known": asked(reading(8), Press(0.5, 0.5)),
    "missed": asked(reading(7), Press(0.5, 0.5), Do.SKIP),
    "taken for": drawn("think", reading(8), Digit(7)),
    "denied": drawn("think", reading(8), Tick(HOLD_SECONDS), Digit(7)),
    "again": reviewed(8, 8),
    "again missed": reviewed(8, None),
    "again wrong": reviewed(7, 8),
}


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ((3, 0), "I didn’t see a 7. It looked like a 0."),
        ((0, 3), "I didn’t see a 7. It looked like a 3."),
        ((3, 7), "Perhaps a 7, but I wasn’t sure."),
        ((3, None), "I didn’t see a 7."),
        ((), "I didn’t see a 7."),
    ],
)
def test_a_missed_drawing_looked_like_what_was_read_last(
    read: tuple[int | None, ...], said: str
) -> None:
    game = DrawGame((7, 1), phase=Phase.DRAWING)
    for digit in read:
        look = pad(EIGHT.strokes, None if digit is None else reading(digit, 0.7))
        game = game.advanced(look, 0.1)
    missed = game.skip(pad())
    scene = view(State(net=Net.READY, screen=missed), (1280, 800))
    assert said in [item.text for item in scene.items if isinstance(item, Text)]


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "\udcff.png", "数字", "\n", ""])
def test_any_text_can_be_shown(text: str) -> None:
    pygame.font.init()
    shown = [image for image, _ in placed(Text(Rect(0, 0, 90, 30), text, (0, 0, 0), 20))]
    assert all(image.get_height() for image in shown)


def test_an_8_has_its_own_article() -> None:
    said = [a(digit) for digit in range(10)]
    assert said[8] == "an 8"
    assert said[:8] + said[9:] == [f"a {digit}" for digit in (*range(8), 9)]


def test_a_denied_guess_that_the_drawing_still_shows_is_said() -> None:
    said = [
        item.text for item in view(SAYING["denied"], (1280, 800)).items if hasattr(item, "text")
    ]
    assert "It still looks like an 8 to me. No points." in said


@pytest.mark.parametrize("name", SAYING)
def test_no_screen_says_a_8(name: str) -> None:
    pygame.font.init()
    said = [item.text for item in view(SAYING[name], (1280, 800)).items if isinstance(item, Text)]
    assert not [text for text in said if "a 8" in text.lower()]
    assert [text for text in said if "8" in text]
