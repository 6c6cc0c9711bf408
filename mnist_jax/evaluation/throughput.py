"""Measure throughput in this process: matrix products, synthetic images, readings, explanations."""

import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jaxtyping import Array, Float, Int, Key, UInt8

from mnist_jax.data import augment
from mnist_jax.handwriting import allographs, non_digits
from mnist_jax.ink.strokes import Drawing
from mnist_jax.insight.activity import activity
from mnist_jax.insight.explanation import explain
from mnist_jax.model import MLP
from mnist_jax.numbers import read_number
from mnist_jax.params import load_params
from mnist_jax.reading import predict, read_drawing
from mnist_jax.training.recipes import Recipe
from mnist_jax.training.step import ADAM_EPSILON

SIDE = 2048
"""Size of the square matrices that measure the machine."""

BATCH = 256
"""Images and drawings made at once."""

IMAGES = 60_000
"""Images of an epoch."""

FEW_BATCHES = 64
"""Number of distinct batches, few enough for the processor's cache."""


class Figure(NamedTuple):
    """One measurement."""

    key: str
    name: str
    value: float
    unit: str


def seconds(call: Callable[[], Any], times: int) -> float:
    """Return the median time of a call, after a first one that is not counted."""
    wait: Callable[[Any], Any] = jax.block_until_ready
    wait(call())
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        wait(call())
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def product_rate() -> float:
    """Return the floating-point operations per second of a large matrix product."""
    square = jnp.ones((SIDE, SIDE))
    product = jax.jit(jnp.matmul)
    return 2 * SIDE**3 / seconds(lambda: product(square, square), 10)


def products_alone(recipe: Recipe) -> float:
    """Return the seconds that the matrix products of an epoch take alone."""
    keys = jax.random.split(jax.random.key(0), len(recipe.hidden) + 2)
    kernels = [
        jax.random.normal(key, shape) / np.sqrt(shape[0])
        for key, shape in zip(keys[1:], pairwise(recipe.sizes), strict=True)
    ]
    shape = (FEW_BATCHES, recipe.batch_size, recipe.sizes[0])
    batches = jax.random.uniform(keys[0], shape)
    steps = jnp.arange(IMAGES // recipe.batch_size) % FEW_BATCHES
    return seconds(lambda: _products(kernels, batches, steps), 10)


@jax.jit
def _products(
    kernels: Sequence[Float[Array, "_ _"]],
    batches: Float[Array, "few batch pixels"],
    steps: Int[Array, " steps"],
) -> list[Float[Array, "_ _"]]:
    """Return the gradients of the last step as if all layers were linear."""

    def step(_: Any, number: Int[Array, ""]) -> tuple[list[Float[Array, "_ _"]], None]:
        inputs = [batches[number]]
        for kernel in kernels:
            inputs.append(inputs[-1] @ kernel)
        back, gradients = inputs.pop(), []
        for kernel, shown in zip(reversed(kernels), reversed(inputs), strict=True):
            gradients.append(shown.T @ back)
            back = back @ kernel.T
        return gradients[::-1], None

    gradients, _ = jax.lax.scan(step, list(kernels), steps)
    return gradients


def plain_epoch(recipe: Recipe) -> float:
    """Return the seconds of an epoch in its simplest form: one scan with optax.adam."""
    mlp = MLP.initialised(recipe.hidden, jax.random.key(0), recipe.classes)
    training = mlp, optax.adam(recipe.learning_rate, eps=ADAM_EPSILON).init(mlp)
    images = jax.random.bits(jax.random.key(2), (IMAGES, 28, 28), jnp.uint8)
    labels = jnp.arange(IMAGES) % recipe.classes
    return seconds(lambda: _plain(training, images, labels, jax.random.key(1), recipe), 10)


@partial(jax.jit, static_argnames="recipe")
def _plain(
    training: tuple[MLP, optax.OptState],
    images: UInt8[Array, "images 28 28"],
    labels: Int[Array, " images"],
    key: Key[Array, ""],
    recipe: Recipe,
) -> tuple[tuple[MLP, optax.OptState], Float[Array, " steps"]]:
    """Return the state after the epoch, and the loss of each step."""
    optimizer = optax.adam(recipe.learning_rate, eps=ADAM_EPSILON)

    def loss(mlp: MLP, batch: Int[Array, " batch"]) -> Float[Array, ""]:
        each = optax.softmax_cross_entropy_with_integer_labels(mlp(images[batch]), labels[batch])
        return jnp.mean(each)

    def step(carried: Any, batch: Int[Array, " batch"]) -> tuple[Any, Float[Array, ""]]:
        mlp, state = carried
        lost, gradients = jax.value_and_grad(loss)(mlp, batch)
        updates, state = optimizer.update(gradients, state)
        return (optax.apply_updates(mlp, updates), state), lost

    order = jax.random.permutation(key, len(images))
    full = len(images) - len(images) % recipe.batch_size
    stepped: tuple[tuple[MLP, optax.OptState], Array] = jax.lax.scan(
        step, training, order[:full].reshape(-1, recipe.batch_size)
    )
    return stepped


def making() -> list[Figure]:
    """Measure how fast training data is made."""
    key = jax.random.key(0)
    images = jnp.zeros((BATCH, 28, 28))
    distort = jax.jit(augment.distort)
    calls = {
        "images_distorted": ("MNIST images distorted", partial(distort, key, images)),
        "digits_drawn": (
            "drawings of digits synthesised",
            partial(allographs.sample_images, key, BATCH),
        ),
        "strays_drawn": (
            "drawings of no digit synthesised",
            partial(non_digits.sample_images, key, BATCH),
        ),
    }
    return [
        Figure(f"{key}_per_second", name, BATCH / seconds(call, 20), "/s")
        for key, (name, call) in calls.items()
    ]


def reading() -> list[Figure]:
    """Measure reading and explaining with the included weights, after a warm-up."""
    mlp = load_params()
    one, many = np.zeros((1, 28, 28), np.uint8), np.zeros((10_000, 28, 28), np.uint8)
    turn = np.linspace(0, 6, 60)
    drawing = [np.stack([np.cos(turn), 2 * np.sin(turn)], axis=1)]
    image = read_drawing(mlp, drawing).image
    microseconds = 1e6 * seconds(lambda: predict(mlp, one), 1000)
    taken = {
        "predict_10000": ("`predict`, 10,000 images", seconds(lambda: predict(mlp, many), 10)),
        "read_drawing": (
            "one drawing, strokes to reading",
            seconds(lambda: read_drawing(mlp, drawing).digit, 1000),
        ),
        "read_5000_strokes": ("the same, 5,000 strokes", seconds(_scribble(mlp, 5_000, 4), 10)),
        "read_100000_points": ("the same, 100,000 points", seconds(_scribble(mlp, 1, 100_000), 10)),
        "read_number": (
            "a number of five digits",
            seconds(lambda: read_number(mlp, _number()).text, 100),
        ),
        "read_number_200_strokes": (
            "a number of 200 strokes",
            seconds(lambda: read_number(mlp, _hatching(200)).text, 20),
        ),
        "activity": (
            "all activations and contributions",
            seconds(lambda: activity(mlp, image, 0), 200),
        ),
        "explain": (
            "the whole explanation of an image",
            seconds(lambda: explain(mlp, image).digit, 10),
        ),
    }
    return [
        Figure("predict_1_microseconds", "`predict`, 1 image", microseconds, "µs"),
        *(
            Figure(f"{key}_milliseconds", name, 1000 * value, "ms")
            for key, (name, value) in taken.items()
        ),
    ]


def _scribble(mlp: MLP, strokes: int, points: int) -> Callable[[], int]:
    """Return a function that reads a scribble of so many strokes of so many points."""
    scribble = np.random.default_rng(0).uniform(0, 100, (strokes, points, 2))
    return lambda: read_drawing(mlp, scribble).digit


def _number() -> Drawing:
    """Return a number of five digits, in the plainest style of each."""
    plainest = dict(reversed(allographs.allographs()))
    return tuple(
        stroke + np.array([2 * place, 0])
        for place, digit in enumerate((4, 0, 7, 2, 5))
        for stroke in plainest[digit].drawing
    )


def _hatching(strokes: int) -> Drawing:
    """Return many short strokes in a row, twelve times as wide as high."""
    rng = np.random.default_rng(0)
    return tuple(rng.uniform(0, 1, (5, 2)) + np.array([x, 0]) for x in np.linspace(0, 11, strokes))
