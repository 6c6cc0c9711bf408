"""Answers of the shipped network: to images, and to drawings however they are given."""

from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from mnist_jax import load_params, predict, read_drawing
from mnist_jax.model import MLP
from mnist_jax.reading import CHUNK
from mnist_jax.support.errors import InputError

SEVEN = [np.array([[0.0, 0.0], [20, 1], [8, 40]])]


@pytest.fixture(scope="module")
def shipped() -> MLP:
    """The weights that ship with the project."""
    return load_params()


@pytest.mark.parametrize("count", [0, 1, 7, CHUNK + 7])
def test_probabilities_are_those_of_the_softmax(mlp: MLP, count: int) -> None:
    """Ten non-negative numbers an image, summing to one, for any dtype in 0..255."""
    images = np.random.default_rng(0).integers(0, 256, (count, 28, 28)).astype(np.uint8)
    probabilities = np.asarray(predict(mlp, images))
    logits = np.asarray(mlp(jnp.asarray(images)))
    wanted = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(probabilities, wanted, rtol=1e-4)
    np.testing.assert_allclose(predict(mlp, images.astype(np.float64)), probabilities, rtol=1e-4)


@pytest.mark.parametrize("shape", [(28, 28), (3, 784), (2, 28, 27), (1, 28, 28, 1)])
def test_images_of_another_shape_are_refused(mlp: MLP, shape: tuple[int, ...]) -> None:
    """The error says which shape was given and which is wanted."""
    with pytest.raises(InputError, match=r"28, 28"):
        predict(mlp, np.zeros(shape))


def test_lists_of_images_are_refused(mlp: MLP) -> None:
    """Images come as one array."""
    with pytest.raises(InputError, match="one array"):
        predict(mlp, [[0, 1]])


def test_a_drawing_is_read(shipped: MLP) -> None:
    """A seven is a seven, and the reading holds what was shown to the network."""
    reading = read_drawing(shipped, SEVEN)
    assert reading.digit == 7
    assert reading.image.max() == pytest.approx(255)
    np.testing.assert_allclose(
        reading.probabilities, np.asarray(predict(shipped, reading.image[None]))[0], rtol=1e-3
    )


@pytest.mark.parametrize("scale", [0.2, 0.5, 2.0, 5.0])
def test_place_and_size_do_not_matter(shipped: MLP, scale: float) -> None:
    """The same strokes elsewhere on the pad give the same reading."""
    moved = [stroke * scale + (123.4, -56.7) for stroke in SEVEN]
    np.testing.assert_allclose(
        read_drawing(shipped, moved).probabilities,
        read_drawing(shipped, SEVEN).probabilities,
        atol=1e-4,
    )


def test_direction_does_not_matter(shipped: MLP) -> None:
    """Drawn backwards, the reading is the same."""
    np.testing.assert_allclose(
        read_drawing(shipped, [stroke[::-1] for stroke in SEVEN]).probabilities,
        read_drawing(shipped, SEVEN).probabilities,
        atol=1e-4,
    )


rng = np.random.default_rng(0)
HARD = {
    "one point": [[(3, 4)]],
    "repeated points": [[(3, 4)] * 50],
    "two equal points": [[(3, 4), (3, 4)]],
    "thousands of strokes": [rng.uniform(0, 100, (4, 2)) for _ in range(3000)],
    "100,000 points": [rng.uniform(0, 100, (100_000, 2))],
    "huge": [rng.uniform(-1e300, 1e300, (40, 2))],
    "tiny": [rng.uniform(0, 1e-300, (40, 2))],
    "a straight line": [[(0, 0), (0, 7)]],
    "integers": [[[1, 2], [3, 4]]],
}


@pytest.mark.parametrize("name", HARD)
def test_every_finite_drawing_gets_a_reading(shipped: MLP, name: str) -> None:
    """No NaN; how long they take, the benchmark tells."""
    reading = read_drawing(shipped, HARD[name])
    assert np.isfinite(reading.probabilities).all()
    assert reading.probabilities.sum() == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("bad", [None, 7, [], [[]], [[(0, np.nan)]], [[(np.inf, 0)]]])
def test_empty_and_not_finite_drawings_are_refused(shipped: MLP, bad: Any) -> None:
    """They raise the user's error."""
    with pytest.raises(InputError):
        read_drawing(shipped, bad)
