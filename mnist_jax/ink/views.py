"""Views of a drawing: the same digit, a little slanted, stretched and rotated.

People write the same digit in many slants and widths. Averaging a network's logits over a few views
of one drawing makes fewer errors than reading the drawing alone, and refuses fewer digits.
"""

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from mnist_jax.ink.frame import FRAME_PIXELS
from mnist_jax.ink.normalise import scale_to_box


def _transform(stretch: float, slant: float, turn: float) -> Float[np.ndarray, "2 2"]:
    """Return the matrix by which points are multiplied from the right."""
    wider, cosine, sine = np.sqrt(stretch), np.cos(turn), np.sin(turn)
    lean, turned = [[wider, 0], [-slant, 1 / wider]], [[cosine, sine], [-sine, cosine]]
    return np.asarray(np.matmul(lean, turned))


VIEWS = np.stack(
    [
        _transform(stretch=1.0, slant=0.0, turn=0.0),
        _transform(stretch=1.0, slant=0.15, turn=0.1),
        _transform(stretch=1.0, slant=-0.15, turn=-0.1),
        _transform(stretch=1.15, slant=0.1, turn=-0.1),
        _transform(stretch=0.87, slant=-0.1, turn=0.1),
    ]
).astype(np.float32)
"""The views, the drawing itself first; slants to the right and rotations in radians, clockwise."""


def views(points: Float[Array, "points 2"]) -> Float[Array, "views points 2"]:
    """Return the views of a normalised drawing, each fitted to the frame again, in pixels.

    The centre of the ink stays where it is, because linear maps keep the centre of mass.
    """
    middle = (FRAME_PIXELS - 1) / 2
    return middle + scale_to_box(jnp.matmul(points - middle, VIEWS))
