"""Find the lines that may join digits which are written without lifting the pen: ligatures.

A stroke is approximated by a polygon. Each of its sides may be a ligature, but for the first and
the last, if it goes to the right: the straighter, the longer, and the steeper up, the likelier, and
the more so if the stroke after it is to the right of the stroke before it.
"""

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

TOLERANCE = 0.05
"""Greatest distance of a stroke from its polygon, in heights of the number."""

LEAST_LOG_ODDS = -4.0
"""Sides that are less likely a ligature are no places to cut."""

MAX_LIGATURES = 15
"""Only the likeliest of a stroke count."""

WIDEST_GAP = 0.5
"""Greater gaps and overlaps say no more, in heights of the number."""

MOST_POINTS = 1000
"""Corners are looked for among this many points of a longer stroke."""

Stroke = Float[np.ndarray, "_ 2"]


class Line(NamedTuple):
    """The features of a side of a polygon."""

    bend: float
    """Greatest distance of the stroke from the side, as a share of its length."""
    length: float
    """Logarithm of its length in heights of the number."""
    fall: float
    """Sine of its direction: -1 is up, 1 down."""
    gap: float
    """How far the stroke after it is to the right of that before it, in heights of the number;
    negative if they overlap in x, as those of an 8 do."""

    @property
    def log_odds(self) -> float:
        """Log-odds that it is a ligature."""
        return float(np.dot(self, WEIGHTS)) + BIAS


WEIGHTS = Line(bend=-74.26, length=2.54, fall=-1.37, gap=3.41)
BIAS = 1.99
"""Their sum with the features is the log-odds; the bias is added. They come from
`python -m mnist_jax.evaluation.number_certainty`."""


def divided(stroke: Stroke, unit: float) -> list[tuple[Stroke, float]]:
    """Return the parts of a stroke from its left end on, and the log-odds of each as a ligature.

    `unit` is the height of the number. What is no side of the polygon, or an unlikely one, has
    log-odds of minus infinity. Neighbours have a point in common.
    """
    if stroke[-1, 0] < stroke[0, 0]:
        stroke = stroke[::-1]
    lines = sides(stroke, unit)
    likely = [(line.log_odds, first, last) for first, last, line in lines]
    likely = sorted(side for side in likely if side[0] >= LEAST_LOG_ODDS)[-MAX_LIGATURES:]
    parts, reached = [], 0
    for odds, first, last in sorted(likely, key=lambda side: side[1]):
        if first > reached:
            parts.append((stroke[reached : first + 1], -math.inf))
        parts.append((stroke[first : last + 1], odds))
        reached = last
    return [*parts, (stroke[reached:], -math.inf)]


def sides(stroke: Stroke, unit: float) -> list[tuple[int, int, Line]]:
    """Return the first and last point, and the features, of all sides that may be ligatures."""
    corners = _corners(stroke, TOLERANCE * unit)
    found = []
    for first, last in pairwise(corners[1:-1]):
        x, y = stroke[last] - stroke[first]
        if x > 0:
            length = math.hypot(x, y)
            bend = float(_deviations(stroke[first : last + 1]).max()) / length
            gap = float(stroke[last:, 0].min() - stroke[: first + 1, 0].max()) / unit
            gap = min(max(gap, -WIDEST_GAP), WIDEST_GAP)
            line = Line(bend, math.log(length / unit), y / length, gap)
            found.append((first, last, line))
    return found


def _corners(stroke: Stroke, tolerance: float) -> list[int]:
    """Return the corners of a polygon that is nowhere farther than the tolerance from the stroke.

    See Ramer 1972, doi:10.1016/S0146-664X(72)80017-0.
    """
    places = np.linspace(0, len(stroke) - 1, min(len(stroke), MOST_POINTS)).astype(int)
    points, corners = stroke[places], [0]
    ends = [len(points) - 1]
    while ends:
        deviations = _deviations(points[corners[-1] : ends[-1] + 1])
        if deviations.max() > tolerance:
            ends.append(corners[-1] + int(deviations.argmax()))
        else:
            corners.append(ends.pop())
    return [int(places[corner]) for corner in corners]


def _deviations(points: Stroke) -> Float[np.ndarray, " _"]:
    """Return the distance of each point from the straight line between the first and the last."""
    way, along = points - points[0], points[-1] - points[0]
    share = (way @ along) / (np.square(along).sum() or 1.0)
    return np.asarray(np.hypot(*(way - np.clip(share, 0, 1)[:, None] * along).T))
