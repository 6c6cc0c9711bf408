"""The training loop, without a clock, a file or a screen: a recipe and images in, epochs out."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import optax
from jaxtyping import Array, Float, Int, Key, Num, UInt8

from mnist_jax.batch import training_batch
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


class _State(NamedTuple):
    mlp: MLP
    optimizer: optax.OptState


def fit(recipe: Recipe, digits: Digits, seed: int) -> Iterator[tuple[MLP, Epoch]]:
    """Train, and give the network after each epoch; equal arguments give equal weights to the bit.

    Raises:
        InputError: a batch that the images do not fill, or a loss that is not finite any more;
            the networks given before it are good.

    """
    training, validation = digits[: len(digits) - recipe.held_out], held_out(recipe, digits)
    if recipe.held_out >= len(digits):
        raise InputError(f"--held-out: {recipe.held_out} was given, there are {len(digits)} images")
    if recipe.batch_size > len(training):
        raise InputError(
            f"--batch-size: {recipe.batch_size} was given, there are {len(training)} images"
        )
    if recipe.epochs * len(training) // recipe.batch_size > MAX_STEPS:
        raise InputError(f"--epochs: {recipe.epochs} was given, that is over {MAX_STEPS} steps")
    first_key, shuffle_key = jax.random.split(jax.random.key(seed))
    mlp = MLP.initialised(recipe.hidden, first_key, recipe.classes)
    state = _State(mlp, _optimizer(recipe, len(training)).init(mlp))
    images, labels = jnp.asarray(training.images), jnp.asarray(training.labels)
    for number in range(1, recipe.epochs + 1):
        key = jax.random.fold_in(shuffle_key, number)
        state, measured = _train_epoch(state, images, labels, key, recipe.at(number))
        score = Score(*map(float, measured))
        mlp = jax.tree.map(jnp.copy, state.mlp)  # the state itself is given away to the next epoch
        after = evaluated(mlp, validation if len(validation) else training[:PROBE])
        for loss in (score.loss, after.loss):
            if not math.isfinite(loss):
                raise InputError(
                    f"the loss became {loss} in epoch {number}; try a smaller --learning-rate"
                )
        yield mlp, Epoch(number, score, after if len(validation) else None)


def held_out(recipe: Recipe, digits: Digits) -> Digits:
    """The part of the images that the recipe keeps for validation."""
    return digits[len(digits) - recipe.held_out :]


def evaluated(mlp: MLP, digits: Digits) -> Score:
    """Loss and accuracy over all the images; a digit taken for no digit is wrong."""
    return Score(
        *map(float, _measures(mlp, jnp.asarray(digits.images), jnp.asarray(digits.labels, int)))
    )


def _optimizer(recipe: Recipe, images: int) -> optax.GradientTransformation:
    steps = recipe.epochs * -(-images // recipe.batch_size)
    rate = recipe.learning_rate
    schedule = optax.linear_schedule(rate, 0.0, steps) if recipe.decays else rate
    return optax.adam(schedule, eps=1e-7)  # Keras' epsilon


_Measures = tuple[Float[Array, ""], Float[Array, ""]]
"""Loss and accuracy, still on the device."""


@partial(jax.jit, static_argnames="recipe", donate_argnames="state")
def _train_epoch(
    state: _State,
    images: UInt8[Array, "n 28 28"],
    labels: UInt8[Array, " n"],
    key: Key[Array, ""],
    recipe: Recipe,
) -> tuple[_State, _Measures]:
    """One pass in a fresh order; a last batch that is not full is a step of its own."""
    optimizer = _optimizer(recipe, len(labels))

    def step(
        state: _State, batch_and_key: tuple[Int[Array, " batch"], Key[Array, ""]]
    ) -> tuple[_State, _Measures]:
        batch, step_key = batch_and_key
        shown = training_batch(recipe, step_key, images[batch], labels[batch])
        measures, gradients = jax.value_and_grad(_loss, has_aux=True)(state.mlp, *shown)
        updates, optimizer_state = optimizer.update(gradients, state.optimizer, state.mlp)
        return _State(optax.apply_updates(state.mlp, updates), optimizer_state), measures[1]

    shuffle_key, *step_keys = jax.random.split(key, 3)
    order = jax.random.permutation(shuffle_key, len(labels))
    steps, rest = divmod(len(labels), recipe.batch_size)
    batches = order[: len(labels) - rest].reshape(steps, recipe.batch_size)
    keys = jax.random.split(step_keys[0], steps)
    state, measures = jax.lax.scan(step, state, (batches, keys))
    totals = [values.sum() * recipe.batch_size for values in measures]
    if rest:
        state, last = step(state, (order[-rest:], step_keys[1]))
        totals = [sum_ + value * rest for sum_, value in zip(totals, last, strict=True)]
    loss, accuracy = (total / len(labels) for total in totals)
    return state, (loss, accuracy)


def _loss(
    mlp: MLP, images: Num[Array, "batch 28 28"], labels: Int[Array, " batch"]
) -> tuple[Float[Array, ""], _Measures]:
    """The loss to minimise, and with it what is shown of the step."""
    measures = _measures(mlp, images, labels)
    return measures[0], measures


@jax.jit
def _measures(
    mlp: MLP, images: Num[Array, "batch 28 28"], labels: Int[Array, " batch"]
) -> _Measures:
    logits = mlp(images)
    loss = optax.softmax_cross_entropy_with_integer_labels(logits, labels)
    return loss.mean(), (logits.argmax(axis=1) == labels).mean()
