"""The groups of parts that may be digits, and how likely each is by its geometry alone.

The parts are ordered by the centre of their extent in x. A group is a span of them.
"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from mnist_jax.numbers.layout import Layout
from mnist_jax.numbers.paths import Scores, Span

MAX_GROUP = 6
"""Most pieces in a group, not counting small ones."""

SMALL = 0.25
"""Longer side of a small piece, such as a dash or dot, in heights of the number."""

WIDEST = 1.6
"""Width of the widest group of several pieces, in heights of the number."""

FARTHEST = 0.45
"""Widest gap inside a digit, in heights of the number."""

JOINED_LOG_ODDS = -3.0
"""Log-odds of two digits where a piece of ink goes across the boundary."""

TANGLED_CLEARANCE, TANGLED_GAP, TANGLED_LOG_ODDS = 0.03, -0.05, -8.0
"""Ink before and after a boundary is tangled if its clearance and its gap are below the first two,
as the strokes of an X are, or if several pieces go across it; the third is added to the log-odds of
two digits."""

STRAIGHT, STRAIGHT_LOG = 0.2, -6.0
"""Ink is straight up to the first ratio of its deviations across and along it. A straight line cut
out of other ink, which anything may be cut into, is a digit less often by the second."""

FULL_HEIGHT, HEIGHT_DEVIATION = 0.9, 0.35
"""Digits lower than the first, in heights of the number, are unlikely by a normal distribution of
the logarithm with the second as its standard deviation."""

LOWEST = 0.05
"""Keeps the logarithm of the height of a dot finite."""


def spans(layout: Layout) -> list[Span]:
    """Return the spans that may be digits; every part alone is one of them."""
    sides = np.maximum(layout.right - layout.left, layout.bottom - layout.top)
    small, found = sides < SMALL, []
    for first in range(len(layout.left)):
        for end in range(first + 1, len(layout.left) + 1):
            if end > first + 1 and not _may_be_digit(layout, small, Span(first, end)):
                break
            found.append(Span(first, end))
    return found


def _may_be_digit(layout: Layout, small: np.ndarray, span: Span) -> bool:
    within = slice(span.first, span.end)
    width = layout.right[within].max() - layout.left[within].min()
    fits = width <= WIDEST and (~small[within]).sum() <= MAX_GROUP
    inside = slice(span.first, span.end - 1)
    is_joined = (layout.joined[inside] > 0).all() and not layout.linked[inside].any()
    return bool(is_joined or (fits and layout.gaps[span.end - 2] <= FARTHEST))


def log_priors(
    layout: Layout, spans: Sequence[Span], points: Float[np.ndarray, "spans points 2"]
) -> Scores:
    """Return the logarithm of how likely each span is by its geometry alone.

    `points` are those of the normalised ink of each. A path's sum covers each boundary once: as
    joined inside a span, or as a cut before one.
    """
    odds = np.where(layout.linked, np.inf, _log_odds(layout))
    cut, joined = -np.logaddexp(0, -odds), -np.logaddexp(0, odds)
    joined[layout.linked] = 0.0  # the ligature has log-odds of its own
    no_ligature = np.concatenate([[0.0], np.cumsum(-np.logaddexp(0, layout.ligatures))])
    before = np.concatenate([[0.0], cut])
    sums = np.concatenate([[0.0], np.cumsum(joined)])
    first, end, _ = np.array(spans).T
    beside_cut = np.concatenate([[0], layout.joined * ~layout.linked, [0]]) > 0
    cut_line = beside_cut[first] | beside_cut[end]
    cut_line[cut_line] = _straightness(points[cut_line]) <= STRAIGHT
    heights = [
        layout.bottom[begin:stop].max() - layout.top[begin:stop].min() for begin, stop, _ in spans
    ]
    shortness = np.log(np.clip(heights, LOWEST, FULL_HEIGHT) / FULL_HEIGHT)
    low = -0.5 * np.square(shortness / HEIGHT_DEVIATION)
    inner = sums[end - 1] - sums[first] + no_ligature[end] - no_ligature[first]
    return np.asarray(before[first] + inner + low + STRAIGHT_LOG * cut_line)


def _straightness(points: Float[np.ndarray, "n points 2"]) -> Float[np.ndarray, " n"]:
    """Return the ratio of the deviations of points across and along their main direction."""
    centred = points - points.mean(axis=1, keepdims=True)
    variances = np.linalg.eigvalsh(np.einsum("npi,npj->nij", centred, centred)).clip(0)
    return np.asarray(np.sqrt(variances[:, 0] / np.maximum(variances[:, 1], _TINY)))


_TINY = float(np.finfo(np.float32).tiny)


def _log_odds(layout: Layout) -> Float[np.ndarray, " boundaries"]:
    """Return the log-odds that each boundary is between two digits.

    The numbers were chosen on real digits laid side by side, some slanted and close together.
    """
    distance = np.tanh((np.minimum(layout.clearances, 1.0) - 0.02) / 0.2)
    separation = np.where(np.isfinite(layout.clearances), distance, 0.0)
    odds = 2.0 * separation + np.clip(layout.gaps, -0.8, 0.3) + 0.5
    odds = np.where(layout.joined, JOINED_LOG_ODDS, odds)
    tangled = (layout.clearances < TANGLED_CLEARANCE) & (layout.gaps < TANGLED_GAP)
    tangled = np.where(layout.joined, layout.joined > 1, tangled)
    return np.asarray(odds + TANGLED_LOG_ODDS * tangled)
