"""The ten digits as strokes in the unit square, for the title and the icon."""

import math
from functools import cache
from itertools import count

from game.core.values.sketch import Strokes

Point = tuple[float, float]

SECONDS = 0.9
"""Time it takes to draw a digit."""


def _arc(x: float, y: float, radii: tuple[float, float], begin: float, end: float) -> list[Point]:
    """Return points of an elliptical arc around (x, y); in degrees, 0 is right and 90 down."""
    steps = max(2, round(abs(end - begin) / 12))
    angles = [math.radians(begin + (end - begin) * step / steps) for step in range(steps + 1)]
    return [(x + radii[0] * math.cos(a), y + radii[1] * math.sin(a)) for a in angles]


_DIGITS: tuple[list[list[Point]], ...] = (
    [_arc(0.5, 0.5, (0.27, 0.4), -80, -445)],
    [[(0.36, 0.24), (0.54, 0.1), (0.53, 0.9)]],
    [[*_arc(0.49, 0.32, (0.24, 0.22), -165, 35), (0.26, 0.88), (0.78, 0.87)]],
    [[*_arc(0.48, 0.29, (0.22, 0.19), -150, 95), *_arc(0.47, 0.68, (0.26, 0.21), -80, 150)]],
    [[(0.56, 0.1), (0.22, 0.62), (0.8, 0.6)], [(0.63, 0.4), (0.6, 0.92)]],
    [
        [(0.34, 0.12), (0.31, 0.46), *_arc(0.46, 0.65, (0.27, 0.24), -115, 140)],
        [(0.34, 0.13), (0.74, 0.11)],
    ],
    [[(0.64, 0.1), (0.4, 0.3), *_arc(0.5, 0.67, (0.23, 0.22), -165, -530)]],
    [[(0.24, 0.14), (0.77, 0.13), (0.55, 0.45), (0.44, 0.9)]],
    [
        [
            *_arc(0.5, 0.3, (0.2, 0.19), -60, -270),
            *_arc(0.5, 0.69, (0.24, 0.2), -90, 270),
            *_arc(0.5, 0.3, (0.2, 0.19), 90, -60),
        ]
    ],
    [[*_arc(0.48, 0.33, (0.22, 0.21), -30, -390), (0.66, 0.55), (0.6, 0.9)]],
)


@cache
def glyph(digit: int) -> Strokes:
    """Return the digit's strokes, timed from 0 to `SECONDS`."""
    paths = _DIGITS[digit]
    drawn, total = count(), sum(map(len, paths))
    return tuple(tuple((x, y, SECONDS * next(drawn) / total) for x, y in path) for path in paths)
