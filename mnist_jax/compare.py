"""Compare networks of different sizes, each trained from several seeds.

    python -m mnist_jax.compare --hidden 64 --hidden 128 128 128 [--seeds 8] [--epochs 10]

Prints a row for each network as soon as it is trained, and plots them all. Eight seeds of the seed
recipe take about four times as long on two cores as one run of `train`.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mnist_jax.support import command_line
from mnist_jax.support.command_line import data_dir_option, flag, option
from mnist_jax.support.errors import InputError
from mnist_jax.support.files import checked_output, save_elsewhere, write_error
from mnist_jax.training.recipes import MNIST_IMAGES, RECIPES, Recipe, check_many, named_recipe

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from mnist_jax.data.mnist import Mnist
    from mnist_jax.training.ensemble import SeedResults

HIDDEN = ((64,), (128,), (1024,), (128, 128, 128))
"""Networks to compare by default: more units, or more layers."""


@dataclass(frozen=True)
class Options:
    """Options of the command."""

    hidden: tuple[tuple[int, ...], ...] | None = option(
        "WIDTH",
        "widths of the hidden layers; none means a network without; repeat to compare (default: "
        + ", then ".join(" ".join(map(str, widths)) for widths in HIDDEN)
        + ")",
        nargs="*",
        action="append",
    )
    seeds: int = option(
        "N", "number of networks of each kind, trained from the seeds 0, 1, 2 and so on", 8
    )
    epochs: int = option("N", "passes over MNIST's training images", 10)
    recipe: str = option(
        None,
        "recipe to train them by; see `python -m mnist_jax.train --help`",
        "seed",
        choices=RECIPES,
    )
    batch_size: int | None = option("N", "MNIST images per step (default: the recipe's)")
    learning_rate: float | None = option(
        "RATE", "initial learning rate of Adam (default: the recipe's)"
    )
    data_dir: Path | None = data_dir_option()
    output: Path = option("FILE", "file for the plot", Path("compare.png"))
    json: bool = flag("print one JSON object and nothing else")


def main() -> None:
    """Run the command."""
    description = "Compare networks, each trained from several seeds."
    command_line.run("compare", Options, _compare, description, check=_check)


def _check(options: Options) -> None:
    checked_output(options.output, ".png")
    for recipe in _recipes(options):
        check_many(recipe, MNIST_IMAGES, options.seeds)


def _recipes(options: Options) -> list[Recipe]:
    base = named_recipe(
        options.recipe,
        epochs=options.epochs,
        batch_size=options.batch_size,
        learning_rate=options.learning_rate,
    )
    return [replace(base, hidden=hidden) for hidden in options.hidden or HIDDEN]


def _compare(options: Options) -> None:
    from mnist_jax.data.mnist import load_mnist
    from mnist_jax.distributed.devices import device_per_core
    from mnist_jax.evaluation.plots import write_comparison
    from mnist_jax.training.step import initial_network

    device_per_core(options.seeds)
    recipes = _recipes(options)
    for recipe in recipes:
        initial_network(recipe, 0)  # report a bad --hidden before data is looked for
    mnist = load_mnist(options.data_dir)
    for recipe in recipes:
        check_many(recipe, len(mnist.train), options.seeds)
    results, problem = _train_all(options, recipes, mnist)
    if options.json:
        print(json.dumps({"networks": [_as_json(one) for one in results]}), flush=True)

    def write(path: Path) -> None:
        write_comparison(path, results)

    output = options.output
    if failed := write_error(write, output):
        output = save_elsewhere(
            write, output, failed, None if options.json else command_line.prompt()
        )
    if not options.json:
        print(f"wrote {output}")
    if problem:
        raise problem


def _train_all(
    options: Options, recipes: Sequence[Recipe], mnist: "Mnist"
) -> "tuple[list[SeedResults], BaseException | None]":
    """Train all networks; if one fails or Ctrl-C is pressed, return the results before it and why.

    Raises:
        InputError: the very first network cannot be trained.

    """
    from rich.console import Console

    console = Console(quiet=options.json, highlight=False, soft_wrap=True)
    results: list[SeedResults] = []
    with _progress_bar(console) as bar:
        task = bar.add_task("", total=options.epochs * sum(recipe.weights for recipe in recipes))
        console.print(_line("hidden layers", "parameters", "test accuracy", "time"))
        for recipe in recipes:
            bar.update(task, description=f"{options.seeds} times {recipe.widths}")
            advance = partial(bar.advance, task, recipe.weights)
            try:
                results.append(_train(recipe, mnist, options.seeds, advance))
            except (InputError, KeyboardInterrupt) as problem:
                if not results:
                    raise
                return results, problem
            console.print(_row(results[-1]))
    return results, None


def _progress_bar(console: "Console") -> "Progress":
    """Return a bar that is shown on a terminal, below the finished rows."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from mnist_jax.training.progress import on_terminal

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=not on_terminal())


def _train(
    recipe: Recipe, mnist: "Mnist", seeds: int, advance: Callable[[], None]
) -> "SeedResults":
    from mnist_jax.training.ensemble import SeedResults, fit_many
    from mnist_jax.training.step import evaluated

    start = time.monotonic()
    for networks in fit_many(recipe, mnist.train, range(seeds)):
        last = networks
        advance()
    accuracies = [evaluated(mlp, mnist.test).accuracy for mlp, _ in last]
    return SeedResults(recipe, accuracies, time.monotonic() - start)


def _row(one: "SeedResults") -> str:
    spread = "" if one.deviation is None else f" ± {100 * one.deviation:.2f}"
    return _line(
        one.recipe.widths,
        f"{one.recipe.parameters:,}",
        f"{100 * one.mean:.2f}{spread} %",
        f"{one.seconds:.0f} s",
    )


def _line(hidden: str, parameters: str, accuracy: str, seconds: str) -> str:
    return f"{hidden:<16}{parameters:>12}{accuracy:>18}{seconds:>9}"


def _as_json(one: "SeedResults") -> dict[str, Any]:
    return {
        "hidden": one.recipe.hidden,
        "parameters": one.recipe.parameters,
        "accuracies": one.accuracies,
        "mean": one.mean,
        "standard_deviation": one.deviation,
        "seconds": one.seconds,
    }


if __name__ == "__main__":
    main()
