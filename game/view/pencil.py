"""The pencil that shows where the pen is which keys or a game pad move."""

import math

from game.view.scene import Curve, Figure, Place, Polygon, Rect
from game.view.theme import Theme

SIDE = 1 / 9
"""Side of its square, as a share of the shorter side of the window."""

LEAST_SIDE = 60
"""The least side, in pixels."""

LENGTH, WIDTH, WOOD = 0.44, 0.075, 0.13
"""Length of the pencil, half its width, and length of its sharpened end, in units of the square."""

LIFT = 0.1
"""How far the lifted pencil is off the paper, along each axis."""

RING = 0.09
"""Radius of the ring around the point that a lifted pencil would draw at."""


def pencil(place: Place, shorter_side: int, theme: Theme, *, pen_down: bool) -> Figure:
    """Return the pencil at a place: its tip there, or lifted above a ring around it."""
    side = max(LEAST_SIDE, round(shorter_side * SIDE))
    left, top = (round(at) - side // 2 for at in place)
    thin, off = side / 50, 0.0 if pen_down else LIFT
    turns = (math.tau * step / 24 for step in range(25))
    ring = tuple((0.5 + RING * math.cos(turn), 0.5 + RING * math.sin(turn)) for turn in turns)
    tip, wood, lead = (0.0, 0.0), (WOOD, WIDTH), (WOOD / 2, WIDTH / 2)
    whole = _corners(off, tip, wood, (LENGTH, WIDTH))
    lines = [whole[:1] + whole] if pen_down else [whole[:1] + whole, ring]
    edges = [Curve(line, theme.paper, 2 * thin) for line in lines]
    edges += [Curve(line, theme.ink, thin) for line in lines]
    parts = (
        Polygon(whole, theme.paper),
        Polygon(_corners(off, wood, (LENGTH, WIDTH)), theme.accent),
        Polygon(_corners(off, tip, lead), theme.ink),
    )
    return Figure(Rect(left, top, side, side), (*edges, *parts))


def _corners(off: float, *halves: Place) -> tuple[Place, ...]:
    """Return the outline of a part of the pencil, which is so far off the paper.

    Its halves are mirror images; each corner is given by its distance from the tip, and from the
    middle of the pencil.
    """
    return tuple(
        (0.5 + off + (along + across) / math.sqrt(2), 0.5 - off + (across - along) / math.sqrt(2))
        for along, across in (*halves, *((along, -across) for along, across in reversed(halves)))
    )
