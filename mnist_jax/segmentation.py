"""Divide the ink of a number into digits, by the network's own scores and by geometry."""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import jax
import numpy as np
from jaxtyping import Array, Float

from mnist_jax.classes import DIGITS
from mnist_jax.ink import grouping
from mnist_jax.ink.cutting import clip, cut_places
from mnist_jax.ink.grouping import Layout
from mnist_jax.ink.normalise import normalise
from mnist_jax.ink.render import render
from mnist_jax.ink.strokes import Drawing
from mnist_jax.model import Network
from mnist_jax.reading import Reading, read_normalised
from mnist_jax.support.errors import InputError

LIKELY = 0.01
"""Probability from which a group is read in all views, not in one."""

DOUBTFUL = 0.5
"""A group is doubtful if no digit has this probability, and then its ink may be cut."""

WIDE = 0.5
"""Least width of ink that is cut, in heights of the number."""

Points = Float[np.ndarray, "n points 2"]

BATCHES = (2, 4, 6, 8, 12, 16, 32, 64)
"""Sizes of the batches in which groups are read: few sizes compile few programs."""


class Segment(NamedTuple):
    """One digit of a number."""

    ink: Drawing
    pieces: tuple[int, ...]
    """Indices of the pieces that it consists of, wholly or in part, in ascending order."""
    reading: Reading


class Division(NamedTuple):
    """A number divided into digits."""

    segments: list[Segment]
    """From left to right."""
    probability: float
    """Probability of this division among all that were considered."""


class _Part(NamedTuple):
    """Pieces that stay together, or what is between two vertical lines of them."""

    pieces: tuple[int, ...]
    left: float = -math.inf
    right: float = math.inf


def find_digits(network: Network, pieces: Sequence[Drawing], count: int | None = None) -> Division:
    """Divide a number into `count` digits if it can be, or else into as many as is most likely.

    `pieces` is ink that belongs together, such as single strokes, in any order. Pieces are grouped,
    and a wide one that makes no digit is cut if that reads better.

    Raises:
        InputError: the count is not positive.
    """
    if count is not None and count < 1:
        raise InputError("the count of digits is {count}; it should be at least 1", count=count)
    groups = [[*range(len(pieces))]] if count == 1 else grouping.merged(pieces)
    whole = [_Part(tuple(group)) for group in groups]
    division = _divide(network, pieces, whole, count)
    cut = _cut(pieces, whole, division)
    if len(cut) > len(whole):
        division = _divide(network, pieces, cut, count)
    return division or find_digits(network, pieces)


def _cut(
    pieces: Sequence[Drawing], parts: Sequence[_Part], division: Division | None
) -> list[_Part]:
    """Return the parts from left to right, those of doubtful groups cut where they may be."""
    segments = division.segments if division else []
    sure = [one for one in segments if _log_certainty(one.reading) >= math.log(DOUBTFUL)]
    certain = {piece for segment in sure for piece in segment.pieces}
    if len(certain) == len(pieces):
        return list(parts)
    inks = [_ink(pieces, [part]) for part in parts]
    height = grouping.height(inks)
    found = []
    for part, ink in zip(parts, inks, strict=True):
        wide = np.ptp(np.concatenate(ink)[:, 0]) >= WIDE * height
        single = len(part.pieces) == 1 and part.pieces[0] not in certain
        places = cut_places(ink, height) if wide and single else []
        lines = pairwise([-math.inf, *places, math.inf])
        found += [_Part(part.pieces, left, right) for left, right in lines]
    return [found[index] for index in grouping.order([_ink(pieces, [part]) for part in found])]


def _ink(pieces: Sequence[Drawing], parts: Sequence[_Part]) -> Drawing:
    """Return the ink of the parts; parts of the same pieces become one again."""
    limits: dict[tuple[int, ...], tuple[float, float]] = {}
    for part in parts:
        left, right = limits.get(part.pieces, (math.inf, -math.inf))
        limits[part.pieces] = min(left, part.left), max(right, part.right)
    return tuple(
        stroke
        for together, (left, right) in limits.items()
        for piece in together
        for stroke in clip(pieces[piece], left, right)
    )


def _divide(
    network: Network, pieces: Sequence[Drawing], parts: Sequence[_Part], count: int | None
) -> Division | None:
    """Return the most likely division into groups of parts; None if there is none of `count`."""
    if count is not None and count > len(parts):
        return None
    joined = [before.pieces == after.pieces for before, after in pairwise(parts)]
    layout = Layout.of([_ink(pieces, [part]) for part in parts], joined)
    spans = grouping.spans(layout)
    inks = [_ink(pieces, parts[first:end]) for first, end in spans]
    points = np.stack([normalise(ink) for ink in inks])
    priors = grouping.log_priors(layout, spans)
    scores = priors + _in_batches(_log_digits, network, points)
    if not grouping.best_path(spans, scores, count):
        return None
    likely = np.flatnonzero(grouping.span_probabilities(spans, scores, count) >= LIKELY)
    readings = _in_batches(read_normalised, network, points[likely])
    scores = priors[likely] + [_log_certainty(reading) for reading in readings]
    chosen = [spans[index] for index in likely]
    path = grouping.best_path(chosen, scores, count)
    if path is None:
        return None
    segments = []
    for index in path.chosen:
        within = {piece for part in parts[slice(*chosen[index])] for piece in part.pieces}
        segments.append(Segment(inks[likely[index]], tuple(sorted(within)), readings[index]))
    return Division(segments, math.exp(path.log_probability))


def _log_certainty(reading: Reading) -> float:
    """Return the logarithm of the probability of being the most probable digit."""
    certainty = float(reading.probabilities.max()) * reading.digit_probability
    return math.log(certainty) if certainty > _SMALLEST else _LEAST


_SMALLEST = float(np.finfo(np.float32).tiny)
_LEAST = math.log(_SMALLEST)
"""Logarithm of a probability that is rounded to zero, or NaN because of absurd weights."""


def _in_batches(read: Callable[..., Iterable[Any]], network: Network, points: Points) -> list[Any]:
    """Return what `read` gives for each drawing, in batches of a few sizes."""
    found: list[Any] = []
    for part in np.split(points, range(BATCHES[-1], len(points), BATCHES[-1])):
        size = next(size for size in BATCHES if size >= len(part))
        found += list(read(network, np.resize(part, (size, *part.shape[1:]))))[: len(part)]
    return found


def _log_digits(network: Network, points: Points) -> Float[np.ndarray, " n"]:
    logs = np.asarray(_log_digits_in_one_view(network, points))
    return np.asarray(np.nan_to_num(logs, nan=_LEAST, neginf=_LEAST))


@jax.jit
def _log_digits_in_one_view(
    network: Network, points: Float[Array, "n points 2"]
) -> Float[Array, " n"]:
    """Return the logarithm of the probability of the most probable digit."""
    logits = network(jax.vmap(render)(points))
    return jax.nn.log_softmax(logits)[:, :DIGITS].max(axis=1)
