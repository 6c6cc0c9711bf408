"""The pieces of ink on a page that were written: connected, neither specks nor printed boxes."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

from mnist_jax.ink.pictures.pieces import NEIGHBOURS, Mask
from mnist_jax.pages.page_lines import Line

SPECK = 0.03
"""Pieces whose longer side is less are specks; in heights of a digit."""

SIDES_COVERED = 0.85
"""Least part of each side of a printed box that has ink."""


WIDEST_DIGIT = 1.3
"""Wider pieces are more than a digit; in heights of a digit."""


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


def page_pieces(mask: Mask) -> Pieces:
    """Return the pieces of ink."""
    from scipy.ndimage import label

    labels, _ = label(mask, NEIGHBOURS)
    return _measured(labels, digit_height(labels))


def written(mask: Mask, pieces: Pieces, plumb: Sequence[Line]) -> Pieces:
    """Return the pieces that were written; wide ones far over a plumb line are cut there."""
    from scipy.ndimage import label

    if plumb and len(pieces.number):
        labels, _ = label(_cut(mask, pieces, plumb), NEIGHBOURS)
        pieces = _measured(labels, pieces.digit_height)
    large = pieces.size.max(axis=1, initial=0) >= SPECK * pieces.digit_height
    return without_boxes(pieces.chosen(large))


def _measured(labels: Int[np.ndarray, "height width"], digit_height: float) -> Pieces:
    from scipy.ndimage import find_objects

    extents = find_objects(labels)
    corners = [(columns.start, rows.start, columns.stop, rows.stop) for rows, columns in extents]
    box = np.array(corners, dtype=float).reshape(-1, 4)
    return Pieces(labels, np.arange(1, len(box) + 1), box, digit_height)


def digit_height(labels: Int[np.ndarray, "height width"]) -> float:
    """Return the height of most ink: the median over pieces, by their squares."""
    box = _measured(labels, 1.0).box
    heights = np.sort(box[:, 3] - box[:, 1])
    heights = heights[heights < 0.5 * max(labels.shape)]
    if not len(heights):
        return 1.0
    weights = np.cumsum(heights**2)
    return float(heights[np.searchsorted(weights, weights[-1] / 2)])


def _cut(mask: Mask, pieces: Pieces, plumb: Sequence[Line]) -> Mask:
    """Return the ink, cut where a piece of several digits reaches far over a plumb line."""
    mask = mask.copy()
    far = 0.3 * pieces.digit_height
    wide = pieces.size[:, 0] >= WIDEST_DIGIT * pieces.digit_height
    for line in plumb:
        for left, top, right, bottom in pieces.box[wide].astype(int).tolist():
            x = line.at((top + bottom) / 2)
            within = line.first <= (top + bottom) / 2 < line.end
            if within and left < x - far and right > x + far:
                mask[top:bottom, int(x) : int(x) + 2] = False
    return mask


def without_boxes(pieces: Pieces) -> Pieces:
    """Return the pieces without printed boxes and what is ticked inside of them."""
    h = pieces.digit_height
    keep = np.ones(len(pieces.number), dtype=bool)
    for index in np.flatnonzero((pieces.size >= 0.4 * h).all(axis=1)).tolist():
        if _is_box(pieces, index):
            left, top, right, bottom = pieces.box[index]
            inside = (pieces.middle > (left, top)) & (pieces.middle < (right, bottom))
            keep &= ~inside.all(axis=1)
    return pieces.chosen(keep)


def _is_box(pieces: Pieces, index: int) -> bool:
    """Return whether a piece has ink along all four sides of its extent."""
    left, top, right, bottom = pieces.box[index].astype(int).tolist()
    ink = pieces.labels[top:bottom, left:right] == pieces.number[index]
    band = max(3, int(0.08 * min(ink.shape)))
    sides = (ink[:band], ink[-band:], ink[:, :band].T, ink[:, -band:].T)
    return all(side.any(axis=0).mean() >= SIDES_COVERED for side in sides)
