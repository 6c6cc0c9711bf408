"""The connected pieces of ink in a picture, and what is measured of each."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

from mnist_jax.ink.pictures.contrast import Contrast, Mask

MOST_PIECES = 60
"""Number of pieces of ink that are measured, the largest ones."""

FLAT = 0.15
"""Height of a flat piece, in widths."""

NEIGHBOURS = np.ones((3, 3), dtype=bool)
"""Pixels that belong together: those next to each other, also at a corner."""


class Pieces(NamedTuple):
    """Connected pieces of ink, and what is known of each."""

    labels: Int[np.ndarray, "height width"]
    number: Int[np.ndarray, " pieces"]
    """Its label."""
    box: Int[np.ndarray, "pieces 4"]
    """Its first row and column, and those after the last."""
    area: Float[np.ndarray, " pieces"]
    strength: Float[np.ndarray, " pieces"]
    """Mean contrast."""
    width: Float[np.ndarray, " pieces"]
    """Width of its lines."""
    free: Float[np.ndarray, " pieces"]
    """Share of its outline that is on paper."""
    edging: Float[np.ndarray, " pieces"]
    """Share of the piece at the edges of its extent."""

    @property
    def side(self) -> Int[np.ndarray, " pieces"]:
        """Longer sides."""
        return np.asarray((self.box[:, 2:] - self.box[:, :2]).max(axis=1, initial=0))

    @property
    def at_border(self) -> Bool[np.ndarray, " pieces"]:
        """Which pieces touch the border of the picture."""
        touching = np.hstack([self.box[:, :2] == 0, self.box[:, 2:] == self.labels.shape])
        return np.asarray(touching.any(axis=1))

    @property
    def weight(self) -> Float[np.ndarray, " pieces"]:
        """How long and strong a piece is.

        It is much less at the border, where little is written, and for flat pieces, which are no
        digits.
        """
        height, width = (self.box[:, 2:] - self.box[:, :2]).T
        unlikely = np.where(self.at_border, 0.2, 1) * np.where(height < FLAT * width, 0.1, 1)
        return np.asarray(self.side * self.strength * unlikely)

    @property
    def mask(self) -> Mask:
        """All pieces."""
        return np.isin(self.labels, self.number)

    @property
    def line_score(self) -> float:
        """How long, thin and strong its lines are; one long line is more than many short ones."""
        return float((self.weight * self.area / self.width**2).sum())

    def chosen(self, keep: Bool[np.ndarray, " pieces"]) -> "Pieces":
        """Return some of the pieces."""
        return Pieces(self.labels, *(values[keep] for values in self[1:]))


def measured(mask: Mask, contrast: Contrast) -> Pieces:
    """Return the largest connected pieces of a mask."""
    from scipy.ndimage import distance_transform_edt, find_objects, label, mean, sum_labels

    labels, _ = label(mask, NEIGHBOURS)
    extents = find_objects(labels)
    corners = [(rows.start, columns.start, rows.stop, columns.stop) for rows, columns in extents]
    box = np.array(corners, dtype=int).reshape(-1, 4)
    sides = (box[:, 2:] - box[:, :2]).max(axis=1, initial=0)
    largest = np.argsort(-sides, kind="stable")[:MOST_PIECES]
    number = largest + 1
    radius = distance_transform_edt(np.pad(mask, 1))[1:-1, 1:-1]
    width = 4 * mean(radius, labels, number)  # across a line, the mean is half of its half width
    places = [(each, extents[each - 1]) for each in number.tolist()]
    edging = [
        _edging(labels[box] == each, line) for (each, box), line in zip(places, width, strict=True)
    ]
    return Pieces(
        labels,
        number,
        box[largest],
        sum_labels(mask, labels, number),
        mean(contrast.relative, labels, number),
        width,
        np.array([_freedom(labels, *place, contrast) for place in places], dtype=float),
        np.array(edging, dtype=float),
    )


def _edging(here: Mask, line: float) -> float:
    """Return the share of a piece that is within a line's width of the edges of its extent."""
    ys, xs = np.nonzero(here)
    height, width = here.shape
    inset = np.minimum(np.minimum(ys, height - 1 - ys), np.minimum(xs, width - 1 - xs))
    return float((inset <= line + 0.03 * max(here.shape)).mean())


def _freedom(
    labels: np.ndarray, number: int, box: tuple[slice, slice], contrast: Contrast
) -> float:
    """Return the share of a piece's surroundings, other ink aside, that is as light as paper.

    Parts of a larger dark thing are not free. Outside of the picture there is no paper.
    """
    from scipy.ndimage import binary_dilation, maximum_filter, minimum_filter

    reach = 4
    around = tuple(slice(max(0, side.start - reach), side.stop + reach) for side in box)
    inner = binary_dilation(np.pad(labels[around] == number, reach), NEIGHBOURS, iterations=2)
    ring = binary_dilation(inner, NEIGHBOURS, iterations=2) & ~inner
    ring &= np.pad(labels[around], reach) == 0
    grey = np.pad(contrast.grey[around], reach)
    darkest = minimum_filter(contrast.grey[around], 2 * reach + 1)
    lightest = maximum_filter(contrast.paper[around], 2 * reach + 1)
    local = np.pad((darkest + lightest) / 2, reach)
    here = labels[box] == number
    middle = (contrast.grey[box][here].mean() + contrast.paper[box][here].mean()) / 2
    light = grey[ring] > np.minimum(local[ring], middle)  # shadows differ, and edges may be soft
    return float(light.mean()) if ring.any() else 0.0
