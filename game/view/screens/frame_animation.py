"""A short animation: the drawing moves into the 28x28 frame that the network reads."""

import math
from itertools import pairwise

from game.core.values.readings import FRAME_SIDE
from game.core.values.sketch import Stroke, Strokes, bounds

SECONDS = 0.6
"""Length of the animation."""

BOX, PEN = 20, 1.8
"""The box in MNIST's frame that the ink fills, and the width of the pen, in pixels."""

LARGEST_ZOOM = 20.0
"""A dot is not enlarged by more than this."""

POINTS = 100
"""Enough points for a stroke in so small a picture."""


def frame_on_pad(strokes: Strokes) -> tuple[float, float, float]:
    """Return the left, top and side of the frame around the strokes, in units of the pad."""
    strokes = tuple(_thinned(stroke) for stroke in strokes)
    centre_x, centre_y = _centre_of_mass(strokes)
    side = 1 / _scale(strokes)
    return centre_x - side / 2, centre_y - side / 2, side


def into_frame(strokes: Strokes, progress: float) -> Strokes:
    """Return the strokes in units of the frame, moved there by `progress` from 0 to 1.

    In the end the longer side fills the box, and the ink's centre of mass is in the middle.
    """
    strokes = tuple(_thinned(stroke) for stroke in strokes)
    centre_x, centre_y = _centre_of_mass(strokes)
    eased = progress * progress * (3 - 2 * progress)
    zoom = 1 + eased * (min(_scale(strokes), LARGEST_ZOOM) - 1)
    goal_x, goal_y = centre_x + eased * (0.5 - centre_x), centre_y + eased * (0.5 - centre_y)
    return tuple(
        tuple(
            (goal_x + (x - centre_x) * zoom, goal_y + (y - centre_y) * zoom, then)
            for x, y, then in stroke
        )
        for stroke in strokes
    )


def _scale(strokes: Strokes) -> float:
    """Return the factor by which the strokes are scaled, in units of the frame."""
    left, top, right, bottom = bounds(strokes)
    return (BOX - PEN) / FRAME_SIDE / max(right - left, bottom - top, 1e-6)


def _thinned(stroke: Stroke) -> Stroke:
    """Return at most about `POINTS` points of the stroke, including both ends."""
    return (*stroke[: -1 : len(stroke) // POINTS + 1], stroke[-1])


def _centre_of_mass(strokes: Strokes) -> tuple[float, float]:
    """Return the ink's centre of mass."""
    mass = mass_x = mass_y = 0.0
    for stroke in strokes:
        for (x0, y0, _), (x1, y1, _) in pairwise((stroke[0], *stroke)):
            weight = math.hypot(x1 - x0, y1 - y0) + 1e-6
            mass, mass_x, mass_y = (
                mass + weight,
                mass_x + weight * (x0 + x1) / 2,
                mass_y + weight * (y0 + y1) / 2,
            )
    return mass_x / mass, mass_y / mass
