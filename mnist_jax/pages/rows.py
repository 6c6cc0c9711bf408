"""Divide pieces of ink that stand in no cells into rows, and rows into texts.

A wide gap parts two texts. Where texts of many rows begin in one column, a narrow gap parts them,
too.
"""

import numpy as np
from jaxtyping import Float

from mnist_jax.pages.page_pieces import Pieces

MAIN = 0.5
"""Least height of a piece that is not an accessory, such as a dot or a dash; in digit heights."""

SAME_ROW = 0.45
"""How far the middles of pieces in one row are apart, at most."""

NEAR = 6.0
"""Up to this distance pieces are neighbours in a row."""

WIDE_GAP = 0.95
"""A gap that parts two texts."""

LEAST_GAP = 0.05
"""A gap that may part two texts where a column begins."""

ALIGNED = 0.45
"""How far from one another the texts of a column begin, at most."""

BESIDE = 0.65
"""How far from the beginning of its column a text begins, at most."""

Row = list[int]
"""Indices of pieces from left to right."""


def find_rows(pieces: Pieces) -> list[Row]:
    """Return the rows from top to bottom; small pieces away from all rows are left out."""
    h = pieces.digit_height
    width, height = pieces.size.T / h
    main = np.flatnonzero((height >= MAIN) | (width >= 1.2))
    main = main[height[main] < 1.8] if (height[main] < 1.8).any() else main
    rows = [main[group].tolist() for group in _groups(pieces.box[main] / h)]
    if not rows:
        return []
    owner = {piece: row for row, members in enumerate(rows) for piece in members}
    for piece in set(range(len(pieces.number))) - set(owner):
        row = _nearest(pieces.box / h, piece, main, owner)
        if row is not None:
            rows[row].append(piece)
    middles = [float(np.median(pieces.middle[row, 1])) for row in rows]
    order = np.argsort(middles, kind="stable")
    return [sorted(rows[index], key=lambda piece: pieces.middle[piece, 0]) for index in order]


def _groups(box: Float[np.ndarray, "pieces 4"]) -> list[np.ndarray]:
    """Return the pieces that lie side by side."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    y = (box[:, 1] + box[:, 3]) / 2
    gap = np.maximum(box[:, None, 0] - box[None, :, 2], box[None, :, 0] - box[:, None, 2])
    overlap = np.minimum(box[:, None, 3], box[None, :, 3]) - np.maximum(
        box[:, None, 1], box[None, :, 1]
    )
    height = box[:, 3] - box[:, 1]
    shared = overlap / np.minimum(height[:, None], height[None])
    away = np.abs(y[:, None] - y[None])
    beside = ((away < SAME_ROW) | (shared > 0.8)) & (gap < NEAR)
    beside |= away < SAME_ROW / 1.5
    count, label = connected_components(csr_matrix(beside))
    return [np.flatnonzero(label == each) for each in range(count)]


def _nearest(
    box: Float[np.ndarray, "pieces 4"], piece: int, main: np.ndarray, owner: dict[int, int]
) -> int | None:
    """Return the row of the closest main piece that an accessory may belong to."""
    left, top, right, bottom = box[piece]
    others = box[main]
    across = np.maximum(np.maximum(others[:, 0] - right, left - others[:, 2]), 0)
    down = np.maximum(np.maximum(others[:, 1] - bottom, top - others[:, 3]), 0)
    distance = np.hypot(across, 2 * down)
    closest = int(np.argmin(distance))
    return owner[int(main[closest])] if distance[closest] < 1.0 else None


def texts_in(pieces: Pieces, rows: list[Row]) -> list[list[Row]]:
    """Return the pieces of each text in each row."""
    gaps = [_gaps(pieces, row) for row in rows]
    parted = [np.flatnonzero(gap >= WIDE_GAP) + 1 for gap in gaps]
    starts = _column_starts(pieces, rows, parted)
    found = []
    for row, gap, places in zip(rows, gaps, parted, strict=True):
        more = [_split_at(pieces, row, gap, start) for start in starts]
        every = sorted({*places.tolist(), *(place for place in more if place)})
        found.append([part.tolist() for part in np.split(np.array(row), every)])
    return found


def count_texts(pieces: Pieces) -> int:
    """Return how many texts there are, apart by wide gaps or in rows of their own."""
    rows = find_rows(pieces)
    return sum(map(len, texts_in(pieces, rows)))


def _gaps(pieces: Pieces, row: Row) -> Float[np.ndarray, " boundaries"]:
    """Return the gaps between pieces, in heights of a digit."""
    reached = np.maximum.accumulate(pieces.box[row, 2])
    begins = np.minimum.accumulate(pieces.box[row, 0][::-1])[::-1]
    return np.asarray((begins[1:] - reached[:-1]) / pieces.digit_height)


def _column_starts(pieces: Pieces, rows: list[Row], parted: list[np.ndarray]) -> list[float]:
    """Return where texts after a wide gap begin in at least half of the rows that go so far."""
    h = pieces.digit_height
    begins = np.sort(
        [
            pieces.box[row[place:], 0].min()
            for row, places in zip(rows, parted, strict=True)
            for place in places
        ]
    )
    ends = np.array([pieces.box[row, 2].max() for row in rows])
    groups = np.split(begins, np.flatnonzero(np.diff(begins) > ALIGNED * h) + 1)
    return [
        float(np.median(group))
        for group in groups
        if len(group) > 1 and len(group) >= 0.5 * (ends > np.median(group)).sum()
    ]


def _split_at(pieces: Pieces, row: Row, gaps: np.ndarray, start: float) -> int | None:
    """Return where a row is parted at the beginning of a column, if it has a gap there."""
    begins = np.minimum.accumulate(pieces.box[row, 0][::-1])[::-1][1:]
    away = np.abs(begins - start) / pieces.digit_height
    possible = np.flatnonzero((away <= BESIDE) & (gaps >= LEAST_GAP))
    if not len(possible) or (gaps[away <= BESIDE] >= WIDE_GAP).any():
        return None
    return int(possible[np.argmax(gaps[possible] - 0.3 * away[possible])]) + 1
