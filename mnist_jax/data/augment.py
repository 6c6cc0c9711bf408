"""Distort images inside the training step, differently in every epoch.

Affine and elastic displacements are added, so that the image is resampled only once.
"""

import math
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jax.scipy.ndimage import map_coordinates
from jaxtyping import Array, Float, Key, Num

from mnist_jax.data.distortion import Distortion
from mnist_jax.ink.frame import FRAME_PIXELS

_MIDDLE = (FRAME_PIXELS - 1) / 2
_GRID = np.indices((FRAME_PIXELS, FRAME_PIXELS), np.float32)
"""Row and column of each pixel."""

DEFAULT = Distortion()


def distort(
    key: Key[Array, ""], images: Num[Array, "batch 28 28"], strength: Distortion = DEFAULT
) -> Float[Array, "batch 28 28"]:
    """Return the images, 0 paper to 255 ink, each distorted randomly; the outside counts as paper.

    `strength` must be a constant under `jax.jit`: close over it or make it static.
    """
    affine_key, elastic_key, thickness_key = jax.random.split(key, 3)
    count = len(images)
    displacements = affine(affine_key, count, strength) + elastic(elastic_key, count, strength)
    thickened = thickness(thickness_key, images.astype(jnp.float32), strength)
    return warped(thickened, displacements + _GRID)


def warped(
    images: Float[Array, "batch 28 28"], places: Float[Array, "batch 2 28 28"]
) -> Float[Array, "batch 28 28"]:
    """Return the images sampled bilinearly at (row, column) positions; the outside is paper."""
    sampled: Array = jax.vmap(partial(map_coordinates, order=1))(images, [*places.swapaxes(0, 1)])
    return sampled


def affine(key: Key[Array, ""], count: int, strength: Distortion) -> Float[Array, "count 2 28 28"]:
    """Return random affine displacements of the sampling positions, in pixels, rows first."""
    amounts = jax.random.uniform(key, (6, count, 1, 1), minval=-1.0, maxval=1.0)
    turn, slant, scale, stretch, down, right = amounts
    angle = jnp.deg2rad(strength.rotation_degrees) * turn
    size, wider = 1 + strength.scale * scale, 1 + strength.stretch * stretch
    y = _GRID[0] - _MIDDLE - strength.shift_pixels * down
    x = _GRID[1] - _MIDDLE - strength.shift_pixels * right
    x = x + strength.slant * slant * y
    x, y = jnp.cos(angle) * x + jnp.sin(angle) * y, jnp.cos(angle) * y - jnp.sin(angle) * x
    x, y = x / (size * wider), y * (wider / size)
    return jnp.stack([y, x], axis=1) + jnp.asarray(_MIDDLE - _GRID)


def elastic(key: Key[Array, ""], count: int, strength: Distortion) -> Float[Array, "count 2 28 28"]:
    """Return smooth random displacements of the sampling positions, in pixels, rows first."""
    bumps = _bumps(strength.elastic_sigma_pixels)
    shape = (count, 2, bumps.shape[1], bumps.shape[1])
    noise = jax.random.uniform(key, shape, minval=-1.0, maxval=1.0)
    smooth = jnp.einsum("yi,ncij,xj->ncyx", bumps, noise, bumps)
    return strength.elastic_pixels * math.sqrt(3) * smooth


def _bumps(sigma_pixels: float) -> Float[np.ndarray, "28 bumps"]:
    """Return Gaussians one standard deviation apart; at each pixel their squares sum to 1.

    Noise at this spacing, spread by them, has the variance of smoothed per-pixel noise.
    """
    bumps = np.arange(-sigma_pixels, FRAME_PIXELS + sigma_pixels, sigma_pixels)
    away = (np.arange(FRAME_PIXELS)[:, None] - bumps) / sigma_pixels
    heights = np.exp(-np.square(away) / 2)
    return np.asarray(heights / np.linalg.norm(heights, axis=1, keepdims=True), np.float32)


def thickness(
    key: Key[Array, ""], images: Float[Array, "batch 28 28"], strength: Distortion
) -> Float[Array, "batch 28 28"]:
    """Return the images with thicker or thinner strokes, by up to half a pixel on each side."""
    amount = jax.random.uniform(key, (len(images), 1, 1), minval=-1.0, maxval=1.0)
    thicker = strength.thicken * jnp.maximum(amount, 0)
    thinner = strength.thin * jnp.maximum(-amount, 0)
    padded = jnp.pad(images, ((0, 0), (1, 1), (1, 1)))
    up, down = padded[:, :-2, 1:-1], padded[:, 2:, 1:-1]
    left, right = padded[:, 1:-1, :-2], padded[:, 1:-1, 2:]
    cross = jnp.stack([images, up, down, left, right])
    return images + thicker * (cross.max(0) - images) + thinner * (cross.min(0) - images)
