"""How many units, how many layers: networks compared, each trained from several seeds.

    python -m mnist_jax.compare --hidden 64 --hidden 128 128 128 [--seeds 8] [--epochs 10]

Prints a row for each, as soon as it is known, and draws them all. Two cores take about four times
as long for eight seeds of the seed recipe as `train` takes for one.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from tyro.conf import UseAppendAction, arg

from mnist_jax.data.mnist import Mnist, load_mnist
from mnist_jax.distributed.devices import device_per_core
from mnist_jax.support import command_line
from mnist_jax.support.command_line import OF_RECIPE, DataDir
from mnist_jax.support.errors import InputError
from mnist_jax.support.fallback_save import failure, rescued
from mnist_jax.support.files import checked_output
from mnist_jax.training.ensemble import SeedResults, check_many, fit_many
from mnist_jax.training.progress import on_terminal
from mnist_jax.training.recipes import RECIPES, Recipe, named_recipe
from mnist_jax.training.step import evaluated

HIDDEN = ((64,), (128,), (1024,), (128, 128, 128))
"""What is compared if nothing is named: more units, or more layers."""


@dataclass(frozen=True)
class Options:
    """The command line."""

    hidden: Annotated[
        tuple[tuple[int, ...], ...],
        UseAppendAction,
        arg(
            metavar="WIDTH ...",
            help_behavior_hint="(repeatable; default: "
            + ", then ".join(" ".join(map(str, widths)) for widths in HIDDEN)
            + ")",
        ),
    ] = ()
    """Widths of a network's hidden layers; none is a network without. Once for each network."""

    seeds: int = 8
    """How many networks of each kind are trained, from seeds 0, 1, 2 and so on."""

    epochs: int = 10
    """Passes over MNIST's training images."""

    recipe: Annotated[str, arg(metavar="{" + ",".join(RECIPES) + "}")] = "seed"
    """How they are trained, as `train` names it."""

    batch_size: Annotated[int | None, arg(metavar="N", help_behavior_hint=OF_RECIPE)] = None
    """Images of one step."""

    learning_rate: Annotated[float | None, arg(metavar="RATE", help_behavior_hint=OF_RECIPE)] = None
    """Adam's learning rate at the start."""

    data_dir: DataDir = None

    output: Annotated[Path, arg(metavar="FILE")] = Path("compare.png")
    """Where the picture goes."""

    json: bool = False
    """Print one JSON object and nothing else."""


def main() -> None:
    """Run the command."""
    command_line.run(
        "compare", Options, _compare, "Compare networks, each trained from several seeds."
    )


def _compare(options: Options) -> None:
    output = checked_output(options.output, ".png")
    recipes = _recipes(options)
    mnist = load_mnist(options.data_dir)
    for recipe in recipes:
        check_many(recipe, len(mnist.train), options.seeds)
    device_per_core(options.seeds)
    reached, problem = _all_reached(options, recipes, mnist)
    if options.json:
        print(json.dumps({"networks": [_report(one) for one in reached]}), flush=True)

    from mnist_jax.evaluation.plots import write_comparison

    def write(path: Path) -> None:
        write_comparison(path, reached)

    if failed := failure(write, output):
        output = rescued(write, output, failed, None if options.json else command_line.prompt())
    if not options.json:
        print(f"wrote {output}")
    if problem:
        raise problem


def _all_reached(
    options: Options, recipes: Sequence[Recipe], mnist: Mnist
) -> tuple[list[SeedResults], BaseException | None]:
    """What the networks came to, up to the first that could not be trained, and why it could not.

    Raises:
        InputError: that is the first of all.

    """
    console = Console(quiet=options.json, highlight=False, soft_wrap=True)
    reached: list[SeedResults] = []
    with _bar(console) as bar:
        task = bar.add_task("", total=options.epochs * sum(recipe.weights for recipe in recipes))
        console.print(_line("hidden layers", "parameters", "test accuracy", "time"))
        for recipe in recipes:
            bar.update(task, description=f"{options.seeds} times {recipe.widths}")
            advance = partial(bar.advance, task, recipe.weights)
            try:
                reached.append(_reached(recipe, mnist, options.seeds, advance))
            except (InputError, KeyboardInterrupt) as problem:
                if not reached:
                    raise
                return reached, problem
            console.print(_row(reached[-1]))
    return reached, None


def _recipes(options: Options) -> list[Recipe]:
    base = named_recipe(
        options.recipe,
        epochs=options.epochs,
        batch_size=options.batch_size,
        learning_rate=options.learning_rate,
    )
    return [replace(base, hidden=hidden) for hidden in options.hidden or HIDDEN]


def _bar(console: Console) -> Progress:
    """Below the rows while they are worked at, on a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=not on_terminal())


def _reached(recipe: Recipe, mnist: Mnist, seeds: int, advance: Callable[[], None]) -> SeedResults:
    start = time.monotonic()
    for networks in fit_many(recipe, mnist.train, range(seeds)):
        last = networks
        advance()
    accuracies = [evaluated(mlp, mnist.test).accuracy for mlp, _ in last]
    return SeedResults(recipe, accuracies, time.monotonic() - start)


def _row(one: SeedResults) -> str:
    spread = "" if one.deviation is None else f" ± {100 * one.deviation:.2f}"
    return _line(
        one.recipe.widths,
        f"{one.recipe.parameters:,}",
        f"{100 * one.mean:.2f}{spread} %",
        f"{one.seconds:.0f} s",
    )


def _line(hidden: str, parameters: str, accuracy: str, seconds: str) -> str:
    return f"{hidden:<16}{parameters:>12}{accuracy:>18}{seconds:>9}"


def _report(one: SeedResults) -> dict[str, Any]:
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
