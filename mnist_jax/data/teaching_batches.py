"""Batches that teach a network one person's hand: their drawings, and synthetic ones.

The person's drawings are varied a little each time. The synthetic ones are digits and symbols in
many hands, with which the network rehearses what it can already. Both are written by
`handwriting.quick_writer`.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int

from mnist_jax.handwriting import allographs, symbols
from mnist_jax.handwriting.quick_writer import (
    ANY_HAND,
    Resampled,
    ResampledBatch,
    stack_drawings,
    write,
)
from mnist_jax.handwriting.writer import Hand
from mnist_jax.ink.normalise import resample

OWN_DRAWINGS = 48
"""Drawings of the person in a batch."""

REHEARSED_DRAWINGS = 128
"""Synthetic drawings in a batch."""

REHEARSAL_POOL = 2048
"""Number of synthetic drawings from which the batches are taken."""

SYMBOL_SHARE = 0.2
"""Share of the synthetic drawings that are symbols instead of digits."""

SAME_HAND = Hand(proportions=0.04, stretch=0.11, slant=0.1, turn=0.065)
"""How one hand varies from drawing to drawing: less than different hands do."""


class TeachingBatches(NamedTuple):
    """One batch for each step."""

    own: Float[np.ndarray, "steps own 28 28"]
    """Varied drawings of the person."""

    drawn: Int[np.ndarray, "steps own"]
    """Index of the person's drawing that each of `own` varies."""

    rehearsed: Float[np.ndarray, "steps rehearsed 28 28"]
    """Synthetic digits and symbols."""


def teaching_batches(
    drawings: Sequence[Resampled], steps: int, rng: np.random.Generator
) -> TeachingBatches:
    """Return a batch for each step; every drawing is shown about equally often."""
    points, weights = stack_drawings(drawings)
    shuffles = -(-steps * OWN_DRAWINGS // len(points))
    order = np.concatenate([rng.permutation(len(points)) for _ in range(shuffles)])
    drawn = order[: steps * OWN_DRAWINGS]
    (others, their_weights), frequencies = _templates()
    chosen = rng.choice(len(others), REHEARSAL_POOL, p=frequencies)
    own = write((points[drawn], weights[drawn]), SAME_HAND, rng)
    rehearsal = write((others[chosen], their_weights[chosen]), ANY_HAND, rng)
    rehearsed = rng.integers(REHEARSAL_POOL, size=(steps, REHEARSED_DRAWINGS))
    return TeachingBatches(
        own.reshape(steps, OWN_DRAWINGS, *own.shape[1:]),
        drawn.reshape(steps, OWN_DRAWINGS),
        rehearsal[rehearsed],
    )


@cache
def _templates() -> tuple[ResampledBatch, Float[np.ndarray, " templates"]]:
    """Return the allographs and the symbols, and how often each is rehearsed."""
    digits = [template for _, template in allographs.allographs()]
    others = symbols.templates()
    weights = symbols.weights()
    _, frequencies = allographs.digits_and_frequencies()
    both = [(1 - SYMBOL_SHARE) * frequencies, SYMBOL_SHARE * weights / weights.sum()]
    resampled = (resample(template.drawing) for template in (*digits, *others))
    return stack_drawings(resampled), np.concatenate(both)
