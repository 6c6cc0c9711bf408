"""Measure how fast networks train, as whole processes and against the fastest possible."""

import statistics
import tempfile
from functools import partial, reduce
from typing import Any

import jax
import jax.numpy as jnp
import optax
from jaxtyping import Array, Float, Int, Key, UInt8

from mnist_jax.evaluation.timing import Figure, Run, call_seconds, run
from mnist_jax.model import MLP
from mnist_jax.params import load_card
from mnist_jax.training.recipes import MNIST_IMAGES, RECIPES, Recipe
from mnist_jax.training.step import ADAM_EPSILON

SIDE = 2048
"""Size of the square matrices whose product measures the machine."""

FEW_BATCHES = 64
"""Number of distinct batches, few enough for the processor's cache."""

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

MEASURE = """
from mnist_jax.evaluation import training_speed
from mnist_jax.training.recipes import RECIPES
print(training_speed.{}(RECIPES["seed"]))
"""
"""Call a function of this module in a process of its own, and print the seconds it returns."""


def seed_training(epochs: int) -> list[Figure]:
    """Measure training by the seed recipe, compiling it and with a warm cache.

    Raises:
        InputError: it cannot be trained; MNIST may be missing.

    """
    options = ("--recipe", "seed", "--epochs", f"{epochs + 1}")
    first, again, _ = _trained_twice("-c", TRAINING, *options)
    epoch = statistics.median(first.epochs + again.epochs)
    plain = _printed(run("-c", MEASURE.format("plain_epoch")))
    products = _printed(run("-c", MEASURE.format("products_alone"), NPROC="1"))  # as in training
    square, product = jnp.ones((SIDE, SIDE)), jax.jit(jnp.matmul)
    rate = 2 * SIDE**3 / call_seconds(lambda: product(square, square), 10)
    reached = MNIST_IMAGES * RECIPES["seed"].image_operations / epoch / rate
    return [
        Figure("seed_epoch_seconds", "an epoch of the seed recipe", epoch, "s"),
        Figure("seed_plain_seconds", "the same as a plain scan, Optax' Adam", plain, "s"),
        Figure("seed_products_seconds", "its products of matrices alone", products, "s"),
        Figure("product_gflops", "large products of matrices", rate / 1e9, "GFLOP/s"),
        Figure("seed_rate_percent", "of that rate reached in training", 100 * reached, "%"),
        Figure("compile_seconds", "compiling the training", _printed(first), "s"),
        Figure("compile_cached_seconds", "the same at the second start", _printed(again), "s"),
    ]


def sprint() -> list[Figure]:
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


def _printed(process: Run) -> float:
    """Return the number in the last line that a process printed."""
    return float(process.lines[-1])


def products_alone(recipe: Recipe) -> float:
    """Return the seconds that the matrix products of an epoch take alone.

    They are those of the gradients of a network without biases and ReLU.
    """
    mlp = MLP.initialised(recipe.hidden, jax.random.key(0), recipe.classes)
    kernels = [layer.kernel for layer in mlp.layers]
    shape = (FEW_BATCHES, recipe.batch_size, recipe.sizes[0])
    batches = jax.random.uniform(jax.random.key(1), shape)

    steps = jnp.arange(MNIST_IMAGES // recipe.batch_size) % FEW_BATCHES

    def loss(kernels: list[Array], batch: Array) -> Array:
        return (reduce(jnp.matmul, kernels, batch) ** 2).sum() / 2

    @jax.jit
    def last_gradients(kernels: list[Array], batches: Array) -> list[Array]:
        def step(_: Any, number: Array) -> tuple[list[Array], None]:
            return jax.grad(loss)(kernels, batches[number]), None

        gradients, _ = jax.lax.scan(step, kernels, steps)
        return gradients

    return call_seconds(lambda: last_gradients(kernels, batches), 10)


def plain_epoch(recipe: Recipe) -> float:
    """Return the seconds of an epoch in its simplest form: one scan with optax.adam."""
    mlp = MLP.initialised(recipe.hidden, jax.random.key(0), recipe.classes)
    training = mlp, optax.adam(recipe.learning_rate, eps=ADAM_EPSILON).init(mlp)
    images = jax.random.bits(jax.random.key(2), (MNIST_IMAGES, 28, 28), jnp.uint8)
    labels = jnp.arange(MNIST_IMAGES) % recipe.classes
    key = jax.random.key(1)
    return call_seconds(lambda: plainly_trained(training, images, labels, key, recipe), 10)


@partial(jax.jit, static_argnames="recipe")
def plainly_trained(
    training: tuple[MLP, optax.OptState],
    images: UInt8[Array, "images 28 28"],
    labels: Int[Array, " images"],
    key: Key[Array, ""],
    recipe: Recipe,
) -> tuple[tuple[MLP, optax.OptState], Float[Array, " steps"]]:
    """Return the network and the optimizer's state after an epoch, and the loss of each step."""
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
