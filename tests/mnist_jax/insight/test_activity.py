"""Activations and contributions, compared with NumPy."""

import jax.numpy as jnp
import numpy as np
import pytest

from mnist_jax.insight.activity import activity
from mnist_jax.model import MLP
from tests.mnist_jax.insight.networks import SHAPES, gates, network, outputs, plain_digits, weights


def with_gates(mlp: MLP, pixels: np.ndarray, active: list[np.ndarray]) -> np.ndarray:
    """The logits if only these units are active, whatever their sums."""
    for (kernel, bias), gate in zip(weights(mlp), [*active, 1], strict=True):
        pixels = (pixels @ kernel + bias) * gate
    return pixels


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
@pytest.mark.parametrize("digit", [0, 7])
def test_contributions_are_weights_through_the_active_units(
    hidden: tuple[int, ...], digit: int
) -> None:
    mlp, image = network(hidden), plain_digits()[5]
    pixels = image.reshape(784) / 255
    slopes = np.eye(784)
    for (kernel, _), gate in zip(weights(mlp), [*gates(mlp, pixels), 1], strict=True):
        slopes = (slopes @ kernel) * gate
    wanted = (slopes[:, digit] * pixels).reshape(28, 28)
    np.testing.assert_allclose(activity(mlp, image, digit).contributions, wanted, atol=1e-5)


@pytest.mark.parametrize("hidden", SHAPES)
def test_contributions_sum_to_the_logit_less_that_of_an_empty_image(
    hidden: tuple[int, ...],
) -> None:
    """The empty image is seen by the units that are active for the image."""
    mlp = network(hidden)
    for image in plain_digits()[:3]:
        pixels = image.reshape(784) / 255
        empty = with_gates(mlp, np.zeros(784), gates(mlp, pixels))
        found = activity(mlp, image, 4)
        gained = outputs(mlp, pixels)[-1][4] - empty[4]
        assert float(found.contributions.sum()) == pytest.approx(gained, abs=1e-4)


@pytest.mark.parametrize("hidden", [(), (32,), (20, 10)])
def test_without_hidden_layers_or_biases_it_is_the_empty_image_itself(
    hidden: tuple[int, ...],
) -> None:
    mlp = network(hidden)
    if hidden:
        mlp = MLP([layer._replace(bias=jnp.zeros_like(layer.bias)) for layer in mlp.layers])
    image = plain_digits()[8]
    full, empty = mlp(jnp.stack([image, jnp.zeros((28, 28))]))
    total = activity(mlp, image, 8).contributions.sum()
    assert float(total) == pytest.approx(float(full[8] - empty[8]), abs=1e-4)


def test_the_digit_is_traced_and_images_may_be_whole_numbers() -> None:
    mlp, image = network((12,)), plain_digits()[2].round()
    before = activity(mlp, image, 2)._asdict()
    compiled = activity._cache_size()
    activity(mlp, image, 9)
    assert activity._cache_size() == compiled
    bytes_alone = activity(mlp, image.astype(np.uint8), 2)._asdict()
    np.testing.assert_allclose(bytes_alone["contributions"], before["contributions"], atol=1e-6)
