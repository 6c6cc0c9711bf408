"""How much each group of ink looks like a digit, by the network."""

import math
from collections.abc import Callable, Iterable
from typing import Any

import jax
import numpy as np
from jaxtyping import Array, Float

from mnist_jax.classes import DIGITS
from mnist_jax.ink.render import render
from mnist_jax.model import Network
from mnist_jax.reading import Reading, read_normalised

Points = Float[np.ndarray, "n points 2"]

BATCHES = (2, 4, 6, 8, 12, 16, 32, 64)
"""Sizes of the batches in which groups are read: few sizes compile few programs."""


def log_certainty(reading: Reading) -> float:
    """Return the logarithm of the probability of being the most probable digit."""
    certainty = float(reading.probabilities.max()) * reading.digit_probability
    return max(math.log(certainty) if certainty > 0 else -math.inf, NO_DIGIT_LOG)  # or NaN


NO_DIGIT_LOG = -8.0
"""Least logarithm of a score: that of ink which is no digit at all."""


def log_digits(network: Network, points: Points) -> Float[np.ndarray, " n"]:
    """Return the logarithm of the probability of the most probable digit, in one view of each."""
    logs = np.array(_in_batches(_log_digits_in_one_view, network, points))
    return np.asarray(np.fmax(logs, NO_DIGIT_LOG))  # absurd weights may give NaN


def readings(network: Network, points: Points) -> list[Reading]:
    """Return what the network reads in each drawing, in all views."""
    return _in_batches(read_normalised, network, points)


def _in_batches(read: Callable[..., Iterable[Any]], network: Network, points: Points) -> list[Any]:
    """Return what `read` gives for each drawing, in batches of a few sizes."""
    found: list[Any] = []
    for part in np.split(points, range(BATCHES[-1], len(points), BATCHES[-1])):
        size = next(size for size in BATCHES if size >= len(part))
        found += list(read(network, np.resize(part, (size, *part.shape[1:]))))[: len(part)]
    return found


@jax.jit
def _log_digits_in_one_view(
    network: Network, points: Float[Array, "n points 2"]
) -> Float[Array, " n"]:
    """Return the logarithm of the probability of the most probable digit."""
    logits = network(jax.vmap(render)(points))
    return jax.nn.log_softmax(logits)[:, :DIGITS].max(axis=1)
