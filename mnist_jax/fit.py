"""The training loop, without a clock, a file or a screen: a recipe and images in, epochs out.

What was tried to shorten an epoch of the seed recipe, as a share of the time of a plain scan with
Optax' Adam on two cores of an Intel Xeon: waking no threads for small products 0.83
(`devices.limit_threads`), fewer divisions in Adam 0.94 (`adam`), the order of the images by NumPy
0.96. An AMD EPYC (Zen 4) wakes threads faster: there one thread gains nothing, an epoch's images
fetched by a thread ahead 0.93, and the whole takes as long as the plain scan.

Leaving out the 67 pixels that never hold ink would give another 0.95, for a network that fits no
other data. No gain, or within the noise: biases in the kernels or in one vector, wider vectors,
oneDNN, XNNPACK, XLA's other schedulers, fast math. Both cores at one step give little too, whether
XLA runs halves of the layers side by side or two devices share the first layer: a core waits 40
microseconds for the other, and a step of an epoch of 0.3 s has 160. XLA's undocumented fusion of
several outputs gives 0.98 with one thread; with it two threads took 0.9 on the EPYC, but in some
processes twice as long.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
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


class Batch(NamedTuple):
    """What a step is taken on, or several steps one after another."""

    images: UInt8[Array, "*steps batch 28 28"]
    labels: UInt8[Array, "*steps batch"]


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
    check(recipe, len(digits))
    shown, validation = digits[: len(digits) - recipe.held_out], held_out(recipe, digits)
    mesh = mesh_for(recipe.batch_size)
    training = replicated(mesh, training or initial(recipe, len(digits), seed))
    numbers = range(done + 1, recipe.epochs + 1)
    epochs = _ahead(lambda number: _batches(recipe, shown, seed, number, mesh), numbers)
    for number, batches in zip(numbers, epochs, strict=True):
        training, score = _pass(training, batches, jax.random.key(seed), recipe.at(number))
        after = evaluated(training.mlp, validation if len(validation) else shown[:PROBE])
        check_finite((score.loss, after.loss), f"epoch {number}")
        yield training, Epoch(number, score, after if len(validation) else None)


def initial(recipe: Recipe, images: int, seed: int) -> Training:
    """The state before the first epoch over so many images."""
    mlp = MLP.initialised(recipe.hidden, jax.random.key(seed), recipe.classes)
    return Training(mlp, _optimizer(recipe, images - recipe.held_out).init(mlp))


def check(recipe: Recipe, images: int) -> None:
    """Refuse to train on so many images what they do not suffice for.

    Raises:
        InputError: more held out than there are, a batch they do not fill, or too many steps.

    """
    if recipe.held_out >= images:
        raise InputError(f"--held-out: {recipe.held_out} was given, there are {images} images")
    shown = images - recipe.held_out
    if recipe.batch_size > shown:
        raise InputError(f"--batch-size: {recipe.batch_size} was given, there are {shown} images")
    if recipe.epochs * shown // recipe.batch_size > MAX_STEPS:
        raise InputError(f"--epochs: {recipe.epochs} was given, that is over {MAX_STEPS} steps")


def check_finite(losses: Iterable[float], when: str) -> None:
    """Refuse to go on with a network that a step has ruined.

    Raises:
        InputError: a loss is not finite.

    """
    for loss in losses:
        if not math.isfinite(loss):
            raise InputError(f"the loss became {loss} in {when}; try a smaller --learning-rate")


def held_out(recipe: Recipe, digits: Digits) -> Digits:
    """The part of the images that the recipe keeps for validation."""
    return digits[len(digits) - recipe.held_out :]


def evaluated(mlp: MLP, digits: Digits) -> Score:
    """Loss and accuracy over all the images; a digit taken for no digit is wrong."""
    return Score(*map(float, measures(mlp, digits.images, digits.labels)))


def _ahead(fetch: Callable[[int], list[Batch]], numbers: Sequence[int]) -> Iterator[list[Batch]]:
    """What is fetched for each number, while what was fetched before it is in use."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        coming = [thread.submit(fetch, number) for number in numbers[:1]]
        for number in numbers[1:]:
            here = coming.pop().result()
            coming.append(thread.submit(fetch, number))
            yield here
        for last in coming:
            yield last.result()


def _batches(recipe: Recipe, digits: Digits, seed: int, epoch: int, mesh: Mesh) -> list[Batch]:
    """The images and labels of an epoch in its order, on the devices."""
    return [
        Batch(split(mesh, digits.images, order), split(mesh, digits.labels, order))
        for order in orders(recipe, len(digits), seed, epoch)
    ]


def _pass(
    training: Training, batches: Sequence[Batch], key: Key[Array, ""], recipe: Recipe
) -> tuple[Training, Score]:
    """One pass over the batches of an epoch."""
    sizes = [batch.labels.size for batch in batches]
    totals = np.zeros(2)
    for batch, size in zip(batches, sizes, strict=True):
        training, measured = _steps(training, batch, key, recipe, sum(sizes))
        totals += np.asarray(measured) * size
    return training, Score(*map(float, totals / sum(sizes)))


def orders(
    recipe: Recipe, images: int, seed: int, epoch: int
) -> list[Int[np.ndarray, "steps batch"]]:
    """Which of so many images each step of an epoch is shown.

    A last batch that is not full is a step of its own, apart from the others.
    """
    order = np.random.default_rng((seed, epoch)).permutation(images)
    full = images - images % recipe.batch_size
    parts = [order[:full].reshape(-1, recipe.batch_size)]
    return [*parts, order[full:][None]] if full < images else parts


def _optimizer(recipe: Recipe, images: int) -> optax.GradientTransformation:
    steps = recipe.epochs * -(-images // recipe.batch_size)
    rate = recipe.learning_rate
    return adam(optax.linear_schedule(rate, 0.0, steps) if recipe.decays else rate)


Measures = tuple[Float[Array, ""], Float[Array, ""]]
"""Loss and accuracy, still on the device."""


@partial(jax.jit, static_argnames=("recipe", "images"), donate_argnames="training")
def _steps(
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
    loss, accuracy = measures(mlp, images, labels)
    return loss, (loss, accuracy)


@jax.jit
def measures(
    mlp: MLP, images: Num[Array, "batch 28 28"], labels: Integer[Array, " batch"]
) -> Measures:
    """Loss and accuracy over the images; a digit taken for no digit is wrong."""
    logits = mlp(images)
    true = (logits * jax.nn.one_hot(labels, mlp.classes)).sum(axis=1)  # gathering them is slower
    loss = jax.nn.logsumexp(logits, axis=1) - true
    return loss.mean(), (logits.argmax(axis=1) == labels).mean()
