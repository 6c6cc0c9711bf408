"""Numbers for testing, made of single digits."""

from pathlib import Path

import numpy as np
import pytest

from mnist_jax import read_drawings
from mnist_jax.evaluation.metrics import numbers_report
from mnist_jax.evaluation.side_by_side import GAPS, LENGTHS, number_of, sample
from mnist_jax.ink.ndjson import as_line
from mnist_jax.ink.strokes import LabelledDrawing
from mnist_jax.params import load_params

SEVEN = LabelledDrawing(
    "7",
    (np.array([(0.0, 0.0), (60, 0), (20, 100)]), np.array([(10.0, 50.0), (60, 50)])),
    "left",
)
ONE = LabelledDrawing("1", (np.array([(3.0, 0.0), (3, 90)]),), "right")


def test_numbers_are_by_one_writer_each_and_of_all_lengths() -> None:
    numbers = list(sample([SEVEN, ONE], 60, np.random.default_rng(0)))
    assert {number.word for number in numbers} == {
        digit * count for digit in "71" for count in LENGTHS
    }
    assert all(number.writer == {"7": "left", "1": "right"}[number.word[0]] for number in numbers)


def test_digits_stand_side_by_side() -> None:
    number = number_of([ONE, ONE, ONE], np.random.default_rng(1))
    lefts = [stroke[:, 0].min() for stroke in number.drawing]
    gaps = np.diff(lefts)
    assert ((gaps >= GAPS[0]) & (gaps <= GAPS[1])).all()


def test_some_strokes_are_late() -> None:
    rng = np.random.default_rng(0)
    last = [number_of([SEVEN, ONE], rng).drawing[-1] for _ in range(100)]
    assert 2 <= sum(np.ptp(stroke[:, 1]) == 0 for stroke in last) <= 20


def test_shares_are_of_whole_numbers_lengths_and_digits(tmp_path: Path) -> None:
    """Of "71" drawn twice, once labelled wrongly by a digit and once by two digits too many."""
    drawing = number_of([SEVEN, ONE], np.random.default_rng(1)).drawing
    file = tmp_path / "numbers.ndjson"
    file.write_text("".join(as_line(word, drawing) + "\n" for word in ("71", "21", "7310")))
    report = numbers_report(load_params(), list(read_drawings(file, digits_only=False)))
    assert report == {
        "accuracy": pytest.approx(1 / 3),
        "length_accuracy": pytest.approx(2 / 3),
        "digit_accuracy": pytest.approx(5 / 8),
        "count": 3,
        "refused": 0,
        "calibration_error": pytest.approx(2 / 3, abs=0.02),
    }
