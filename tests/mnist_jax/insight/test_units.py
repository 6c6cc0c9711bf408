"""One unit, compared with NumPy."""

from typing import Any

import numpy as np
import pytest

from mnist_jax.insight.units import Unit, unit
from tests.mnist_jax.insight.networks import SHAPES, gates, network, outputs, plain_digits, weights

PLACES = [(hidden, layer) for hidden in SHAPES for layer in range(len(hidden) + 1)]


@pytest.fixture(params=PLACES, ids=str, scope="module")
def found(request: pytest.FixtureRequest) -> tuple[Unit, dict[str, Any]]:
    """The last unit of a layer, and the same in NumPy."""
    hidden, layer = request.param
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
    wanted = {
        "weights": (below @ kernels[layer][:, index]).reshape(28, 28),
        "activation": sums[layer + 1][index],
        "effects": effects - effects[:10].mean(),
        "inputs": sums[layer] * kernels[layer][:, index],
        "bias": weights(mlp)[layer][1][index],
    }
    return unit(mlp, image, layer, index), wanted


@pytest.mark.parametrize("field", Unit._fields)
def test_a_unit_agrees_with_numpy(found: tuple[Unit, dict[str, Any]], field: str) -> None:
    value, wanted = found
    np.testing.assert_allclose(getattr(value, field), wanted[field], rtol=1e-4, atol=1e-5)


def test_inputs_and_bias_are_the_sum_of_the_unit(found: tuple[Unit, dict[str, Any]]) -> None:
    """An inactive unit has a sum below zero."""
    value, wanted = found
    total = float(value.inputs.sum()) + wanted["bias"]
    assert (
        float(value.activation) == pytest.approx(total, abs=1e-4) or value.activation == 0 > total
    )


def test_effects_are_centred(found: tuple[Unit, dict[str, Any]]) -> None:
    value, _ = found
    assert float(value.effects[:10].sum()) == pytest.approx(0, abs=1e-4)


def test_any_unit_of_a_layer_needs_one_compilation() -> None:
    mlp, image = network((20, 10)), plain_digits()[0]
    unit(mlp, image, 0, 0)
    before = unit._cache_size()
    for index in range(20):
        unit(mlp, image, 0, index)
    assert unit._cache_size() == before
