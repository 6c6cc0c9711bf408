"""One unit, compared with NumPy."""

import numpy as np
import pytest

from mnist_jax.insight.units import Unit, unit
from tests.mnist_jax.insight.networks import SHAPES, gates, network, outputs, plain_digits, weights

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


def test_any_unit_of_a_layer_needs_one_compilation() -> None:
    mlp, image = network((20, 10)), plain_digits()[0]
    unit(mlp, image, 0, 0)
    before = unit._cache_size()
    for index in range(20):
        unit(mlp, image, 0, index)
    assert unit._cache_size() == before
