"""The best way through the groups of a number: a path of spans from the first part to the last."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Float


class Span(NamedTuple):
    """Consecutive parts that may be one digit or sign."""

    first: int
    end: int
    """Index after the last part."""
    digits: int = 1
    """How many digits it counts for: none if it is a sign."""


Scores = Float[np.ndarray, " spans"]


class Path(NamedTuple):
    """Spans from the first piece to the last."""

    chosen: list[int]
    """Indices of the spans."""
    log_probability: float
    """Of this path among all paths, in nats."""


def best_path(spans: Sequence[Span], scores: Scores, count: int | None = None) -> Path | None:
    """Return the path with the greatest sum of scores, or None if no path has `count` digits.

    See Forney 1973, "The Viterbi Algorithm".
    """
    best = _forward(spans, scores, count, np.maximum)
    if not np.isfinite(best[-1, -1]):
        return None
    steps = [span.digits * (count is not None) for span in spans]
    piece, state, chosen = len(best) - 1, best.shape[1] - 1, []
    while piece:
        ending = [
            (best[span.first, state - step] + score, index)
            for index, (span, step, score) in enumerate(zip(spans, steps, scores, strict=True))
            if span.end == piece and step <= state
        ]
        index = max(ending)[1]
        chosen.append(index)
        piece, state = spans[index].first, state - steps[index]
    total = _forward(spans, scores, count, np.logaddexp)[-1, -1]
    return Path(chosen[::-1], float(best[-1, -1] - total))


def span_probabilities(spans: Sequence[Span], scores: Scores, count: int | None = None) -> Scores:
    """Return the share of the paths through each span among all paths."""
    ends = max(span.end for span in spans)
    mirrored = [Span(ends - span.end, ends - span.first, span.digits) for span in spans]
    before = _forward(spans, scores, count, np.logaddexp)
    after = _forward(mirrored, scores, count, np.logaddexp)
    first, end, digits = np.array(spans).T
    begun, ended = before[first], after[ends - end][:, ::-1]
    if count is not None:  # the digits of the span are those that are in neither
        late = np.hstack([ended[:, 1:], np.full((len(spans), 1), -np.inf)])
        ended = np.where(digits[:, None] == 1, late, ended)
    logs = np.logaddexp.reduce(begun + ended, axis=1)
    return np.asarray(np.exp(logs + scores - before[-1, -1]))


def _forward(
    spans: Sequence[Span], scores: Scores, count: int | None, combine: np.ufunc
) -> Float[np.ndarray, "pieces states"]:
    """Combine the scores of all paths up to each piece; the state is the number of digits so far.

    Without a `count` there is only one state.
    """
    counted = count is not None
    states = 1 + (count or 0)
    sums = np.full((max(span.end for span in spans) + 1, states), -np.inf)
    sums[0, 0] = 0.0
    for (first, end, digits), score in sorted(zip(spans, scores, strict=True)):
        step = digits * counted
        begun = sums[first, : states - step] + score
        sums[end, step:] = combine(sums[end, step:], begun)
    return sums
