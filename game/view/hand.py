"""A hand that points, as shapes."""

import math

from game.view.scene import Curve, Figure, Place, Polygon, Rect, Shape
from game.view.theme import Colour, Theme

FINGERS: tuple[tuple[Place, Place], ...] = (
    ((0.1, 0.1), (0.42, 0.52)),
    ((0.36, 0.36), (0.5, 0.52)),
    ((0.5, 0.35), (0.6, 0.5)),
    ((0.63, 0.39), (0.68, 0.52)),
    ((0.2, 0.6), (0.42, 0.72)),
)
"""Both ends of each finger, the one that points first; its tip is at (0, 0)."""

EDGE = 0.025
"""Width of the line around it."""


def hand(tip: Place, side: int, theme: Theme) -> Figure:
    """Return a hand of this size in pixels that points up and left at a place in the window."""
    rect = Rect(round(tip[0]), round(tip[1]), side, side)
    outer = _shapes(theme.ink, EDGE, side)
    return Figure(rect, (*outer, *_shapes(theme.paper, 0.0, side)))


def _shapes(colour: Colour, more: float, side: int) -> list[Shape]:
    """Return fingers and palm in one colour, larger by `more` all around."""
    turns = [math.tau * n / 32 for n in range(32)]
    palm = tuple(
        (0.56 + (0.22 + more) * math.cos(turn), 0.66 + (0.22 + more) * math.sin(turn))
        for turn in turns
    )
    arm = Curve(((0.62, 0.74), (0.73, 0.85)), colour, (0.12 + more) * side)
    fingers = [Curve(ends, colour, (0.065 + more) * side) for ends in FINGERS]
    return [arm, Polygon(palm, colour), *fingers]
