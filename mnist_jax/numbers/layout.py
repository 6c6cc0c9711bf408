"""Where the pieces of a number are: their extents, their order, and the distances of their ink."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

from mnist_jax.ink.strokes import Drawing

BAND = 0.06
"""Height of the bands in which the distance of ink is measured, in heights of the number."""


class Layout(NamedTuple):
    """Where the pieces of a number are, from left to right, in heights of the number."""

    left: Float[np.ndarray, " pieces"]
    top: Float[np.ndarray, " pieces"]
    right: Float[np.ndarray, " pieces"]
    bottom: Float[np.ndarray, " pieces"]
    gaps: Float[np.ndarray, " boundaries"]
    """Between the extents of pieces before and after each boundary; negative if they overlap."""
    clearances: Float[np.ndarray, " boundaries"]
    """Least horizontal distance between the ink before and after each boundary; infinite if they
    have no height in common, negative where lines cross."""
    joined: Int[np.ndarray, " boundaries"]
    """How many pieces of ink go across the boundary."""
    linked: Bool[np.ndarray, " boundaries"]
    """Whether a stroke with ligatures goes across the boundary, or it is between two of them."""
    ligatures: Float[np.ndarray, " pieces"]
    """Log-odds that each only joins two digits."""

    @classmethod
    def of(
        cls,
        pieces: Sequence[Drawing],
        joined: Sequence[int],
        linked: Sequence[bool],
        ligatures: Sequence[float],
    ) -> "Layout":
        """Lay out ordered pieces."""
        unit = height(pieces)
        left, top, right, bottom = boxes(pieces) / unit
        clearances = _gaps(*profiles(pieces, unit)).min(axis=1, initial=math.inf)
        gaps = _gaps(left, right)
        across = np.array(joined, int), np.array(linked, bool), np.array(ligatures, float)
        return cls(left, top, right, bottom, gaps, clearances, *across)


def boxes(pieces: Sequence[Drawing]) -> Float[np.ndarray, "4 pieces"]:
    """Return the left, top, right and bottom of each piece."""
    points = [np.concatenate(piece) for piece in pieces]
    return np.array([[*ink.min(0), *ink.max(0)] for ink in points]).T


def _gaps(left: Float[np.ndarray, "..."], right: Float[np.ndarray, "..."]) -> np.ndarray:
    """Return how far the pieces after each boundary are from those before it."""
    return np.minimum.accumulate(left[::-1])[::-1][1:] - np.maximum.accumulate(right)[:-1]


def profiles(
    pieces: Sequence[Drawing], unit: float
) -> tuple[Float[np.ndarray, "pieces bands"], Float[np.ndarray, "pieces bands"]]:
    """Return the least and the greatest x of each piece in horizontal bands, in units of `unit`.

    Where a piece has no ink they are infinite. Ink also counts in the bands next to its own.
    """
    points, owners = _dense([stroke / unit for piece in pieces for stroke in piece])
    strokes = np.repeat(np.arange(len(pieces)), [len(piece) for piece in pieces])
    bands = np.floor((points[:, 1] - points[:, 1].min()) / BAND) + np.arange(3)[:, None]
    inked, columns = np.unique(bands, return_inverse=True)  # pieces may be far below one another
    shape = len(pieces), len(inked)
    lefts, rights = np.full(shape, math.inf), np.full(shape, -math.inf)
    for column in columns.reshape(bands.shape):
        place = strokes[owners], column
        np.minimum.at(lefts, place, points[:, 0])
        np.maximum.at(rights, place, points[:, 0])
    return lefts, rights


def _dense(strokes: Drawing | list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return points along the strokes, at most half a band apart, and the stroke of each."""
    points = np.concatenate(strokes)
    owners = np.repeat(np.arange(len(strokes)), [len(stroke) for stroke in strokes])
    steps = np.diff(points, axis=0, append=points[-1:])
    steps[np.flatnonzero(np.diff(owners, append=-1))] = 0.0  # from one stroke to the next
    counts = 1 + (np.hypot(*steps.T) / (BAND / 2)).astype(int)
    segment = np.repeat(np.arange(len(points)), counts)
    fraction = np.arange(len(segment)) - np.repeat(np.cumsum(counts) - counts, counts)
    way = (fraction / counts[segment])[:, None]
    return points[segment] + way * steps[segment], owners[segment]


def height(pieces: Sequence[Drawing]) -> float:
    """Return the height of the number: the greatest of pieces that overlap in x.

    Flat ink counts as a quarter as high as wide, and a dot as 1 high.
    """
    left, top, right, bottom = boxes(pieces)
    sequence = np.argsort(left)
    reached = np.maximum.accumulate(right[sequence])
    starts = np.flatnonzero(left[sequence][1:] > reached[:-1]) + 1
    clusters = np.split(sequence, starts)
    tallest = max(bottom[cluster].max() - top[cluster].min() for cluster in clusters)
    widest = max(right[cluster].max() - left[cluster].min() for cluster in clusters)
    return float(max(tallest, widest / 4)) or 1.0


def distance(one: Drawing, other: Drawing, unit: float) -> float:
    """Return the distance of two inks, in units of `unit`."""
    (points, _), (others, _) = (_dense([stroke / unit for stroke in ink]) for ink in (one, other))
    squares = sum(
        np.square(place[:, None] - of_other)
        for place, of_other in zip(points.T, others.T, strict=True)
    )
    return float(np.sqrt(np.min(squares)))
