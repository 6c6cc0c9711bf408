"""Divide pieces of ink that stand in no cells into rows."""

import numpy as np
from jaxtyping import Float

from mnist_jax.pages.page_pieces import Pieces

MAIN = 0.5
"""Least height of a piece that is not an accessory, such as a dot or a dash; in heights of a digit,
as all of these."""

SAME_ROW = 0.45
"""How far up or down the middles of two pieces in one row are apart, at most."""

TALLEST = 1.25
"""Pieces above one another are in one row if they are at most so high together, as two loops of an
8 are."""

NEAR = 6.0
"""Widest gap between two neighbours in a row."""

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
    """Return the indices of pieces that lie side by side, group by group."""
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
    beside |= (gap < 0) & (height[:, None] + height[None] - overlap <= TALLEST)
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
