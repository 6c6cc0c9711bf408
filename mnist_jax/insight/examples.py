"""The allograph of a digit that the network sees as most similar to an image."""

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Num

from mnist_jax.handwriting.allographs import allographs, digits_and_frequencies
from mnist_jax.handwriting.templates import Template
from mnist_jax.ink.render import drawing_images
from mnist_jax.model import MLP, Network, forward, scaled

SeenAllographs = Float[np.ndarray, "allographs units"]
"""All allographs as one network sees them, in the order of `allographs`; see `_embeddings`."""


def seen_allographs(network: Network) -> SeenAllographs:
    """Return all allographs as the network sees them; compute this once for a network."""
    images = drawing_images(template.drawing for _, template in allographs())
    return np.asarray(_embeddings(network, images))


def nearest_allograph(
    network: Network, seen: SeenAllographs, image: Num[np.ndarray, "28 28"], digit: int
) -> Template:
    """Return the allograph of a digit that the network sees as most similar to an image.

    This is the one with the highest cosine similarity in the last hidden layer. It resembles real
    drawings more often than the one at the shortest distance, which has a similar amount of ink.
    """
    embedding = np.asarray(_embeddings(network, np.asarray(image)[None]))[0]
    digits, _ = digits_and_frequencies()
    similarities = np.where(digits == digit, seen @ embedding, -np.inf)
    return allographs()[int(similarities.argmax())][1]


@jax.jit
def _embeddings(network: Network, images: Num[Array, "batch 28 28"]) -> Float[Array, "batch units"]:
    """Return the activations of the last hidden layer, or the pixels if there is none, of norm 1.

    Of networks other than `MLP`, the logits. Where all of them are 0, they stay 0.
    """
    if isinstance(network, MLP):
        activations = forward(network.layers, scaled(images))[-2]
    else:
        activations = network(images)
    norms = jnp.linalg.norm(activations, axis=1, keepdims=True)
    return activations / jnp.where(norms == 0, 1, norms)
