"""The training loop, without a clock, a file or a screen: a recipe and images in, epochs out.

What was tried to shorten an epoch of the seed recipe, as a share of the time of a plain scan with
Optax' Adam on two cores of an Intel Xeon: waking no threads for small products 0.83
(`devices.limit_threads`), fewer divisions in Adam 0.94 (`adam`), the order of the images by NumPy
0.96. An AMD EPYC (Zen 4) wakes threads faster: there one thread gains nothing, an epoch's images
fetched by a thread ahead 0.93, and the whole takes as long as the plain scan.

Pixels without ink are multiplied all the same. Leaving out the 67 that never hold any would give
another 0.95, for a network that fits no other data; gathering in each step the 512 or fewer that
some image of its batch inks, 0.92, for a step that no beginner would recognise.

No gain, or within the noise: biases in the kernels or in one vector, wider vectors, oneDNN,
XNNPACK, XLA's other schedulers, fast math. Both cores at one step give little too, whether XLA runs
halves of the layers side by side or two devices share the first layer: a core waits 40 microseconds
for the other, and a step of an epoch of 0.3 s has 160. XLA's undocumented fusion of several outputs
gives 0.98 with one thread; with it two threads took 0.9 on the EPYC, but in some processes twice as
long.
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

PROBE = 1_000
"""Training images that show whether the last step left the network sound."""

STRETCH = 5e10
"""Multiplications and additions after which training can be stopped: half a second on two cores."""


def fit(recipe: Recipe, digits: Digits, seed: int) -> Iterator[tuple[Training, Epoch]]:
    """Train, and give the state after each epoch; equal arguments give equal weights to the bit.

    What is given is good until the next is asked for, which takes over its memory.

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
    """Train as `fit` does, and give every snapshot at which it can be stopped.

    A run that was stopped is taken up from the `training` of such a snapshot and where it stood.

    Raises:
        InputError: a batch that the images do not fill, or a loss that is not finite any more;
            what was given before it is good.

    """
    recipe.check_images(len(digits))
    shown, validation = digits[: len(digits) - recipe.held_out], held_out(recipe, digits)
    mesh, key = mesh_for(recipe.batch_size), jax.random.key(seed)
    training = replicated(mesh, training or initial(recipe, len(digits), seed))
    numbers = range(position.epoch, recipe.epochs + 1)
    epochs = _ahead(lambda number: _batches(recipe, shown, seed, number, mesh), numbers)
    for number, batches in zip(numbers, epochs, strict=True):
        for batch in _from(position, batches):
            training, measured = steps(training, batch, key, recipe.at(number), len(shown))
            position = position.after(batch.labels.size, measured)
            ended, epoch = position.images == len(shown), None
            validated = ended and recipe.held_out > 0
            score = evaluated(training.mlp, validation if validated else shown[:PROBE])
            check_finite(training.mlp, (position.loss, score.loss), f"epoch {number}")
            if ended:
                epoch = Epoch(number, position.score, score if validated else None)
                position = Position(number + 1)
            yield Snapshot(training, position, position.passes(len(shown)), epoch)


def check_finite(mlp: MLP, losses: Iterable[float], when: str) -> None:
    """Refuse to go on with a network that a step has ruined.

    Raises:
        InputError: a loss is not finite, or the weights are such that one could be.

    """
    way_out = "try a smaller --learning-rate"
    for loss in losses:
        if not math.isfinite(loss):
            raise InputError(f"the loss became {loss} in {when}; {way_out}")
    if may_overflow(mlp.layers):
        raise InputError(f"the weights grew so large in {when} that they may overflow; {way_out}")


def held_out(recipe: Recipe, digits: Digits) -> Digits:
    """The part of the images that the recipe keeps for validation."""
    return digits[len(digits) - recipe.held_out :]


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


def _from(position: Position, batches: Sequence[Batch]) -> Sequence[Batch]:
    """What is left of an epoch's batches."""
    left = position.images
    for number, batch in enumerate(batches):
        if not left:
            return batches[number:]
        left -= batch.labels.size
    return []


def orders(
    recipe: Recipe, images: int, seed: int, epoch: int
) -> list[Int[np.ndarray, "steps batch"]]:
    """Which of so many images each step of an epoch is shown, in stretches between snapshots.

    A last batch that is not full is a step of its own, apart from the others.
    """
    order = np.random.default_rng((seed, epoch)).permutation(images)
    full = images - images % recipe.batch_size
    steps = order[:full].reshape(-1, recipe.batch_size)
    parts = np.array_split(steps, _stretches(len(steps), recipe.step_operations))
    return [*parts, order[full:][None]] if full < images else parts


def _stretches(steps: int, operations: int) -> int:
    """How many stretches so many steps make: of equal length, which compile once, if that can be.

    A number of steps that only far more stretches would share evenly gives two lengths.
    """
    fewest = math.ceil(steps * operations / STRETCH)
    if fewest >= steps:
        return steps
    return next((n for n in range(fewest, 4 * fewest) if steps % n == 0), fewest)
