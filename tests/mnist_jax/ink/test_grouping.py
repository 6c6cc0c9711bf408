"""Grouping pieces: the geometry of a number, and the best way through the groups."""

import math
from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_jax.ink import grouping
from mnist_jax.ink.grouping import Layout, Span, best_path, span_probabilities


def bar(x: float, top: float = 0.0, bottom: float = 1.0, lean: float = 0.0) -> tuple[np.ndarray]:
    return (np.array([(x + lean, top), (x, bottom)]),)


def layout(*pieces: tuple[np.ndarray, ...]) -> Layout:
    return Layout.of(pieces, [False] * (len(pieces) - 1))


@st.composite
def lattices(draw: st.DrawFn) -> tuple[list[Span], np.ndarray]:
    """Some spans of up to six pieces, each alone among them, and their scores."""
    pieces = draw(st.integers(1, 6))
    every = [Span(*pair) for pair in combinations(range(pieces + 1), 2)]
    chosen = draw(st.sets(st.sampled_from(every)))
    spans = [span for span in every if span.end == span.first + 1 or span in chosen]
    scores = draw(
        st.lists(st.floats(-9, 0, width=32), min_size=len(spans), max_size=len(spans), unique=True)
    )
    return spans, np.array(scores)


def paths(spans: list[Span], end: int) -> list[list[int]]:
    """All paths to a piece, by brute force."""
    if end == 0:
        return [[]]
    return [
        [*path, index]
        for index, span in enumerate(spans)
        if span.end == end
        for path in paths(spans, span.first)
    ]


@given(lattices(), st.none() | st.integers(1, 7))
def test_the_best_path_is_the_best_of_all_paths(
    lattice: tuple[list[Span], np.ndarray], count: int | None
) -> None:
    spans, scores = lattice
    every = paths(spans, spans[-1].end)
    possible = [path for path in every if count in {None, len(path)}]
    found = best_path(spans, scores, count)
    if not possible:
        assert found is None
        return
    totals = np.array([scores[path].sum() for path in possible])
    assert found is not None
    assert scores[found.chosen].sum() == pytest.approx(totals.max())
    share = math.exp(totals.max()) / np.exp(totals).sum()
    assert math.exp(found.log_probability) == pytest.approx(share)
    through = [
        sum(math.exp(total) for path, total in zip(possible, totals, strict=True) if index in path)
        for index in range(len(spans))
    ]
    probabilities = span_probabilities(spans, scores, count)
    np.testing.assert_allclose(probabilities, through / np.exp(totals).sum(), atol=1e-9)


def test_distances_are_measured_in_heights_of_the_number() -> None:
    row = layout(bar(0, 0, 20), bar(10, 0, 20), bar(16, 15, 20))
    np.testing.assert_allclose(row.gaps, [0.5, 0.3])
    np.testing.assert_allclose(row.clearances, [0.5, 0.3])


def test_slanted_strokes_have_a_clearance_though_they_overlap_in_x() -> None:
    row = layout(bar(0, lean=0.5), bar(0.3, lean=0.5))
    assert row.gaps[0] == pytest.approx(-0.2)
    assert row.clearances[0] == pytest.approx(0.3, abs=2 * grouping.BAND)


def test_ink_at_different_heights_has_no_clearance() -> None:
    assert layout(bar(0, 0, 0.4), bar(0.1, 0.6, 1)).clearances[0] == math.inf


def test_crossing_strokes_have_a_negative_clearance() -> None:
    assert layout(bar(0, lean=0.5), bar(0.6, lean=-0.5)).clearances[0] < 0


def test_pieces_that_touch_are_more_likely_to_be_one_digit_than_pieces_apart() -> None:
    priors = []
    for distance in (-0.1, 0.05, 0.2, 0.6):
        row = layout(bar(0, lean=0.1), bar(distance))
        spans = [Span(0, 1), Span(1, 2), Span(0, 2)]
        first, second, both = grouping.log_priors(row, spans)
        priors.append(both - first - second)
    assert priors == sorted(priors, reverse=True)


def test_every_piece_may_be_a_digit_and_distant_ones_are_never_grouped() -> None:
    spans = grouping.spans(layout(bar(0), bar(0.2), bar(2)))
    assert spans == [Span(0, 1), Span(0, 2), Span(1, 2), Span(2, 3)]


@given(st.integers(1, 90), st.randoms(use_true_random=False))
def test_merging_keeps_all_pieces_from_left_to_right(count: int, random: Random) -> None:
    pieces = [bar(random.uniform(0, 9)) for _ in range(count)]
    groups = grouping.merged(pieces)
    assert len(groups) == min(count, grouping.MAX_PIECES)
    flat = [index for group in groups for index in group]
    assert sorted(flat) == list(range(count))
    assert flat == grouping.order(pieces)


@pytest.mark.parametrize("below", [1e9, 1e300])
def test_pieces_far_below_one_another_are_laid_out(below: float) -> None:
    assert layout(bar(0), bar(0.3, below, below + 1)).clearances[0] == math.inf
