"""Speed on this machine, measured in one run.

    python -m mnist_jax.benchmark [--json]

About a minute on two cores. Times are medians after a first call that compiles; close other
programs, or compare ratios to the matrix products alone.
"""

import dataclasses
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from rich.console import Console
from rich.table import Table

from mnist_jax import allographs, augment, command, negatives
from mnist_jax.errors import InputError
from mnist_jax.fit import fit
from mnist_jax.mnist import Digits
from mnist_jax.model import MLP
from mnist_jax.params import load_params
from mnist_jax.reading import predict, read_drawing
from mnist_jax.recipe import RECIPES

PRODUCT = 2048
"""Side of the matrices whose product gives the machine's rate."""

BATCH = 256
"""Images and drawings made at once."""


@dataclass(frozen=True)
class Options:
    """The command line."""

    json: bool = False
    """Print one JSON object and nothing else."""

    epochs: int = 10
    """Epochs of the seed recipe to time."""


@dataclass(frozen=True)
class Figure:
    """One measure; the name says what, the unit in what."""

    name: str
    value: float
    unit: str


def main() -> None:
    """Run the command."""
    command.run("benchmark", Options, _benchmark, "Measure speed on this machine.")


def _benchmark(options: Options) -> None:
    if options.epochs < 1:
        raise InputError(f"--epochs: {options.epochs} was given, it has to be at least 1")
    measured = [*_training(options.epochs), *_data(), *_reading(), *_start()]
    if options.json:
        print(json.dumps({f"{one.name} ({one.unit})": one.value for one in measured}))
        return
    table = Table("Measure", "Figure", "Unit")
    table.columns[1].justify = "right"
    for one in measured:
        table.add_row(one.name, f"{one.value:.3g}", one.unit)
    Console().print(table)


def seconds(call: Callable[[], Any], times: int) -> float:
    """Median time of a call, its result waited for, after a first one that is not counted."""
    wait: Callable[[Any], Any] = jax.block_until_ready
    wait(call())
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        wait(call())
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _training(epochs: int) -> list[Figure]:
    """The seed recipe on random images, against what the machine's products would take."""
    seed = dataclasses.replace(RECIPES["seed"], epochs=epochs + 1)
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (60_000, 28, 28)).astype(np.uint8)
    digits = Digits(images, rng.integers(0, 10, 60_000).astype(np.uint8))
    ends = [time.perf_counter(), *(time.perf_counter() for _ in fit(seed, digits, seed=0))]
    first, *others = np.diff(ends).tolist()
    epoch = statistics.median(others)
    square = jnp.ones((PRODUCT, PRODUCT))
    product = jax.jit(jnp.matmul)
    rate = 2 * PRODUCT**3 / seconds(lambda: product(square, square), 10)
    multiplied = sum(a * b for a, b in pairwise((784, *seed.hidden, 10)))
    needed = 6 * multiplied * len(digits)  # forwards, and twice as much backwards
    return [
        Figure("one epoch of the seed recipe", epoch, "s"),
        Figure("its first epoch, compiling", first, "s"),
        Figure("matrix products, 2048x2048 float32", rate / 1e9, "GFLOP/s"),
        Figure("of that rate reached in training", 100 * needed / epoch / rate, "%"),
    ]


def _data() -> list[Figure]:
    key = jax.random.key(0)
    images = jnp.zeros((BATCH, 28, 28))
    distort = jax.jit(augment.distort)
    calls = {
        "MNIST images distorted": lambda: distort(key, images),
        "drawings of digits synthesised": lambda: allographs.sample_images(key, BATCH),
        "drawings of no digit synthesised": lambda: negatives.sample_images(key, BATCH),
    }
    return [
        Figure(name, BATCH / seconds(call, 20) / 1000, "thousand/s") for name, call in calls.items()
    ]


def _reading() -> list[Figure]:
    """With the weights that ship, warm."""
    mlp = load_params()
    one, many = np.zeros((1, 28, 28), np.uint8), np.zeros((10_000, 28, 28), np.uint8)
    turn = np.linspace(0, 6, 60)
    drawing = [np.stack([np.cos(turn), 2 * np.sin(turn)], axis=1)]
    return [
        Figure("predict, 1 image", 1e6 * seconds(lambda: predict(mlp, one), 1000), "µs"),
        Figure("predict, 10,000 images", 1e3 * seconds(lambda: predict(mlp, many), 10), "ms"),
        Figure(
            "one drawing, strokes to reading",
            1e6 * seconds(lambda: read_drawing(mlp, drawing).digit, 1000),
            "µs",
        ),
        Figure(
            "the same, 5,000 strokes", 1e3 * seconds(lambda: _read_many(mlp, 5_000, 4), 10), "ms"
        ),
        Figure(
            "the same, 100,000 points", 1e3 * seconds(lambda: _read_many(mlp, 1, 100_000), 10), "ms"
        ),
    ]


def _read_many(mlp: MLP, strokes: int, points: int) -> int:
    """A scribble of so many strokes of so many points."""
    scribble = np.random.default_rng(0).uniform(0, 100, (strokes, points, 2))
    return read_drawing(mlp, scribble).digit


def _start() -> list[Figure]:
    """Whole processes, from starting Python."""
    code = (
        "from mnist_jax import load_params, read_drawing\n"
        "read_drawing(load_params(), [[(0, 0), (1, 2)]])"
    )
    process = partial(subprocess.run, [sys.executable, "-c", code], check=True)
    return [Figure("start Python, load the weights, read a drawing", seconds(process, 5), "s")]


if __name__ == "__main__":
    main()
