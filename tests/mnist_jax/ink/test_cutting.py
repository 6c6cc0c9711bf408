"""Cutting ink along vertical lines."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_jax.ink.cutting import MAX_CUTS, clip, cut_places

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


def test_ink_without_a_thin_place_is_not_cut() -> None:
    rows = [np.array([(0.0, y), (5.0, y)]) for y in (0, 0.5, 1.0)]
    assert cut_places(tuple(rows), 1.0) == []


def test_narrow_ink_is_not_cut() -> None:
    assert cut_places((np.array([(0.0, 0.0), (0.1, 1.0)]),), 1.0) == []
