"""The training loop: a recipe and images in, the state of training after every few steps out.

A whole epoch, or a part of a long one, is one compiled `lax.scan` over batches; meanwhile a thread
gathers the images of the next epoch. Training itself uses no clock, file or screen.
"""

import math
import statistics
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import jax
import numpy as np
from jax.sharding import Mesh
from jaxtyping import Int

from mnist_jax.data.mnist import Digits, Mnist
from mnist_jax.data.mnist_strokes import mnist_strokes
from mnist_jax.distributed.devices import mesh_for, replicated, split
from mnist_jax.model import MLP, may_overflow
from mnist_jax.support.errors import InputError
from mnist_jax.support.languages import translated
from mnist_jax.training.recipes import Recipe
from mnist_jax.training.step import Batch, Score, Training, evaluated, initial, steps

CHECK_IMAGES = 1_000
"""Training images that are evaluated to check the weights, unless those held out are."""

CHUNK_OPERATIONS = 5e10
"""Floating-point operations after which training can be stopped: half a second on two cores."""


class Epoch(NamedTuple):
    """Metrics of one epoch."""

    number: int
    training: Score
    """Mean over the steps, each measured before it changed the weights, as Keras does."""
    validation: Score | None
    """Score on the held-out images after the epoch; None if the recipe holds out none."""


class Snapshot(NamedTuple):
    """The state of training at a point where it can be stopped and resumed."""

    training: Training
    passes: float = 0.0
    """Epochs so far, including a part of the current one."""
    epochs: tuple[Epoch, ...] = ()
    """Metrics of all complete epochs."""
    sums: tuple[float, float] = (0.0, 0.0)
    """Sum of the loss, and number of right answers, over the images of the current epoch so far."""

    @property
    def ends_epoch(self) -> bool:
        """Whether an epoch has just ended."""
        return self.passes == int(self.passes)

    @property
    def place(self) -> str:
        """How far training has come, in words of the language in use."""
        epoch = int(self.passes)
        if self.ends_epoch:
            return translated("after epoch {epoch}", epoch=epoch)
        return translated("in epoch {epoch}", epoch=epoch + 1)


Snapshots = Generator[Snapshot, None, None]


def fit(recipe: Recipe, digits: Digits, seed: int) -> Iterator[tuple[Training, Epoch]]:
    """Train, and yield the state and the metrics after each epoch.

    Equal arguments give equal weights, bit for bit. The next epoch reuses the memory of the state,
    so copy what you want to keep.

    Raises:
        InputError: as `snapshots`.
    """
    for snapshot in snapshots(recipe, digits, seed):
        if snapshot.ends_epoch:
            yield snapshot.training, snapshot.epochs[-1]


def snapshots(
    recipe: Recipe, digits: Digits, seed: int, start: Snapshot | None = None
) -> Snapshots:
    """Train as `fit` does, and yield a snapshot wherever training can be stopped.

    Pass a snapshot as `start` to continue from there.

    Raises:
        InputError: there are fewer images than the recipe needs, or the loss or the weights grow
            out of bounds; earlier snapshots are good.
    """
    recipe.check_images(len(digits))
    train, validation = digits[: len(digits) - recipe.held_out], held_out(recipe, digits)
    start = start or first_snapshot(recipe, digits, seed)
    mesh, key = mesh_for(recipe.batch_size), jax.random.key(seed)
    training, epochs, (loss, right) = replicated(mesh, start.training), start.epochs, start.sums
    done_epochs, done_steps = divmod(int(training.step), recipe.steps(len(train)))
    strokes = replicated(mesh, mnist_strokes(train)) if recipe.stroke_drawings else None
    numbers = range(done_epochs + 1, recipe.epochs + 1)
    fetch = partial(_batches, recipe, train, seed, mesh)
    for number, chunks in _prefetched(fetch, numbers):
        images = 0
        for batch in chunks:
            images += batch.labels.size
            if images <= done_steps * recipe.batch_size:
                continue  # `start` is within this epoch
            shown = recipe.at(number)
            training, measured = steps(training, batch, key, shown, len(train), strokes)
            mean_loss, accuracy = map(float, measured)
            loss, right = loss + mean_loss * batch.labels.size, right + accuracy * batch.labels.size
            is_validated = images == len(train) and recipe.held_out > 0
            score = evaluated(training.mlp, validation if is_validated else train[:CHECK_IMAGES])
            _check_finite(training.mlp, (loss, score.loss), number)
            if images == len(train):
                mean = Score(loss / images, right / images)
                epochs = (*epochs, Epoch(number, mean, score if is_validated else None))
                loss, right, done_steps = 0.0, 0.0, 0
            yield Snapshot(training, number - 1 + images / len(train), epochs, (loss, right))


def first_snapshot(recipe: Recipe, digits: Digits, seed: int) -> Snapshot:
    """Return the snapshot before the first step."""
    return Snapshot(initial(recipe, len(digits) - recipe.held_out, seed))


def _check_finite(mlp: MLP, losses: Iterable[float], epoch: int) -> None:
    """Check that the losses are finite, and the weights so small that the next ones will be, too.

    Raises:
        InputError: they are not, in that epoch.
    """
    for loss in losses:
        if not math.isfinite(loss):
            raise InputError(
                "the loss became {loss} in epoch {epoch}; try a smaller --learning-rate",
                loss=loss,
                epoch=epoch,
            )
    if may_overflow(mlp.layers):
        raise InputError(
            "the weights grew so large in epoch {epoch} that they may overflow; "
            "try a smaller --learning-rate",
            epoch=epoch,
        )


def held_out(recipe: Recipe, digits: Digits) -> Digits:
    """Return the images that the recipe holds out for validation."""
    return digits[len(digits) - recipe.held_out :]


def _prefetched(
    fetch: Callable[[int], list[Batch]], numbers: range
) -> Iterator[tuple[int, list[Batch]]]:
    """Yield each number and what `fetch` returns for it, fetching the next one in a thread."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        upcoming = thread.submit(fetch, numbers.start)
        for number in numbers:
            batches = upcoming.result()
            if number + 1 in numbers:
                upcoming = thread.submit(fetch, number + 1)
            yield number, batches


def _batches(recipe: Recipe, digits: Digits, seed: int, mesh: Mesh, epoch: int) -> list[Batch]:
    """Return the shuffled batches of an epoch, on the devices."""
    return [
        Batch(split(mesh, digits.images, order), split(mesh, digits.labels, order))
        for order in orders(recipe, len(digits), seed, epoch)
    ]


def orders(
    recipe: Recipe, images: int, seed: int, epoch: int
) -> list[Int[np.ndarray, "steps batch"]]:
    """Return the indices of the images of each step, in chunks that are compiled as one scan.

    An incomplete last batch is a chunk of its own.
    """
    order = np.random.default_rng((seed, epoch)).permutation(images)
    full = images - images % recipe.batch_size
    steps = order[:full].reshape(-1, recipe.batch_size)
    chunks = np.array_split(steps, _chunk_count(len(steps), recipe.step_operations))
    return [*chunks, order[full:][None]] if full < images else chunks


def _chunk_count(steps: int, operations: int) -> int:
    """Return a number of chunks that divides the steps, if possible, so that XLA compiles once."""
    fewest = math.ceil(steps * operations / CHUNK_OPERATIONS)
    if fewest >= steps:
        return steps
    return next((n for n in range(fewest, 4 * fewest) if steps % n == 0), fewest)


@dataclass(frozen=True)
class SeedResults:
    """The results of networks of one recipe, trained from different seeds."""

    recipe: Recipe
    accuracies: Sequence[float]
    """Test accuracy of each network, 0 to 1."""
    seconds: float
    """Training time of all networks together."""

    @property
    def mean(self) -> float:
        """Mean accuracy."""
        return statistics.fmean(self.accuracies)

    @property
    def deviation(self) -> float | None:
        """Standard deviation of the accuracies; None for a single seed."""
        return statistics.stdev(self.accuracies) if len(self.accuracies) > 1 else None


def fit_seeds(
    recipe: Recipe, mnist: Mnist, seeds: range, advance: Callable[[], None]
) -> SeedResults:
    """Train and test a network from each seed; call `advance` after each epoch.

    Raises:
        InputError: as `fit`; the message names the network.
    """
    start, accuracies = time.monotonic(), []
    for seed in seeds:
        try:
            for training, _ in fit(recipe, mnist.train, seed):
                mlp = training.mlp
                advance()
        except InputError as error:
            raise InputError(
                "seed {seed}, hidden layers {widths}: {problem}",
                seed=seed,
                widths=translated(recipe.widths),
                problem=error,
            ) from error
        accuracies.append(evaluated(mlp, mnist.test).accuracy)
    return SeedResults(recipe, accuracies, time.monotonic() - start)
