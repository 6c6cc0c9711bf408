"""How the benchmark times; how fast anything is, is not tested."""

import dataclasses

import jax
import jax.numpy as jnp
import optax
import pytest

from mnist_jax.data.mnist import Digits
from mnist_jax.evaluation.timing import run
from mnist_jax.evaluation.training_speed import plainly_trained
from mnist_jax.model import MLP
from mnist_jax.support.errors import InputError
from mnist_jax.training.recipes import RECIPES

EPOCHS = """
import time
print("loading")
for number in range(3):
    print("epoch", number, flush=True)
    time.sleep(0.2)
print("epochs are over")
"""


def test_operations_are_counted() -> None:
    """Two for each weight and image forwards and for each gradient; none towards the images."""
    first, second = 784 * 20, 20 * 10
    recipe = dataclasses.replace(RECIPES["seed"], hidden=(20,))
    assert recipe.image_operations == 2 * (2 * first + 3 * second)


def test_the_plain_epoch_trains(bars: Digits) -> None:
    """It is what training is compared with, so it must be one."""
    recipe = dataclasses.replace(RECIPES["seed"], hidden=(32,), batch_size=20)
    mlp = MLP.initialised(recipe.hidden, jax.random.key(0))
    start = mlp, optax.adam(recipe.learning_rate).init(mlp)
    labels = jnp.asarray(bars.labels, int)
    (_, state), losses = plainly_trained(start, bars.images, labels, jax.random.key(1), recipe)
    assert len(losses) == state[0].count == len(bars) // 20
    assert losses[-5:].mean() < 0.75 * losses[:5].mean()


def test_lines_are_timed_as_they_come() -> None:
    """From each line of an epoch to the next, and the whole."""
    timed = run("-c", EPOCHS)
    assert timed.lines[0] == "loading"
    assert len(timed.epochs) == 2
    assert min(timed.epochs) > 0.1
    assert timed.total > sum(timed.epochs)


@pytest.mark.parametrize(
    ("code", "said"), [("raise SystemExit('error: no')", "^no$"), ("exit(3)", "exit status 3")]
)
def test_a_process_that_fails_is_an_error(code: str, said: str) -> None:
    """The last line that it printed is the error."""
    with pytest.raises(InputError, match=said):
        run("-c", code)
