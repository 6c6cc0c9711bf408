"""Divide rows of pieces into texts, and find the columns of tables without lines.

A wide gap parts two texts. Where most rows have a gap at the same place, two columns meet. There, a
narrow gap parts two texts too: the one at which a text begins, or ends, in line with the others.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from mnist_jax.pages.page_pieces import Pieces
from mnist_jax.pages.rows import Row, find_rows

WIDE_GAP = 0.95
"""A gap that parts two texts; in heights of a digit."""

LEAST_SHARE, LEAST_ROWS = 0.6, 1.6
"""Two columns meet where at least this share of the rows with ink on both sides, and at least so
many rows, have a gap. A narrow gap counts in part, and one has to be wide."""

BESIDE = 0.65
"""How far from the others of its column a text begins, or ends, at most; in heights of a digit."""

STEP = 0.125
"""Distance between the places where columns may meet; in heights of a digit."""

Extent = tuple[float, float, float, float]
"""Left, top, right and bottom on the level page."""


class Spot(NamedTuple):
    """Where a text is, or may be."""

    pieces: Row
    """Indices of its pieces of ink; none in an empty cell."""
    cell: Extent | None = None
    """The cell that it is in."""
    column: int | None = None
    """Its column in a table without lines."""


class _Edges(NamedTuple):
    """Where the pieces of a row begin and end, in heights of a digit."""

    begins: Float[np.ndarray, " pieces"]
    """Least left of each piece and those after it."""
    ends: Float[np.ndarray, " pieces"]
    """Greatest right of each piece and those before it."""

    @property
    def gaps(self) -> Float[np.ndarray, " boundaries"]:
        """Widths of the gaps between pieces; negative where they overlap."""
        return np.asarray(self.begins[1:] - self.ends[:-1])

    def gaps_at(self, xs: Float[np.ndarray, " xs"]) -> Float[np.ndarray, " xs"]:
        """Return the width of the gap at each x: 0 in ink, infinite outside of the row."""
        within = (self.ends[:-1, None] <= xs) & (xs <= self.begins[1:, None])
        gaps = (within * self.gaps[:, None]).max(axis=0, initial=0)
        return np.where((self.begins[0] < xs) & (xs < self.ends[-1]), gaps, np.inf)


class _Bound(NamedTuple):
    """Where two columns meet."""

    x: float
    line: float
    """Where the texts after it begin, or those before it end, whichever are more in line."""
    is_begin: bool

    def place(self, edges: _Edges) -> int:
        """Return how many pieces of a row are before its right column."""
        if edges.gaps_at(np.array([self.x]))[0] < WIDE_GAP:
            away = np.abs((edges.begins[1:] if self.is_begin else edges.ends[:-1]) - self.line)
            likely = np.where(away <= BESIDE, edges.gaps - 2 * away, -np.inf)
            if likely.max(initial=-np.inf) > -np.inf:
                return int(np.argmax(likely)) + 1
        return int(np.searchsorted(edges.begins, self.x))


def texts_in(pieces: Pieces, rows: list[Row]) -> list[list[Spot]]:
    """Return the texts of each row.

    If there are columns, a row of several texts has a place in each, perhaps an empty one, and so
    has every row between two that are full.
    """
    edges = [_edges(pieces, row) for row in rows]
    bounds = _bounds(edges)
    places = [sorted(bound.place(row) for bound in bounds) for row in edges]
    texts = [_split(row, [0, *at, len(row)]) for row, at in zip(rows, places, strict=True)]
    full = [index for index, row in enumerate(texts) if all(row)]
    spots = []
    for index, (row, at) in enumerate(zip(rows, places, strict=True)):
        wide = (np.flatnonzero(edges[index].gaps >= WIDE_GAP) + 1).tolist()
        inside = sum(map(bool, texts[index])) > 1 or (full and full[0] < index < full[-1])
        if bounds and inside and {*wide} <= {*at}:
            spots.append(_in_columns(pieces, texts[index], bounds))
        else:
            every = sorted({0, *wide, *at, len(row)})
            spots.append([Spot(text) for text in _split(row, every)])
    return spots


def count_texts(pieces: Pieces) -> int:
    """Return how many texts there are, apart by wide gaps or in rows of their own."""
    return sum(bool(spot.pieces) for row in texts_in(pieces, find_rows(pieces)) for spot in row)


def _edges(pieces: Pieces, row: Row) -> _Edges:
    left, right = pieces.box[row][:, [0, 2]].T / pieces.digit_height
    return _Edges(np.minimum.accumulate(left[::-1])[::-1], np.maximum.accumulate(right))


def _bounds(rows: list[_Edges]) -> list[_Bound]:
    """Return where columns meet, from left to right."""
    if not rows:
        return []
    xs = np.arange(0, max(row.ends[-1] for row in rows), STEP)
    gaps = np.array([row.gaps_at(xs) for row in rows])
    before = np.array([np.searchsorted(row.begins, xs) for row in rows])
    inside = np.isfinite(gaps)
    count, clear = inside.sum(axis=0), np.where(inside, np.minimum(gaps / WIDE_GAP, 1), 0)
    total = clear.sum(axis=0)
    likely = (total >= np.maximum(LEAST_SHARE * count, LEAST_ROWS)) & (clear == 1).any(axis=0)
    bounds = []
    while likely.any():
        at = int(np.argmax(np.where(likely, 2 * total - count, -np.inf)))
        parted = clear[:, at] > 0
        bounds.append(_bound(float(xs[at]), [rows[row] for row in np.flatnonzero(parted)]))
        same = before[parted] == before[parted][:, at, None]
        likely &= (clear[parted] * ~same).sum(axis=0) > (clear[parted] * same).sum(axis=0)
    return sorted(bounds)


def _bound(x: float, rows: list[_Edges]) -> _Bound:
    """Return where two columns meet, from the rows with a gap there."""
    sides = np.array(
        [(row.begins[row.begins >= x].min(), row.ends[row.ends <= x].max()) for row in rows]
    )
    lines = np.median(sides, axis=0)
    begin_off, end_off = np.abs(sides - lines).mean(axis=0)
    is_begin = bool(begin_off <= end_off)
    return _Bound(x, float(lines[0] if is_begin else lines[1]), is_begin)


def _split(row: Row, places: Sequence[int]) -> list[Row]:
    return [row[first:end] for first, end in pairwise(places)]


def _in_columns(pieces: Pieces, texts: list[Row], bounds: list[_Bound]) -> list[Spot]:
    """Return a place in each column for the texts of a row."""
    row = np.array([piece for text in texts for piece in text])
    left, top, right, bottom = pieces.chosen(row).extent
    lines = [bound.line * pieces.digit_height for bound in bounds]
    sides = pairwise([min(left, lines[0]), *lines, max(right, lines[-1])])
    return [
        Spot(text, (begin, top, end, bottom), column)
        for column, (text, (begin, end)) in enumerate(zip(texts, sides, strict=True))
    ]
