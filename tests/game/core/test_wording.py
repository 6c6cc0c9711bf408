"""What the game says: the same words for a figure wherever it is said."""

import pytest

from game.core.events import Digit, Read, Tick
from game.core.modes.draw import DrawGame
from game.core.modes.guessing_game import Phase
from game.core.modes.think import ThinkGame
from game.core.state import Net, State
from game.core.update import state_after
from game.core.values.sketch import Sketch
from game.core.wording import i_see
from game.view.glyphs import glyph
from game.view.painting.lettering import text_images
from game.view.scene import Rect, Text
from game.view.screens import view
from tests.beginnings import pad
from tests.readings import reading

EIGHT = Sketch(glyph(8))


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ((3, 0), "I didn’t see a 7. It looked like a 0."),
        ((3, 7), "Perhaps a 7, but I wasn’t sure."),
        ((3, None), "I didn’t see a 7."),
    ],
)
def test_a_missed_drawing_looked_like_what_was_read_last(
    read: tuple[int | None, ...], said: str
) -> None:
    game = DrawGame((7, 1), phase=Phase.DRAWING)
    for digit in read:
        look = pad(EIGHT.strokes, None if digit is None else reading(digit, 0.7))
        game = game.tick(look, 0.1)
    missed = game.skip(pad())
    scene = view(State(net=Net.READY, screen=missed), (1280, 800))
    assert said in [item.text for item in scene.items if isinstance(item, Text)]


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "\udcff.png", "数字", "\n", ""])
def test_any_text_can_be_shown(text: str) -> None:
    shown = [image for image, _ in text_images(Text(Rect(0, 0, 90, 30), text, (0, 0, 0), 20))]
    assert all(image.get_height() for image in shown)


def test_an_8_has_its_own_article() -> None:
    assert [i_see(digit) for digit in (7, 8, 9)] == ["I see a 7", "I see an 8", "I see a 9"]


def test_a_denied_guess_that_the_drawing_still_shows_is_said() -> None:
    asking = State(net=Net.READY, screen=ThinkGame(), sketch=EIGHT)
    sure = [Read(reading(8)), *[Tick(0.25)] * 5]
    denied = state_after(asking, *sure, Digit(7))
    said = [getattr(item, "text", "") for item in view(denied, (1280, 800)).items]
    assert "It still looks like an 8 to me. No points." in said
