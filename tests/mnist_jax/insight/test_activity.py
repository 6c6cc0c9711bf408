"""Activations and contributions, compared with NumPy."""

import numpy as np
import pytest

from mnist_jax.insight.activity import activity
from tests.mnist_jax.insight.networks import SHAPES, gates, network, outputs, plain_digits, weights


@pytest.mark.parametrize("hidden", SHAPES)
def test_activations_are_those_of_a_numpy_forward_pass(hidden: tuple[int, ...]) -> None:
    mlp, image = network(hidden), plain_digits()[3]
    found = activity(mlp, image, 3)
    _, *activations, logits = outputs(mlp, image.reshape(784) / 255)
    np.testing.assert_allclose(found.logits, logits, rtol=1e-4, atol=1e-5)
    assert len(found.hidden) == len(hidden)
    for layer, wanted in zip(found.hidden, activations, strict=True):
        np.testing.assert_allclose(layer, wanted, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("hidden", SHAPES)
def test_contributions_are_weights_through_the_active_units(hidden: tuple[int, ...]) -> None:
    mlp, image, digit = network(hidden), plain_digits()[5], 7
    pixels = image.reshape(784) / 255
    slopes = np.eye(784)
    for (kernel, _), gate in zip(weights(mlp), [*gates(mlp, pixels), 1], strict=True):
        slopes = (slopes @ kernel) * gate
    wanted = (slopes[:, digit] * pixels).reshape(28, 28)
    np.testing.assert_allclose(activity(mlp, image, digit).contributions, wanted, atol=1e-5)


def test_the_digit_is_traced_and_images_may_be_whole_numbers() -> None:
    mlp, image = network((12,)), plain_digits()[2].round()
    before = activity(mlp, image, 2)._asdict()
    compiled = activity._cache_size()
    activity(mlp, image, 9)
    assert activity._cache_size() == compiled
    bytes_alone = activity(mlp, image.astype(np.uint8), 2)._asdict()
    np.testing.assert_allclose(bytes_alone["contributions"], before["contributions"], atol=1e-6)
