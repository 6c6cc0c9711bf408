"""Networks of several shapes, a forward pass in NumPy, and images of digits."""

from functools import cache

import jax
import jax.numpy as jnp
import numpy as np

from mnist_jax.handwriting.allographs import allographs
from mnist_jax.ink.render import drawing_images
from mnist_jax.model import MLP, Dense

SHAPES = [(), (30,), (12, 1, 8)]
"""Hidden layers: none, one, and three with one of a single unit."""


@cache
def network(hidden: tuple[int, ...], classes: int = 11) -> MLP:
    """A random network with biases, so that units are off for some images."""
    rng = np.random.default_rng(1)
    layers = MLP.initialised(hidden, jax.random.key(2), classes).layers
    return MLP(
        [
            Dense(kernel, jnp.asarray(rng.normal(0, 0.2, len(bias)), jnp.float32))
            for kernel, bias in layers
        ]
    )


def weights(mlp: MLP) -> list[tuple[np.ndarray, np.ndarray]]:
    """Kernels and biases in float64."""
    return [(np.float64(kernel), np.float64(bias)) for kernel, bias in mlp.layers]


def outputs(mlp: MLP, pixels: np.ndarray) -> list[np.ndarray]:
    """The pixels from 0 to 1 and the outputs of each layer."""
    found = [pixels]
    for number, (kernel, bias) in enumerate(weights(mlp), start=1):
        sums = found[-1] @ kernel + bias
        found.append(sums if number == len(mlp.layers) else sums * (sums > 0))
    return found


def gates(mlp: MLP, pixels: np.ndarray) -> list[np.ndarray]:
    """Which units of each hidden layer are active."""
    return [activations > 0 for activations in outputs(mlp, pixels)[1:-1]]


@cache
def plain_digits() -> np.ndarray:
    """Images of the first allograph of each digit."""
    first = dict(reversed(allographs()))
    return drawing_images([first[digit].drawing for digit in range(10)])
