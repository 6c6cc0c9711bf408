"""Grouping and cutting pieces: their geometry, and the best way through the groups."""

import math
from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_jax.numbers import grouping
from mnist_jax.numbers.cutting import MAX_CUTS, clip, cut_places
from mnist_jax.numbers.layout import BAND, Layout, boxes
from mnist_jax.numbers.parts import MAX_PARTS, cut, ink_of, merged
from mnist_jax.numbers.paths import Span, best_path, span_probabilities


def bar(x: float, top: float = 0.0, bottom: float = 1.0, lean: float = 0.0) -> tuple[np.ndarray]:
    return (np.array([(x + lean, top), (x, bottom)]),)


def layout(*pieces: tuple[np.ndarray, ...]) -> Layout:
    boundaries = len(pieces) - 1
    return Layout.of(pieces, [0] * boundaries, [False] * boundaries, [-math.inf] * len(pieces))


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


def test_clearances_are_those_of_ink_at_the_same_height() -> None:
    slanted = layout(bar(0, lean=0.5), bar(0.3, lean=0.5))
    assert slanted.gaps[0] == pytest.approx(-0.2)
    assert slanted.clearances[0] == pytest.approx(0.3, abs=2 * BAND)
    assert layout(bar(0, lean=0.5), bar(0.6, lean=-0.5)).clearances[0] < 0
    for top in (0.6, 1e9, 1e300):
        assert layout(bar(0, 0, 0.4), bar(0.1, top, top + 1)).clearances[0] == math.inf


def test_pieces_that_touch_are_more_likely_to_be_one_digit_than_pieces_apart() -> None:
    priors = []
    for distance in (-0.1, 0.05, 0.2, 0.6):
        row = layout(bar(0, lean=0.1), bar(distance))
        spans = [Span(0, 1), Span(1, 2), Span(0, 2)]
        points = np.zeros((3, 2, 2))
        first, second, both = grouping.log_priors(row, spans, points)
        priors.append(both - first - second)
    assert priors == sorted(priors, reverse=True)


def test_every_piece_may_be_a_digit_and_distant_ones_are_never_grouped() -> None:
    spans = grouping.spans(layout(bar(0), bar(0.2), bar(2)))
    assert spans == [Span(0, 1), Span(0, 2), Span(1, 2), Span(2, 3)]


@given(st.integers(1, 90), st.randoms(use_true_random=False))
def test_merging_keeps_all_pieces_from_left_to_right(count: int, random: Random) -> None:
    pieces = [bar(random.uniform(0, 9)) for _ in range(count)]
    parts = merged(pieces)
    assert len(parts) == min(count, MAX_PARTS)
    flat = [index for part in parts for index in part.pieces]
    assert sorted(flat) == list(range(count))
    left, _, right, _ = boxes(pieces)
    assert (np.diff((left + right)[flat]) >= 0).all()


coordinates = st.floats(0, 10, width=16)
strokes = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=8).map(
    lambda points: np.array(points, float)
)


def length(drawing: tuple[np.ndarray, ...]) -> float:
    return sum(np.hypot(*np.diff(stroke, axis=0).T).sum() for stroke in drawing)


@given(st.lists(strokes, min_size=1, max_size=4).map(tuple), st.floats(0.1, 9.9))
def test_the_parts_left_and_right_of_a_cut_are_the_whole(
    drawing: tuple[np.ndarray, ...], x: float
) -> None:
    left, right = clip(drawing, -np.inf, x), clip(drawing, x, np.inf)
    assert all((stroke[:, 0] <= x).all() for stroke in left)
    assert all((stroke[:, 0] >= x).all() for stroke in right)
    along = sum(
        np.hypot(*step)
        for stroke in drawing
        for step in np.diff(stroke, axis=0)[(stroke[:-1, 0] == x) & (stroke[1:, 0] == x)]
    )  # ink on the line itself is on both sides
    assert length(left) + length(right) - along == pytest.approx(length(drawing), abs=1e-6)


def test_joined_loops_may_be_cut_between_them() -> None:
    turn = np.linspace(0, 2 * np.pi, 40)[:, None]
    loop = np.concatenate([np.sin(turn), 1 - np.cos(turn)], axis=1)
    places = cut_places((np.concatenate([loop, loop + np.array([4, 0])]),), 2.0)
    assert 1 <= len(places) <= MAX_CUTS
    assert any(1 < place < 3 for place in places)
    assert places == sorted(places)


def test_ink_that_is_narrow_or_has_no_thin_place_is_not_cut() -> None:
    rows = [np.array([(0.0, y), (5.0, y)]) for y in (0, 0.5, 1.0)]
    for ink in (rows, [np.array([(0.0, 0.0), (0.1, 1.0)])]):
        assert cut_places(tuple(ink), 1.0) == []


def test_the_parts_of_a_stroke_that_is_cut_make_the_same_ink_again() -> None:
    zigzag = np.array([(0, 0.0), (0, 1), (0.8, 0), (0.8, 1), (1.6, 0), (1.6, 1)])
    whole = merged([(zigzag,), bar(2.4)])
    parts = cut(whole, set())
    assert len(parts) > len(whole)
    first, second = ink_of(parts)
    assert (first.tolist(), second.tolist()) == (zigzag.tolist(), bar(2.4)[0].tolist())
