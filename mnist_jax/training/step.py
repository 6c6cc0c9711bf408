"""One training step: augment the batch, differentiate the loss, update the weights by Adam."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jaxtyping import Array, Float, Int, Integer, Key, Num, UInt8

from mnist_jax.classes import DIGITS, NOT_A_DIGIT
from mnist_jax.data import augment, mnist_strokes
from mnist_jax.data.mnist import Digits
from mnist_jax.data.mnist_strokes import MnistStrokes
from mnist_jax.handwriting import allographs
from mnist_jax.handwriting import non_digits as other_drawings
from mnist_jax.model import MLP, may_overflow
from mnist_jax.support.errors import InputError
from mnist_jax.training.recipes import Recipe

ADAM_EPSILON = 1e-7
"""Adam's epsilon; the value that Keras uses."""


class Score(NamedTuple):
    """Loss and accuracy over some images."""

    loss: float
    """Mean cross-entropy, in nats."""

    accuracy: float
    """Share of the images that are classified correctly, 0 to 1."""


class Training(NamedTuple):
    """The state that each step takes and returns."""

    mlp: MLP
    """The network so far."""
    optimizer: optax.OptState
    step: Int[Array, ""]
    """Number of steps taken so far."""
    unaveraged: MLP | None = None
    """The network that the next step changes, if `mlp` is the mean of several."""


class Batch(NamedTuple):
    """One batch of MNIST images and labels, or several along a leading axis."""

    images: UInt8[Array, "*steps batch 28 28"]
    labels: UInt8[Array, "*steps batch"]


Measures = tuple[Float[Array, ""], Float[Array, ""]]
"""Loss and accuracy as arrays on the device."""


def initial(recipe: Recipe, images: int, seed: int) -> Training:
    """Return the state before the first step of a run over `images` images per epoch.

    Raises:
        InputError: the network has so many layers that its sums may overflow.
    """
    mlp = initial_network(recipe, seed)
    state = _initial_optimizer_state(mlp, recipe, images)
    unaveraged = jax.tree.map(jnp.copy, mlp) if recipe.finishing else None
    return Training(mlp, state, jax.device_put(np.zeros((), np.int32)), unaveraged)


def initial_network(recipe: Recipe, seed: int) -> MLP:
    """Return the network before the first step.

    Raises:
        InputError: it has so many layers that its sums may overflow.
    """
    mlp = MLP.initialised(recipe.hidden, jax.random.key(seed), recipe.classes)
    if may_overflow(mlp.layers):
        raise InputError(
            "--hidden: {count} layers of these widths may overflow; use fewer",
            count=len(recipe.hidden),
        )
    return mlp


@partial(jax.jit, static_argnames=("recipe", "images"))
def _initial_optimizer_state(mlp: MLP, recipe: Recipe, images: int) -> optax.OptState:
    return _optimizer(recipe, images).init(mlp)


def _optimizer(recipe: Recipe, images: int) -> optax.GradientTransformation:
    main, rate = recipe.main_steps(images), recipe.learning_rate
    schedule = optax.linear_schedule(rate, 0.0, main) if recipe.decays else rate
    if recipe.finishing:
        schedule = optax.join_schedules([schedule, optax.constant_schedule(rate / 2)], [main])
    return optax.adam(schedule, eps=ADAM_EPSILON)


@partial(jax.jit, static_argnames=("recipe", "images"), donate_argnames="training")
def steps(
    training: Training,
    batches: Batch,
    key: Key[Array, ""],
    recipe: Recipe,
    images: int,
    strokes: MnistStrokes | None = None,
) -> tuple[Training, Measures]:
    """Take one step on each batch; return the new state and the mean loss and accuracy.

    `images` is the number of MNIST images in an epoch, from which the learning-rate schedule
    follows; `strokes` are those of these images, if the recipe draws them. Loss and accuracy are
    measured before each step.
    """

    def step(training: Training, batch: Batch) -> tuple[Training, Measures]:
        inputs, labels = augmented(jax.random.fold_in(key, training.step), batch, recipe, strokes)
        optimizer = _optimizer(recipe, images)
        state = training.unaveraged or training.mlp, training.optimizer
        (mlp, optimizer_state), measured = update(loss, optimizer, state, inputs, labels)
        trained = Training(mlp, optimizer_state, training.step + 1)
        if recipe.finishing:
            averaged = jnp.maximum(trained.step - recipe.main_steps(images), 1)
            mean = optax.incremental_update(mlp, training.mlp, 1 / averaged)
            trained = trained._replace(mlp=mean, unaveraged=mlp)
        return trained, measured

    training, measured = jax.lax.scan(step, training, batches)
    return training, jax.tree.map(jnp.mean, measured)


def augmented(
    key: Key[Array, ""], batch: Batch, recipe: Recipe, strokes: MnistStrokes | None = None
) -> tuple[Float[Array, "all 28 28"], Int[Array, " all"]]:
    """Return the distorted images and the recipe's drawings, and the classes of all."""
    distortion_key, drawing_key, non_digit_key = jax.random.split(key, 3)
    images, labels = [batch.images.astype(jnp.float32)], [batch.labels.astype(int)]
    if recipe.distortion:
        images = [augment.distort(distortion_key, images[0], recipe.distortion)]
    if recipe.drawings:
        drawn, digits = allographs.sample_images(drawing_key, recipe.drawings)
        images, labels = [*images, drawn], [*labels, digits.astype(int)]
    if strokes:
        stroke_key = jax.random.fold_in(key, 3)  # none of the three others
        drawn, digits = mnist_strokes.sample_images(stroke_key, strokes, recipe.stroke_drawings)
        images, labels = [*images, drawn], [*labels, digits]
    if recipe.non_digits:
        images.append(other_drawings.sample_images(non_digit_key, recipe.non_digits))
        labels.append(jnp.full(recipe.non_digits, NOT_A_DIGIT))
    return jnp.concatenate(images), jnp.concatenate(labels)


def update(
    loss: Callable[..., tuple[Float[Array, ""], Any]],
    optimizer: optax.GradientTransformation,
    state: tuple[Any, optax.OptState],
    *data: Any,
) -> tuple[tuple[Any, optax.OptState], Any]:
    """Take one step of the optimizer; return the new state, and the measures from before the step.

    The state is the weights and the optimizer's own; `loss(weights, *data)` returns what to
    minimise, and measures.
    """
    weights, optimizer_state = state
    (_, measured), gradients = jax.value_and_grad(loss, has_aux=True)(weights, *data)
    updates, optimizer_state = optimizer.update(gradients, optimizer_state)
    return (optax.apply_updates(weights, updates), optimizer_state), measured


def loss(
    mlp: MLP, images: Num[Array, "batch 28 28"], labels: Int[Array, " batch"]
) -> tuple[Float[Array, ""], Measures]:
    """Return the loss to differentiate, and the measures to report."""
    measured = measures(mlp(images), labels)
    return measured[0], measured


def measures(logits: Float[Array, "batch classes"], labels: Integer[Array, " batch"]) -> Measures:
    """Return mean cross-entropy and accuracy."""
    # A product with one-hot labels is faster than gathering the true logits.
    true = (logits * jax.nn.one_hot(labels, logits.shape[1])).sum(axis=1)
    losses = jax.nn.logsumexp(logits, axis=1) - true
    return losses.mean(), (logits.argmax(axis=1) == labels).mean()


def evaluated(mlp: MLP, digits: Digits) -> Score:
    """Return loss and accuracy over all images, among the ten digits only."""
    return Score(*map(float, _evaluated(mlp, digits.images, digits.labels)))


@jax.jit
def _evaluated(
    mlp: MLP, images: Num[Array, "batch 28 28"], labels: Integer[Array, " batch"]
) -> Measures:
    return measures(mlp(images)[:, :DIGITS], labels)
