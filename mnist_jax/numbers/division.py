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
from mnist_jax.numbers.layout import Layout, height
from mnist_jax.numbers.parts import Part, cut, ink_of, merged, together
from mnist_jax.numbers.paths import Span, best_path, span_probabilities
from mnist_jax.numbers.scoring import log_certainty, log_digits, readings
from mnist_jax.numbers.signs import find_signs, strays
from mnist_jax.reading import Reading
from mnist_jax.support.errors import InputError

LIKELY = 0.01
"""Probability from which a group is read in all views, not in one."""

DOUBTFUL = 0.5
"""A group is doubtful if no digit has this probability, and then its ink may be cut."""

NEEDED = 0.01
"""Ink is part of a digit if the logarithm of the digit's probability falls by this without it."""


class Segment(NamedTuple):
    """One digit or sign of a number."""

    ink: Drawing
    pieces: tuple[int, ...]
    """Indices of the pieces that it consists of, wholly or in part, in ascending order."""
    reading: Reading | None
    """None for a sign, and for what is neither a digit nor a sign."""
    sign: str
    """One of "-", "." and ",", or "" for a digit, and for what is neither."""
    shares: bool
    """Whether another digit has a part of one of the pieces."""


class Division(NamedTuple):
    """A number divided into digits."""

    segments: list[Segment]
    """From left to right, then what is neither a digit nor a sign."""
    probability: float
    """Probability of this division among all that were considered."""

    @property
    def certain(self) -> set[int]:
        """The pieces of the groups that are not doubtful."""
        least = math.log(DOUBTFUL)
        sure = [
            one
            for one in self.segments
            if one.reading is None or log_certainty(one.reading) >= least
        ]
        return {piece for segment in sure for piece in segment.pieces}


def find_digits(network: Network, pieces: Sequence[Drawing], count: int | None = None) -> Division:
    """Divide a number into `count` digits if it can be, or else into as many as is most likely.

    `pieces` is ink that belongs together, such as single strokes, in any order. Pieces are grouped,
    and a wide one that makes no digit is cut if that reads better.

    Raises:
        InputError: the count is not positive.
    """
    if count is not None and count < 1:
        raise InputError("the count of digits is {count}; it should be at least 1", count=count)
    whole = [together(pieces, range(len(pieces)))] if count == 1 else merged(pieces)
    division = _divide(network, whole, count)
    certain = division.certain if division else set()
    if len(certain) < len(pieces):
        parts = cut(whole, certain)
        if len(parts) > len(whole):
            division = _divide(network, parts, count)
    return division or find_digits(network, pieces)


def _divide(network: Network, parts: Sequence[Part], count: int | None) -> Division | None:
    """Return the most likely division into groups of parts; None if there is none of `count`."""
    if count is not None and count > len(parts):
        return None
    layout = _layout(parts)
    groups, signs = spans(layout), find_signs(layout) if len(parts) > 1 else []
    skipped = [
        Span(place, place + 1, 0)
        for place, part in enumerate(parts)
        if math.isfinite(part.ligature)
    ]
    inks = [ink_of(parts[first:end]) for first, end, _ in groups]
    points = np.stack([normalise(ink) for ink in inks])
    priors = log_priors(layout, groups, points)
    ratios = [sign.log_ratio for sign in signs]
    ratios += [-float(np.logaddexp(0, -parts[span.first].ligature)) for span in skipped]
    every = [*groups, *(sign.span for sign in signs), *skipped]
    scores = np.array([*priors + log_digits(network, points), *ratios])
    if not best_path(every, scores, count):
        return None
    likely = np.flatnonzero(span_probabilities(every, scores, count)[: len(groups)] >= LIKELY)
    read = readings(network, points[likely])
    certain = [log_certainty(reading) for reading in read]
    chosen = [*(groups[index] for index in likely), *every[len(groups) :]]
    path = best_path(chosen, np.array([*priors[likely] + certain, *ratios]), count)
    if path is None:
        return None
    shown = [index for index in path.chosen if index < len(likely) + len(signs)]  # no ligatures
    groups_shown = [parts[chosen[index].first : chosen[index].end] for index in shown]
    readings_shown = [read[index] if index < len(likely) else None for index in shown]
    texts = ["" if index < len(likely) else signs[index - len(likely)].text for index in shown]
    segments = _segments(groups_shown, readings_shown, texts)
    unit = height([part.ink for part in parts])
    for segment, group in zip(list(segments), groups_shown, strict=True):
        segments += _strays(network, segment, group, unit)
    return Division(segments, math.exp(path.log_probability))


def _layout(parts: Sequence[Part]) -> Layout:
    """Return how the parts lie, and which boundaries pieces or ligatures go across."""
    across = [
        {one.pieces for one in parts[:place]} & {one.pieces for one in parts[place:]}
        for place in range(1, len(parts))
    ]
    with_ligatures = {part.pieces for part in parts if math.isfinite(part.ligature)}
    linked = [
        not with_ligatures.isdisjoint(pieces) or with_ligatures >= {one.pieces, next_.pieces}
        for pieces, (one, next_) in zip(across, pairwise(parts), strict=True)
    ]
    return Layout.of(
        [part.ink for part in parts],
        [len(pieces) for pieces in across],
        linked,
        [part.ligature for part in parts],
    )


def _segments(
    groups: Sequence[Sequence[Part]], read: Sequence[Reading | None], texts: Sequence[str]
) -> list[Segment]:
    """Return a segment for each group of parts, with its reading if it is a digit, or its sign."""
    within = [{piece for part in group for piece in part.pieces} for group in groups]
    owners = Counter(piece for numbers in within for piece in numbers)
    return [
        Segment(
            ink_of(group),
            tuple(sorted(numbers)),
            reading,
            text,
            shares=any(owners[piece] > 1 for piece in numbers),
        )
        for group, numbers, reading, text in zip(groups, within, read, texts, strict=True)
    ]


def _strays(
    network: Network, segment: Segment, parts: Sequence[Part], unit: float
) -> list[Segment]:
    """Return what lies beside a digit like no part of it, if the digit reads as well without it.

    So a dot above a 7 is no part of it, and the short bar of a 5 is.
    """
    found = strays([part.ink for part in parts], unit)
    if segment.reading is None or not found or len(segment.pieces) < len(parts):
        return []
    rest = ink_of(part for index, part in enumerate(parts) if index not in found)
    (without,) = readings(network, normalise(rest)[None])
    if log_certainty(segment.reading) - log_certainty(without) > NEEDED:
        return []
    return [
        Segment(parts[index].ink, parts[index].pieces, None, "", shares=True) for index in found
    ]
