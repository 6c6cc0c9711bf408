"""Networks of several seeds."""

import dataclasses

import numpy as np
import pytest

from mnist_jax.data.mnist import Digits, Mnist
from mnist_jax.support.errors import InputError
from mnist_jax.training.ensemble import SeedResults, fit_seeds
from mnist_jax.training.loop import fit
from mnist_jax.training.recipes import RECIPES
from mnist_jax.training.step import evaluated

SMALL = dataclasses.replace(RECIPES["seed"], hidden=(16, 12), epochs=2, learning_rate=3e-3)


def test_each_network_is_the_one_of_its_seed(bars: Digits) -> None:
    """It has the accuracy of the network that `fit` trains, and the epochs are counted."""
    advanced: list[None] = []
    results = fit_seeds(SMALL, Mnist(bars, bars), range(2), lambda: advanced.append(None))
    *_, (second, _) = fit(SMALL, bars, seed=1)
    assert results.accuracies[1] == evaluated(second.mlp, bars).accuracy
    assert len(advanced) == 4


def test_a_lost_loss_names_the_network(bars: Digits) -> None:
    """Its seed and its widths."""
    recipe = dataclasses.replace(SMALL, learning_rate=1e30)
    with pytest.raises(InputError, match=r"seed 4, hidden layers 16-12: .*epoch 1; .*--learning"):
        fit_seeds(recipe, Mnist(bars, bars), range(4, 6), lambda: None)


def test_one_seed_tells_no_deviation() -> None:
    """Of several it is the sample's."""
    assert SeedResults(SMALL, [0.9], 1.0).deviation is None
    several = SeedResults(SMALL, [0.9, 0.92], 1.0)
    assert (several.mean, several.deviation) == pytest.approx((0.91, 0.02 / np.sqrt(2)))
