"""Random variations of drawings in NumPy, a whole batch at once, where `writer` compiles too long.

They leave out what `writer` does to single strokes: a drawing is distorted smoothly, stretched,
slanted and turned, and the pen is wider or narrower. Only rendering is compiled, in less than a
second for each size of batch; then a hundred drawings take a few milliseconds.
"""

from collections.abc import Iterable
from functools import cache

import jax
import numpy as np
from jaxtyping import Float, Int

from mnist_jax.handwriting import allographs, writer
from mnist_jax.handwriting.writer import Hand
from mnist_jax.ink.frame import PEN_RADIUS_PIXELS
from mnist_jax.ink.normalise import fit, resample
from mnist_jax.ink.render import render

ANY_HAND = writer.DEFAULT.scaled(0.7)._replace(pen=0.4)
"""The hands of many people, with pens as different as those in MNIST."""

Resampled = tuple[Float[np.ndarray, "points 2"], Float[np.ndarray, " points"]]
"""The points of a drawing and their weights, from `ink.normalise.resample`."""

ResampledBatch = tuple[Float[np.ndarray, "drawings points 2"], Float[np.ndarray, "drawings points"]]
"""The same of several drawings."""


def stack_drawings(drawings: Iterable[Resampled]) -> ResampledBatch:
    """Return the drawings as one batch."""
    points, weights = zip(*drawings, strict=True)
    return np.stack(points), np.stack(weights)


def sample_digits(
    count: int, rng: np.random.Generator
) -> tuple[Float[np.ndarray, "count 28 28"], Int[np.ndarray, " count"]]:
    """Return images of random digits in many hands, and their labels.

    All digits are equally likely, and the allographs of a digit in proportion to their weights.
    """
    digits, frequencies = allographs.digits_and_frequencies()
    chosen = rng.choice(len(digits), count, p=frequencies)
    points, weights = _allographs()
    return write((points[chosen], weights[chosen]), ANY_HAND, rng), digits[chosen]


@cache
def _allographs() -> ResampledBatch:
    return stack_drawings(resample(template.drawing) for _, template in allographs.allographs())


def write(
    drawings: ResampledBatch, hand: Hand, rng: np.random.Generator
) -> Float[np.ndarray, "drawings 28 28"]:
    """Return images of the drawings, each varied by the hand, fitted to the frame and rendered."""
    points, weights = drawings
    pen, shape = np.split(rng.standard_normal((len(points), _NORMALS)), [1], axis=1)
    radii = PEN_RADIUS_PIXELS * np.exp(hand.pen * pen[:, 0])
    varied = _varied(points, shape, hand)
    images = _fit_and_render(*(a.astype(np.float32) for a in (varied, weights, radii)))
    return np.asarray(images)


_NORMALS = 12
"""Random numbers for one drawing: one for the pen, eight to distort it, three for the rest."""


def _varied(
    points: Float[np.ndarray, "drawings points 2"],
    noise: Float[np.ndarray, "drawings 11"],
    hand: Hand,
) -> Float[np.ndarray, "drawings points 2"]:
    """Return the points distorted, stretched, slanted and turned as by `writer`."""
    points = points - (points.max(1, keepdims=True) + points.min(1, keepdims=True)) / 2
    x, y = np.moveaxis(points, 2, 0)
    bends = np.stack([x * y, x * x, y * y, y * (y * y - 0.25)], axis=2)
    amounts = np.array([[2.0], [1.0], [1.5], [2.0]]) * noise[:, :8].reshape(-1, 4, 2)
    points = points + hand.proportions * bends @ amounts
    stretch, slant, turn = np.array([hand.stretch, hand.slant, hand.turn])[:, None] * noise[:, 8:].T
    width, cosine, sine = np.exp(stretch / 2), np.cos(turn), np.sin(turn)
    lean = _matrices(width, np.zeros_like(width), -slant, 1 / width)
    varied: Float[np.ndarray, "drawings points 2"] = (
        points @ lean @ _matrices(cosine, sine, -sine, cosine)
    )
    return varied


def _matrices(*entries: Float[np.ndarray, " drawings"]) -> Float[np.ndarray, "drawings 2 2"]:
    """Return one matrix for each drawing, from its entries row by row."""
    return np.stack(entries, axis=1).reshape(-1, 2, 2)


@jax.jit
@jax.vmap
def _fit_and_render(
    points: Float[jax.Array, "points 2"],
    weights: Float[jax.Array, " points"],
    radius_pixels: Float[jax.Array, ""],
) -> Float[jax.Array, "28 28"]:
    return render(fit(points, weights), radius_pixels)
