"""What the benchmark counts and how it times; how fast anything is, is not tested."""

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from mnist_jax.data.mnist import Digits
from mnist_jax.evaluation import startup, throughput
from mnist_jax.model import MLP
from mnist_jax.support.errors import InputError
from mnist_jax.training.recipes import RECIPES

TWO_LAYERS = dataclasses.replace(RECIPES["seed"], hidden=(20,), batch_size=1_000)

EPOCHS = """
import time
print("loading")
for number in range(3):
    print("epoch", number, flush=True)
    time.sleep(0.2)
print("epochs are over")
"""


def test_products_are_those_of_training() -> None:
    """The last step's are the gradients of half the squares of a linear network's outputs."""
    keys = jax.random.split(jax.random.key(0), 3)
    kernels = [jax.random.normal(keys[0], (6, 5)), jax.random.normal(keys[1], (5, 4))]
    batches = jax.random.normal(keys[2], (2, 3, 6))

    def loss(kernels: list[jax.Array]) -> jax.Array:
        return ((batches[1] @ kernels[0] @ kernels[1]) ** 2).sum() / 2

    products = throughput._products(kernels, batches, jnp.array([0, 1]))
    for found, wanted in zip(products, jax.grad(loss)(kernels), strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-4)


def test_operations_are_counted() -> None:
    """Two for each weight and image forwards and for each gradient; none towards the images."""
    first, second = 784 * 20, 20 * 10
    assert TWO_LAYERS.image_operations == 2 * (2 * first + 3 * second)
    assert throughput.products_alone(TWO_LAYERS) > 0


def test_the_plain_epoch_trains(bars: Digits) -> None:
    """It is what training is held against, so it must be one."""
    recipe = dataclasses.replace(RECIPES["seed"], hidden=(32,), batch_size=20)
    mlp = MLP.initialised(recipe.hidden, jax.random.key(0))
    start = mlp, optax.adam(recipe.learning_rate).init(mlp)
    labels = jnp.asarray(bars.labels, int)
    (_, state), losses = throughput._plain(start, bars.images, labels, jax.random.key(1), recipe)
    assert len(losses) == state[0].count == len(bars) // 20
    assert losses[-5:].mean() < 0.75 * losses[:5].mean()


def test_lines_are_timed_as_they_come() -> None:
    """From each line of an epoch to the next, and the whole."""
    run = startup.run("-c", EPOCHS)
    assert run.lines[0] == "loading"
    assert len(run.epochs) == 2
    assert min(run.epochs) > 0.1
    assert run.total > sum(run.epochs)


def test_a_process_that_fails_is_an_error() -> None:
    """The last line that it printed is the error."""
    with pytest.raises(InputError, match=r"^--epochs: 0 was given"):
        startup.run("-m", "mnist_jax.train", "--epochs", "0")
    with pytest.raises(InputError, match="exit status 3"):
        startup.run("-c", "raise SystemExit(3)")
