"""Many networks at once: each is the one that `fit` trains alone."""

import dataclasses
import os
import subprocess
import sys

import jax
import numpy as np
import pytest

from mnist_jax.data.distortion import Distortion
from mnist_jax.data.mnist import Digits
from mnist_jax.support.errors import InputError
from mnist_jax.training.ensemble import SeedResults, fit_many
from mnist_jax.training.loop import fit
from mnist_jax.training.recipes import RECIPES, Recipe

SMALL = dataclasses.replace(
    RECIPES["seed"], hidden=(16, 12), epochs=2, batch_size=32, learning_rate=3e-3, decays=True
)
SEEDS = (3, 0, 7)


def assert_as_alone(recipe: Recipe, digits: Digits, *, in_turn: bool | None) -> None:
    """Weights and scores after every epoch are those of `fit`, but for rounding."""
    together = list(fit_many(recipe, digits, SEEDS, in_turn=in_turn))
    assert len(together) == recipe.epochs
    for place, seed in enumerate(SEEDS):
        alone = fit(recipe, digits, seed)
        for networks, (training, epoch) in zip(together, alone, strict=True):
            mlp, score = networks[place]
            jax.tree.map(
                lambda a, b: np.testing.assert_allclose(a, b, atol=1e-5), mlp, training.mlp
            )
            assert score == pytest.approx(epoch.training, rel=1e-5)


@pytest.mark.parametrize("in_turn", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_each_network_is_the_one_of_its_seed(bars: Digits, *, in_turn: bool) -> None:
    """Multiplied together or one after another; the last partial batch is a step too."""
    assert_as_alone(SMALL, bars, in_turn=in_turn)


@pytest.mark.slow
def test_distortion_and_images_held_out_are_those_of_the_seed(bars: Digits) -> None:
    """Chance within the steps is a network's own, and the same images are kept from it."""
    recipe = dataclasses.replace(SMALL, distortion=Distortion(), epochs=1, settling=1, held_out=44)
    assert_as_alone(recipe, bars, in_turn=None)


def test_a_network_without_hidden_layers_is_trained(bars: Digits) -> None:
    """Softmax regression: 784 weights and a bias for each digit."""
    recipe = dataclasses.replace(SMALL, hidden=(), epochs=20)
    assert (recipe.parameters, recipe.widths) == (7850, "none")
    *_, ((mlp, score),) = fit_many(recipe, bars, [0])
    assert sum(array.size for array in jax.tree.leaves(mlp)) == recipe.parameters
    assert score.accuracy > 0.9


@pytest.mark.slow
def test_devices_share_the_networks() -> None:
    """Seven networks on four devices are those of one device, and each device has its part."""
    script = (
        "import dataclasses, jax, numpy as np\n"
        "from mnist_jax.distributed.devices import mesh_over\n"
        "from mnist_jax.data.mnist import Digits\n"
        "from mnist_jax.training.ensemble import fit_many\n"
        "from mnist_jax.training.recipes import RECIPES\n"
        "rng = np.random.default_rng(0)\n"
        "images = rng.integers(0, 256, (100, 28, 28)).astype(np.uint8)\n"
        "digits = Digits(images, rng.integers(0, 10, 100).astype(np.uint8))\n"
        "recipe = dataclasses.replace(RECIPES['seed'], hidden=(8,), epochs=2)\n"
        "*_, last = fit_many(recipe, digits, range(7))\n"
        "print(jax.device_count(), mesh_over(7).size, mesh_over(3).size)\n"
        "print(*(repr(float(x)) for m, _ in last for a in jax.tree.leaves(m) for x in a.flat))\n"
    )
    heads, weights = [], []
    for count in (1, 4):
        flags = f"--xla_force_host_platform_device_count={count}"
        finished = subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"XLA_FLAGS": flags},
            capture_output=True,
            text=True,
            check=True,
        )
        head, values = finished.stdout.splitlines()
        heads.append(head)
        weights.append(np.array(values.split(), float))
    assert heads == ["1 1 1", "4 4 3"]
    np.testing.assert_allclose(*weights, atol=1e-5)


def test_a_lost_loss_names_the_network(bars: Digits) -> None:
    """Its seed and its widths."""
    recipe = dataclasses.replace(SMALL, learning_rate=1e30)
    with pytest.raises(InputError, match=r"epoch 1 of seed 4, hidden layers 16-12; .*--learning"):
        list(fit_many(recipe, bars, [4, 5]))


def test_no_network_and_more_than_memory_holds_are_refused(bars: Digits) -> None:
    """Before anything is made."""
    recipe = dataclasses.replace(SMALL, hidden=(65_536,))
    with pytest.raises(InputError, match=r"--seeds: 8 was given.*65536"):
        next(fit_many(recipe, bars, range(8)))
    with pytest.raises(InputError, match="--seeds: 0 was given"):
        next(fit_many(SMALL, bars, []))


def test_one_seed_tells_no_deviation() -> None:
    """Of several it is the sample's."""
    assert SeedResults(SMALL, [0.9], 1.0).deviation is None
    several = SeedResults(SMALL, [0.9, 0.92], 1.0)
    assert (several.mean, several.deviation) == pytest.approx((0.91, 0.02 / np.sqrt(2)))
