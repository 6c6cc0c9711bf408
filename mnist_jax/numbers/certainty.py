"""How likely ink is a number that is read right: a logistic model of a few features.

The strokes of a letter may be digits one by one: those of an N are ones. But they touch, lie over
one another, or are cut out of a line, and few digits of a number do. The weights come from

    python -m mnist_jax.evaluation.number_certainty
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from mnist_jax.numbers.division import Division, Segment
from mnist_jax.numbers.layout import boxes, distance
from mnist_jax.reading import Reading

TOUCHING = 0.06
"""Digits touch if they are closer than this, and are apart from twice of it, in heights of the
number."""

LEAST_LOG = math.log(1e-4)
"""Bounds what one digit counts."""


class Evidence(NamedTuple):
    """The features of a number that was read."""

    division: float
    """Logarithm of the probability of its division into digits among all that were considered."""
    certainty: float
    """Sum of the logarithms of the probabilities of its digits."""
    likeness: float
    """Sum of the logarithms of the probabilities that they are digits at all."""
    contact: float
    """1 if all of several digits touch, 0 if two neighbours are apart."""
    contact_of_one: float
    """1 if a 1 touches a neighbour."""
    overlap: float
    """Greatest overlap in x of two neighbours, as a share of the narrower."""

    @classmethod
    def of(cls, division: Division, digits: Sequence[Reading], height: float) -> "Evidence":
        """Return the features of a number of this height, whose digits read so."""
        segments = [segment for segment in division.segments if segment.reading]
        contacts = [_contact(*pair, height) for pair in pairwise(segments)]
        ones = [1 in (before.digit, after.digit) for before, after in pairwise(digits)]
        return cls(
            max(LEAST_LOG, math.log(max(division.probability, 1e-300))),
            sum(_log(float(digit.probabilities.max())) for digit in digits),
            sum(_log(digit.digit_probability) for digit in digits),
            min(contacts, default=0.0),
            max((contact * one for contact, one in zip(contacts, ones, strict=True)), default=0.0),
            max((_overlap(*pair) for pair in pairwise(segments)), default=0.0),
        )

    @property
    def probability(self) -> float:
        """Probability that the ink is a number, and is read right."""
        return 1 / (1 + math.exp(-float(np.dot(self, WEIGHTS)) - BIAS))


WEIGHTS = Evidence(
    division=0.29,
    certainty=7.27,
    likeness=1.24,
    contact=-3.21,
    contact_of_one=-1.37,
    overlap=-8.67,
)
BIAS = 3.96
"""Their sum with the features is the log-odds; the bias is added."""


def _log(probability: float) -> float:
    """Return the logarithm, bounded; absurd weights of a network may give NaN."""
    return max(LEAST_LOG, math.log(probability)) if probability > 0 else LEAST_LOG


def _contact(one: Segment, other: Segment, height: float) -> float:
    """Return 1 if two digits touch or share a piece, 0 if they are apart."""
    if set(one.pieces) & set(other.pieces):
        return 1.0
    return min(1.0, max(0.0, 2 - distance(one.ink, other.ink, height) / TOUCHING))


def _overlap(one: Segment, other: Segment) -> float:
    """Return by how much two digits overlap in x, as a share of the narrower; at most 1."""
    left, _, right, _ = boxes([one.ink, other.ink])
    narrower = (right - left).min()
    return float(np.clip((right[0] - left[1]) / narrower, 0.0, 1.0)) if narrower > 0 else 0.0
