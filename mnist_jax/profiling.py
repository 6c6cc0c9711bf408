"""Where the time of training goes: a trace of one epoch, for Perfetto, TensorBoard or xprof."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import jax

from mnist_jax.errors import InputError
from mnist_jax.fit import Epoch
from mnist_jax.recipe import Recipe
from mnist_jax.step import Training


def check_traced(recipe: Recipe) -> None:
    """Refuse a recipe that has no epoch to trace.

    Raises:
        InputError: there is no second epoch.

    """
    if recipe.epochs < 2:
        raise InputError(
            f"--profile: the second epoch is traced, the first compiles; --epochs {recipe.epochs} "
            "was given, it has to be at least 2"
        )


def traced(
    steps: Iterator[tuple[Training, Epoch]], folder: Path
) -> Iterator[tuple[Training, Epoch]]:
    """The same steps of `fit`; of the second that is trained a trace is written into the folder."""
    yield from islice(steps, 1)
    options = jax.profiler.ProfileOptions()
    options.python_tracer_level = 0  # an epoch is one call; what counts is what XLA does in it
    with jax.profiler.trace(str(folder), profiler_options=options):
        second = list(islice(steps, 1))
    yield from second
    yield from steps


def trace_in(folder: Path) -> Path | None:
    """The file of the newest trace, of the kind that Perfetto opens, if there is one."""
    traces = folder.glob("plugins/profile/*/*.trace.json.gz")
    return max(traces, key=lambda path: path.stat().st_mtime, default=None)
