"""Fresh networks that learn to read synthetic drawings, a few steps at a time.

Pure functions for a program that shows how networks learn: `learn` takes steps and returns before
the next picture is due. The drawings come from `handwriting.quick_writer.sample_digits`, which
needs no data set.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jaxtyping import Array, Float, Int, Num

from mnist_jax.ink.frame import FRAME_PIXELS
from mnist_jax.model import MLP
from mnist_jax.training.step import ADAM_EPSILON, Measures, loss, measures, update


class Learner(NamedTuple):
    """A network that learns, and the state of its optimizer."""

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

    A new learning rate does not compile the function again; new shapes do.
    """

    def step(learner: Any, batch: Any) -> tuple[Any, Measures]:
        return update(loss, _adam(learning_rate), learner, *batch)

    state, measured = jax.lax.scan(step, tuple(learner), (images, labels))
    return Learner(*state), jax.tree.map(jnp.mean, measured)


class Judged(NamedTuple):
    """How a network reads some drawings."""

    loss: Float[Array, ""]
    accuracy: Float[Array, ""]
    digits: Int[Array, " batch"]
    """The most probable digit of each image."""


@jax.jit
def judge(mlp: MLP, images: Num[Array, "batch 28 28"], labels: Int[Array, " batch"]) -> Judged:
    """Return how the network reads the images."""
    logits = mlp(images)
    return Judged(*measures(logits, labels), logits.argmax(axis=1))


def learnt_patterns(
    before: MLP, after: MLP, images: Num[np.ndarray, "batch 28 28"], count: int
) -> Float[np.ndarray, "units 28 28"]:
    """Return what the first `count` units of the first layer have learnt to look for.

    In the weights themselves, it is hidden by the random values at the start, and by the weights of
    pixels that are always paper. This is therefore the change of each weight from `before` to
    `after`, times the standard deviation of its pixel over the images.
    """
    old, new = (np.asarray(mlp.layers[0].kernel[:, :count]) for mlp in (before, after))
    spread = images.reshape(len(images), -1).std(axis=0) / 255
    patterns = ((new - old) * spread[:, None]).T
    return np.asarray(patterns.reshape(-1, FRAME_PIXELS, FRAME_PIXELS))
