"""The network, compared with NumPy, and the reading of images and drawings."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from mnist_jax import predict, read_drawing
from mnist_jax.ink.normalise import normalise
from mnist_jax.ink.render import render, views
from mnist_jax.model import MLP
from mnist_jax.reading import CHUNK
from mnist_jax.support.errors import InputError

SEVEN = (np.array([[0.0, 0.0], [20, 1], [8, 40]]),)


def test_logits_are_those_of_a_numpy_forward_pass(mlp: MLP) -> None:
    """Pixels are divided by 255; the last layer has no activation."""
    images = jax.random.randint(jax.random.key(0), (5, 28, 28), 0, 256).astype(jnp.uint8)
    activations = np.asarray(images).reshape(5, 784) / 255
    for number, (kernel, bias) in enumerate(mlp.layers):
        activations = activations @ np.asarray(kernel) + np.asarray(bias)
        if number < len(mlp.layers) - 1:
            activations = np.maximum(activations, 0)
    np.testing.assert_allclose(mlp(images), activations, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(mlp(images.astype(jnp.float32)), mlp(images), rtol=1e-5, atol=1e-6)


def test_initial_weights_depend_on_the_key() -> None:
    """Biases are zero, kernels within the Glorot bound, and equal only for equal keys."""
    first, again, other = (MLP.initialised((20,), jax.random.key(seed)) for seed in (1, 1, 2))
    for (kernel, bias), (kernel_again, _), (kernel_other, _) in zip(
        first.layers, again.layers, other.layers, strict=True
    ):
        assert not np.any(bias)
        assert np.abs(kernel).max() <= np.sqrt(6 / sum(kernel.shape))
        np.testing.assert_array_equal(kernel, kernel_again)
        assert np.any(np.asarray(kernel) != np.asarray(kernel_other))


@pytest.mark.parametrize("count", [0, 1, CHUNK + 7])
def test_probabilities_are_those_of_the_softmax(mlp: MLP, count: int) -> None:
    """`predict` agrees with a NumPy softmax."""
    images = np.random.default_rng(0).integers(0, 256, (count, 28, 28)).astype(np.uint8)
    probabilities = np.asarray(predict(mlp, images))
    logits = np.asarray(mlp(jnp.asarray(images)))
    wanted = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(probabilities, wanted, rtol=1e-4)


INK = np.random.default_rng(0).integers(0, 256, (3, 28, 28)).astype(np.uint8)

UNSUITABLE = {
    "scaled to 0..1": INK / 255,
    "scaled to -1..1": INK / 127.5 - 1,
    "standardised": (INK / 255 - 0.1307) / 0.3081,
    "a mask of 0 and 1": (INK > 99).astype(np.uint8),
    "booleans": INK > 99,
    "NaN": np.where(INK > 250, np.nan, INK),
    "infinity": np.where(INK > 250, np.inf, INK),
    "minus infinity": np.where(INK > 250, -np.inf, INK),
    "16 bits": INK.astype(np.uint16) * 257,
    "far below zero": INK.astype(np.float32) - 255,
    "complex numbers": INK.astype(complex),
    "objects": INK.astype(object),
    "text": INK.astype(str),
    "None": None,
    "a list": INK.tolist(),
    "one image": INK[0],
    "flat images": INK.reshape(3, 784),
    "27 columns": INK[:, :, 1:],
    "a channel": INK[..., None],
}


@pytest.mark.parametrize("name", UNSUITABLE)
def test_unsuitable_images_are_refused(mlp: MLP, name: str) -> None:
    """The message says what was expected; arrays of JAX are checked like those of NumPy."""
    images = UNSUITABLE[name]
    with pytest.raises(InputError, match=r"expected"):
        predict(mlp, images)
    if isinstance(images, np.ndarray) and images.dtype.kind in "bif":
        with pytest.raises(InputError, match=r"expected"):
            predict(mlp, jnp.asarray(images))


@pytest.mark.parametrize("dtype", ["int32", "int64", "float16", "float64", jnp.bfloat16])
def test_every_real_dtype_is_read_alike(mlp: MLP, dtype: Any) -> None:
    np.testing.assert_allclose(predict(mlp, INK.astype(dtype)), predict(mlp, INK), rtol=1e-3)


def test_blank_and_overshooting_images_are_read(mlp: MLP) -> None:
    """Cubic interpolation overshoots the range a little; an empty page has no ink."""
    overshooting = INK.astype(np.float32) * 1.1 - 10
    for images in (np.zeros((1, 28, 28)), np.zeros((1, 28, 28), np.uint8), overshooting):
        assert np.isfinite(predict(mlp, images)).all()


def test_predict_works_inside_transformations(mlp: MLP) -> None:
    """Values are unknown there, so that only shapes and dtypes are checked."""
    images = jnp.asarray(INK, jnp.float32)
    expected = np.asarray(predict(mlp, images))

    def loss(pixels: jax.Array) -> jax.Array:
        return predict(mlp, pixels)[:, 3].sum()

    np.testing.assert_allclose(jax.jit(predict)(mlp, images), expected, rtol=1e-5)
    mapped = jax.vmap(lambda image: predict(mlp, image[None])[0])(images)
    np.testing.assert_allclose(mapped, expected, rtol=1e-5)
    _, scanned = jax.lax.scan(lambda _, x: (None, predict(mlp, x[None])[0]), None, images)
    np.testing.assert_allclose(scanned, expected, rtol=1e-5)
    assert np.isfinite(jax.grad(loss)(images)).all()
    with pytest.raises(InputError, match=r"shape"):
        jax.jit(predict)(mlp, images[0])
    with pytest.raises(InputError, match=r"dtype"):
        jax.jit(predict)(mlp, images > 99)


def test_a_drawing_is_read(shipped: MLP) -> None:
    """A 7 is read as 7, and the reading contains its image, upright."""
    reading = read_drawing(shipped, SEVEN)
    assert reading.digit == 7
    assert reading.image.max() == pytest.approx(255)
    np.testing.assert_allclose(reading.image, render(jnp.asarray(normalise(SEVEN))), atol=0.1)
    assert np.asarray(predict(shipped, reading.image[None]))[0].argmax() == 7


def test_a_drawing_is_read_from_several_views(shipped: MLP) -> None:
    """The answer is that of the mean logits of all views."""
    seen = views(jnp.asarray(normalise(SEVEN)))
    logits = shipped(jax.vmap(render)(seen)).mean(axis=0)
    reading = read_drawing(shipped, SEVEN)
    np.testing.assert_allclose(reading.probabilities, jax.nn.softmax(logits[:10]), rtol=1e-3)
    with_other = jax.nn.softmax(logits)
    assert reading.digit_probability == pytest.approx(float(1 - with_other[10]), rel=1e-3)


rng = np.random.default_rng(0)
HARD = {
    "one point": [[(3, 4)]],
    "thousands of strokes": [rng.uniform(0, 100, (4, 2)) for _ in range(3000)],
    "100,000 equal points": [np.full((100_000, 2), 7.0)],
    "huge": [rng.uniform(-1e300, 1e300, (40, 2))],
    "a straight line of integers": [[(0, 0), (0, 7)]],
}


@pytest.mark.parametrize("name", HARD)
def test_every_finite_drawing_gets_a_reading(shipped: MLP, name: str) -> None:
    """The probabilities are finite and sum to one."""
    reading = read_drawing(shipped, HARD[name])
    assert np.isfinite(reading.probabilities).all()
    assert reading.probabilities.sum() == pytest.approx(1, abs=1e-4)
    assert 0 <= reading.digit_probability <= 1
    assert 0 < reading.image.max() <= 255


@pytest.mark.parametrize("bad", [None, 7, [], [[(0, np.nan)]]])
def test_what_is_no_drawing_is_refused(shipped: MLP, bad: Any) -> None:
    with pytest.raises(InputError):
        read_drawing(shipped, bad)
