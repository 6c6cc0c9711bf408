"""The network: a multilayer perceptron from 28x28 pixels to logits."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx
from jaxtyping import Array, Float, Key, Num

from mnist_jax.classes import DIGITS
from mnist_jax.ink.frame import PIXELS


class Dense(NamedTuple):
    """One layer's weights."""

    kernel: Float[Array, "inputs outputs"]
    bias: Float[Array, " outputs"]


def may_overflow(layers: Sequence[Dense]) -> bool:
    """Whether a sum within the network could be too large for 32 bits, were all signs alike."""
    largest = np.ones(PIXELS)  # that each number between the layers can be
    with np.errstate(invalid="ignore"):  # weights that are not finite
        for kernel, bias in layers:
            largest = largest @ np.abs(kernel) + np.abs(bias)
    return not largest.max() < _LARGEST


_LARGEST = 1e30
"""Sum that is believed; 32 bits end at 3e38."""


class MLP(nnx.Module):
    """Dense layers with ReLU between them.

    A JAX pytree: plain `jax.jit`, `jax.grad` and Optax take it as it is. The weights are bare
    arrays in tuples and not `nnx.Linear`, because JAX flattens the pytree at every call, and
    going through NNX's nodes takes longer than reading one image.
    """

    def __init__(self, layers: Sequence[Dense], threshold: float = 0.5) -> None:
        """Take trained weights; `initialised` draws fresh ones.

        What is less probably a digit than `threshold` is refused.
        """
        self.layers = nnx.data(tuple(layers))
        self.threshold = threshold

    @classmethod
    def initialised(
        cls, hidden: Sequence[int], key: Key[Array, ""], classes: int = DIGITS
    ) -> "MLP":
        """Fresh weights as Keras' Dense draws them: kernels Glorot uniform, biases zero.

        NumPy draws them, because XLA takes longer than a second to compile such arrays' drawing;
        and `device_put` compiles nothing, where `jnp.asarray` compiles for each shape.
        """
        rng = np.random.default_rng(np.asarray(jax.random.key_data(key)))
        layers = []
        for inputs, outputs in pairwise((PIXELS, *hidden, classes)):
            limit = math.sqrt(6 / (inputs + outputs))  # Glorot and Bengio 2010, equation 16
            kernel = rng.uniform(-limit, limit, (inputs, outputs)).astype(np.float32)
            layers.append(Dense(*jax.device_put((kernel, np.zeros(outputs, np.float32)))))
        return cls(layers)

    @property
    def hidden(self) -> list[int]:
        """Widths of the hidden layers."""
        return [len(layer.bias) for layer in self.layers[:-1]]

    @property
    def classes(self) -> int:
        """Ten, or eleven with `NOT_A_DIGIT`."""
        return len(self.layers[-1].bias)

    def __call__(self, images: Num[Array, "batch 28 28"]) -> Float[Array, "batch classes"]:
        """Logits of the classes; pixels run from 0, paper, to 255, ink."""
        *hidden, last = self.layers
        activations = images.reshape(len(images), PIXELS).astype(jnp.float32) / 255.0
        for layer in hidden:
            activations = jax.nn.relu(activations @ layer.kernel + layer.bias)
        return activations @ last.kernel + last.bias
