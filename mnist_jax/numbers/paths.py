"""The best way through the groups of a number: a path of spans from the first part to the last."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Float


class Span(NamedTuple):
    """Consecutive pieces that may be one digit."""

    first: int
    end: int
    """Index after the last piece."""


Scores = Float[np.ndarray, " spans"]


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
