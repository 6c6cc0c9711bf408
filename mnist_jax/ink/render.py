"""The pen: a normalised drawing becomes the 28x28 image that the net is trained on and asked."""

import jax.numpy as jnp
from jaxtyping import Array, Float

from mnist_jax.ink.frame import FRAME_PIXELS, PEN_RADIUS_PIXELS

EDGE_PIXELS = 1.0
"""Width of the pen's soft edge, over which ink fades to paper."""


def render(
    points: Float[Array, "points 2"],
    radius_pixels: float | Float[Array, ""] = PEN_RADIUS_PIXELS,
) -> Float[Array, "28 28"]:
    """The image of a round pen held at each of the points: 0 is paper, 255 ink.

    `points` are in pixels, the centre of the first pixel at (0, 0). The ink's darkness depends
    only on a pixel's distance to the nearest point, so strokes that cross do not add up.
    """
    grid = jnp.arange(FRAME_PIXELS, dtype=jnp.float32)
    squared_x = jnp.square(grid[:, None] - points[:, 0])
    squared_y = jnp.square(grid[:, None] - points[:, 1])
    squared = jnp.min(squared_y[:, None, :] + squared_x[None, :, :], axis=-1)
    ink = (radius_pixels - jnp.sqrt(squared)) / EDGE_PIXELS + 0.5
    return 255.0 * jnp.clip(ink, 0.0, 1.0)
