"""The batch of a training step."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from mnist_jax.classes import NOT_A_DIGIT
from mnist_jax.data.batches import training_batch
from mnist_jax.data.distortion import Distortion
from mnist_jax.data.mnist import Digits


def test_images_are_unchanged_by_default(bars: Digits) -> None:
    images, labels = jnp.asarray(bars.images[:8]), jnp.asarray(bars.labels[:8])
    inputs, classes = training_batch(jax.random.key(0), images, labels)
    np.testing.assert_array_equal(inputs, images)
    np.testing.assert_array_equal(classes, labels)


@pytest.mark.slow
def test_images_are_distorted_and_drawings_added(bars: Digits) -> None:
    """MNIST's labels come first, then those of the drawings, then "not a digit"."""
    images, labels = jnp.asarray(bars.images[:8]), jnp.asarray(bars.labels[:8])
    inputs, classes = training_batch(
        jax.random.key(0),
        images,
        labels,
        distortion=Distortion(),
        drawings=500,
        non_digits=300,
    )
    assert inputs.shape == (808, 28, 28)
    assert np.abs(np.asarray(inputs[:8]) - np.asarray(images)).mean() > 1
    assert classes[:8].tolist() == labels.tolist()
    assert set(classes[8:508].tolist()) <= set(range(10))
    assert classes[508:].tolist() == [NOT_A_DIGIT] * 300
