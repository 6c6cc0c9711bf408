"""What a training step sees: MNIST's images, written anew, and drawings that nobody drew."""

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int, Key, UInt8

from mnist_jax.classes import NOT_A_DIGIT
from mnist_jax.data import augment
from mnist_jax.handwriting import allographs, non_digits
from mnist_jax.training.recipes import Recipe


def training_batch(
    recipe: Recipe,
    key: Key[Array, ""],
    images: UInt8[Array, "batch 28 28"],
    labels: UInt8[Array, " batch"],
) -> tuple[Float[Array, "all 28 28"], Int[Array, " all"]]:
    """The images with what the recipe does to them and adds to them, and all their classes."""
    distort, draw, stray = jax.random.split(key, 3)
    shown = images.astype(jnp.float32)
    if recipe.distortion:
        shown = augment.distort(distort, shown, recipe.distortion)
    parts = [(shown, labels)]
    if recipe.drawings:
        parts.append(allographs.sample_images(draw, recipe.drawings))
    if recipe.non_digits:
        strays = non_digits.sample_images(stray, recipe.non_digits)
        parts.append((strays, jnp.full(recipe.non_digits, NOT_A_DIGIT)))
    all_images, all_labels = zip(*parts, strict=True)
    return jnp.concatenate(all_images), jnp.concatenate([one.astype(int) for one in all_labels])
