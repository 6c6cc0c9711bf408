"""The allograph of a digit that the network sees as most similar to an image."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Num

from mnist_jax.handwriting.allographs import allographs
from mnist_jax.handwriting.templates import Template
from mnist_jax.ink.normalise import normalise
from mnist_jax.ink.render import render
from mnist_jax.model import MLP, forward, scaled


class Allographs(NamedTuple):
    """All allographs as the network sees them."""

    images: Float[np.ndarray, "allographs 28 28"]
    """Normalised and rendered as a drawing is."""

    embeddings: Float[np.ndarray, "allographs units"]
    """Activations of the last hidden layer; without hidden layers, the pixels from 0 to 1."""


class Example(NamedTuple):
    """An allograph."""

    template: Template
    image: Float[np.ndarray, "28 28"]


def embedded_allographs(mlp: MLP) -> Allographs:
    """Return all allographs as the network sees them."""
    points = np.stack([normalise(template.drawing) for _, template in allographs()])
    images = jax.jit(jax.vmap(render))(points)
    return Allographs(np.asarray(images), np.asarray(_embeddings(mlp, images)))


def nearest_allograph(
    mlp: MLP, known: Allographs, image: Num[np.ndarray, "28 28"], digit: int
) -> Example:
    """Return the allograph of a digit whose last hidden layer is nearest to that of an image."""
    embedding = np.asarray(_embeddings(mlp, jnp.asarray(image)[None]))[0]
    distances = np.square(known.embeddings - embedding).sum(axis=1)
    of_digit = np.array([of for of, _ in allographs()]) == digit
    nearest = int(np.where(of_digit, distances, np.inf).argmin())
    return Example(allographs()[nearest][1], known.images[nearest])


@jax.jit
def _embeddings(mlp: MLP, images: Num[Array, "batch 28 28"]) -> Float[Array, "batch units"]:
    return forward(mlp.layers, scaled(images))[-2]
