"""A step of training: what is shown, what it costs, and how the weights change by it."""

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import optax
from jaxtyping import Array, Float, Int, Integer, Key, Num, UInt8

from mnist_jax.classes import DIGITS
from mnist_jax.data.batches import training_batch
from mnist_jax.data.mnist import Digits
from mnist_jax.model import MLP, may_overflow
from mnist_jax.support.errors import InputError
from mnist_jax.training.adam import adam
from mnist_jax.training.recipes import Recipe


class Score(NamedTuple):
    """How well images are read."""

    loss: float
    """Mean cross-entropy, in nats."""

    accuracy: float
    """Share of the images whose most probable class is the right one, 0 to 1."""


class Training(NamedTuple):
    """What is carried from one step to the next."""

    mlp: MLP
    optimizer: optax.OptState


class Batch(NamedTuple):
    """What a step is taken on, or several steps one after another."""

    images: UInt8[Array, "*steps batch 28 28"]
    labels: UInt8[Array, "*steps batch"]


def initial(recipe: Recipe, images: int, seed: int) -> Training:
    """The state before the first epoch over so many images.

    Raises:
        InputError: so many layers that no weights could be loaded.

    """
    mlp = MLP.initialised(recipe.hidden, jax.random.key(seed), recipe.classes)
    if may_overflow(mlp.layers):
        raise InputError(
            f"--hidden: {len(recipe.hidden)} layers were given, of these widths they may overflow; "
            "give fewer"
        )
    return Training(mlp, _optimizer(recipe, images - recipe.held_out).init(mlp))


def _optimizer(recipe: Recipe, images: int) -> optax.GradientTransformation:
    steps = recipe.epochs * -(-images // recipe.batch_size)
    rate = recipe.learning_rate
    return adam(optax.linear_schedule(rate, 0.0, steps) if recipe.decays else rate)


Measures = tuple[Float[Array, ""], Float[Array, ""]]
"""Loss and accuracy, still on the device."""


@partial(jax.jit, static_argnames=("recipe", "images"), donate_argnames="training")
def steps(
    training: Training, batches: Batch, key: Key[Array, ""], recipe: Recipe, images: int
) -> tuple[Training, Measures]:
    """The state after a step on each batch, and the means of what the steps measured."""
    one = partial(step, key=key, recipe=recipe, images=images)
    training, measured = jax.lax.scan(one, training, batches)
    return training, jax.tree.map(jnp.mean, measured)


def step(
    training: Training, batch: Batch, key: Key[Array, ""], recipe: Recipe, images: int
) -> tuple[Training, Measures]:
    """The state after a step on a batch, one of an epoch over so many images, and its measures."""
    step_key = jax.random.fold_in(key, training.optimizer.count)
    shown = training_batch(recipe, step_key, batch.images, batch.labels)
    (_, measured), gradients = jax.value_and_grad(_loss, has_aux=True)(training.mlp, *shown)
    updates, state = _optimizer(recipe, images).update(gradients, training.optimizer)
    return Training(optax.apply_updates(training.mlp, updates), state), measured


def _loss(
    mlp: MLP, images: Num[Array, "batch 28 28"], labels: Int[Array, " batch"]
) -> tuple[Float[Array, ""], Measures]:
    """The loss to minimise, and with it what is shown of the step."""
    loss, accuracy = _measures(mlp(images), labels)
    return loss, (loss, accuracy)


def _measures(logits: Float[Array, "batch classes"], labels: Integer[Array, " batch"]) -> Measures:
    """Loss and accuracy of the classes' logits."""
    true = (logits * jax.nn.one_hot(labels, logits.shape[1])).sum(axis=1)  # gathering is slower
    loss = jax.nn.logsumexp(logits, axis=1) - true
    return loss.mean(), (logits.argmax(axis=1) == labels).mean()


def evaluated(mlp: MLP, digits: Digits) -> Score:
    """Loss and accuracy over all the images, given that each is one of the ten digits."""
    return Score(*map(float, _evaluated(mlp, digits.images, digits.labels)))


@jax.jit
def _evaluated(
    mlp: MLP, images: Num[Array, "batch 28 28"], labels: Integer[Array, " batch"]
) -> Measures:
    return _measures(mlp(images)[:, :DIGITS], labels)
