"""Train many networks of one recipe at once, each from its own seed, over all devices.

A GPU multiplies the matrices of all its networks together. A CPU core trains its networks one after
another for a chunk of steps each, so that the weights of one stay in its cache.
"""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax.sharding import Mesh
from jaxtyping import Array, Float, Int, UInt8, UInt32

from mnist_jax.data.mnist import Digits
from mnist_jax.distributed.devices import mesh_over, on_devices, replicated, spread
from mnist_jax.model import MLP
from mnist_jax.training.loop import CHECK_IMAGES, check_finite, orders
from mnist_jax.training.recipes import Recipe, check_many
from mnist_jax.training.step import Batch, Measures, Score, Training, evaluated, initial, step


def fit_many(
    recipe: Recipe, digits: Digits, seeds: Sequence[int], *, in_turn: bool | None = None
) -> Iterator[list[tuple[MLP, Score]]]:
    """Train a network for each seed as `fit` does; yield all of them after each epoch.

    Each is paired with its mean score over the epoch. If `in_turn`, a device trains
    its networks one after another instead of together; by default, CPUs do.

    Raises:
        InputError: as `check_many` and `fit`; the message names the seed that failed.

    """
    check_many(recipe, len(digits), len(seeds))
    shown = digits[: len(digits) - recipe.held_out]
    mesh = mesh_over(len(seeds))
    if in_turn is None:
        in_turn = jax.default_backend() == "cpu"
    images, labels = replicated(mesh, (shown.images, shown.labels))
    setting = _Setting(images, labels, mesh, in_turn)
    trained = [*seeds, *seeds[: -len(seeds) % mesh.size]]  # pad to a multiple of the devices
    trainings = spread(mesh, _stacked([initial(recipe, len(digits), seed) for seed in trained]))
    for number in range(1, recipe.epochs + 1):
        trainings, scores = _pass(trainings, recipe, setting, trained, number)
        networks = list(zip(_apart(trainings.mlp, len(seeds)), scores, strict=False))
        for seed, (mlp, score) in zip(seeds, networks, strict=True):
            losses = (score.loss, evaluated(mlp, shown[:CHECK_IMAGES]).loss)
            check_finite(
                mlp, losses, f"epoch {number} of seed {seed}, hidden layers {recipe.widths}"
            )
        yield networks


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


def _stacked(trainings: Sequence[Training]) -> Training:
    """Stack networks along a new first axis."""
    stacked: Training = jax.tree.map(lambda *arrays: np.stack(arrays), *trainings)
    return stacked


def _apart(mlps: MLP, count: int) -> list[MLP]:
    """Unstack the first `count` networks, as NumPy arrays."""
    host = jax.tree.map(np.array, mlps)
    return [jax.tree.map(itemgetter(number), host) for number in range(count)]


@jax.tree_util.register_dataclass
@dataclass(frozen=True)
class _Setting:
    """The data and the devices."""

    images: UInt8[Array, "images 28 28"]
    labels: UInt8[Array, " images"]
    mesh: Mesh = field(metadata={"static": True})
    in_turn: bool = field(metadata={"static": True})


class _Shown(NamedTuple):
    """The order of the images in some steps, and the seed; of many networks along a first axis."""

    order: Int[Array, "*networks steps batch"]
    seed: UInt32[Array, "*networks"]


_Measures = tuple[Float[Array, " networks"], Float[Array, " networks"]]
"""Loss and accuracy of each network, as arrays on the device."""


def _pass(
    trainings: Training, recipe: Recipe, setting: _Setting, seeds: Sequence[int], number: int
) -> tuple[Training, list[Score]]:
    """Train every network for one epoch, each in its own order."""
    images = len(setting.labels)
    totals = np.zeros((2, len(seeds)))
    for parts in zip(*(orders(recipe, images, seed, number) for seed in seeds), strict=True):
        shown = _Shown(*spread(setting.mesh, (np.stack(parts), np.array(seeds, np.uint32))))
        trainings, measured = _steps(trainings, shown, recipe.at(number), setting)
        totals += np.asarray(measured) * parts[0].size
    return trainings, [Score(*map(float, sums)) for sums in totals.T / images]


@partial(jax.jit, static_argnames="recipe", donate_argnames="trainings")
def _steps(
    trainings: Training, shown: _Shown, recipe: Recipe, setting: _Setting
) -> tuple[Training, _Measures]:
    """Run a chunk of steps; return the states and the mean loss and accuracy of each network."""

    def on_a_device(networks: tuple[Training, _Shown], setting: _Setting) -> Any:
        one = partial(_steps_of_one, recipe=recipe, setting=setting)
        return jax.lax.map(one, networks) if setting.in_turn else jax.vmap(one)(networks)

    stepped: tuple[Training, _Measures]
    stepped = on_devices(setting.mesh, on_a_device)((trainings, shown), setting)
    return stepped


def _steps_of_one(
    network: tuple[Training, _Shown], recipe: Recipe, setting: _Setting
) -> tuple[Training, Measures]:
    training, shown = network
    key, images = jax.random.key(shown.seed), len(setting.labels)

    def gathered(training: Training, order: Int[Array, " batch"]) -> tuple[Training, Measures]:
        batch = Batch(setting.images[order], setting.labels[order])
        return step(training, batch, key, recipe, images)

    training, measured = jax.lax.scan(gathered, training, shown.order)
    return training, jax.tree.map(jnp.mean, measured)
