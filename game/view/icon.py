"""The window's icon: a digit, drawn with the game's pen."""

import pygame

from game.view.glyphs import glyph
from game.view.ink_layer import drawn
from game.view.scene import Ink, Rect
from game.view.theme import NORMAL

SIDE = 64
"""Size in pixels; desktops scale it down."""

DIGIT = 2
PEN_SHARE = 0.08
"""Radius of the pen, as a fraction of the side."""


def icon() -> pygame.Surface:
    """Return the icon."""
    rect, radius = Rect(0, 0, SIDE, SIDE), PEN_SHARE * SIDE
    return drawn(Ink(rect, glyph(DIGIT), False, radius, NORMAL.accent, NORMAL.paper))  # noqa: FBT003
