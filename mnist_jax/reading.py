"""Answers of the trained network: probabilities of images, the reading of a drawing."""

import os
from dataclasses import dataclass
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Num

from mnist_jax.classes import DIGITS, NOT_A_DIGIT
from mnist_jax.ink.frame import FRAME_PIXELS
from mnist_jax.ink.normalise import normalise
from mnist_jax.ink.render import render
from mnist_jax.ink.strokes import as_drawing
from mnist_jax.model import MLP
from mnist_jax.support.errors import InputError

if "JAX_CPU_ENABLE_ASYNC_DISPATCH" not in os.environ:
    # Waking JAX's dispatch thread takes several times as long as one image's matrix products.
    jax.config.update("jax_cpu_enable_async_dispatch", False)  # type: ignore[no-untyped-call]  # noqa: FBT003


@dataclass(frozen=True, eq=False)
class Reading:
    """What the network sees in a drawing."""

    probabilities: Float[np.ndarray, "10"]
    """Of the ten digits, given that it is one of them."""

    digit_probability: float
    """That it is a digit at all."""

    is_digit: bool
    """Whether that probability reaches the network's threshold."""

    image: Float[np.ndarray, "28 28"]
    """The normalised drawing as the network is shown it, 0 paper to 255 ink."""

    @property
    def digit(self) -> int:
        """The most probable digit."""
        return int(self.probabilities.argmax())


class Answers(NamedTuple):
    """What the network says of a batch of images."""

    probabilities: Float[Array, "batch 10"]
    """Of the ten digits, given that it is one of them."""

    digit_probabilities: Float[Array, " batch"]
    """That an image shows a digit at all; 1 from a network that was not taught to refuse."""


@jax.jit
def predict(mlp: MLP, images: Any) -> Float[Array, "batch 10"]:
    """Probabilities of the ten digits for images `(batch, 28, 28)`, 0 for paper to 255 for ink.

    Raises:
        InputError: the images are not `(batch, 28, 28)`.

    """
    frame = (FRAME_PIXELS, FRAME_PIXELS)
    if not isinstance(images, jax.Array):
        raise InputError("images have to be one array; lists go through numpy.array first")
    if images.ndim != 3 or images.shape[1:] != frame:
        raise InputError(f"images of shape {images.shape} were given, (batch, 28, 28) is wanted")
    if len(images) <= CHUNK:
        return answers(mlp, images).probabilities
    parts: jax.Array = jax.lax.map(
        lambda image: answers(mlp, image[None]).probabilities[0], images, batch_size=CHUNK
    )
    return parts


CHUNK = 500
"""Images that go through the network together: their activations stay in the processor's cache."""


def answers(mlp: MLP, images: Num[Array, "batch 28 28"]) -> Answers:
    """What the network says of images; `predict` gives the first part of it."""
    logits = mlp(images)
    digits = logits[:, :DIGITS]
    if mlp.classes == DIGITS:
        return Answers(jax.nn.softmax(digits), jnp.ones(len(images)))
    margins = jax.nn.logsumexp(digits, axis=1) - logits[:, NOT_A_DIGIT]
    return Answers(jax.nn.softmax(digits), jax.nn.sigmoid(margins))


def read_drawing(mlp: MLP, drawing: Any) -> Reading:
    """What the network reads in a drawing: a sequence of `(points, 2)` strokes, y down, any unit.

    Raises:
        InputError: no stroke, a stroke without points, or a coordinate that is not finite.

    """
    points = normalise(as_drawing(drawing))
    image, (probabilities, digit_probabilities) = _read(mlp, points[None])
    digit_probability = float(np.asarray(digit_probabilities)[0])  # JAX's own indexing is slow
    return Reading(
        probabilities=np.asarray(probabilities)[0],
        digit_probability=digit_probability,
        is_digit=digit_probability >= mlp.threshold,
        image=np.asarray(image)[0],
    )


def read_points(mlp: MLP, points: Float[Array, "batch points 2"]) -> Answers:
    """Answers to normalised drawings, many at once; see `drawing.normalise`."""
    _, read = _read(mlp, points)
    return Answers(*read)


@jax.jit
def _read(
    mlp: MLP, points: Float[Array, "batch points 2"]
) -> tuple[Float[Array, "batch 28 28"], Answers]:
    images = jax.vmap(render)(points)
    return images, answers(mlp, images)
