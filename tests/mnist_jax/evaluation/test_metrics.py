"""Measures, held against small cases reckoned by hand or by brute force."""

import numpy as np
import pytest

from mnist_jax.evaluation.metrics import (
    CHUNK,
    Readings,
    auroc,
    confusion,
    drawings_report,
    images_report,
    not_digits_report,
    read_all,
    reliability,
)
from mnist_jax.ink.strokes import LabelledDrawing, as_drawing
from mnist_jax.model import MLP
from mnist_jax.reading import read_drawing

SEVEN = as_drawing([[(0, 0), (20, 1), (8, 40)]])
ONE = as_drawing([[(5, 0), (5, 40)]])


def read(confidences: list[float], digits: list[int], labels: list[int]) -> Readings:
    """Readings that give one digit a confidence and share the rest among the others."""
    probabilities = np.repeat((1 - np.array(confidences))[:, None] / 9, 10, axis=1)
    probabilities[np.arange(len(digits)), digits] = confidences
    kept = np.array(confidences) > 0.5
    return Readings(probabilities, np.array(confidences), np.array(labels), kept)


def test_accuracy_and_loss_are_means_over_all() -> None:
    report = images_report(read([0.9, 0.8, 0.7], [3, 4, 5], [3, 4, 6]))
    assert report["accuracy"] == pytest.approx(2 / 3)
    assert report["loss"] == pytest.approx(-np.log([0.9, 0.8, 0.3 / 9]).mean())
    assert report["count"] == 3
    assert np.isfinite(images_report(read([1.0], [3], [4]))["loss"])


def test_digits_never_drawn_have_no_accuracy() -> None:
    report = drawings_report(read([0.9, 0.4, 0.9], [3, 3, 3], [3, 3, 5]))
    assert report["per_digit"] == [None, None, None, 1.0, None, 0.0, None, None, None, None]
    assert report["refused"] == 1
    assert report["accuracy"] == pytest.approx(2 / 3)


def test_confusions_count_rows_as_drawn_and_columns_as_read() -> None:
    counts = confusion(read([0.9, 0.9, 0.9], [3, 8, 8], [3, 3, 3]))
    assert (counts[3, 3], counts[3, 8], counts.sum()) == (1, 2, 3)


def test_calibration_error_is_the_gap_weighted_by_bins() -> None:
    """Four readings at 0.95 of which three are right, one at 0.5 that is right."""
    some = read([0.95] * 4 + [0.5], [1] * 5, [1, 1, 1, 2, 1])
    assert reliability(some).error == pytest.approx(0.8 * 0.2 + 0.2 * 0.5)
    assert reliability(some).share.sum() == pytest.approx(1)
    assert reliability(read([1.0] * 3, [1] * 3, [1] * 3)).error == 0


def test_auroc_counts_pairs() -> None:
    """As comparing every positive with every negative, ties counting half."""
    rng = np.random.default_rng(0)
    positives, negatives = rng.integers(2, 12, 40) / 10, rng.integers(0, 10, 30) / 10
    pairs = [(p > n) + (p == n) / 2 for p in positives for n in negatives]
    assert auroc(positives, negatives) == pytest.approx(np.mean(pairs))


def test_what_is_no_digit_is_counted_as_refused() -> None:
    others, digits = read([0.1, 0.9, 0.2], [0] * 3, [-1] * 3), read([0.8, 0.95], [0] * 2, [0] * 2)
    report = not_digits_report(others, digits)
    assert (report["refused"], report["count"]) == (2, 3)
    assert report["auroc"] == pytest.approx(5 / 6)


def test_drawings_are_read_as_one_by_one(mlp: MLP) -> None:
    """In chunks, with padding, and in order."""
    drawings = [LabelledDrawing("7", SEVEN), LabelledDrawing("A", ONE)] * (CHUNK // 2 + 1)
    together = read_all(mlp, drawings)
    assert together.labels[:2].tolist() == [7, -1]
    assert together.probabilities.shape == (CHUNK + 2, 10)
    assert (together.digit_probabilities == 1).all()  # a network of ten classes refuses nothing
    for index in (0, 1, CHUNK + 1):
        alone = read_drawing(mlp, drawings[index].drawing)
        np.testing.assert_allclose(together.probabilities[index], alone.probabilities, atol=1e-5)
