"""Fit a drawing to the frame: resample its strokes by arc length, scale and centre them."""

from typing import TYPE_CHECKING, TypeVar

import numpy as np
from jaxtyping import Float

from mnist_jax.ink.frame import FRAME_PIXELS, INK_BOX_PIXELS, PEN_RADIUS_PIXELS
from mnist_jax.ink.strokes import Drawing

if TYPE_CHECKING:
    from jax import Array

    AnyArray = TypeVar("AnyArray", np.ndarray, Array)
else:  # to name JAX's arrays would load JAX
    AnyArray = TypeVar("AnyArray")

_SPAN_PIXELS = INK_BOX_PIXELS - 2 * PEN_RADIUS_PIXELS
"""Longer side of the way of the pen's middle in that box."""

DOT_INK = 2 * PEN_RADIUS_PIXELS / _SPAN_PIXELS
"""Ink of a dot, as the length of a line, in units of the drawing's longer side."""

POINTS = 128
"""Points of a normalised drawing. On a digit they lie about half a pixel apart."""

TINY = 1e-12
"""An extent below which a drawing is a dot; added to extents, so that a dot's divides too."""


def normalise(drawing: Drawing) -> Float[np.ndarray, "128 2"]:
    """The drawing as `POINTS` pen positions in MNIST's frame, in pixels, float32.

    The result does not depend on the drawing's place or size, on how many points tell its shape,
    nor on the direction of its strokes.
    """
    return fit(*resample(drawing)).astype(np.float32)


def resample(
    drawing: Drawing,
) -> tuple[Float[np.ndarray, "128 2"], Float[np.ndarray, "128"]]:
    """`POINTS` points along the strokes, and the share of the ink that each of them stands for.

    Each stroke is walked in even steps, both ends included. The longer side of what comes back
    measures 1; a drawing without extent stays a dot.
    """
    points = np.concatenate(drawing)
    points = points / (np.abs(points).max() or 1.0)  # keeps huge and tiny units within range
    points -= points.min(0)
    points /= points.max() or 1.0
    counts = np.array([len(stroke) for stroke in drawing])
    steps = np.hypot(*np.diff(points, axis=0, prepend=points[:1]).T)
    first = np.cumsum(counts) - counts
    steps[first] = 1.0  # the pen's way through the air: never sampled, it keeps strokes apart
    travelled = np.cumsum(steps)
    begin = travelled[first]
    lengths = travelled[first + counts - 1] - begin
    stroke, fraction, shares = _places(lengths)
    at = begin[stroke] + lengths[stroke] * fraction
    x = np.interp(at, travelled, points[:, 0])
    y = np.interp(at, travelled, points[:, 1])
    ink = lengths[stroke] + DOT_INK
    return np.stack([x, y], axis=1), ink / shares[stroke]


def _places(lengths: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each of `POINTS` points its stroke and how far along it, 0 to 1; points per stroke."""
    strokes = len(lengths)
    if 2 * strokes > POINTS:  # more strokes than points: the middles of an even choice of them
        chosen = np.arange(POINTS) * strokes // POINTS
        return chosen, np.full(POINTS, 0.5), np.ones(strokes)
    shares = _shares(lengths)
    stroke = np.repeat(np.arange(strokes), shares)
    step = np.arange(POINTS) - np.repeat(np.cumsum(shares) - shares, shares)
    return stroke, step / (shares[stroke] - 1), shares


def _shares(lengths: np.ndarray) -> np.ndarray:
    """How many of `POINTS` each stroke gets: two, and more in proportion to its length.

    Rounding errors in the lengths, of a drawing that was moved or scaled, do not count.
    """
    spare = POINTS - 2 * len(lengths)
    proportion = lengths / (lengths.sum() + TINY)
    shares = 2 + np.floor(spare * proportion + _ROUNDING).astype(int)
    shares[np.argmax(lengths > (1 - _ROUNDING) * lengths.max())] += POINTS - shares.sum()
    return np.asarray(shares)


_ROUNDING = 1e-6


def fit(
    points: Float[AnyArray, "points 2"], weights: Float[AnyArray, " points"]
) -> Float[AnyArray, "points 2"]:
    """The points, in any unit, moved and scaled into MNIST's frame, in pixels.

    As MNIST was made (LeCun et al. 1998, page 8): the longer side of the ink, pen width included,
    fills the box with the aspect ratio kept, and the centre of mass, each point weighing as
    `weights` says, lies at the centre of the frame. Takes NumPy and JAX arrays.
    """
    extent = (points.max(0) - points.min(0)).max()
    scale = _SPAN_PIXELS / (extent + TINY)
    centre = weights @ points / weights.sum()
    fitted: AnyArray = (points - centre) * scale + (FRAME_PIXELS - 1) / 2
    return fitted
