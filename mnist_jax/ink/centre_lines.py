"""Thin ink to its centre lines: the way that the pen took."""

import numpy as np
from jaxtyping import Bool

from mnist_jax.ink.strokes import Drawing


def centre_lines(mask: Bool[np.ndarray, "height width"]) -> Drawing:
    """Return the centre lines of the ink as strokes in pixels (Zhang and Suen 1984)."""
    from skimage.morphology import skeletonize

    points = np.argwhere(skeletonize(mask))[:, ::-1].astype(float)
    return tuple(points[:, None])
