"""Small things as shapes: arcs, a hand that points, and the pencil that keys or a game pad move."""

import math

from game.view.scene import Curve, Figure, Place, Polygon, Rect, Shape
from game.view.theme import Theme

FINGERS: tuple[tuple[Place, Place], ...] = (
    ((0.1, 0.1), (0.42, 0.52)),
    ((0.36, 0.36), (0.5, 0.52)),
    ((0.5, 0.35), (0.6, 0.5)),
    ((0.63, 0.39), (0.68, 0.52)),
    ((0.2, 0.6), (0.42, 0.72)),
)
"""Both ends of each finger of the hand, the one that points first; its tip is at (0, 0)."""

LENGTH, WIDTH, WOOD = 0.44, 0.075, 0.13
"""Length of the pencil, half its width, and length of its sharpened end, in units of its square."""

LIFT, RING = 0.1, 0.09
"""How far a lifted pencil is above the paper, and radius of the ring on the paper below it."""


def arc(
    x: float,
    y: float,
    radius_x: float,
    radius_y: float,
    turns: tuple[float, float] = (0.0, 1.0),
    steps: int = 28,
) -> tuple[Place, ...]:
    """Return points of an arc of the ellipse around (x, y), by default of all of it.

    `turns` are its beginning and its end: 0 is right, 0.25 down and 1 right again.
    """
    begin, end = (math.tau * turn for turn in turns)
    angles = [begin + (end - begin) * n / steps for n in range(steps + 1)]
    return tuple((x + radius_x * math.cos(a), y + radius_y * math.sin(a)) for a in angles)


def pointing_hand(tip: Place, side: int, theme: Theme) -> Figure:
    """Return a hand, `side` pixels large, that points up and left at a place in the window."""
    shapes: list[Shape] = []
    for colour, more in ((theme.ink, 0.025), (theme.paper, 0.0)):  # the first is seen as its edge
        shapes.append(Curve(((0.62, 0.74), (0.73, 0.85)), colour, (0.12 + more) * side))
        shapes.append(Polygon(arc(0.56, 0.66, 0.22 + more, 0.22 + more, steps=32), colour))
        shapes += [Curve(ends, colour, (0.065 + more) * side) for ends in FINGERS]
    return Figure(Rect(round(tip[0]), round(tip[1]), side, side), tuple(shapes))


def pencil(place: Place, shorter_side: int, theme: Theme, *, pen_down: bool) -> Figure:
    """Return the pencil at a place: its tip there, or lifted above a ring around it.

    Its size is measured by the shorter side of the window, in pixels.
    """
    side = max(60, round(shorter_side / 9))
    left, top = (round(at) - side // 2 for at in place)
    thin, off = side / 50, 0.0 if pen_down else LIFT
    tip, wood, lead = (0.0, 0.0), (WOOD, WIDTH), (WOOD / 2, WIDTH / 2)
    whole = _corners(off, tip, wood, (LENGTH, WIDTH))
    lines = [whole[:1] + whole, *([] if pen_down else [arc(0.5, 0.5, RING, RING, steps=24)])]
    edges = [Curve(line, theme.paper, 2 * thin) for line in lines]
    edges += [Curve(line, theme.ink, thin) for line in lines]
    parts = (
        Polygon(whole, theme.paper),
        Polygon(_corners(off, wood, (LENGTH, WIDTH)), theme.accent),
        Polygon(_corners(off, tip, lead), theme.ink),
    )
    return Figure(Rect(left, top, side, side), (*edges, *parts))


def _corners(off: float, *halves: Place) -> tuple[Place, ...]:
    """Return the outline of a part of the pencil, whose tip is `off` above the paper.

    The corners of one half are given, by their distances from the tip along the pencil and from its
    axis; the other half mirrors them.
    """
    return tuple(
        (0.5 + off + (along + across) / math.sqrt(2), 0.5 - off + (across - along) / math.sqrt(2))
        for along, across in (*halves, *((along, -across) for along, across in reversed(halves)))
    )
