"""The pieces of ink on a page that were written: connected, neither specks nor printed boxes."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

from mnist_jax.ink.pictures.contrast import Mask
from mnist_jax.ink.pictures.pieces import NEIGHBOURS
from mnist_jax.pages.page_lines import Line

SPECK = 0.03
"""Pieces whose longer side is less are specks; in heights of a digit."""

SMALLEST_BOX = 0.4
"""Least width and height of a printed box; in heights of a digit."""

SIDES_COVERED = 0.85
"""Least part of each side of a printed box that has ink."""

WIDEST_DIGIT, FAR = 1.3, 0.3
"""Wider pieces are more than a digit, and are cut at a line if they reach this far over it on both
sides; in heights of a digit."""


class Pieces(NamedTuple):
    """Connected pieces of ink."""

    labels: Int[np.ndarray, "height width"]
    number: Int[np.ndarray, " pieces"]
    """Its label."""
    box: Float[np.ndarray, "pieces 4"]
    """Left, top, right and bottom."""
    digit_height: float
    """Height of the digits of this page."""

    @property
    def size(self) -> Float[np.ndarray, "pieces 2"]:
        """Width and height."""
        return np.asarray(self.box[:, 2:] - self.box[:, :2])

    @property
    def middle(self) -> Float[np.ndarray, "pieces 2"]:
        """X and y of the middle of the box."""
        return np.asarray((self.box[:, 2:] + self.box[:, :2]) / 2)

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of all."""
        low, high = self.box[:, :2].min(axis=0), self.box[:, 2:].max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])

    def chosen(self, keep: Bool[np.ndarray, " pieces"] | Int[np.ndarray, " chosen"]) -> "Pieces":
        """Return some of the pieces."""
        return self._replace(number=self.number[keep], box=self.box[keep])


def page_pieces(mask: Mask, digit_height: float | None = None) -> Pieces:
    """Return the pieces of ink; the height of digits is that of most ink if it is not given."""
    from scipy.ndimage import find_objects, label

    labels, _ = label(mask, NEIGHBOURS)
    extents = find_objects(labels)
    corners = [(columns.start, rows.start, columns.stop, rows.stop) for rows, columns in extents]
    box = np.array(corners, dtype=float).reshape(-1, 4)
    height = digit_height or _digit_height(box[:, 3] - box[:, 1], max(mask.shape))
    return Pieces(labels, np.arange(1, len(box) + 1), box, height)


def _digit_height(heights: Float[np.ndarray, " pieces"], side: int) -> float:
    """Return the height of most ink: the median over pieces, by their squares."""
    heights = np.sort(heights[heights < 0.5 * side])
    if not len(heights):
        return 1.0
    weights = np.cumsum(heights**2)
    return float(heights[np.searchsorted(weights, weights[-1] / 2)])


def without_print(mask: Mask, pieces: Pieces, plumb: Sequence[Line]) -> Pieces:
    """Return the pieces that are neither specks nor printed boxes, nor inside of such boxes.

    A piece of several digits that reaches far over a plumb line is cut there.
    """
    if plumb:
        pieces = page_pieces(_cut(mask, pieces, plumb), pieces.digit_height)
    h = pieces.digit_height
    pieces = pieces.chosen(pieces.size.max(axis=1, initial=0) >= SPECK * h)
    keep = np.ones(len(pieces.number), dtype=bool)
    for index in np.flatnonzero((pieces.size >= SMALLEST_BOX * h).all(axis=1)).tolist():
        if _is_box(pieces, index):
            left, top, right, bottom = pieces.box[index]
            inside = (pieces.middle > (left, top)) & (pieces.middle < (right, bottom))
            keep &= ~inside.all(axis=1)
    return pieces.chosen(keep)


def _cut(mask: Mask, pieces: Pieces, plumb: Sequence[Line]) -> Mask:
    """Return the ink, cut where a piece of several digits reaches far over a plumb line."""
    mask = mask.copy()
    far = FAR * pieces.digit_height
    wide = pieces.size[:, 0] >= WIDEST_DIGIT * pieces.digit_height
    for line in plumb:
        for left, top, right, bottom in pieces.box[wide].astype(int).tolist():
            x = line.at((top + bottom) / 2)
            within = line.first <= (top + bottom) / 2 < line.end
            if within and left < x - far and right > x + far:
                mask[top:bottom, int(x) : int(x) + 2] = False
    return mask


def _is_box(pieces: Pieces, index: int) -> bool:
    """Return whether a piece has ink along all four sides of its extent."""
    left, top, right, bottom = pieces.box[index].astype(int).tolist()
    ink = pieces.labels[top:bottom, left:right] == pieces.number[index]
    band = max(3, int(0.08 * min(ink.shape)))
    sides = (ink[:band], ink[-band:], ink[:, :band].T, ink[:, -band:].T)
    return all(side.any(axis=0).mean() >= SIDES_COVERED for side in sides)
