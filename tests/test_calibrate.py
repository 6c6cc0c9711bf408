"""Calibration: probabilities are made true without changing what is read."""

import jax
import numpy as np
import pytest

from mnist_jax import allographs, negatives
from mnist_jax.calibrate import KEPT, calibrated
from mnist_jax.mnist import Digits
from mnist_jax.model import MLP, Dense
from mnist_jax.reading import answers
from mnist_jax.report import images_report, read_images

NOBODY = Digits(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.uint8))


@pytest.fixture(scope="module")
def shipped() -> MLP:
    from mnist_jax import load_params

    return load_params()


def overconfident(mlp: MLP) -> MLP:
    """The same network, five times as sure of everything."""
    *hidden, last = mlp.layers
    return MLP([*hidden, Dense(5 * last.kernel, 5 * last.bias)])


def test_sureness_is_undone_and_digits_stay(shipped: MLP) -> None:
    """A network made overconfident is as reliable after calibration as one that was not."""
    images, labels = allographs.sample_images(jax.random.key(1), 2000)
    digits = Digits(np.asarray(images).astype(np.uint8), np.asarray(labels).astype(np.uint8))
    boasting = overconfident(shipped)
    modest = calibrated(boasting, NOBODY, jax.random.key(2))
    before, after = read_images(boasting, digits), read_images(modest, digits)
    np.testing.assert_array_equal(
        before.probabilities.argmax(axis=1), after.probabilities.argmax(axis=1)
    )
    assert images_report(after)["loss"] < images_report(before)["loss"]
    assert images_report(after)["calibration_error"] < 0.015


def test_the_threshold_lets_digits_pass_and_refuses_the_rest(shipped: MLP) -> None:
    """About the share of synthetic digits that is wanted, and most that is no digit not."""
    network = calibrated(shipped, NOBODY, jax.random.key(3))
    digits, _ = allographs.sample_images(jax.random.key(4), 2000)
    others = negatives.sample_images(jax.random.key(5), 2000)
    kept = answers(network, digits).digit_probabilities >= network.threshold
    taken = answers(network, others).digit_probabilities >= network.threshold
    assert float(kept.mean()) == pytest.approx(KEPT, abs=0.01)
    assert float(taken.mean()) < 0.15


def test_a_network_of_ten_classes_refuses_nothing(mlp: MLP) -> None:
    """It believes that everything is a digit."""
    others = negatives.sample_images(jax.random.key(5), 2000)
    np.testing.assert_array_equal(answers(mlp, others).digit_probabilities, 1.0)
