"""How likely ink is a number that is read right: a logistic model of a few features.

The strokes of a letter may be digits one by one: those of an N are ones. But they touch, lie over
one another, or are cut out of a line, and few digits of a number do; the more
digits there are, the less they are those of a letter. The weights come from

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

LEAST = 1e-4
"""Probabilities are bounded by it and by 1 less it, so that their log-odds are finite."""


class Evidence(NamedTuple):
    """The features of a number that was read."""

    reading: float
    """Log-odds that it is divided rightly and each digit is read rightly, given that all of it is a
    number."""
    likeness: float
    """Log-odds that each digit is a digit at all."""
    contact: float
    """1 if two digits touch, a share of it if all of several do, 0 if two neighbours are apart."""
    overlap: float
    """Greatest overlap in x of two neighbours, as a share of the narrower."""
    length: float
    """Logarithm of the count of digits."""

    @classmethod
    def of(cls, division: Division, digits: Sequence[Reading], height: float) -> "Evidence":
        """Return the features of a number of this height, whose digits read so."""
        pairs = [*pairwise(segment for segment in division.segments if segment.reading)]
        certainty = math.prod(float(digit.probabilities.max()) for digit in digits)
        return cls(
            _log_odds(division.probability * certainty),
            _log_odds(math.prod(digit.digit_probability for digit in digits)),
            min((_contact(*pair, height) for pair in pairs), default=0.0) / max(len(pairs), 1),
            max((_overlap(*pair) for pair in pairs), default=0.0),
            math.log(len(digits)),
        )

    @property
    def probability(self) -> float:
        """Probability that the ink is a number, and is read right."""
        return 1 / (1 + math.exp(-float(np.dot(self, WEIGHTS)) - BIAS))


WEIGHTS = Evidence(reading=0.33, likeness=0.25, contact=-2.69, overlap=-6.36, length=1.34)
BIAS = -0.65
"""Their sum with the features is the log-odds; the bias is added."""


def _log_odds(probability: float) -> float:
    """Return the bounded log-odds; absurd weights of a network may give NaN."""
    bounded = min(max(probability, LEAST), 1 - LEAST) if probability > 0 else LEAST
    return math.log(bounded / (1 - bounded))


def _contact(one: Segment, other: Segment, height: float) -> float:
    """Return 1 if two digits touch or share a piece, 0 if they are apart."""
    if set(one.pieces) & set(other.pieces):
        return 1.0
    left, _, right, _ = boxes([one.ink, other.ink])
    if left[1] - right[0] >= 2 * TOUCHING * height:  # most digits: their distance takes longer
        return 0.0
    return min(1.0, max(0.0, 2 - distance(one.ink, other.ink, height) / TOUCHING))


def _overlap(one: Segment, other: Segment) -> float:
    """Return by how much two digits overlap in x, as a share of the narrower; at most 1."""
    left, _, right, _ = boxes([one.ink, other.ink])
    narrower = (right - left).min()
    return float(np.clip((right[0] - left[1]) / narrower, 0.0, 1.0)) if narrower > 0 else 0.0
