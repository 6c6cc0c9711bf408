"""The network: a multilayer perceptron from 28x28 pixels to ten logits."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import jax
import jax.numpy as jnp
from flax import nnx
from jaxtyping import Array, Float, Key, Num

from mnist_jax.drawing import FRAME_PIXELS

PIXELS = FRAME_PIXELS**2
DIGITS = 10


class Dense(NamedTuple):
    """One layer's weights."""

    kernel: Float[Array, "inputs outputs"]
    bias: Float[Array, " outputs"]


class MLP(nnx.Module):
    """Dense layers with ReLU between them.

    A JAX pytree: plain `jax.jit`, `jax.grad` and Optax take it as it is. The weights are bare
    arrays in tuples and not `nnx.Linear`, because JAX flattens the pytree at every call, and
    going through NNX's nodes takes longer than reading one image.
    """

    def __init__(self, layers: Sequence[Dense]) -> None:
        """Take trained weights; `initialised` draws fresh ones."""
        self.layers = nnx.data(tuple(layers))

    @classmethod
    def initialised(cls, hidden: Sequence[int], key: Key[Array, ""]) -> "MLP":
        """Fresh weights as Keras' Dense draws them: kernels Glorot uniform, biases zero."""
        initial = nnx.initializers.glorot_uniform()
        shapes = list(pairwise((PIXELS, *hidden, DIGITS)))
        keys = jax.random.split(key, len(shapes))
        return cls(
            [
                Dense(initial(key, shape, jnp.float32), jnp.zeros(shape[1]))
                for key, shape in zip(keys, shapes, strict=True)
            ]
        )

    def __call__(self, images: Num[Array, "batch 28 28"]) -> Float[Array, "batch 10"]:
        """Logits of the ten digits; pixels run from 0, paper, to 255, ink."""
        *hidden, last = self.layers
        activations = images.reshape(len(images), PIXELS).astype(jnp.float32) / 255.0
        for layer in hidden:
            activations = jax.nn.relu(activations @ layer.kernel + layer.bias)
        return activations @ last.kernel + last.bias
