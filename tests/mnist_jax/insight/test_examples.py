"""The allograph that a network sees as most similar."""

import jax.numpy as jnp
import numpy as np
import pytest

from mnist_jax import load_params
from mnist_jax.handwriting.allographs import allographs
from mnist_jax.ink.render import drawing_images
from mnist_jax.insight.examples import nearest_allograph, seen_allographs
from mnist_jax.model import MLP
from tests.mnist_jax.insight.networks import network, outputs


@pytest.mark.parametrize("hidden", [None, (), (40, 20)])
def test_an_allograph_is_nearest_to_itself(hidden: tuple[int, ...] | None) -> None:
    """For the included weights, too."""
    mlp = load_params() if hidden is None else network(hidden)
    seen = seen_allographs(mlp)
    for digit, template in allographs()[::17]:
        (image,) = drawing_images([template.drawing])
        found = nearest_allograph(mlp, seen, image, digit)
        assert found.name == template.name


@pytest.mark.parametrize("hidden", [(), (40, 20)])
def test_it_has_the_smallest_angle_in_the_last_hidden_layer(hidden: tuple[int, ...]) -> None:
    """Among the allographs of the digit, also if the image shows another one."""
    mlp = network(hidden)
    seen = seen_allographs(mlp)
    pixels = seen.images.reshape(-1, 784).astype(float) / 255
    vectors = np.stack([outputs(mlp, one)[-2] for one in pixels])
    cosines = vectors @ vectors[100] / np.linalg.norm(vectors, axis=1)
    of_nine = [number for number, (digit, _) in enumerate(allographs()) if digit == 9]
    wanted = max(of_nine, key=lambda number: cosines[number])
    found = nearest_allograph(mlp, seen, seen.images[100], 9)
    assert found is allographs()[wanted][1]


def test_a_layer_without_activity_gives_any_allograph_of_the_digit() -> None:
    layers = network((12,)).layers
    dead = MLP([layers[0]._replace(bias=jnp.full(12, -1e6)), layers[1]])
    image = np.zeros((28, 28))
    found = nearest_allograph(dead, seen_allographs(dead), image, 5)
    assert any(found is template for digit, template in allographs() if digit == 5)
