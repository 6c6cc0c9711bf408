"""Measure how fast training, starting, synthesising data, and reading are.

Trainings and starts are processes of their own, timed from outside.
"""

import json
import statistics
import tempfile
from collections.abc import Callable
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from mnist_jax.data import augment
from mnist_jax.evaluation.timing import Figure, Run, call_seconds, run
from mnist_jax.handwriting import allographs, non_digits
from mnist_jax.insight.activity import activity
from mnist_jax.insight.explanation import explain
from mnist_jax.numbers.reading import read_number
from mnist_jax.params import load_card, load_params
from mnist_jax.reading import predict, read_drawing
from mnist_jax.support.languages import translatable

SCRIPT = """
from mnist_jax import load_params, read_drawing
read_drawing(load_params(), [[(0, 0), (1, 2)]])
"""

BATCH = 256
"""Images or drawings that are made in one call."""

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


def seed_training(epochs: int) -> list[Figure]:
    """Measure an epoch of the seed recipe, and compiling it without and with a cache.

    Raises:
        InputError: it cannot be trained; MNIST may be missing.
    """
    options = ("--recipe", "seed", "--epochs", f"{epochs + 1}")
    first, again, _ = _trained_twice("-c", TRAINING, *options)
    epoch = statistics.median(first.epoch_seconds + again.epoch_seconds)
    compiling, cached = float(first.lines[-1]), float(again.lines[-1])
    return [
        Figure("seed_epoch_seconds", "an epoch of the seed recipe", epoch, "s"),
        Figure("compile_seconds", "compiling the training", compiling, "s"),
        Figure("compile_cached_seconds", "the same at the second start", cached, "s"),
    ]


def sprint_training() -> list[Figure]:
    """Measure the time to 98 % accuracy, including start-up and writing the files.

    Raises:
        InputError: as `seed_training`.
    """
    first, again, accuracy = _trained_twice("-m", "mnist_jax.train", "--recipe", "sprint")
    return [
        Figure("sprint_seconds", "start Python, train the sprint recipe", first.total, "s"),
        Figure("sprint_cached_seconds", "the same at the second start", again.total, "s"),
        Figure("sprint_percent", "test images that it reads", 100 * accuracy, "%"),
    ]


def _trained_twice(*command: str) -> tuple[Run, Run, float]:
    """Return the first run, which compiles, the second one, and the accuracy on test images."""
    with tempfile.TemporaryDirectory() as folder:
        output = f"{folder}/trained.safetensors"
        cache = {
            "JAX_COMPILATION_CACHE_DIR": folder,
            "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
            "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1",
        }
        first, again = (run(*command, "--output", output, **cache) for _ in range(2))
        return first, again, load_card(output)["test"]["accuracy"]


def start_times() -> list[Figure]:
    """Measure the start of a script that reads a drawing, and of the game.

    Raises:
        InputError: one of them does not start.
    """
    script = statistics.median(run("-c", SCRIPT).total for _ in range(5))
    game = json.loads(run("-m", "game.benchmark", "--json", SDL_VIDEODRIVER="dummy").lines[-1])
    names = {
        "first_frame": translatable("start the game, to its first frame"),
        "net_ready": translatable("until its network reads"),
        "net_ready_uncached": translatable("the same at the first start, compiling"),
    }
    return [
        Figure("script_seconds", "start Python, load the weights, read a drawing", script, "s"),
        *(Figure(f"game_{key}_milliseconds", name, game[key], "ms") for key, name in names.items()),
    ]


def data_rates() -> list[Figure]:
    """Measure how fast training data is made."""
    key = jax.random.key(0)
    distorted = partial(jax.jit(augment.distort), key, jnp.zeros((BATCH, 28, 28)))

    def rate(name: str, text: str, call: Callable[[], Any]) -> Figure:
        return Figure(f"{name}_per_second", text, BATCH / call_seconds(call, 20), "/s")

    digits, others = allographs.sample_images, non_digits.sample_images
    return [
        rate("images_distorted", "MNIST images distorted", distorted),
        rate("digits_drawn", "drawings of digits synthesised", partial(digits, key, BATCH)),
        rate("strays_drawn", "drawings of no digit synthesised", partial(others, key, BATCH)),
    ]


def reading_times() -> list[Figure]:
    """Measure reading and explaining with the included weights, after a warm-up."""
    mlp = load_params()
    one, many = np.zeros((1, 28, 28), np.uint8), np.zeros((10_000, 28, 28), np.uint8)
    turn = np.linspace(0, 6, 60)
    oval = [np.stack([np.cos(turn), 2 * np.sin(turn)], axis=1)]
    image = read_drawing(mlp, oval).image
    rng = np.random.default_rng(0)
    hatching = [rng.uniform(0, 1, (5, 2)) + np.array([x, 0]) for x in np.linspace(0, 11, 200)]
    strokes, points = rng.uniform(0, 100, (5_000, 4, 2)), rng.uniform(0, 100, (1, 100_000, 2))
    plainest = dict(reversed(allographs.allographs()))  # the first allograph of each digit
    number = [
        stroke + np.array([2 * place, 0])
        for place, digit in enumerate((4, 0, 7, 2, 5))
        for stroke in plainest[digit].drawing
    ]

    def taken(name: str, text: str, times: int, call: Callable[..., Any], *given: Any) -> Figure:
        milliseconds = 1000 * call_seconds(partial(call, mlp, *given), times)
        return Figure(f"{name}_milliseconds", text, milliseconds, "ms")

    microseconds = 1e6 * call_seconds(partial(predict, mlp, one), 1000)
    return [
        Figure("predict_1_microseconds", "`predict`, 1 image", microseconds, "µs"),
        taken("predict_10000", "`predict`, 10,000 images", 10, predict, many),
        taken("read_drawing", "one drawing, strokes to reading", 1000, read_drawing, oval),
        taken("read_5000_strokes", "the same, 5,000 strokes", 10, read_drawing, strokes),
        taken("read_100000_points", "the same, 100,000 points", 10, read_drawing, points),
        taken("read_number", "a number of five digits", 100, read_number, number),
        taken("read_number_200_strokes", "a number of 200 strokes", 20, read_number, hatching),
        taken("activity", "all activations and contributions", 200, activity, image, 0),
        taken("explain", "the whole explanation of an image", 10, explain, image),
    ]
