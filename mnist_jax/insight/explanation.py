"""Why a network reads an image as it does, and which allograph is most similar for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Num

from mnist_jax.classes import DIGITS
from mnist_jax.handwriting.allographs import allographs, digits_and_frequencies
from mnist_jax.handwriting.templates import Template
from mnist_jax.ink.frame import FRAME_PIXELS
from mnist_jax.ink.render import drawing_images
from mnist_jax.insight.activity import activity
from mnist_jax.insight.changes import nearest_change
from mnist_jax.model import MLP, Network, forward, scaled
from mnist_jax.reading import check_images, predict
from mnist_jax.support.errors import InputError, shortened


@dataclass(frozen=True, eq=False)
class Explanation:
    """Why an image is read as a digit, and what would change that; see `explain`.

    Examples:
        >>> import numpy as np
        >>> from mnist_jax import explain, load_params
        >>> line = np.zeros((28, 28))
        >>> line[4:24, 13:15] = 255
        >>> explanation = explain(load_params(), line)
        >>> explanation.digit, explanation.changed_digit == explanation.digit
        (1, False)
    """

    digit: int
    """The digit that was asked about, or the network's guess."""

    contributions: Float[np.ndarray, "28 28"]
    """What each pixel adds to the logit of the digit; negative where it speaks against it.

    This is the gradient of the logit times the pixel (Shrikumar et al. 2016, arXiv 1605.01713). A
    ReLU network is linear as long as the same units are active. Therefore the contributions sum to
    the logit less the one that the units active for this image would give for an empty image.
    """

    changed: Float[np.ndarray, "28 28"] | None
    """The nearest image found that is read as `changed_digit`, in whole numbers from 0 to 255.

    Near means that little ink is added and erased. It is changed as with a pen and an eraser. None
    if no image was found.
    """

    changed_digit: int | None
    """The digit that was asked about, or another if that is the guess; None without `changed`."""


def explain(
    network: Network,
    image: Any,
    digit: int | None = None,
    check: Callable[[], None] = lambda: None,
) -> Explanation:
    """Explain why the network reads one image as it does, or why it reads it as `digit` or not.

    `image` is a NumPy or JAX array `(28, 28)` from 0 (paper) to 255 (ink). The guess is that of
    `predict`; `read_drawing` averages over five views of a drawing and may differ. The search for
    `changed` takes a few tenths of a second, and longer for wide networks: `check` is called before
    each of its steps, and ends it by raising an exception.

    Examples:
        >>> from mnist_jax import explain, load_params, read_drawing
        >>> mlp = load_params()
        >>> seven = read_drawing(mlp, [[(0, 0), (20, 1), (8, 40)]]).image
        >>> explanation = explain(mlp, seven)
        >>> explanation.digit, explanation.contributions.shape
        (7, (28, 28))
        >>> explain(mlp, seven, 1).changed_digit
        1

    Raises:
        InputError: the image is not an array `(28, 28)` of real numbers from 0 to 255, or the digit
            is not one of 0 to 9.
    """
    _check(image, digit)
    likeliest = np.argsort(-np.asarray(predict(network, image[None]))[0], kind="stable").tolist()
    guess, *others = likeliest
    asked = guess if digit is None else int(digit)
    digits = others if asked == guess else [asked]
    change = nearest_change(network, np.asarray(image), digits, check)
    contributions = np.asarray(activity(network, image, asked).contributions)
    return Explanation(asked, contributions, *(change or (None, None)))


def _check(image: Any, digit: Any) -> None:
    shape = getattr(image, "shape", None)
    if shape != (FRAME_PIXELS, FRAME_PIXELS):
        if shape is None:
            raise InputError(
                "the image is a {found}, expected one array (28, 28)", found=type(image).__name__
            )
        raise InputError("the image is of shape {found}, expected one array (28, 28)", found=shape)
    check_images(image[None])
    if digit is not None and digit not in range(DIGITS):
        raise InputError(
            "the digit is {found}, expected 0 to 9, or None for the guess", found=shortened(digit)
        )


AllographEmbeddings = Float[np.ndarray, "allographs units"]
"""Embeddings of all allographs by one network, in the order of `allographs`; see `_embeddings`."""


def embedded_allographs(network: Network) -> AllographEmbeddings:
    """Return the embeddings of all allographs; compute this once for a network."""
    images = drawing_images(template.drawing for _, template in allographs())
    return np.asarray(_embeddings(network, images))


def nearest_allograph(
    network: Network, embedded: AllographEmbeddings, image: Num[np.ndarray, "28 28"], digit: int
) -> Template:
    """Return the allograph of a digit that is most similar to an image for the network.

    It has the highest cosine similarity in the last hidden layer. The allograph at the shortest
    distance there resembles the image less often: it is rather one with as much ink.
    `embedded` comes from `embedded_allographs`.
    """
    embedding = np.asarray(_embeddings(network, np.asarray(image)[None]))[0]
    digits, _ = digits_and_frequencies()
    similarities = np.where(digits == digit, embedded @ embedding, -np.inf)
    return allographs()[int(similarities.argmax())][1]


@jax.jit
def _embeddings(network: Network, images: Num[Array, "batch 28 28"]) -> Float[Array, "batch units"]:
    """Return the activations of the last hidden layer, scaled to norm 1; all zeros stay zeros.

    An `MLP` without hidden layers gives its pixels instead, and another network its logits.
    """
    if isinstance(network, MLP):
        activations = forward(network.layers, scaled(images))[-2]
    else:
        activations = network(images)
    norms = jnp.linalg.norm(activations, axis=1, keepdims=True)
    return activations / jnp.where(norms == 0, 1, norms)
