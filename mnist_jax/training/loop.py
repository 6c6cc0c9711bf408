"""The training loop: a recipe and images in, the state of training after every few steps out.

The loop knows no clock, file or screen. A whole epoch, or a part of a long one, is one compiled
`lax.scan` over batches; the images of the next epoch are gathered by a thread meanwhile.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import jax
import numpy as np
from jax.sharding import Mesh
from jaxtyping import Int

from mnist_jax.data.mnist import Digits
from mnist_jax.distributed.devices import mesh_for, replicated, split
from mnist_jax.model import MLP, may_overflow
from mnist_jax.support.errors import InputError
from mnist_jax.training.position import START, Epoch, Position, Snapshot, Snapshots
from mnist_jax.training.recipes import Recipe
from mnist_jax.training.step import Batch, Training, evaluated, initial, steps

CHECK_IMAGES = 1_000
"""Training images that are evaluated to check the weights, if no images are held out."""

CHUNK_OPERATIONS = 5e10
"""Multiply-adds after which training can be stopped: about half a second on two cores."""


def fit(recipe: Recipe, digits: Digits, seed: int) -> Iterator[tuple[Training, Epoch]]:
    """Train, and yield the state and the metrics after each epoch.

    Equal arguments give equal weights, bit for bit. The next epoch reuses the memory of the state,
    so copy what you want to keep.

    Raises:
        InputError: as `snapshots`.

    """
    for training, _, _, epoch in snapshots(recipe, digits, seed):
        if epoch:
            yield training, epoch


def snapshots(
    recipe: Recipe,
    digits: Digits,
    seed: int,
    position: Position = START,
    training: Training | None = None,
) -> Snapshots:
    """Train as `fit` does, and yield a snapshot wherever training can be stopped.

    Pass the `position` and the `training` of a snapshot to continue from there.

    Raises:
        InputError: there are fewer images than the recipe needs, or the loss is no longer finite;
            snapshots before that are good.

    """
    recipe.check_images(len(digits))
    train, validation = digits[: len(digits) - recipe.held_out], held_out(recipe, digits)
    mesh, key = mesh_for(recipe.batch_size), jax.random.key(seed)
    training = replicated(mesh, training or initial(recipe, len(digits), seed))
    numbers = range(position.epoch, recipe.epochs + 1)
    epochs = _prefetched(lambda number: _batches(recipe, train, seed, number, mesh), numbers)
    for number, batches in zip(numbers, epochs, strict=True):
        for batch in _remaining(batches, position.images):
            training, measured = steps(training, batch, key, recipe.at(number), len(train))
            position = position.after(batch.labels.size, measured)
            ended, epoch = position.images == len(train), None
            validated = ended and recipe.held_out > 0
            score = evaluated(training.mlp, validation if validated else train[:CHECK_IMAGES])
            check_finite(training.mlp, (position.loss, score.loss), f"epoch {number}")
            if ended:
                epoch = Epoch(number, position.score, score if validated else None)
                position = Position(number + 1)
            yield Snapshot(training, position, position.passes(len(train)), epoch)


def check_finite(mlp: MLP, losses: Iterable[float], when: str) -> None:
    """Check that the losses are finite and the weights small enough that later ones will be.

    Raises:
        InputError: they are not; `when` says at which point of training.

    """
    hint = "try a smaller --learning-rate"
    for loss in losses:
        if not math.isfinite(loss):
            raise InputError(f"the loss became {loss} in {when}; {hint}")
    if may_overflow(mlp.layers):
        raise InputError(f"the weights grew so large in {when} that they may overflow; {hint}")


def held_out(recipe: Recipe, digits: Digits) -> Digits:
    """Return the images that the recipe holds out for validation."""
    return digits[len(digits) - recipe.held_out :]


def _prefetched(
    fetch: Callable[[int], list[Batch]], numbers: Sequence[int]
) -> Iterator[list[Batch]]:
    """Yield `fetch(number)` for each number, fetching the next one in a thread."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        pending = [thread.submit(fetch, number) for number in numbers[:1]]
        for number in numbers[1:]:
            batches = pending.pop().result()
            pending.append(thread.submit(fetch, number))
            yield batches
        for last in pending:
            yield last.result()


def _batches(recipe: Recipe, digits: Digits, seed: int, epoch: int, mesh: Mesh) -> list[Batch]:
    """Return the shuffled batches of an epoch, on the devices."""
    return [
        Batch(split(mesh, digits.images, order), split(mesh, digits.labels, order))
        for order in orders(recipe, len(digits), seed, epoch)
    ]


def _remaining(batches: Sequence[Batch], images: int) -> Sequence[Batch]:
    """Return the batches after the first `images` images of an epoch."""
    for number, batch in enumerate(batches):
        if not images:
            return batches[number:]
        images -= batch.labels.size
    return []


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
    """Return the number of chunks: if possible one that divides the steps, to compile only once."""
    fewest = math.ceil(steps * operations / CHUNK_OPERATIONS)
    if fewest >= steps:
        return steps
    return next((n for n in range(fewest, 4 * fewest) if steps % n == 0), fewest)
