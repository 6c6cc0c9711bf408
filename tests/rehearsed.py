"""What the tests of the screens share: other settings, and the text in a scene."""

from dataclasses import replace

from game.core.state import State
from game.view.painting import lettering
from game.view.scene import Curve, Figure, Rect, Scene, Text


def with_settings(state: State, **settings: object) -> State:
    """The state with other settings."""
    return replace(state, settings=replace(state.settings, **settings))


def lines(text: Text) -> list[Rect]:
    """Where the letters of the text are painted."""
    images = lettering.text_images(text)
    return [Rect(*image.get_bounding_rect().move(place)) for image, place in images]


def texts(scene: Scene) -> list[Text]:
    return [item for item in scene.items if isinstance(item, Text) and item.text]


def plots(scene: Scene) -> list[Figure]:
    """The figures that are made of lines alone."""
    figures = [item for item in scene.items if isinstance(item, Figure)]
    return [item for item in figures if all(isinstance(one, Curve) for one in item.shapes)]


def said(scene: Scene) -> set[str]:
    return {text.text for text in texts(scene)}


def height(text: Text) -> int:
    """How high its lines are, in pixels, once they fit."""
    return lettering.typeset(text.text, text.height, *text.rect[2:])[1]
