"""A short animation: the drawing moves into the 28x28 frame that the network reads."""

import math
from itertools import pairwise

from game.core.values.sketch import Stroke, Strokes, bounds
from mnist_jax.ink.frame import FRAME_PIXELS, INK_BOX_PIXELS, PEN_RADIUS_PIXELS

SECONDS = 0.6
"""Length of the animation."""

LINES_PIXELS = INK_BOX_PIXELS - 2 * PEN_RADIUS_PIXELS
"""Longer side of the lines in the frame, without the width of the pen."""

LARGEST_ZOOM = 20.0
"""A dot is not enlarged by more than this."""

POINTS = 100
"""Enough points for a stroke in so small a picture."""


def frame_on_pad(strokes: Strokes) -> tuple[float, float, float]:
    """Return the left, top and side of the frame around the strokes, in units of the pad."""
    x, y, scale = _place(_thinned(strokes))
    return x - 0.5 / scale, y - 0.5 / scale, 1 / scale


def into_frame(strokes: Strokes, progress: float) -> Strokes:
    """Return the strokes in units of the frame, moved there by `progress` from 0 to 1.

    In the end the longer side fills the box, and the ink's centre of mass is in the middle.
    """
    strokes = _thinned(strokes)
    x, y, scale = _place(strokes)
    eased = progress * progress * (3 - 2 * progress)
    zoom = 1 + eased * (min(scale, LARGEST_ZOOM) - 1)
    goal_x, goal_y = x + eased * (0.5 - x), y + eased * (0.5 - y)
    return tuple(
        tuple(
            (goal_x + (right - x) * zoom, goal_y + (down - y) * zoom, then)
            for right, down, then in stroke
        )
        for stroke in strokes
    )


def _thinned(strokes: Strokes) -> tuple[Stroke, ...]:
    """Return at most about `POINTS` points of each stroke, including both ends."""
    return tuple((*stroke[: -1 : len(stroke) // POINTS + 1], stroke[-1]) for stroke in strokes)


def _place(strokes: Strokes) -> tuple[float, float, float]:
    """Return the ink's centre of mass, and the factor by which the frame scales the strokes."""
    lines = [ends for stroke in strokes for ends in pairwise((stroke[0], *stroke))]
    masses = [math.dist(begin[:2], end[:2]) + 1e-6 for begin, end in lines]
    x, y = (
        math.fsum(
            mass * (begin[axis] + end[axis]) / 2
            for mass, (begin, end) in zip(masses, lines, strict=True)
        )
        / math.fsum(masses)
        for axis in (0, 1)
    )
    left, top, right, bottom = bounds(strokes)
    return x, y, LINES_PIXELS / FRAME_PIXELS / max(right - left, bottom - top, 1e-6)
