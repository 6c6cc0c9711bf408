"""Divide the ink of a number into digits, by the network's own scores and by geometry."""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from mnist_jax.ink.normalise import normalise
from mnist_jax.ink.strokes import Drawing
from mnist_jax.model import Network
from mnist_jax.numbers.grouping import log_priors, spans
from mnist_jax.numbers.layout import Layout
from mnist_jax.numbers.parts import Part, cut, ink_of, merged
from mnist_jax.numbers.paths import best_path, span_probabilities
from mnist_jax.numbers.scoring import log_certainty, log_digits, readings
from mnist_jax.reading import Reading
from mnist_jax.support.errors import InputError

LIKELY = 0.01
"""Probability from which a group is read in all views, not in one."""

DOUBTFUL = 0.5
"""A group is doubtful if no digit has this probability, and then its ink may be cut."""


class Segment(NamedTuple):
    """One digit of a number."""

    ink: Drawing
    pieces: tuple[int, ...]
    """Indices of the pieces that it consists of, wholly or in part, in ascending order."""
    reading: Reading
    shares: bool
    """Whether another digit has a part of one of the pieces."""


class Division(NamedTuple):
    """A number divided into digits."""

    segments: list[Segment]
    """From left to right."""
    probability: float
    """Probability of this division among all that were considered."""

    @property
    def certain(self) -> set[int]:
        """The pieces of the groups that are not doubtful."""
        least = math.log(DOUBTFUL)
        sure = [one for one in self.segments if log_certainty(one.reading) >= least]
        return {piece for segment in sure for piece in segment.pieces}


def find_digits(network: Network, pieces: Sequence[Drawing], count: int | None = None) -> Division:
    """Divide a number into `count` digits if it can be, or else into as many as is most likely.

    `pieces` is ink that belongs together, such as single strokes, in any order. Pieces are grouped,
    and a wide one that makes no digit is cut if that reads better.

    Raises:
        InputError: the count is not positive.
    """
    if count is not None and count < 1:
        raise InputError(f"the count of digits is {count}; it should be at least 1")
    whole = [Part(tuple(range(len(pieces))))] if count == 1 else merged(pieces)
    division = _divide(network, pieces, whole, count)
    certain = division.certain if division else set()
    if len(certain) < len(pieces):
        parts = cut(pieces, whole, certain)
        if len(parts) > len(whole):
            division = _divide(network, pieces, parts, count)
    return division or find_digits(network, pieces)


def _divide(
    network: Network, pieces: Sequence[Drawing], parts: Sequence[Part], count: int | None
) -> Division | None:
    """Return the most likely division into groups of parts; None if there is none of `count`."""
    if count is not None and count > len(parts):
        return None
    joined = [before.pieces == after.pieces for before, after in pairwise(parts)]
    layout = Layout.of([ink_of(pieces, [part]) for part in parts], joined)
    groups = spans(layout)
    inks = [ink_of(pieces, parts[first:end]) for first, end in groups]
    points = np.stack([normalise(ink) for ink in inks])
    priors = log_priors(layout, groups)
    scores = priors + log_digits(network, points)
    if not best_path(groups, scores, count):
        return None
    likely = np.flatnonzero(span_probabilities(groups, scores, count) >= LIKELY)
    read = readings(network, points[likely])
    scores = priors[likely] + [log_certainty(reading) for reading in read]
    chosen = [groups[index] for index in likely]
    path = best_path(chosen, scores, count)
    if path is None:
        return None
    within = [
        {piece for part in parts[slice(*chosen[index])] for piece in part.pieces}
        for index in path.chosen
    ]
    owners = Counter(piece for group in within for piece in group)
    segments = [
        Segment(
            inks[likely[index]],
            tuple(sorted(group)),
            read[index],
            shares=any(owners[piece] > 1 for piece in group),
        )
        for index, group in zip(path.chosen, within, strict=True)
    ]
    return Division(segments, math.exp(path.log_probability))
