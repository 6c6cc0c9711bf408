"""The way from an image to a changed one: the probabilities, and the ink added and rubbed out."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float, Num

from mnist_jax.model import MLP
from mnist_jax.reading import answers


class Transition(NamedTuple):
    """Evenly spaced images from the first to the changed one, both included."""

    images: Float[np.ndarray, "count 28 28"]

    probabilities: Float[np.ndarray, "count 10"]
    """Probabilities of the ten digits for each image."""

    added: float
    """Ink that was added, as a share of the ink of the first image."""

    rubbed_out: float
    """Ink that was rubbed out, as a share of the ink of the first image."""


def transition(
    mlp: MLP,
    image: Num[np.ndarray, "28 28"],
    changed: Num[np.ndarray, "28 28"],
    count: int = 9,
) -> Transition:
    """Return `count` images from one to the other and what the network reads in them."""
    first = np.asarray(image, np.float32)
    difference = np.asarray(changed, np.float32) - first
    shares = np.linspace(0, 1, count, dtype=np.float32)
    images = first + shares[:, None, None] * difference
    ink = max(float(first.sum()), 1.0)  # an empty image has none
    return Transition(
        images,
        np.asarray(_answers(mlp, jnp.asarray(images)).probabilities),
        float(difference.clip(0).sum()) / ink,
        float(-difference.clip(None, 0).sum()) / ink,
    )


_answers = jax.jit(answers)
