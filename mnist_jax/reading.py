"""What the network reads: probabilities for images, and the reading of a drawing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Num

from mnist_jax.classes import DIGITS, NOT_A_DIGIT
from mnist_jax.ink.frame import FRAME_PIXELS
from mnist_jax.ink.normalise import normalise
from mnist_jax.ink.render import render, views
from mnist_jax.ink.strokes import as_drawing
from mnist_jax.model import Network
from mnist_jax.support.errors import InputError


@dataclass(frozen=True, eq=False)
class Reading:
    """What the network reads in a drawing.

    Examples:
        >>> from mnist_jax import load_params, read_drawing
        >>> reading = read_drawing(load_params(), [[(0, 0), (20, 1), (8, 40)]])
        >>> reading.digit, reading.is_digit, reading.image.shape
        (7, True, (28, 28))
        >>> round(float(reading.probabilities.sum()), 3)
        1.0
    """

    probabilities: Float[np.ndarray, "10"]
    """Probabilities of the ten digits, given that the drawing is a digit."""

    digit_probability: float
    """Probability that the drawing is a digit at all."""

    is_digit: bool
    """Whether `digit_probability` reaches the threshold of the network."""

    image: Float[np.ndarray, "28 28"]
    """The normalised drawing, upright as the user drew it, 0 paper to 255 ink."""

    @property
    def digit(self) -> int:
        """The most probable digit."""
        return int(self.probabilities.argmax())


class Answers(NamedTuple):
    """Probabilities for a batch of images."""

    probabilities: Float[Array, "batch 10"]
    """Probabilities of the ten digits, given that the image is a digit."""

    digit_probabilities: Float[Array, " batch"]
    """Probability that each image is a digit; 1 if the network has no class for non-digits."""


def predict(network: Network, images: Any) -> Float[Array, "batch 10"]:
    """Return the probabilities of the ten digits for a batch of images.

    `images` is one NumPy or JAX array `(batch, 28, 28)` of numbers from 0 (paper) to 255 (ink).
    Inside `jax.jit`, `jax.vmap` and `jax.grad`, where values are not known, only its shape and
    dtype are checked: pass images from 0 to 255 there, too.

    The library changes no JAX settings. A script that reads one image at a time can turn off
    asynchronous dispatch before its first computation, which makes a call about twice as fast:

        jax.config.update("jax_cpu_enable_async_dispatch", False)

    A script that starts often can set JAX's `jax_compilation_cache_dir`, so that only the first
    start compiles.

    Examples:
        >>> import numpy as np
        >>> from mnist_jax import load_params, predict
        >>> images = np.zeros((1, 28, 28))
        >>> images[:, 4:24, 13:15] = 255  # an upright line
        >>> probabilities = predict(load_params(), images)
        >>> probabilities.shape, int(probabilities[0].argmax())
        ((1, 10), 1)

    Raises:
        InputError: the images are not an array `(batch, 28, 28)` of real numbers from 0 to 255,
            or they seem to be scaled to another range, such as 0 to 1.
    """
    check_images(images)
    probabilities: Array = _predict(network, images)
    return probabilities


MAX_OVERSHOOT = 32
"""How far values may be outside 0..255, because cubic interpolation overshoots a little."""

MAX_SCALED = 4.0
"""Float images with no value above this are taken to be scaled to 0..1 or standardised."""


def check_images(images: Any) -> None:
    """Raise an InputError if the images are not what `predict` takes."""
    if not isinstance(images, np.ndarray | jax.Array):
        raise InputError(
            "images are of type {found}, expected one array (batch, 28, 28); "
            "convert lists with numpy.array",
            found=type(images).__name__,
        )
    dtype = images.dtype
    is_float = jnp.issubdtype(dtype, jnp.floating)  # NumPy does not know bfloat16
    if not (is_float or jnp.issubdtype(dtype, jnp.integer)):
        raise InputError(
            "images are of dtype {found}, expected numbers from 0 (paper) to 255 (ink); "
            "multiply a boolean mask by 255",
            found=dtype,
        )
    if images.ndim != 3 or images.shape[1:] != (FRAME_PIXELS, FRAME_PIXELS):
        raise InputError("images have shape {found}, expected (batch, 28, 28)", found=images.shape)
    if isinstance(images, jax.core.Tracer) or not images.size:
        return
    values = np.asarray(images)
    low, high = values.min(), values.max()  # NaN if any value is
    in_range = low >= -MAX_OVERSHOOT and high <= 255 + MAX_OVERSHOOT
    is_scaled = high <= (MAX_SCALED if is_float else 1) and (low or high)
    if is_scaled:
        raise InputError(
            "images have values from {low} to {high}, expected 0 (paper) to 255 (ink); "
            "multiply images scaled to 0..1 by 255",
            low=low,
            high=high,
        )
    if not in_range:
        raise InputError(
            "images have values from {low} to {high}, expected 0 (paper) to 255 (ink)",
            low=low,
            high=high,
        )


CHUNK = 500
"""Images that go through the network together; their activations fit the processor's cache."""


@jax.jit
def _predict(network: Network, images: Num[Array, "batch 28 28"]) -> Float[Array, "batch 10"]:
    if len(images) <= CHUNK:
        return answers(network, images).probabilities
    parts: jax.Array = jax.lax.map(
        lambda image: answers(network, image[None]).probabilities[0], images, batch_size=CHUNK
    )
    return parts


def answers(network: Network, images: Num[Array, "batch 28 28"]) -> Answers:
    """Return the probabilities of the digits and of being a digit, without checking the images."""
    return answers_from_logits(network(images))


def answers_from_logits(logits: Float[Array, "batch classes"]) -> Answers:
    """Return the probabilities of the digits and of being a digit."""
    digits = logits[:, :DIGITS]
    if logits.shape[1] == DIGITS:
        return Answers(jax.nn.softmax(digits), jnp.ones(len(logits)))
    margins = jax.nn.logsumexp(digits, axis=1) - logits[:, NOT_A_DIGIT]
    return Answers(jax.nn.softmax(digits), jax.nn.sigmoid(margins))


def read_drawing(network: Network, drawing: Any) -> Reading:
    """Return what the network reads in a drawing, averaged over a few slants and widths.

    `drawing` is a sequence of strokes, each `(points, 2)`: x to the right and y down, in any unit.

    Examples:
        >>> from mnist_jax import load_params, read_drawing
        >>> read_drawing(load_params(), [[(0, 0), (20, 1), (8, 40)]]).digit
        7

    Raises:
        InputError: there is no stroke, a stroke has no point, or a coordinate is not finite.
    """
    (reading,) = read_normalised(network, normalise(as_drawing(drawing))[None])
    return reading


def read_normalised(network: Network, points: Float[np.ndarray, "batch points 2"]) -> list[Reading]:
    """Return what the network reads in drawings normalised by `ink.normalise`."""
    images, read = _read(network, points)
    probabilities, digit_probabilities = map(np.asarray, read)  # indexing in JAX is slow
    return [
        Reading(
            probabilities=probabilities[index],
            digit_probability=digit_probability,
            is_digit=digit_probability >= network.threshold,
            image=image,
        )
        for index, (image, digit_probability) in enumerate(
            zip(np.asarray(images), digit_probabilities.tolist(), strict=True)
        )
    ]


def read_points(network: Network, points: Float[Array, "batch points 2"]) -> Answers:
    """Return the probabilities for a batch of drawings normalised by `ink.normalise`."""
    read: Answers = _read(network, points)[1]
    return read


def answers_in_chunks(
    answer: Callable[[Array], Answers], inputs: Num[np.ndarray, "n ..."], chunk: int
) -> tuple[Float[np.ndarray, "n 10"], Float[np.ndarray, " n"]]:
    """Return the answers to many inputs, computed in chunks to bound the memory.

    All chunks have the same size, so that `answer` is compiled once.
    """
    count = -(-len(inputs) // chunk)
    padded = np.resize(inputs, (count * chunk, *inputs.shape[1:]))
    parts = [answer(jnp.asarray(part)) for part in np.split(padded, count)]
    probabilities, digit_probabilities = (
        np.concatenate(values)[: len(inputs)] for values in zip(*parts, strict=True)
    )
    return probabilities, digit_probabilities


@jax.jit
def _read(
    network: Network, points: Float[Array, "batch points 2"]
) -> tuple[Float[Array, "batch 28 28"], Answers]:
    """Return the images of the drawings, and the answers."""
    images, logits = _read_views(network, points)
    return images[:, 0], answers_from_logits(logits)


def mean_logits(
    network: Network, points: Float[Array, "batch points 2"]
) -> Float[Array, "batch classes"]:
    """Return the mean logits of the views of each drawing."""
    _, logits = _read_views(network, points)
    return logits


def _read_views(
    network: Network, points: Float[Array, "batch points 2"]
) -> tuple[Float[Array, "batch views 28 28"], Float[Array, "batch classes"]]:
    """Return the images of all views, and their mean logits."""
    images = jax.vmap(jax.vmap(render))(jax.vmap(views)(points))
    logits = network(images.reshape(-1, FRAME_PIXELS, FRAME_PIXELS))
    return images, logits.reshape(*images.shape[:2], -1).mean(axis=1)
