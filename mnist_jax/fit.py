"""The training loop, without a clock, a file or a screen: a recipe and images in, epochs out."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax.sharding import Mesh
from jaxtyping import Array, Float, Int, Integer, Key, Num, UInt8

from mnist_jax.adam import adam
from mnist_jax.batch import training_batch
from mnist_jax.devices import mesh_for, replicated, split
from mnist_jax.errors import InputError
from mnist_jax.mnist import Digits
from mnist_jax.model import MLP
from mnist_jax.recipe import Recipe

PROBE = 1_000
"""Training images that show whether the last step left the network whole, if none are held out."""

MAX_STEPS = 2**31 - 1
"""What Optax counts to."""


class Score(NamedTuple):
    """How well images are read."""

    loss: float
    """Mean cross-entropy, in nats."""

    accuracy: float
    """Share of the images whose most probable class is the right one, 0 to 1."""


@dataclass(frozen=True, eq=False)
class Epoch:
    """What one pass over the training images gave."""

    number: int
    training: Score
    """Mean over the steps, each taken before it changed the weights, as Keras shows it."""
    validation: Score | None
    """Of the images held out, after the epoch; none where the recipe holds none out."""


class Training(NamedTuple):
    """What is carried from one epoch to the next."""

    mlp: MLP
    optimizer: optax.OptState


def fit(
    recipe: Recipe, digits: Digits, seed: int, done: int = 0, training: Training | None = None
) -> Iterator[tuple[Training, Epoch]]:
    """Train, and give the state after each epoch; equal arguments give equal weights to the bit.

    What is given is good until the next is asked for, which takes over its memory. A run that
    stopped after `done` epochs is taken up from the `training` it gave then.

    Raises:
        InputError: a batch that the images do not fill, or a loss that is not finite any more;
            what was given before it is good.

    """
    _check(recipe, len(digits))
    shown, validation = digits[: len(digits) - recipe.held_out], held_out(recipe, digits)
    mesh = mesh_for(recipe.batch_size)
    training = replicated(mesh, training or initial(recipe, len(digits), seed))
    for number in range(done + 1, recipe.epochs + 1):
        training, score = _pass(training, recipe, shown, (seed, number), mesh)
        after = evaluated(training.mlp, validation if len(validation) else shown[:PROBE])
        for loss in (score.loss, after.loss):
            if not math.isfinite(loss):
                raise InputError(
                    f"the loss became {loss} in epoch {number}; try a smaller --learning-rate"
                )
        yield training, Epoch(number, score, after if len(validation) else None)


def initial(recipe: Recipe, images: int, seed: int) -> Training:
    """The state before the first epoch over so many images."""
    mlp = MLP.initialised(recipe.hidden, jax.random.key(seed), recipe.classes)
    return Training(mlp, _optimizer(recipe, images - recipe.held_out).init(mlp))


def _check(recipe: Recipe, images: int) -> None:
    if recipe.held_out >= images:
        raise InputError(f"--held-out: {recipe.held_out} was given, there are {images} images")
    shown = images - recipe.held_out
    if recipe.batch_size > shown:
        raise InputError(f"--batch-size: {recipe.batch_size} was given, there are {shown} images")
    if recipe.epochs * shown // recipe.batch_size > MAX_STEPS:
        raise InputError(f"--epochs: {recipe.epochs} was given, that is over {MAX_STEPS} steps")


def held_out(recipe: Recipe, digits: Digits) -> Digits:
    """The part of the images that the recipe keeps for validation."""
    return digits[len(digits) - recipe.held_out :]


def evaluated(mlp: MLP, digits: Digits) -> Score:
    """Loss and accuracy over all the images; a digit taken for no digit is wrong."""
    return Score(*map(float, _measures(mlp, digits.images, digits.labels)))


def _pass(
    training: Training, recipe: Recipe, digits: Digits, seeds: tuple[int, int], mesh: Mesh
) -> tuple[Training, Score]:
    """One pass in a fresh order; a last batch that is not full is a step of its own."""
    order = np.random.default_rng(seeds).permutation(len(digits))
    full = len(order) - len(order) % recipe.batch_size
    parts = [order[:full].reshape(-1, recipe.batch_size), order[full:][None]]
    seed, number = seeds
    key = jax.random.key(seed)
    totals = np.zeros(2)
    for part in parts:
        if part.size:
            batches = _Batches(split(mesh, digits.images, part), split(mesh, digits.labels, part))
            training, measures = _steps(training, batches, key, recipe.at(number), len(digits))
            totals += np.asarray(measures) * part.size
    return training, Score(*map(float, totals / len(order)))


class _Batches(NamedTuple):
    """What steps are taken on, one after another."""

    images: UInt8[Array, "*steps batch 28 28"]
    labels: UInt8[Array, "*steps batch"]


def _optimizer(recipe: Recipe, images: int) -> optax.GradientTransformation:
    steps = recipe.epochs * -(-images // recipe.batch_size)
    rate = recipe.learning_rate
    return adam(optax.linear_schedule(rate, 0.0, steps) if recipe.decays else rate)


_Measures = tuple[Float[Array, ""], Float[Array, ""]]
"""Loss and accuracy, still on the device."""


@partial(jax.jit, static_argnames=("recipe", "total"), donate_argnames="training")
def _steps(
    training: Training,
    batches: _Batches,
    key: Key[Array, ""],
    recipe: Recipe,
    total: int,
) -> tuple[Training, _Measures]:
    """The state after a step on each batch, and the means of what the steps measured."""
    optimizer = _optimizer(recipe, total)

    def step(training: Training, batch: _Batches) -> tuple[Training, _Measures]:
        step_key = jax.random.fold_in(key, training.optimizer.count)
        shown = training_batch(recipe, step_key, batch.images, batch.labels)
        (_, measures), gradients = jax.value_and_grad(_loss, has_aux=True)(training.mlp, *shown)
        updates, state = optimizer.update(gradients, training.optimizer)
        return Training(optax.apply_updates(training.mlp, updates), state), measures

    training, measures = jax.lax.scan(step, training, batches)
    return training, jax.tree.map(jnp.mean, measures)


def _loss(
    mlp: MLP, images: Num[Array, "batch 28 28"], labels: Int[Array, " batch"]
) -> tuple[Float[Array, ""], _Measures]:
    """The loss to minimise, and with it what is shown of the step."""
    measures = _measures(mlp, images, labels)
    return measures[0], measures


@jax.jit
def _measures(
    mlp: MLP, images: Num[Array, "batch 28 28"], labels: Integer[Array, " batch"]
) -> _Measures:
    logits = mlp(images)
    true = (logits * jax.nn.one_hot(labels, mlp.classes)).sum(axis=1)  # gathering them is slower
    loss = jax.nn.logsumexp(logits, axis=1) - true
    return loss.mean(), (logits.argmax(axis=1) == labels).mean()
