"""Signs: a minus, a decimal point or comma is told by its size and its place."""

import numpy as np
import pytest

from mnist_jax import read_number
from mnist_jax.evaluation.side_by_side import sample
from mnist_jax.handwriting.allographs import allographs
from mnist_jax.ink.strokes import LabelledDrawing
from mnist_jax.model import MLP
from tests.mnist_jax.numbers.test_numbers import Strokes, line, written

MINUS = line((-0.6, 0.5), (-0.2, 0.52))
POINT, COMMA = line((0, 0.97), (0.03, 1.0)), line((0.06, 0.95), (0.06, 1.05), (0, 1.22))
SIGNS = {".": POINT, ",": COMMA}


def moved(stroke: np.ndarray, x: float, y: float) -> np.ndarray:
    return stroke + np.array([x, y])


def with_signs(text: str) -> Strokes:
    """The number, with its mark in the middle of a gap."""
    strokes = [MINUS] if text.startswith("-") else []
    whole, mark, fraction = text.lstrip("-").partition("," if "," in text else ".")
    strokes += written(whole)
    right = max(stroke[:, 0].max() for stroke in strokes)
    if mark:
        strokes += [moved(SIGNS[mark], right + 0.2, 0)]
        strokes += [moved(stroke, right + 0.5, 0) for stroke in written(fraction)]
    return strokes


@pytest.mark.parametrize(
    ("text", "value"),
    [("7.4", 7.4), ("10,5", 10.5), ("-1", -1), ("-45.70", -45.7), ("-1,1", -1.1), ("170", 170)],
)
def test_signs_are_read_as_they_are_written(shipped: MLP, text: str, value: float) -> None:
    reading = read_number(shipped, with_signs(text))
    assert (reading.text, reading.value, reading.is_number) == (text, value, True)
    assert type(reading.value) is type(value)


def test_a_sign_has_its_place_strokes_and_box(shipped: MLP) -> None:
    strokes = with_signs("-10,5")
    late = [*(strokes[index] for index in (1, 2, 4, 5)), strokes[0], strokes[3]]  # both signs last
    reading = read_number(shipped, late)
    assert reading.text == "-10,5"
    minus, comma = reading.signs
    assert (minus.text, minus.place, minus.strokes) == ("-", 0, (4,))
    assert (comma.text, comma.place, comma.strokes) == (",", 2, (5,))
    assert comma.box == pytest.approx((*late[5].min(0), *late[5].max(0)))


def test_a_count_is_of_digits_alone(shipped: MLP) -> None:
    strokes = with_signs("-10,5")
    assert read_number(shipped, strokes, 3).text == "-10,5"
    assert len(read_number(shipped, strokes, 2).digits) == 2


@pytest.mark.parametrize(
    "other",
    [
        moved(POINT, 0.2, -1.2),  # a dot above
        line((0.1, -0.25), (0.3, -0.35)),  # an accent
        moved(POINT, -0.3, 0.0),  # a dot before the number
        moved(POINT, 1.75, 0.0),  # and after it
        line((-0.2, 1.2), (1.4, 1.2)),  # underlined
    ],
)
def test_ink_in_another_place_is_no_sign(shipped: MLP, other: np.ndarray) -> None:
    reading = read_number(shipped, [*written("70"), other])
    assert not set(reading.text) & set("-.,")
    assert not reading.is_number


def test_the_dot_of_a_pen_that_bounces_under_a_slanted_one_is_no_point(shipped: MLP) -> None:
    slanted = [line((0.9, 0.35), (1.3, 0.0), (1.05, 0.85))]
    dot = moved(POINT, 1.02, 0.02)
    assert read_number(shipped, [*written("7"), *slanted, dot]).text == "71"


def test_ink_that_is_neither_digit_nor_sign_is_said(shipped: MLP) -> None:
    reading = read_number(shipped, [*written("70"), moved(POINT, 0.2, -1.2)])
    (other,) = reading.signs
    assert (reading.text, other.text, other.strokes, reading.is_number) == ("70", "", (2,), False)
    assert other.box == pytest.approx((0.2, -0.23, 0.23, -0.2))


def test_a_bar_that_a_digit_needs_is_part_of_it(shipped: MLP) -> None:
    """Although it is small and apart."""
    below = line((0.05, 0.35), (0.03, 0.45), (0.25, 0.4), (0.4, 0.5), (0.45, 0.7))
    five = [np.concatenate([below, line((0.4, 0.9), (0.2, 1), (0, 0.93))])]
    bar = line((0.1, 0.1), (0.34, 0.09))
    reading = read_number(shipped, [*five, bar, *(s + np.array([0.9, 0]) for s in written("7"))])
    assert (reading.text, reading.signs, reading.is_number) == ("57", (), True)


def test_a_slash_through_a_zero_and_the_bar_of_a_seven_are_no_signs(shipped: MLP) -> None:
    reading = read_number(shipped, written("tØt5"))
    assert (reading.text, reading.signs, reading.is_number) == ("7075", (), True)


def test_two_decimal_marks_make_no_number(shipped: MLP) -> None:
    first = with_signs("7.4")
    right = max(stroke[:, 0].max() for stroke in first)
    more = [
        moved(POINT, right + 0.2, 0),
        *(moved(stroke, right + 0.5, 0) for stroke in written("1")),
    ]
    reading = read_number(shipped, [*first, *more])
    assert (reading.text, reading.value, reading.is_number) == ("7.4.1", None, False)


def test_numbers_with_signs_of_varied_hands_are_read(shipped: MLP) -> None:
    plain = [LabelledDrawing(str(digit), shape.drawing) for digit, shape in allographs()[::40]]
    numbers = list(sample(plain, 40, np.random.default_rng(0), signs=True))
    assert {sign for number in numbers for sign in number.word if not sign.isdigit()} == {*"-.,"}
    texts = [read_number(shipped, number.drawing).text for number in numbers]
    right = [text == number.word for text, number in zip(texts, numbers, strict=True)]
    assert np.mean(right) >= 0.85


LETTERS = {
    "X": [line((0, 0), (0.6, 1)), line((0.6, 0), (0, 1))],
    "V": [line((0, 0), (0.35, 1), (0.7, 0))],
    "N": [line((0, 1), (0, 0), (0.6, 1), (0.6, 0))],
    "W": [line((0, 0), (0.25, 1), (0.5, 0.2), (0.75, 1), (1, 0))],
    "A": [line((0, 1), (0.35, 0), (0.7, 1)), line((0.15, 0.6), (0.55, 0.6))],
}


@pytest.mark.parametrize("letter", LETTERS)
def test_letters_are_no_numbers(shipped: MLP, letter: str) -> None:
    """Their strokes, one by one, are ones; but they cross, or are drawn without lifting the pen."""
    assert not read_number(shipped, LETTERS[letter]).is_number
