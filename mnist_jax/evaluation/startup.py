"""Measure whole processes from the start of Python: training, a reading, the game."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from mnist_jax.evaluation.throughput import IMAGES, Figure, product_rate
from mnist_jax.params import load_card
from mnist_jax.support.errors import InputError
from mnist_jax.training.recipes import RECIPES

STARTS = 5

TRAINING = """
import jax
compiling = []
jax.monitoring.register_event_duration_secs_listener(
    lambda name, seconds, **_: compiling.append(seconds) if "/compile/" in name else None
)
from mnist_jax.train import main
main()
print(sum(compiling))
"""
"""Run the command, then print the seconds spent on tracing, lowering and compiling."""

PRODUCTS = """
from mnist_jax.training.recipes import RECIPES
from mnist_jax.evaluation.throughput import products_alone
print(products_alone(RECIPES["seed"]))
"""
"""Time the matrix products of the seed recipe, with one thread as in training."""

PLAIN = """
from mnist_jax.training.recipes import RECIPES
from mnist_jax.evaluation.throughput import plain_epoch
print(plain_epoch(RECIPES["seed"]))
"""
"""Time an epoch of the seed recipe in its simplest form."""

READING = """
from mnist_jax import load_params, read_drawing
read_drawing(load_params(), [[(0, 0), (1, 2)]])
"""


@dataclass(frozen=True)
class Run:
    """The output of a process and its timing."""

    lines: Sequence[str]
    seconds: Sequence[float]
    """Time of each line."""
    total: float

    @property
    def epochs(self) -> list[float]:
        """Seconds between the lines of two epochs."""
        at = [s for line, s in zip(self.lines, self.seconds, strict=True) if line[:6] == "epoch "]
        return [after - before for before, after in pairwise(at)]


def run(*arguments: str, **environment: str) -> Run:
    """Python with these arguments, to its end.

    Raises:
        InputError: it failed; the text is the last line it printed.

    """
    lines, seconds = [], []
    start = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - the project itself
        [sys.executable, *arguments],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or ():
            lines.append(line.strip())
            seconds.append(time.perf_counter() - start)
    if process.returncode:
        said = lines[-1] if lines else f"exit status {process.returncode}"
        raise InputError(said.removeprefix("error: "))
    return Run(lines, seconds, time.perf_counter() - start)


def training(epochs: int) -> list[Figure]:
    """Measure training by the seed recipe, compiling it and with a warm cache.

    Raises:
        InputError: it cannot be trained; MNIST may be missing.

    """
    recipe = RECIPES["seed"]
    with tempfile.TemporaryDirectory() as folder:
        options = (
            "--recipe",
            "seed",
            "--epochs",
            str(epochs + 1),
            "--output",
            f"{folder}/seed.safetensors",
        )
        first, again = (run("-c", TRAINING, *options, **_kept_in(folder)) for _ in range(2))
    epoch = statistics.median(first.epochs + again.epochs)
    alone = float(run("-c", PRODUCTS, NPROC="1").lines[-1])
    plain = float(run("-c", PLAIN).lines[-1])
    rate = product_rate()
    return [
        Figure("seed_epoch_seconds", "an epoch of the seed recipe", epoch, "s"),
        Figure("seed_plain_seconds", "the same as a plain scan, Optax' Adam", plain, "s"),
        Figure("seed_products_seconds", "its products of matrices alone", alone, "s"),
        Figure("product_gflops", "large products of matrices", rate / 1e9, "GFLOP/s"),
        Figure(
            "seed_rate_percent",
            "of that rate reached in training",
            100 * IMAGES * recipe.image_operations / epoch / rate,
            "%",
        ),
        Figure("compile_seconds", "compiling the training", float(first.lines[-1]), "s"),
        Figure(
            "compile_cached_seconds", "the same at the second start", float(again.lines[-1]), "s"
        ),
    ]


def sprint() -> list[Figure]:
    """Measure the time to 98 % accuracy, including start-up and writing the files.

    Raises:
        InputError: as `training`.

    """
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "sprint.safetensors"
        command = ("-m", "mnist_jax.train", "--recipe", "sprint", "--output", str(output))
        first, again = (run(*command, **_kept_in(folder)).total for _ in range(2))
        accuracy = load_card(output)["test"]["accuracy"]
    return [
        Figure("sprint_seconds", "start Python, train the sprint recipe", first, "s"),
        Figure("sprint_cached_seconds", "the same at the second start", again, "s"),
        Figure("sprint_percent", "test images that it reads", 100 * accuracy, "%"),
    ]


def _kept_in(folder: str) -> dict[str, str]:
    """Return environment variables that make JAX cache all programs in the folder."""
    return {
        "JAX_COMPILATION_CACHE_DIR": folder,
        "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
        "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1",
    }


def starts() -> list[Figure]:
    """Measure the start of a script that reads a drawing, and of the game.

    Raises:
        InputError: one of them does not start.

    """
    script = statistics.median(run("-c", READING).total for _ in range(STARTS))
    (game,) = run("-m", "game.benchmark", "--json", SDL_VIDEODRIVER="dummy").lines[-1:]
    measured = json.loads(game)
    names = {
        "first_frame": "start the game, to its first frame",
        "net_ready": "until its network reads",
        "net_ready_uncached": "the same at the first start, compiling",
    }
    return [
        Figure("script_seconds", "start Python, load the weights, read a drawing", script, "s"),
        *(
            Figure(f"game_{key}_milliseconds", name, measured[key], "ms")
            for key, name in names.items()
        ),
    ]
