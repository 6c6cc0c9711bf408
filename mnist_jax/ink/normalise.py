"""Normalise a drawing: resample its strokes by arc length, scale and centre them in the frame."""

from typing import TYPE_CHECKING, TypeVar

import numpy as np
from jaxtyping import Float

from mnist_jax.ink.frame import FRAME_PIXELS, INK_BOX_PIXELS, PEN_RADIUS_PIXELS
from mnist_jax.ink.strokes import Drawing

if TYPE_CHECKING:
    from jax import Array

    AnyArray = TypeVar("AnyArray", np.ndarray, Array)
else:  # naming JAX arrays would import JAX
    AnyArray = TypeVar("AnyArray")

_SPAN_PIXELS = INK_BOX_PIXELS - 2 * PEN_RADIUS_PIXELS
"""Longer side of a normalised drawing, measured between centres of the pen."""

DOT_INK = 2 * PEN_RADIUS_PIXELS / _SPAN_PIXELS
"""Length of the line with as much ink as a dot, relative to the drawing's longer side."""

POINTS = 128
"""Number of points of a normalised drawing, about half a pixel apart on a digit."""

TINY = 1e-12
"""Added to extents to avoid a division by zero; a drawing smaller than this is a dot."""


def normalise(drawing: Drawing) -> Float[np.ndarray, "128 2"]:
    """Return the drawing as `POINTS` pen positions in the frame, in pixels, float32.

    The result does not depend on the position and size of the drawing, on how densely its strokes
    were sampled, or on their direction.
    """
    return fit(*resample(drawing)).astype(np.float32)


def resample(
    drawing: Drawing,
) -> tuple[Float[np.ndarray, "128 2"], Float[np.ndarray, "128"]]:
    """Resample the strokes by arc length to `POINTS` points, and return them with their weights.

    The points of a stroke are evenly spaced and include both ends. A weight is the amount of ink
    around a point. The drawing is scaled so that its longer side is 1; a dot stays a dot.
    """
    points = np.concatenate(drawing).T.copy()  # rows of x and y: NumPy is faster along rows
    points /= np.abs(points).max() or 1.0  # avoids overflow and underflow
    points -= points.min(1, keepdims=True)
    points /= points.max() or 1.0
    counts = np.array([len(stroke) for stroke in drawing])
    steps = np.hypot(*np.diff(points, prepend=points[:, :1]))
    first = np.cumsum(counts) - counts
    steps[first] = 1.0  # the gap between two strokes, which is never sampled
    arc_length = np.cumsum(steps)
    start = arc_length[first]
    lengths = arc_length[first + counts - 1] - start
    stroke, fraction, point_counts = _sample_positions(lengths)
    positions = start[stroke] + lengths[stroke] * fraction
    x, y = (np.interp(positions, arc_length, row) for row in points)
    ink = lengths[stroke] + DOT_INK
    return np.stack([x, y], axis=1), ink / point_counts[stroke]


def _sample_positions(lengths: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the stroke of each point, its position on it from 0 to 1, and points per stroke."""
    strokes = len(lengths)
    if 2 * strokes > POINTS:  # too many strokes: take the middle point of some
        chosen = np.arange(POINTS) * strokes // POINTS
        return chosen, np.full(POINTS, 0.5), np.ones(strokes)
    counts = _points_per_stroke(lengths)
    stroke = np.repeat(np.arange(strokes), counts)
    step = np.arange(POINTS) - np.repeat(np.cumsum(counts) - counts, counts)
    return stroke, step / (counts[stroke] - 1), counts


def _points_per_stroke(lengths: np.ndarray) -> np.ndarray:
    """Distribute `POINTS` over the strokes: two each, and the rest in proportion to their lengths.

    Rounding errors in the lengths do not change the result, so a drawing can be moved and scaled.
    """
    spare = POINTS - 2 * len(lengths)
    proportion = lengths / (lengths.sum() + TINY)
    counts = 2 + np.floor(spare * proportion + _ROUNDING).astype(int)
    counts[np.argmax(lengths > (1 - _ROUNDING) * lengths.max())] += POINTS - counts.sum()
    return np.asarray(counts)


_ROUNDING = 1e-6


def fit(
    points: Float[AnyArray, "points 2"], weights: Float[AnyArray, " points"]
) -> Float[AnyArray, "points 2"]:
    """Scale and move points of any unit into the frame, in pixels.

    This is how MNIST was made (LeCun et al. 1998, page 8): the longer side of the ink, pen width
    included, is scaled to `INK_BOX_PIXELS` and the aspect ratio kept; the centre of mass, with
    `weights` as masses, is moved to the centre of the frame. Takes NumPy or JAX arrays.
    """
    centre = weights @ points / weights.sum()
    fitted: AnyArray = scale_to_box(points - centre) + (FRAME_PIXELS - 1) / 2
    return fitted


def scale_to_box(points: Float[AnyArray, "*drawings points 2"]) -> Float[AnyArray, "..."]:
    """Scale points about the origin so that the longer side of each drawing's ink fits the box."""
    sides = points.max(-2, keepdims=True) - points.min(-2, keepdims=True)
    scaled: AnyArray = points * (_SPAN_PIXELS / (sides.max(-1, keepdims=True) + TINY))
    return scaled
