"""Fresh networks that learn to read synthetic drawings, a few steps at a time.

Pure functions for a program that shows how networks learn: `learn` takes steps and returns before
the next picture is due. The drawings come from `handwriting.quick_writer.sample_digits`; every one
is new, so the accuracy on a batch before the step is the accuracy on drawings never seen before.
"""

from collections.abc import Sequence
from typing import NamedTuple

import jax
import jax.numpy as jnp
import optax
from jaxtyping import Array, Float, Int, Num

from mnist_jax.model import MLP
from mnist_jax.training.step import ADAM_EPSILON, Measures, loss_and_measures


class Learner(NamedTuple):
    """A network that learns, and what its optimizer remembers."""

    mlp: MLP
    optimizer: optax.OptState


def fresh_learner(hidden: Sequence[int], seed: int) -> Learner:
    """Return a network of ten classes with random weights, before its first step."""
    mlp = MLP.initialised(hidden, jax.random.key(seed))
    return Learner(mlp, _adam(0.0).init(mlp))


def _adam(learning_rate: float | Float[Array, ""]) -> optax.GradientTransformation:
    return optax.adam(learning_rate, eps=ADAM_EPSILON)


@jax.jit
def learn(
    learner: Learner,
    images: Num[Array, "steps batch 28 28"],
    labels: Int[Array, "steps batch"],
    learning_rate: float | Float[Array, ""],
) -> tuple[Learner, Measures]:
    """Take a step of Adam on each batch; return the mean loss and accuracy before each step.

    Another learning rate does not compile anew; other shapes do.
    """

    def step(
        learner: Learner, batch: tuple[Num[Array, "batch 28 28"], Int[Array, " batch"]]
    ) -> tuple[Learner, Measures]:
        gradient = jax.value_and_grad(loss_and_measures, has_aux=True)
        (_, measures), gradients = gradient(learner.mlp, *batch)
        updates, optimizer = _adam(learning_rate).update(gradients, learner.optimizer)
        return Learner(optax.apply_updates(learner.mlp, updates), optimizer), measures

    learner, measures = jax.lax.scan(step, learner, (images, labels))
    return learner, jax.tree.map(jnp.mean, measures)


@jax.jit
def read_digits(mlp: MLP, images: Num[Array, "batch 28 28"]) -> Int[Array, " batch"]:
    """Return the most probable digit of each image."""
    return mlp(images).argmax(axis=1)
