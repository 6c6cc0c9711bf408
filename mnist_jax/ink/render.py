"""Render a drawing, fitted to the frame by `normalise.py`, to 28x28 pixels, in several views.

Views show the same digit, a little slanted, stretched and rotated, as people write it. Averaging a
network's logits over them makes fewer errors than reading the drawing alone, and refuses fewer
digits.
"""

from collections.abc import Iterable

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from mnist_jax.ink.frame import FRAME_PIXELS, PEN_RADIUS_PIXELS
from mnist_jax.ink.normalise import POINTS, normalise, scale_to_box
from mnist_jax.ink.strokes import Drawing

EDGE_PIXELS = 1.0
"""Width of the soft edge of the pen, over which ink fades to paper."""


def render(
    points: Float[Array, "points 2"],
    radius_pixels: float | Float[Array, ""] = PEN_RADIUS_PIXELS,
) -> Float[Array, "28 28"]:
    """Return the image that a round pen leaves at the points: 0 is paper, 255 ink.

    `points` are in pixels, with (0, 0) at the centre of the first pixel. A pixel depends only on
    its distance to the nearest point, so ink does not add up where strokes cross.
    """
    grid = jnp.arange(FRAME_PIXELS, dtype=jnp.float32)
    squared_x = jnp.square(grid[:, None] - points[:, 0])
    squared_y = jnp.square(grid[:, None] - points[:, 1])
    squared = jnp.min(squared_y[:, None, :] + squared_x[None, :, :], axis=-1)
    ink = (radius_pixels - jnp.sqrt(squared)) / EDGE_PIXELS + 0.5
    return 255.0 * jnp.clip(ink, 0.0, 1.0)


def drawing_images(drawings: Iterable[Drawing]) -> Float[np.ndarray, "drawings 28 28"]:
    """Return one image of each drawing, normalised, without other views."""
    points = [normalise(drawing) for drawing in drawings]
    return np.asarray(_render_batch(np.reshape(points, (-1, POINTS, 2)).astype(np.float32)))


_render_batch = jax.jit(jax.vmap(render))


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
