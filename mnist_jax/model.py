"""The network: a multilayer perceptron from 28x28 pixels to logits.

To change the network, change `MLP`: `initialised` creates its layers, and `forward` applies them.
A params file holds the widths of the layers and the weights; if there are other weights to store,
change `params.py` too. `Network` lists what another kind of network must have to be used.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol, runtime_checkable

import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx
from jaxtyping import Array, Float, Key, Num

from mnist_jax.classes import DIGITS
from mnist_jax.ink.frame import PIXELS


@runtime_checkable
class Network(Protocol):
    """A JAX pytree that gives logits for images: what reading, teaching and explaining need.

    A Flax module is such a pytree, as `MLP` is. Only an `MLP` can be trained, saved, and explained
    unit by unit.
    """

    threshold: float
    """Drawings whose probability of being a digit is below it are refused as "not a digit".

    `training.calibration` chooses it after a training with non-digits.
    """

    def __call__(self, images: Num[Array, "batch 28 28"]) -> Float[Array, "batch classes"]:
        """Return logits for images from 0 (paper) to 255 (ink).

        The classes are the ten digits and, for a network that can refuse, `NOT_A_DIGIT`.
        """


class Dense(NamedTuple):
    """Weights of a dense layer."""

    kernel: Float[Array, "inputs outputs"]
    bias: Float[Array, " outputs"]


def scaled(images: Num[Array, "*batch 28 28"]) -> Float[Array, "*batch 784"]:
    """Return the inputs of the first layer, 0 to 1, for images from 0 (paper) to 255 (ink)."""
    return images.reshape(*images.shape[:-2], PIXELS).astype(jnp.float32) / 255.0


def forward(
    layers: Sequence[Dense], inputs: Float[Array, "*batch _"]
) -> list[Float[Array, "*batch _"]]:
    """Return the inputs, then the outputs of each layer; all but the last are after ReLU."""
    outputs = [inputs]
    for number, (kernel, bias) in enumerate(layers, start=1):
        sums = outputs[-1] @ kernel + bias
        outputs.append(sums if number == len(layers) else jax.nn.relu(sums))
    return outputs


def may_overflow(layers: Sequence[Dense]) -> bool:
    """Return whether an activation or a gradient could overflow float32, for any image.

    This is decided by an upper bound. Activations count as at least 1 in it, so that it also bounds
    the gradients.
    """
    bounds = [np.ones(PIXELS)]
    with np.errstate(invalid="ignore", over="ignore"):  # weights may be infinite or NaN
        for kernel, bias in layers:
            bounds.append(np.maximum(bounds[-1], 1) @ np.abs(kernel) + np.abs(bias))
    return not all(bound.max() < 1e30 for bound in bounds)  # float32 ends at 3e38


class MLP(nnx.Module):
    """Dense layers with ReLU between them.

    The module is a JAX pytree: use it with plain `jax.jit`, `jax.grad` and Optax. The weights are
    plain arrays instead of `nnx.Linear`, because JAX flattens the pytree at every call, which
    takes longer for nested NNX modules than reading an image.

    Examples:
        >>> import jax
        >>> from mnist_jax import MLP
        >>> mlp = MLP.initialised((128, 64), jax.random.key(0))
        >>> mlp.hidden, mlp.classes
        ([128, 64], 10)
        >>> mlp(jax.numpy.zeros((5, 28, 28))).shape
        (5, 10)
    """

    def __init__(self, layers: Sequence[Dense], threshold: float = 0.5) -> None:
        """Create the network from layers; see `initialised` for random ones.

        Drawings whose probability of being a digit is below `threshold` are refused.
        """
        self.layers = nnx.data(tuple(layers))
        self.threshold = threshold

    @classmethod
    def initialised(
        cls, hidden: Sequence[int], key: Key[Array, ""], classes: int = DIGITS
    ) -> "MLP":
        """Create a network with Glorot uniform kernels and zero biases, as Keras does.

        NumPy draws the weights and `device_put` copies them, because neither compiles anything;
        JAX's generators would take more than a second to compile.
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
        """Number of classes: ten, or eleven with `NOT_A_DIGIT`."""
        return len(self.layers[-1].bias)

    def __call__(self, images: Num[Array, "batch 28 28"]) -> Float[Array, "batch classes"]:
        """Return the logits of the classes for images from 0 (paper) to 255 (ink)."""
        return forward(self.layers, scaled(images))[-1]
