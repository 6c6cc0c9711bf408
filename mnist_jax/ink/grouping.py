"""Group the pieces of a number into digits: the possible groups, and the best way through them.

The pieces are ordered by the centre of their extent in x. A group is a span of pieces, and a number
is a path of spans from the first piece to the last. This module weighs the geometry of the spans;
the caller adds how much each looks like a digit.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from mnist_jax.ink.strokes import Drawing

MAX_PIECES = 32
"""The closest pieces are merged until there are at most this many."""

MAX_GROUP = 6
"""Most pieces in a group, not counting small ones."""

SMALL = 0.25
"""Longer side of a small piece, such as a dash or dot, in heights of the number."""

WIDEST = 1.6
"""Width of the widest group of several pieces, in heights of the number."""

FARTHEST = 0.45
"""Widest gap inside a digit, in heights of the number."""

BAND = 0.06
"""Height of the bands in which the distance of ink is measured, in heights of the number."""

JOINED_LOG_ODDS = -3.0
"""Log-odds of two digits where a line of ink goes across the boundary."""

FULL_HEIGHT, HEIGHT_DEVIATION = 0.9, 0.35
"""Digits lower than the first, in heights of the number, are unlikely by a normal distribution of
the logarithm with the second as its standard deviation."""

LOWEST = 0.05
"""Keeps the logarithm of the height of a dot finite."""


class Span(NamedTuple):
    """Consecutive pieces that may be one digit."""

    first: int
    end: int
    """Index after the last piece."""


Scores = Float[np.ndarray, " spans"]


class Layout(NamedTuple):
    """Where the pieces of a number are, from left to right, in heights of the number."""

    left: Float[np.ndarray, " pieces"]
    top: Float[np.ndarray, " pieces"]
    right: Float[np.ndarray, " pieces"]
    bottom: Float[np.ndarray, " pieces"]
    gaps: Float[np.ndarray, " boundaries"]
    """Between the extents of pieces before and after each boundary; negative if they overlap."""
    clearances: Float[np.ndarray, " boundaries"]
    """Least horizontal distance between the ink before and after each boundary; infinite if they
    have no height in common, negative where lines cross."""
    joined: Bool[np.ndarray, " boundaries"]
    """Whether a line of ink goes across the boundary."""

    @classmethod
    def of(cls, pieces: Sequence[Drawing], joined: Sequence[bool]) -> "Layout":
        """Lay out ordered pieces."""
        unit = height(pieces)
        left, top, right, bottom = boxes(pieces) / unit
        clearances = _gaps(*profiles(pieces, unit)).min(axis=1, initial=math.inf)
        gaps = _gaps(left, right)
        return cls(left, top, right, bottom, gaps, clearances, np.array(joined, bool))


def boxes(pieces: Sequence[Drawing]) -> Float[np.ndarray, "4 pieces"]:
    """Return the left, top, right and bottom of each piece."""
    points = [np.concatenate(piece) for piece in pieces]
    return np.array([[*ink.min(0), *ink.max(0)] for ink in points]).T


def _gaps(left: Float[np.ndarray, "..."], right: Float[np.ndarray, "..."]) -> np.ndarray:
    """Return how far the pieces after each boundary are from those before it."""
    return np.minimum.accumulate(left[::-1])[::-1][1:] - np.maximum.accumulate(right)[:-1]


def profiles(
    pieces: Sequence[Drawing], unit: float
) -> tuple[Float[np.ndarray, "pieces bands"], Float[np.ndarray, "pieces bands"]]:
    """Return the least and the greatest x of each piece in horizontal bands, in units of `unit`.

    Where a piece has no ink they are infinite. Ink also counts in the bands next to its own.
    """
    points, owners = _dense([stroke / unit for piece in pieces for stroke in piece])
    strokes = np.repeat(np.arange(len(pieces)), [len(piece) for piece in pieces])
    bands = np.floor((points[:, 1] - points[:, 1].min()) / BAND) + np.arange(3)[:, None]
    inked, columns = np.unique(bands, return_inverse=True)  # pieces may be far below one another
    shape = len(pieces), len(inked)
    lefts, rights = np.full(shape, math.inf), np.full(shape, -math.inf)
    for column in columns.reshape(bands.shape):
        place = strokes[owners], column
        np.minimum.at(lefts, place, points[:, 0])
        np.maximum.at(rights, place, points[:, 0])
    return lefts, rights


def _dense(strokes: Drawing | list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return points along the strokes, at most half a band apart, and the stroke of each."""
    points = np.concatenate(strokes)
    owners = np.repeat(np.arange(len(strokes)), [len(stroke) for stroke in strokes])
    steps = np.diff(points, axis=0, append=points[-1:])
    steps[np.flatnonzero(np.diff(owners, append=-1))] = 0.0  # from one stroke to the next
    counts = 1 + (np.hypot(*steps.T) / (BAND / 2)).astype(int)
    segment = np.repeat(np.arange(len(points)), counts)
    fraction = np.arange(len(segment)) - np.repeat(np.cumsum(counts) - counts, counts)
    way = (fraction / counts[segment])[:, None]
    return points[segment] + way * steps[segment], owners[segment]


def height(pieces: Sequence[Drawing]) -> float:
    """Return the height of the number: the greatest of pieces that overlap in x.

    Flat ink counts as a quarter as high as wide, and a dot as 1 high.
    """
    left, top, right, bottom = boxes(pieces)
    sequence = np.argsort(left)
    reached = np.maximum.accumulate(right[sequence])
    starts = np.flatnonzero(left[sequence][1:] > reached[:-1]) + 1
    clusters = np.split(sequence, starts)
    tallest = max(bottom[cluster].max() - top[cluster].min() for cluster in clusters)
    widest = max(right[cluster].max() - left[cluster].min() for cluster in clusters)
    return float(max(tallest, widest / 4)) or 1.0


def order(pieces: Sequence[Drawing]) -> list[int]:
    """Return the indices of the pieces from left to right, by their centres."""
    left, _, right, _ = boxes(pieces)
    indices: list[int] = np.argsort(left + right, kind="stable").tolist()
    return indices


def merged(pieces: Sequence[Drawing]) -> list[list[int]]:
    """Return groups of indices from left to right; beyond `MAX_PIECES`, the closest are merged."""
    left, _, right, _ = boxes(pieces)
    ordered = order(pieces)
    steps = np.diff((left + right)[ordered])
    boundaries = np.sort(np.argsort(-steps, kind="stable")[: MAX_PIECES - 1]) + 1
    return [group.tolist() for group in np.split(np.array(ordered), boundaries)]


def spans(layout: Layout) -> list[Span]:
    """Return the spans that may be digits; every piece alone is one of them."""
    sides = np.maximum(layout.right - layout.left, layout.bottom - layout.top)
    small, found = sides < SMALL, []
    for first in range(len(layout.left)):
        for end in range(first + 1, len(layout.left) + 1):
            if end > first + 1 and not _may_be_digit(layout, small, Span(first, end)):
                break
            found.append(Span(first, end))
    return found


def _may_be_digit(layout: Layout, small: np.ndarray, span: Span) -> bool:
    within = slice(*span)
    width = layout.right[within].max() - layout.left[within].min()
    fits = width <= WIDEST and (~small[within]).sum() <= MAX_GROUP
    is_joined = layout.joined[span.first : span.end - 1].all()
    return bool(is_joined or (fits and layout.gaps[span.end - 2] <= FARTHEST))


def log_priors(layout: Layout, spans: Sequence[Span]) -> Scores:
    """Return the logarithm of how likely each span is by its geometry alone.

    A path's sum covers each boundary once: as joined inside a span, or as a cut before one.
    """
    odds = _log_odds(layout)
    cut, joined = -np.logaddexp(0, -odds), -np.logaddexp(0, odds)
    before = np.concatenate([[0.0], cut])
    sums = np.concatenate([[0.0], np.cumsum(joined)])
    first, end = np.array(spans).T
    heights = [layout.bottom[slice(*span)].max() - layout.top[slice(*span)].min() for span in spans]
    shortness = np.log(np.clip(heights, LOWEST, FULL_HEIGHT) / FULL_HEIGHT)
    low = -0.5 * np.square(shortness / HEIGHT_DEVIATION)
    return np.asarray(before[first] + sums[end - 1] - sums[first] + low)


def _log_odds(layout: Layout) -> Float[np.ndarray, " boundaries"]:
    """Return the log-odds that each boundary is between two digits.

    The numbers were chosen on real digits laid side by side, some slanted and close together.
    """
    distance = np.tanh((np.minimum(layout.clearances, 1.0) - 0.02) / 0.2)
    separation = np.where(np.isfinite(layout.clearances), distance, 0.0)
    odds = 2.0 * separation + np.clip(layout.gaps, -0.8, 0.3) + 0.5
    return np.where(layout.joined, JOINED_LOG_ODDS, odds)


class Path(NamedTuple):
    """Spans from the first piece to the last."""

    chosen: list[int]
    """Indices of the spans."""
    log_probability: float
    """Of this path among all paths, in nats."""


def best_path(spans: Sequence[Span], scores: Scores, count: int | None = None) -> Path | None:
    """Return the path with the greatest sum of scores, or None if no path has `count` spans.

    `spans` are ordered by their first piece. See Forney 1973, "The Viterbi Algorithm".
    """
    best = _forward(spans, scores, count, np.maximum)
    if not np.isfinite(best[-1, -1]):
        return None
    piece, state, chosen = len(best) - 1, best.shape[1] - 1, []
    while piece:
        ending = [index for index, span in enumerate(spans) if span.end == piece]
        previous = state - (count is not None)
        index = max(ending, key=lambda each: best[spans[each].first, previous] + scores[each])
        chosen.append(index)
        piece, state = spans[index].first, previous
    total = _forward(spans, scores, count, np.logaddexp)[-1, -1]
    return Path(chosen[::-1], float(best[-1, -1] - total))


def span_probabilities(spans: Sequence[Span], scores: Scores, count: int | None = None) -> Scores:
    """Return the share of the paths through each span among all paths."""
    ends = max(span.end for span in spans)
    mirrored = [Span(ends - span.end, ends - span.first) for span in spans]
    order = sorted(range(len(spans)), key=lambda index: mirrored[index].first)
    before = _forward(spans, scores, count, np.logaddexp)
    after = _forward([mirrored[i] for i in order], scores[order], count, np.logaddexp)
    states = slice(None) if count is None else slice(count)
    first, end = np.array(spans).T
    logs = np.logaddexp.reduce(before[first, states] + after[ends - end, states][:, ::-1], axis=1)
    return np.asarray(np.exp(logs + scores - before[-1, -1]))


def _forward(
    spans: Sequence[Span], scores: Scores, count: int | None, combine: np.ufunc
) -> Float[np.ndarray, "pieces states"]:
    """Combine the scores of all paths up to each piece; the state is the number of spans so far.

    Without a `count` there is only one state.
    """
    counted = count is not None
    states = 1 + (count or 0)
    sums = np.full((max(span.end for span in spans) + 1, states), -np.inf)
    sums[0, 0] = 0.0
    for (first, end), score in zip(spans, scores, strict=True):
        begun = sums[first, : states - counted] + score
        sums[end, counted:] = combine(sums[end, counted:], begun)
    return sums
