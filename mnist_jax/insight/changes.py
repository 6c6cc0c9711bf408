"""The nearest image that is read as another digit: where to add ink, and where to rub it out.

The smallest change in the Euclidean norm (DeepFool, Moosavi-Dezfooli et al. 2016, arXiv 1511.04599)
alters all pixels a little and looks like smoke. Here the marks of a pen and an eraser change the
image, one at a time: short strokes that touch the ink, and erased spots. They are chosen by the
gradient, as Papernot et al. 2016 (arXiv 1511.07528) choose pixels. The distance is the sum of the
absolute differences of the pixels.
"""

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Bool, Float, Int, Num

from mnist_jax.ink.frame import FRAME_PIXELS, PIXELS
from mnist_jax.ink.render import render
from mnist_jax.model import Network
from mnist_jax.reading import answers

MOST_MARKS = 30
"""Most marks with which one digit is tried."""

LEAST_LOG_ODDS = 0.2
"""Least log-odds of the digit against all other classes: a probability of 55 %."""

STROKE_PIXELS = 4.0
"""Length of a stroke of the pen."""

ANGLES = np.arange(8) * np.pi / 8
"""Directions of the strokes."""

ERASER_RADIUS_PIXELS = 1.6
"""Radius of an erased spot: enough to interrupt a line of the pen."""

EDGE_PIXELS = 3
"""Distance that the middle of a mark keeps from the edge of the frame."""

LEAST_INK = 2 * 255.0
"""Least ink that a mark changes, and that it touches: the ink of two full pixels."""

TRIED = 64
"""Number of marks that are tried at each step; the gradient selects them."""

SHIFTS = ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0))
"""Shifts of the image whose logits are averaged.

A mark then has to help at all of these positions, and looks less like noise.
"""


Image = Float[Array, "28 28"]


class Marks(NamedTuple):
    """All marks that can be made on an image."""

    shapes: Float[Array, "marks 784"]
    """Fraction of each pixel that a mark covers."""

    areas: Float[Array, " marks"]
    """Sum of these fractions."""

    colours: Float[Array, " marks"]
    """255 for the pen, 0 for the eraser."""


def nearest_change(
    network: Network,
    image: Num[np.ndarray, "28 28"],
    digits: Iterable[int],
    check: Callable[[], None] = lambda: None,
) -> tuple[Float[np.ndarray, "28 28"], int] | None:
    """Return the nearest image found that is read as one of the digits, and that digit.

    The digit's probability among all classes, with "not a digit", is 55 % or more. The pixels are
    whole numbers from 0 to 255. Return None if there is no ink that a mark could touch, or if marks
    do not lead to any of the digits. The search is faster if likely digits come first. `check` is
    called before each mark, and ends the search by raising an exception.
    """
    start = np.clip(image, 0, 255).astype(np.float32)
    nearest, shortest = None, np.inf
    for digit in digits:
        changed, distance = _change(network, start, digit, shortest, check)
        if distance < shortest:
            nearest, shortest = (np.asarray(changed), int(digit)), distance
    return nearest


@cache
def _marks() -> Marks:
    side = np.arange(EDGE_PIXELS, FRAME_PIXELS - EDGE_PIXELS)
    middles = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 1, 2)
    along = STROKE_PIXELS * np.linspace(-0.5, 0.5, 10)[:, None]
    strokes = [middles + along * np.array([np.cos(angle), np.sin(angle)]) for angle in ANGLES]
    pen = jax.jit(jax.vmap(render))(np.concatenate(strokes).astype(np.float32))
    erase = partial(render, radius_pixels=ERASER_RADIUS_PIXELS)
    eraser = jax.jit(jax.vmap(erase))(middles.astype(np.float32))
    shapes = jnp.concatenate([pen, eraser]).reshape(-1, PIXELS) / 255
    colours = jnp.repeat(jnp.array([255.0, 0.0]), np.array([len(pen), len(eraser)]))
    return Marks(shapes, shapes.sum(axis=1), colours)


def _change(
    network: Network,
    start: Float[np.ndarray, "28 28"],
    digit: int,
    shortest: float,
    check: Callable[[], None],
) -> tuple[Image, float]:
    """Return the changed image that is read as the digit, and its distance from `start`.

    The distance is infinite if none was found that is nearer than `shortest`.
    """
    image, distance, helped = jnp.round(start), 0.0, True
    for _ in range(MOST_MARKS):
        if distance >= shortest or not helped or _is_read(network, image, digit):
            break
        check()
        image, helped = _with_best_mark(network, _marks(), image, digit)
        distance = float(np.abs(image - start).sum())
    return image, distance if _is_read(network, image, digit) else np.inf


@jax.jit
def _is_read(network: Network, image: Image, digit: Int[Array, ""]) -> Bool[Array, ""]:
    return _log_odds(network(image[None]), digit)[0] >= LEAST_LOG_ODDS


@jax.jit
def _with_best_mark(
    network: Network, marks: Marks, image: Image, digit: Int[Array, ""]
) -> tuple[Image, Bool[Array, ""]]:
    """Return the image with the mark that gains most for its ink, and whether it gains at all.

    A mark moves the pixels that it covers towards its colour. What it gains is log-odds of the
    digit. The `TRIED` marks that should gain most, by the gradient, are tried.
    """

    def log_odds(images: Float[Array, "batch 28 28"]) -> Float[Array, " batch"]:
        shifted = jnp.concatenate([jnp.roll(images, shift, axis=(1, 2)) for shift in SHIFTS])
        logits = network(shifted).reshape(len(SHIFTS), len(images), -1)
        return _log_odds(logits.mean(axis=0), digit)

    value, gradient = jax.value_and_grad(lambda image: log_odds(image[None])[0])(image)
    pixels, slopes = image.reshape(PIXELS), gradient.reshape(PIXELS)
    touched = jnp.matmul(marks.shapes, pixels)
    ink = jnp.abs(marks.colours * marks.areas - touched)
    # The sum of shape * (colour - pixel) * slope over the pixels. Matrix-vector products are faster
    # here than one matrix product with several columns.
    slope = jnp.matmul(marks.shapes, slopes)
    expected = marks.colours * slope - jnp.matmul(marks.shapes, slopes * pixels)
    possible = (ink > LEAST_INK) & (touched > LEAST_INK)
    _, best = jax.lax.top_k(jnp.where(possible, expected / (ink + LEAST_INK), -jnp.inf), TRIED)
    tried = jnp.round(pixels + marks.shapes[best] * (marks.colours[best, None] - pixels))
    images = tried.reshape(TRIED, FRAME_PIXELS, FRAME_PIXELS)
    gains = jnp.where(possible[best], log_odds(images) - value, -jnp.inf) / (ink[best] + LEAST_INK)
    return images[gains.argmax()], gains.max() > 0


def _log_odds(logits: Float[Array, "batch classes"], digit: Int[Array, ""]) -> Array:
    """Return the logarithm of the odds of the digit against all other classes."""
    others = jnp.where(jnp.arange(logits.shape[1]) == digit, -jnp.inf, logits)
    return logits[:, digit] - jax.nn.logsumexp(others, axis=1)


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
    network: Network,
    image: Num[np.ndarray, "28 28"],
    changed: Num[np.ndarray, "28 28"],
    count: int = 9,
) -> Transition:
    """Return `count` images from `image` to `changed` and what the network reads in them."""
    first = np.asarray(image, np.float32)
    difference = np.asarray(changed, np.float32) - first
    shares = np.linspace(0, 1, count, dtype=np.float32)
    images = first + shares[:, None, None] * difference
    ink = max(float(first.sum()), 1.0)  # an empty image has none
    return Transition(
        images,
        np.asarray(_answers(network, jnp.asarray(images)).probabilities),
        float(difference.clip(0).sum()) / ink,
        float(-difference.clip(None, 0).sum()) / ink,
    )


_answers = jax.jit(answers)
