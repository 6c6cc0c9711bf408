"""Choose the pieces of ink that were written, of all that differs from the paper around it.

What has little contrast, compared with the noise and with the strongest, is dropped, and so are the
lines of ruled paper. The connected pieces that stand free on paper, and that are about as large,
strong and wide as the main one, are kept.
"""

import numpy as np
from jaxtyping import Bool

from mnist_jax.ink.pictures.contrast import Contrast, noise_floor, thresholded
from mnist_jax.ink.pictures.pieces import NEIGHBOURS, Pieces, measured
from mnist_jax.ink.pictures.ruled_lines import ruled_lines

TEXTURE_PIECES = 40
"""If this many pieces are like the main one, they are texture or noise."""

SMALLEST_INK = 6
"""Least longer side of ink in pixels; anything smaller is specks or noise."""

SMALLEST_DOT = 0.05
"""Least longer side of a decimal point, in longer sides of the main piece; it is as wide as a line
and about as strong."""

LOW, NEAR = 0.25, 0.5
"""A piece is low if its height is less than the first, and near another if their distance is not
greater than the second, in longer sides of the largest piece."""


def written_pieces(contrast: Contrast) -> Pieces:
    """Return the pieces of ink that were written, by their contrast."""
    from scipy.ndimage import binary_closing

    floor = noise_floor(contrast.relative)
    mask = thresholded(contrast.relative, floor)
    found = _similar_to_main(measured(mask, contrast))
    ruled = ruled_lines(mask)
    if not ruled.any():
        return found
    mask = thresholded(np.where(ruled, 0, contrast.relative), floor)
    bridged = binary_closing(np.pad(mask, 4), NEIGHBOURS, iterations=2)[4:-4, 4:-4]
    without = _similar_to_main(measured(bridged, contrast))
    return without if len(without.number) else found


def _similar_to_main(pieces: Pieces) -> Pieces:
    """Return the pieces that stand free on paper and are as large, strong and wide as the main one.

    The main one is large and strong. Smaller ones may be the roof of a 5, a part of a thin line or
    a decimal point.
    """
    pieces = pieces.chosen((pieces.free > 0.7) & ~_frames(pieces))
    if not len(pieces.number):
        return pieces
    main = int(np.argmax(pieces.weight))
    ratio = pieces.width / pieces.width[main]
    size = pieces.side / pieces.side[main]
    dot = (size >= SMALLEST_DOT) & (np.maximum(ratio, 1 / ratio) < 2)
    alike = (
        ((size >= 0.15) | (dot & (pieces.strength > 0.6 * pieces.strength[main])))
        & (pieces.strength > 0.4 * pieces.strength[main])
        & (np.maximum(ratio, 1 / ratio) < 3)
        & (pieces.at_border <= pieces.at_border[main])
    )
    enough = pieces.side[main] >= SMALLEST_INK and alike.sum() < TEXTURE_PIECES
    found = pieces.chosen(alike & enough)
    return found.chosen(~_stray(found))


def _stray(pieces: Pieces) -> Bool[np.ndarray, " pieces"]:
    """Return which pieces are low and away from all others, as no part of a digit is."""
    side = pieces.side.max(initial=0)
    low = pieces.box[:, 2] - pieces.box[:, 0] < LOW * side
    begin, end = pieces.box[:, :2], pieces.box[:, 2:]
    gaps = np.maximum(begin[:, None] - end[None], begin[None] - end[:, None]).clip(0)
    near = (np.hypot(*np.moveaxis(gaps, -1, 0)) <= NEAR * side) & ~low[None]
    return np.asarray(low & ~near.any(axis=1) & ~low.all())


def _frames(pieces: Pieces) -> Bool[np.ndarray, " pieces"]:
    """Return which pieces are frames: all at the edges of their extent, with another one inside."""
    begin, end = pieces.box[:, :2], pieces.box[:, 2:]
    inside = (begin[None] > begin[:, None]).all(axis=2) & (end[None] < end[:, None]).all(axis=2)
    large = pieces.side[None] > 0.25 * pieces.side[:, None]
    return np.asarray((pieces.edging > 0.85) & (inside & large).any(axis=1))
