"""The explanation of an answer as a whole, and the allograph that a network sees in an image."""

from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from mnist_jax import InputError, explain, predict
from mnist_jax.handwriting.allographs import allographs
from mnist_jax.ink.render import drawing_images
from mnist_jax.insight.activity import activity
from mnist_jax.insight.explanation import embedded_allographs, nearest_allograph
from mnist_jax.model import MLP, Dense
from tests.mnist_jax.insight.networks import network, outputs, plain_digits


@pytest.mark.parametrize("digit", [None, 8])
def test_the_guess_is_explained_alike_if_asked_for_by_name(shipped: MLP, digit: int | None) -> None:
    """An image of another digit is changed to the one that is asked for."""
    image = plain_digits()[8]
    explanation = explain(shipped, image, digit)
    assert explanation.digit == 8
    contributions = activity(shipped, image, 8).contributions
    np.testing.assert_array_equal(explanation.contributions, contributions)
    assert explanation.contributions.dtype == np.float32
    assert explanation.changed is not None
    assert explanation.changed_digit != 8
    read = np.asarray(predict(shipped, explanation.changed[None].astype(np.uint8)))
    assert read[0].argmax() == explanation.changed_digit
    another = explain(shipped, jnp.asarray(plain_digits()[3]), 8)
    assert (another.digit, another.changed_digit) == (8, 8)
    assert np.asarray(predict(shipped, another.changed[None]))[0].argmax() == 8


@pytest.mark.parametrize("digit", [None, 3])
def test_a_network_with_constant_outputs_cannot_be_changed(digit: int | None) -> None:
    mlp = MLP([Dense(jnp.zeros((784, 10)), jnp.zeros(10))])
    explanation = explain(mlp, plain_digits()[3], digit)
    assert explanation.digit == (digit or 0)
    assert not explanation.contributions.any()
    assert explanation.changed is None
    assert explanation.changed_digit is None


IMAGE = np.zeros((28, 28))


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (IMAGE.tolist(), "the image is a list, expected one array"),
        (IMAGE[None], r"of shape \(1, 28, 28\), expected one array \(28, 28\)"),
        (IMAGE[1:], r"of shape \(27, 28\)"),
        (IMAGE + 0.5, "multiply images scaled to 0..1 by 255"),
    ],
)
def test_unsuitable_images_are_refused(mlp: MLP, image: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        explain(mlp, image)


def test_unknown_digits_are_refused(mlp: MLP) -> None:
    for digit in (-1, 10):
        with pytest.raises(InputError, match=r"the digit is .*, expected 0 to 9"):
            explain(mlp, IMAGE, digit)


@pytest.mark.parametrize("hidden", [None, (), (40, 20)])
def test_an_allograph_is_nearest_to_itself(shipped: MLP, hidden: tuple[int, ...] | None) -> None:
    """For the included weights, too."""
    mlp = shipped if hidden is None else network(hidden)
    seen = embedded_allographs(mlp)
    for digit, template in allographs()[::17]:
        (image,) = drawing_images([template.drawing])
        found = nearest_allograph(mlp, seen, image, digit)
        assert found.name == template.name


@pytest.mark.parametrize("hidden", [(), (40, 20)])
def test_it_has_the_smallest_angle_in_the_last_hidden_layer(hidden: tuple[int, ...]) -> None:
    """Among the allographs of the digit, also if the image shows another one."""
    mlp = network(hidden)
    images = drawing_images([template.drawing for _, template in allographs()])
    pixels = images.reshape(-1, 784).astype(float) / 255
    vectors = np.stack([outputs(mlp, one)[-2] for one in pixels])
    cosines = vectors @ vectors[100] / np.linalg.norm(vectors, axis=1)
    of_nine = [number for number, (digit, _) in enumerate(allographs()) if digit == 9]
    wanted = max(of_nine, key=lambda number: cosines[number])
    found = nearest_allograph(mlp, embedded_allographs(mlp), images[100], 9)
    assert found is allographs()[wanted][1]


def test_a_layer_without_activity_gives_any_allograph_of_the_digit() -> None:
    layers = network((12,)).layers
    dead = MLP([layers[0]._replace(bias=jnp.full(12, -1e6)), layers[1]])
    image = np.zeros((28, 28))
    found = nearest_allograph(dead, embedded_allographs(dead), image, 5)
    assert any(found is template for digit, template in allographs() if digit == 5)
