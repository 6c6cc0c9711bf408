"""Random variations of drawings where `writer` takes too long to compile: teaching and the game.

They leave out what `writer` does to single strokes: a drawing is distorted smoothly, stretched,
slanted and turned, and the pen is wider or narrower. Each size of batch compiles in less than a
second; then a hundred drawings take a few milliseconds.
"""

from collections.abc import Iterable
from functools import cache, partial

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

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
"""The same for several drawings."""


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
    noise = rng.standard_normal((len(points), 1 + sum(writer.SHAPE_VARIATIONS.values())))
    arrays = (array.astype(np.float32) for array in (points, weights, noise))
    return np.asarray(_write(*arrays, hand))


@jax.jit
@partial(jax.vmap, in_axes=(0, 0, 0, None))
def _write(
    points: writer.Points, weights: Float[Array, " points"], noise: writer.Noise, hand: Hand
) -> Float[Array, "28 28"]:
    centred = points - (points.max(0) + points.min(0)) / 2
    drawing = writer.index_points(centred, jnp.zeros(len(points), int))
    varied = writer.apply(writer.SHAPE_VARIATIONS, hand, noise[1:], drawing)
    return render(fit(varied, weights), PEN_RADIUS_PIXELS * jnp.exp(hand.pen * noise[0]))
