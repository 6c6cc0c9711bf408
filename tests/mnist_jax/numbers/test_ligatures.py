"""Ligatures: the lines that join digits written without lifting the pen."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_jax import read_number
from mnist_jax.model import MLP
from mnist_jax.numbers.ligatures import MAX_LIGATURES, divided
from tests.mnist_jax.numbers.test_numbers import SHAPES, circle, line, written


def moved(stroke: np.ndarray, x: float) -> np.ndarray:
    return stroke + np.array([x, 0])


JOINED = np.concatenate([SHAPES["7"][0], moved(circle(), 0.9), moved(SHAPES["1"][0], 2.0)])
"""701 in one stroke: from the foot of the 7 to the top of the 0, and on to the top of the 1."""


def test_the_lines_between_digits_are_the_likeliest_ligatures() -> None:
    likeliest = sorted(divided(JOINED, 1.0), key=lambda part: part[1])[-2:]
    assert all(log_odds > 0 for _, log_odds in likeliest)
    ends = sorted((part[0, 0], part[-1, 0]) for part, _ in likeliest)
    np.testing.assert_allclose(ends, [(0.2, 1.2), (1.2, 2.0)], atol=0.15)


def test_a_line_is_less_likely_a_ligature_if_the_stroke_turns_back_after_it() -> None:
    line_between = [(-0.5, 0.0), (0.0, 1.0), (0.6, 0.2)]
    onward, back = (divided(np.array([*line_between, end]), 1.0) for end in [(1.1, 1), (-0.2, 1)])
    assert onward[1][0].tolist() == back[1][0].tolist()
    assert onward[1][1] > back[1][1] + 1


coordinates = st.floats(0, 3, width=16)


@given(st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=60))
def test_the_parts_of_a_stroke_are_the_whole_from_its_left_end(
    points: list[tuple[float, float]],
) -> None:
    stroke = np.array(points)
    parts = [part for part, _ in divided(stroke, 1.0)]
    whole = np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
    assert all((one[-1] == other[0]).all() for one, other in pairwise(parts))
    assert whole[0, 0] <= whole[-1, 0]
    assert whole.tolist() in (stroke.tolist(), stroke[::-1].tolist())
    assert len(parts) <= 2 * MAX_LIGATURES + 1


def test_a_stroke_of_many_corners_has_few_parts() -> None:
    x = np.arange(20_000.0)
    parts = divided(np.stack([x, x % 2 * 9], axis=1), 10.0)
    assert len(parts) <= 2 * MAX_LIGATURES + 1
    assert sum(log_odds > -math.inf for _, log_odds in parts) <= MAX_LIGATURES


@pytest.mark.parametrize("turned", [1, -1])
def test_joined_digits_are_read_without_their_ligatures(shipped: MLP, turned: int) -> None:
    number = read_number(shipped, [JOINED[::turned]])
    assert number.text == "701"
    assert [digit.strokes for digit in number.digits] == [(0,)] * 3
    assert [sign.text for sign in number.signs] == []
    assert number.digits[0].box[2] <= 0.65
    assert number.digits[1].box[0] >= 0.85


def test_strokes_of_a_digit_are_found_where_both_go_on_into_the_next(shipped: MLP) -> None:
    """A 4 is joined to the digit before it by its first stroke, and to the next by its second."""
    first, second = (moved(stroke, 1.2) for stroke in SHAPES["4"])
    strokes = [np.concatenate([circle(), first]), np.concatenate([second, moved(circle(), 2.3)])]
    number = read_number(shipped, strokes)
    assert number.text == "040"
    assert [digit.strokes for digit in number.digits] == [(0,), (0, 1), (1,)]


def test_a_straight_digit_is_no_ligature_of_digits_apart(shipped: MLP) -> None:
    assert read_number(shipped, written("5141")).text == "5141"
    slanted = [line((0.5, 0), (0, 1)), *(moved(stroke, 0.8) for stroke in SHAPES["0"])]
    assert read_number(shipped, slanted).text == "10"
