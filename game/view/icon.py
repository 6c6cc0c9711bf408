"""The window's icon: a digit, drawn with the game's pen."""

import pygame

from game.view.glyphs import glyph
from game.view.ink_layer import InkLayer
from game.view.scene import Ink, Rect
from game.view.theme import NORMAL

SIDE = 64
"""Size in pixels; desktops scale it down."""

DIGIT = 2
PEN_SHARE = 0.08
"""Radius of the pen, as a fraction of the side."""


def icon() -> pygame.Surface:
    """Return the icon."""
    item = Ink(
        Rect(0, 0, SIDE, SIDE),
        glyph(DIGIT),
        pen_down=False,
        radius=PEN_SHARE * SIDE,
        ink=NORMAL.accent,
        paper=NORMAL.paper,
    )
    layer, surface = InkLayer(item), pygame.Surface((SIDE, SIDE), 0, 32)
    layer.update(item)
    layer.show(surface, 0, 0)
    return surface
