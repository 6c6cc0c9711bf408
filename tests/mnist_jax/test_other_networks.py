"""A network of another kind than `MLP` is read with, taught and explained."""

import numpy as np
import pytest
from flax import nnx
from jaxtyping import Array, Float, Num

from game.core.values.insight import INPUT, Question, Unit
from game.devices.insight import Insights
from mnist_jax import explain, load_params, predict, read_drawing, read_number, read_picture, teach
from mnist_jax.evaluation.metrics import read_all
from mnist_jax.model import MLP, Network
from tests.hands import drawings_of_a_person


class Wrapped(nnx.Module):
    """A network that has no layers of its own to show."""

    def __init__(self, mlp: MLP) -> None:
        """Wrap a network."""
        self.inner = mlp
        self.threshold = mlp.threshold

    def __call__(self, images: Num[Array, "batch 28 28"]) -> Float[Array, "batch classes"]:
        """Return the logits of the network inside."""
        return self.inner(images)


SEVEN, ONE = [(0, 0), (20, 1), (8, 40)], [(32, 0), (32, 40)]


@pytest.fixture(scope="module")
def other() -> Wrapped:
    """The shipped network, as if it were of another kind."""
    return Wrapped(load_params())


def test_it_reads_what_the_network_inside_reads(other: Wrapped) -> None:
    assert isinstance(other, Network)
    reading, inner = (read_drawing(network, [SEVEN]) for network in (other, other.inner))
    np.testing.assert_array_equal(reading.probabilities, inner.probabilities)
    np.testing.assert_array_equal(predict(other, reading.image[None]).argmax(), 7)
    assert read_number(other, [SEVEN, ONE]).text == "71"
    picture = 255 - np.kron(reading.image, np.ones((8, 8))).astype(np.uint8)
    assert read_picture(other, picture).text == "7"


@pytest.mark.slow
def test_it_learns_a_hand(other: Wrapped) -> None:
    taught = teach(other, drawings_of_a_person(50, seed=0))
    others = drawings_of_a_person(100, seed=1)
    before, after = (read_all(network, others).right.mean() for network in (other, taught))
    assert after > before


def test_it_is_explained(other: Wrapped) -> None:
    image = read_drawing(other, [SEVEN]).image
    explanation, inner = (explain(network, image, 1) for network in (other, other.inner))
    np.testing.assert_allclose(explanation.contributions, inner.contributions, atol=1e-4)
    assert explanation.changed_digit == inner.changed_digit == 1


def test_the_open_network_shows_its_answers_but_no_units(other: Wrapped) -> None:
    """The weights of an answer are those of the pixels, as far as this image goes."""
    image = np.rint(read_drawing(other, [SEVEN]).image).astype(np.uint8).tobytes()
    asked = Question(image, unit=Unit(0, 7), topic="expect")
    insight = Insights(other).answer(asked, lambda: None)
    assert insight.guess == 7
    assert insight.layers == ()
    assert insight.expected
    assert insight.unit
    assert insight.unit.effects.index(max(insight.unit.effects)) == 7
    assert all(source.layer == INPUT for source, _ in insight.unit.sources)
