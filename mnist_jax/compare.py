"""Compare networks of different sizes, each trained from several seeds.

    python -m mnist_jax.compare --hidden 64 --hidden 128 128 128 [--seeds 8] [--epochs 10]

Prints a row for each network, and plots them all; after Ctrl-C, those that are trained by then.
Eight seeds of the seed recipe take eight times as long as one run of `train`.
"""

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mnist_jax.support import command_line
from mnist_jax.support.command_line import (
    data_dir_option,
    flag,
    option,
    output_option,
    positive,
    print_table,
)
from mnist_jax.support.errors import InputError
from mnist_jax.support.files import write_or_rescue
from mnist_jax.support.jax_settings import use_one_thread
from mnist_jax.support.languages import translated, written
from mnist_jax.training.recipes import MNIST_IMAGES, RECIPES, Recipe, RecipeOptions

if TYPE_CHECKING:
    from mnist_jax.data.mnist import Mnist
    from mnist_jax.training.loop import SeedResults

HIDDEN = ((64,), (128,), (1024,), (128, 128, 128))
"""Networks to compare by default: more units, or more layers."""


@dataclass(frozen=True)
class Options(RecipeOptions):
    """Options of the command."""

    recipe: str = option(
        None,
        "recipe to train them by; see `python -m mnist_jax.train --help`",
        "seed",
        choices=RECIPES,
    )
    hidden: Any = option(
        "WIDTH",
        "widths of the hidden layers, or nothing for a network without any; repeat to compare",
        shown=" ".join(" ".join(map(str, ("--hidden", *widths))) for widths in HIDDEN),
        nargs="*",
        action="append",
        type=int,
    )
    epochs: int | None = option("N", "passes over MNIST's training images", 10)
    seeds: int = option(
        "N",
        "number of networks of each kind, trained from the seeds 0, 1, 2 and so on",
        8,
        type=positive,
    )
    data_dir: Path | None = data_dir_option()
    output: Path = output_option(".png", "file for the plot", "compare.png")
    json: bool = flag("print one JSON object and nothing else")

    def __post_init__(self) -> None:
        """Check that each recipe can be trained on MNIST."""
        for recipe in self.recipes:
            recipe.check_images(MNIST_IMAGES)

    @property
    def recipes(self) -> list[Recipe]:
        """The recipe of each network."""
        return [self.chosen(hidden=hidden) for hidden in self.hidden or HIDDEN]


@command_line.command(Options)
def main(options: Options) -> None:
    """Train the networks, print a row for each and plot them."""
    if all(recipe.has_small_steps for recipe in options.recipes):
        use_one_thread()

    from mnist_jax.data.mnist import load_mnist
    from mnist_jax.evaluation.plots import write_comparison
    from mnist_jax.training.step import initial_network

    for recipe in options.recipes:
        initial_network(recipe, 0)  # report a bad --hidden before data is looked for
    mnist = load_mnist(options.data_dir)
    results: list[SeedResults] = []
    problem: BaseException | None = None
    try:
        _train_all(options, mnist, results)
    except (InputError, KeyboardInterrupt) as error:
        if not results:
            raise
        problem = error  # raised again after the results are shown
    if options.json:
        print(json.dumps({"networks": [_report(result) for result in results]}), flush=True)
    else:
        headings = (
            translated("hidden layers"),
            translated("parameters"),
            translated("test accuracy"),
            translated("time"),
        )
        print_table(headings, map(_row, results))
    write_or_rescue(lambda path: write_comparison(path, results), options.output)
    if not options.json:
        print(translated("wrote {path}", path=options.output))
    if problem:
        raise problem


def _train_all(options: Options, mnist: "Mnist", results: "list[SeedResults]") -> None:
    """Train the networks of each recipe and append to `results`, with a bar on a terminal."""
    from mnist_jax.training.loop import fit_seeds
    from mnist_jax.training.run import on_terminal, progress_bar

    with progress_bar(transient=True, disable=options.json or not on_terminal()) as bar:
        total = sum(recipe.epochs * recipe.weights for recipe in options.recipes)
        task = bar.add_task("", total=options.seeds * total)
        for recipe in options.recipes:
            text = translated(
                "{count} times {widths}", count=options.seeds, widths=translated(recipe.widths)
            )
            bar.update(task, description=text)
            advance = partial(bar.advance, task, recipe.weights)
            results.append(fit_seeds(recipe, mnist, range(options.seeds), advance))


def _report(result: "SeedResults") -> dict[str, Any]:
    return {
        "hidden": result.recipe.hidden,
        "parameters": result.recipe.parameters,
        "accuracies": result.accuracies,
        "mean": result.mean,
        "standard_deviation": result.deviation,
        "seconds": result.seconds,
    }


def _row(result: "SeedResults") -> tuple[str, ...]:
    spread = "" if result.deviation is None else f" ± {written(100 * result.deviation, '.2f')}"
    return (
        translated(result.recipe.widths),
        written(result.recipe.parameters, ","),
        f"{written(100 * result.mean, '.2f')}{spread} %",
        f"{result.seconds:.0f} s",
    )


if __name__ == "__main__":
    main()
