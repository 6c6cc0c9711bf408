"""The batch of one training step: distorted MNIST images and fresh synthetic drawings."""

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int, Key, UInt8

from mnist_jax.classes import NOT_A_DIGIT
from mnist_jax.data import augment
from mnist_jax.data.distortion import Distortion
from mnist_jax.handwriting import allographs
from mnist_jax.handwriting import non_digits as other_drawings


def training_batch(
    key: Key[Array, ""],
    images: UInt8[Array, "batch 28 28"],
    labels: UInt8[Array, " batch"],
    *,
    distortion: Distortion | None = None,
    drawings: int = 0,
    non_digits: int = 0,
) -> tuple[Float[Array, "all 28 28"], Int[Array, " all"]]:
    """Return images and classes to train on.

    Args:
        key: source of all random choices.
        images: MNIST images, 0 paper to 255 ink.
        labels: the digits that they show.
        distortion: how strongly to distort them; None leaves them as they are.
        drawings: number of synthetic drawings of digits to add.
        non_digits: number of synthetic drawings of anything else to add, as `NOT_A_DIGIT`.

    """
    distortion_key, drawing_key, non_digit_key = jax.random.split(key, 3)
    inputs = images.astype(jnp.float32)
    if distortion:
        inputs = augment.distort(distortion_key, inputs, distortion)
    parts = [(inputs, labels)]
    if drawings:
        parts.append(allographs.sample_images(drawing_key, drawings))
    if non_digits:
        others = other_drawings.sample_images(non_digit_key, non_digits)
        parts.append((others, jnp.full(non_digits, NOT_A_DIGIT)))
    all_images, all_labels = zip(*parts, strict=True)
    return jnp.concatenate(all_images), jnp.concatenate([part.astype(int) for part in all_labels])
