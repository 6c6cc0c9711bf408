"""Find the lines of ruled and squared paper in a mask of ink.

They are the straight lines that cross most of the picture, found by a Hough transform (Duda and
Hart 1972, doi:10.1145/361237.361242) of the thinned mask. A line counts if three of its kind cross
the picture, parallel or at right angles, or if it is thin and crosses nearly all of it. A stroke
that crosses a line stays, because it is wider there than the line.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from mnist_jax.ink.pictures.contrast import Mask

COVERED = 0.5
"""Least part of a line's way across the picture that is in the mask."""

COVERED_ALONE = 0.8
"""The same for a line without others of its kind."""

THINNEST_PEN = 0.012
"""A wider line without others of its kind is not a line of the paper; in longer sides of the
picture."""

FEWEST_ALIKE = 3
"""Fewest lines, parallel or at right angles, that are taken for ruled or squared paper."""

MOST_LINES = 150
"""Most lines that are looked for."""

ANGLES = np.deg2rad(np.arange(-90, 90, 0.5))
"""Directions of the normals of lines."""


class _Line(NamedTuple):
    """The points where `x * cos(angle) + y * sin(angle)` is `distance`."""

    angle: float
    distance: float
    covered: float


def ruled_lines(mask: Mask) -> Mask:
    """Return the pixels of the mask that belong to lines of the paper."""
    from scipy.ndimage import distance_transform_edt
    from skimage.morphology import skeletonize

    ruled = np.zeros_like(mask)
    thin = skeletonize(mask)
    lines = _straight_lines(thin)
    if not lines:
        return ruled
    ys, xs = np.nonzero(mask)
    radius = distance_transform_edt(np.pad(mask, 1))[1:-1, 1:-1][ys, xs]
    middle = thin[ys, xs]
    for line in lines:
        away = np.abs(xs * np.cos(line.angle) + ys * np.sin(line.angle) - line.distance)
        half = float(np.median(radius[(away < 2) & middle]))
        alone = line.covered > COVERED_ALONE and 2 * half < THINNEST_PEN * max(mask.shape)
        turns = np.array([other.angle for other in lines]) - line.angle
        quarter = np.pi / 2
        alike = np.abs((turns + quarter / 2) % quarter - quarter / 2) < 0.06
        if alone or alike.sum() >= FEWEST_ALIKE:
            on = (away <= half + 2) & (radius <= half + 1)
            ruled[ys[on], xs[on]] = True
    return ruled


def _straight_lines(thin: Mask) -> list[_Line]:
    """Return the lines that cover most of their way across the picture, the fullest first."""
    from skimage.transform import hough_line

    if thin.sum() < COVERED * min(thin.shape) / 2:
        return []
    counts, angles, distances = hough_line(thin, ANGLES)
    counts = counts[1:-1] + counts[:-2] + counts[2:]  # lines are not quite straight
    distances = distances[1:-1]
    likely = counts.max(axis=1) > COVERED * min(thin.shape) / 2
    counts, distances = counts[likely], distances[likely]
    covered = counts / _lengths(distances, angles, thin.shape)
    lines: list[_Line] = []
    while covered.size and len(lines) < MOST_LINES:
        row, column = np.unravel_index(np.argmax(covered), covered.shape)
        angle, distance = float(angles[column]), float(distances[row])
        if covered[row, column] < COVERED:
            break
        lines.append(_Line(angle, distance, float(covered[row, column])))
        near = np.abs((angles - angle + np.pi / 2) % np.pi - np.pi / 2) < 0.15
        covered[np.ix_(np.abs(distances - distance) < 6, near)] = 0
    return lines


def _lengths(
    distances: np.ndarray, angles: np.ndarray, shape: tuple[int, ...]
) -> Float[np.ndarray, "distances angles"]:
    """Return how many pixels each line has in the picture; infinite for those across a corner."""
    height, width = shape
    cos, sin = np.cos(angles), np.sin(angles)
    first = np.full((len(distances), len(angles)), -np.inf)
    last = -first
    for start, step, side in (
        (distances[:, None] * cos, -sin, width),
        (distances[:, None] * sin, cos, height),
    ):
        slope = np.where(np.abs(step) < 1e-9, 1e-9, step)
        one, other = -start / slope, (side - start) / slope
        first = np.maximum(first, np.minimum(one, other))
        last = np.minimum(last, np.maximum(one, other))
    length = last - first
    length[length <= min(shape) / 2] = np.inf
    return np.asarray(length * np.maximum(np.abs(cos), np.abs(sin)))
