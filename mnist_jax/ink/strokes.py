"""Drawings: tuples of strokes, each a `(points, 2)` array, x to the right and y down, any unit."""

from typing import Any

import numpy as np
from jaxtyping import Float

from mnist_jax.support.errors import InputError

Drawing = tuple[Float[np.ndarray, "_ 2"], ...]
"""One or more strokes, each a finite `(points, 2)` array of float64."""


def as_drawing(strokes: Any) -> Drawing:
    """Convert arrays or nested sequences to a drawing.

    Raises:
        InputError: there is no stroke, or a stroke has no points, is not of shape `(points, 2)`, or
            has a coordinate that is not finite.

    """
    try:
        numbered = enumerate(strokes, start=1)
    except TypeError as error:
        raise InputError(f"{strokes!r} is not a drawing; expected a sequence of strokes") from error
    drawing = tuple(_as_stroke(number, stroke) for number, stroke in numbered)
    if not drawing:
        raise InputError("the drawing is empty; it needs at least one stroke with one point")
    _check_finite(drawing)
    return drawing


def _as_stroke(number: int, points: Any) -> np.ndarray:
    try:
        raw = np.asarray(points)
    except ValueError:
        raw = np.asarray(None)
    if raw.dtype.kind not in "iuf" or raw.ndim != 2 or raw.shape[1] != 2 or not len(raw):
        raise InputError(
            f"stroke {number} is {raw.dtype} of shape {raw.shape}; "
            "a stroke is a (points, 2) array of numbers with at least one point"
        )
    return raw.astype(np.float64)


def _check_finite(drawing: Drawing) -> None:
    """Raise an InputError if a coordinate is not finite; checking all strokes at once is fast."""
    if np.isfinite(np.concatenate(drawing)).all():
        return
    finite = [bool(np.isfinite(stroke).all()) for stroke in drawing]
    raise InputError(f"stroke {finite.index(False) + 1} has a coordinate that is not finite")
