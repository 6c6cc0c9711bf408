"""Activations, contributions and single units, compared with NumPy."""

import numpy as np
import pytest

from mnist_jax.insight.activity import Unit, activity, unit
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


def test_any_digit_and_unit_of_a_layer_need_one_compilation() -> None:
    """Images may be whole numbers."""
    mlp, image = network((20, 10)), plain_digits()[2].round()
    before = activity(mlp, image, 2).contributions
    unit(mlp, image, 0, 0)
    compiled = activity._cache_size(), unit._cache_size()
    activity(mlp, image, 9)
    for index in range(20):
        unit(mlp, image, 0, index)
    assert (activity._cache_size(), unit._cache_size()) == compiled
    bytes_alone = activity(mlp, image.astype(np.uint8), 2).contributions
    np.testing.assert_allclose(bytes_alone, before, atol=1e-6)


PLACES = [(hidden, layer) for hidden in SHAPES for layer in range(len(hidden) + 1)]


@pytest.mark.parametrize(("hidden", "layer"), PLACES)
def test_a_unit_agrees_with_numpy(hidden: tuple[int, ...], layer: int) -> None:
    """The last unit of each layer."""
    mlp, image = network(hidden), plain_digits()[6]
    index = (*hidden, 11)[layer] - 1
    pixels = image.reshape(784) / 255
    kernels = [kernel for kernel, _ in weights(mlp)]
    sums = outputs(mlp, pixels)
    active = [*gates(mlp, pixels), np.ones(11)]
    below = np.eye(784)
    for kernel, gate in zip(kernels[:layer], active, strict=False):
        below = (below @ kernel) * gate
    above = np.eye(len(active[layer]))
    for kernel, gate in zip(kernels[layer + 1 :], active[layer + 1 :], strict=True):
        above = (above @ kernel) * gate
    effects = above[index]
    wanted = Unit(
        weights=(below @ kernels[layer][:, index]).reshape(28, 28),
        activation=sums[layer + 1][index],
        effects=effects - effects[:10].mean(),
        inputs=sums[layer] * kernels[layer][:, index],
    )
    for found, expected in zip(unit(mlp, image, layer, index), wanted, strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)
