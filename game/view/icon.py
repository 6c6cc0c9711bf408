"""The window's picture in lists of windows: a digit, drawn with the game's own pen."""

import pygame

from game.view.glyphs import glyph
from game.view.ink_layer import InkLayer
from game.view.scene import Ink, Rect
from game.view.theme import NORMAL

SIDE = 64
"""In pixels; desktops make it smaller."""

DIGIT = 2
PEN_SHARE = 0.08
"""Radius of the pen, as a share of the side."""


def icon() -> pygame.Surface:
    """The picture."""
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
