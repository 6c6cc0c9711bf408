"""The network, compared with NumPy."""

import jax
import jax.numpy as jnp
import numpy as np

from mnist_jax.model import MLP


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
