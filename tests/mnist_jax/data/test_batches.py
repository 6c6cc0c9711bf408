"""What a training step is shown."""

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from mnist_jax.classes import NOT_A_DIGIT
from mnist_jax.data.batches import training_batch
from mnist_jax.data.distortion import Distortion
from mnist_jax.data.mnist import Digits
from mnist_jax.training.recipes import RECIPES

PLAIN = RECIPES["seed"]
FULL = dataclasses.replace(
    PLAIN, distortion=Distortion(), drawings=500, non_digits=300
)  # as other tests, compiled once


def test_a_plain_recipe_shows_the_images_as_they_are(bars: Digits) -> None:
    images, labels = jnp.asarray(bars.images[:8]), jnp.asarray(bars.labels[:8])
    shown, classes = training_batch(PLAIN, jax.random.key(0), images, labels)
    np.testing.assert_array_equal(shown, images)
    np.testing.assert_array_equal(classes, labels)


@pytest.mark.slow
def test_a_full_recipe_distorts_and_adds(bars: Digits) -> None:
    """MNIST's labels first, then digits for the drawings, then the class of no digit."""
    images, labels = jnp.asarray(bars.images[:8]), jnp.asarray(bars.labels[:8])
    shown, classes = training_batch(FULL, jax.random.key(0), images, labels)
    assert shown.shape == (808, 28, 28)
    assert np.abs(np.asarray(shown[:8]) - np.asarray(images)).mean() > 1
    assert classes[:8].tolist() == labels.tolist()
    assert set(classes[8:508].tolist()) <= set(range(10))
    assert classes[508:].tolist() == [NOT_A_DIGIT] * 300
