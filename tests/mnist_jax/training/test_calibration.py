"""Calibration: probabilities are made true without changing what is read."""

import jax
import numpy as np
import pytest

from mnist_jax import load_params
from mnist_jax.data.mnist import Digits
from mnist_jax.evaluation.metrics import images_report, read_images
from mnist_jax.handwriting import allographs, non_digits
from mnist_jax.model import MLP, Dense
from mnist_jax.reading import read_points
from mnist_jax.training.calibration import ACCEPTED_SHARE, HAND, SAMPLES, calibrated

NOBODY = Digits(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.uint8))


@pytest.fixture(scope="module")
def overconfident() -> MLP:
    """The shipped network, with logits five times as large."""
    mlp = load_params()
    *hidden, last = mlp.layers
    return MLP([*hidden, Dense(5 * last.kernel, 5 * last.bias)])


@pytest.fixture(scope="module")
def corrected(overconfident: MLP) -> MLP:
    """The same, calibrated."""
    return calibrated(overconfident, NOBODY, jax.random.key(2))


@pytest.fixture(scope="module")
def drawn() -> Digits:
    """Digits that neither training nor calibration saw."""
    images, labels = allographs.sample_images(jax.random.key(1), SAMPLES, HAND)
    return Digits(np.asarray(images).astype(np.uint8), np.asarray(labels).astype(np.uint8))


@pytest.mark.slow
def test_overconfidence_is_corrected_and_digits_stay(
    overconfident: MLP, corrected: MLP, drawn: Digits
) -> None:
    """The guesses stay; their probabilities agree with how often they are right."""
    before, after = read_images(overconfident, drawn), read_images(corrected, drawn)
    np.testing.assert_array_equal(
        before.probabilities.argmax(axis=1), after.probabilities.argmax(axis=1)
    )
    shrunk = (
        np.abs(overconfident.layers[-1].kernel).mean() / np.abs(corrected.layers[-1].kernel).mean()
    )
    assert 3 < shrunk < 7
    assert images_report(after)["loss"] < images_report(before)["loss"]
    assert images_report(after)["calibration_error"] < 0.01


@pytest.mark.slow
def test_the_threshold_lets_digits_pass_and_refuses_the_rest(corrected: MLP) -> None:
    """About the share of synthetic digits that is wanted, and little that is no digit."""
    digits, _ = allographs.sample(jax.random.key(1), SAMPLES // 8, HAND)
    others = non_digits.sample(jax.random.key(5), SAMPLES // 8, HAND)
    kept, taken = (
        float((read_points(corrected, points).digit_probabilities >= corrected.threshold).mean())
        for points in (digits, others)
    )
    assert kept == pytest.approx(ACCEPTED_SHARE, abs=0.01)
    assert taken < 0.1
