"""What a network is shown while it learns one person's hand: their drawings, and everybody's.

The person's drawings are varied a little each time. Digits and symbols in many hands are rehearsed
beside them. Both are varied in NumPy instead of by `handwriting.writer`, which takes seconds to
compile.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import jax
import numpy as np
from jaxtyping import Float, Int

from mnist_jax.handwriting import allographs, symbols, writer
from mnist_jax.handwriting.writer import Hand
from mnist_jax.ink.frame import PEN_RADIUS_PIXELS
from mnist_jax.ink.normalise import fit, resample
from mnist_jax.ink.render import render

OWN = 48
"""The person's drawings in a batch."""

REHEARSED = 128
"""Synthetic drawings in a batch."""

REHEARSAL = 2048
"""Number of synthetic drawings that the batches are taken from."""

SYMBOLS = 0.2
"""Share of the synthetic drawings that are symbols instead of digits."""

SAME_HAND = Hand(proportions=0.04, stretch=0.11, slant=0.1, turn=0.065)
"""How one hand varies from drawing to drawing: less than different hands do."""

ANY_HAND = writer.DEFAULT.scaled(0.7)._replace(pen=0.4)
"""The hands that are rehearsed; their pens are as different as those in MNIST."""

Resampled = tuple[Float[np.ndarray, "points 2"], Float[np.ndarray, " points"]]
"""The points of a drawing and their weights, from `ink.normalise.resample`."""


class TeachingBatches(NamedTuple):
    """One batch for each step."""

    own: Float[np.ndarray, "steps own 28 28"]
    """Varied drawings of the person."""

    drawn: Int[np.ndarray, "steps own"]
    """Which of the person's drawings each of them is."""

    rehearsed: Float[np.ndarray, "steps rehearsed 28 28"]
    """Synthetic digits and symbols."""


def teaching_batches(
    drawings: Sequence[Resampled], steps: int, rng: np.random.Generator
) -> TeachingBatches:
    """Return the batches; no drawing is shown much more often than another."""
    shuffles = -(-steps * OWN // len(drawings))
    order = np.concatenate([rng.permutation(len(drawings)) for _ in range(shuffles)])
    drawn = order[: steps * OWN]
    templates, frequencies = _templates()
    written = rng.choice(len(templates), REHEARSAL, p=frequencies)
    own = [_written(drawings[index], SAME_HAND, rng) for index in drawn]
    others = [_written(templates[index], ANY_HAND, rng) for index in written]
    points, radii = (np.stack(arrays) for arrays in zip(*own, *others, strict=True))
    images = np.asarray(_render(points, radii))
    own_images = images[: len(own)].reshape(steps, OWN, *images.shape[1:])
    rehearsed = len(own) + rng.integers(REHEARSAL, size=(steps, REHEARSED))
    return TeachingBatches(own_images, drawn.reshape(steps, OWN), images[rehearsed])


_render = jax.jit(jax.vmap(render))


@cache
def _templates() -> tuple[list[Resampled], Float[np.ndarray, " templates"]]:
    """Return the allographs and the symbols, and how often each is rehearsed."""
    digits = [template for _, template in allographs.allographs()]
    others = symbols.templates()
    weights = np.array([template.weight for template in others])
    _, frequencies = allographs.digits_and_frequencies()
    both = [(1 - SYMBOLS) * frequencies, SYMBOLS * weights / weights.sum()]
    resampled = [resample(template.drawing) for template in (*digits, *others)]
    return resampled, np.concatenate(both)


def _written(
    drawing: Resampled, hand: Hand, rng: np.random.Generator
) -> tuple[Float[np.ndarray, "points 2"], Float[np.ndarray, ""]]:
    """Return the points of the drawing, varied by the hand, and the radius of the pen."""
    radius = PEN_RADIUS_PIXELS * np.exp(hand.pen * rng.standard_normal())
    return _varied(*drawing, hand, rng), np.array(radius, np.float32)


def _varied(
    points: Float[np.ndarray, "points 2"],
    weights: Float[np.ndarray, " points"],
    hand: Hand,
    rng: np.random.Generator,
) -> Float[np.ndarray, "points 2"]:
    """Return the points distorted, stretched, slanted and turned as by `writer`, in the frame."""
    points = points - (points.max(0) + points.min(0)) / 2
    x, y = points.T
    bends = np.stack([x * y, x * x, y * y, y * (y * y - 0.25)], axis=1)
    amounts = np.array([[2.0], [1.0], [1.5], [2.0]]) * rng.standard_normal((4, 2))
    points = points + hand.proportions * bends @ amounts
    stretch, slant, turn = (hand.stretch, hand.slant, hand.turn) * rng.standard_normal(3)
    width = np.exp(stretch / 2)
    lean = np.array([[width, 0], [-slant, 1 / width]])
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return np.asarray(fit(points @ lean @ rotation, weights), np.float32)
