"""What the tests of the screens share: a state for every screen, and the text in a scene."""

from functools import cache

import pygame

from game.core.state import Net, State
from game.devices.reader import Reader
from game.screenshot import played
from game.view import lettering
from game.view.scene import Rect, Scene, Text
from tests import pointer  # noqa: F401 - no window is opened in the tests

SCREENS = (
    *("title", "sketchpad", "number", "photo", "open", "inside", "what-if", "similar"),
    *("learn", "compare"),
    *("card", "draw", "result", "think"),
    *("right", "review", "name", "scores", "digits", "settings", "help", "draw-rules"),
    *("think-rules", "pause"),
)


@cache
def rehearsed() -> dict[str, State]:
    """A state for every screen."""
    pygame.font.init()
    return played(Reader().wait(), State(seed=7, net=Net.READY))


def lines(text: Text) -> list[Rect]:
    """Where the letters of the text are painted."""
    return [Rect(x, y, *image.get_size()) for image, (x, y) in lettering.placed(text)]


def texts(scene: Scene) -> list[Text]:
    return [item for item in scene.items if isinstance(item, Text) and item.text]


def height(text: Text) -> int:
    """How high its lines are, in pixels, once they fit."""
    return lettering.typeset(text.text, text.height, *text.rect[2:])[1]
