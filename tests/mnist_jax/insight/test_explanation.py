"""The explanation of an answer, as a whole."""

from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from mnist_jax import InputError, explain, load_params, predict
from mnist_jax.insight.activity import activity
from mnist_jax.model import MLP, Dense
from tests.mnist_jax.insight.networks import plain_digits


@pytest.fixture(scope="module")
def shipped() -> MLP:
    """The weights that ship with the project."""
    return load_params()


@pytest.mark.parametrize("digit", [None, 8])
def test_the_guess_is_explained_alike_if_asked_for_by_name(shipped: MLP, digit: int | None) -> None:
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


def test_another_digit_is_changed_to(shipped: MLP) -> None:
    explanation = explain(shipped, jnp.asarray(plain_digits()[3]), 8)
    assert (explanation.digit, explanation.changed_digit) == (8, 8)
    assert np.asarray(predict(shipped, explanation.changed[None]))[0].argmax() == 8


@pytest.mark.parametrize("digit", [None, 3])
def test_a_network_with_constant_outputs_cannot_be_changed(digit: int | None) -> None:
    mlp = MLP([Dense(jnp.zeros((784, 10)), jnp.zeros(10))])
    explanation = explain(mlp, plain_digits()[3], digit)
    assert explanation.digit == (digit or 0)
    assert not explanation.contributions.any()
    assert explanation.changed is None
    assert explanation.changed_digit is None


IMAGE = np.zeros((28, 28))

BAD_IMAGES: dict[str, tuple[Any, str]] = {
    "a list": (IMAGE.tolist(), "the image is a list, expected one array"),
    "a batch": (IMAGE[None], r"of shape \(1, 28, 28\), expected one array \(28, 28\)"),
    "too small": (IMAGE[1:], r"of shape \(27, 28\)"),
    "scaled to 0..1": (IMAGE + 0.5, "multiply images scaled to 0..1 by 255"),
}


@pytest.mark.parametrize("name", BAD_IMAGES)
def test_unsuitable_images_are_refused(mlp: MLP, name: str) -> None:
    image, message = BAD_IMAGES[name]
    with pytest.raises(InputError, match=message):
        explain(mlp, image)


@pytest.mark.parametrize("digit", [-1, 10])
def test_unknown_digits_are_refused(mlp: MLP, digit: int) -> None:
    with pytest.raises(InputError, match=r"the digit is .*, expected 0 to 9"):
        explain(mlp, IMAGE, digit)
