"""Train the network, write its weights with their card, and draw its curves.

    python -m mnist_jax.train [--recipe quick] [--output mnist_mlp.safetensors]

What each recipe costs and reaches stands in `mnist_jax.recipe` and in `--help`.
"""

import dataclasses
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import jax
from tyro.conf import arg

from mnist_jax import command, plot
from mnist_jax.calibrate import calibrated
from mnist_jax.command import DataDir
from mnist_jax.errors import InputError
from mnist_jax.files import checked_output
from mnist_jax.fit import Epoch, Score, fit, held_out
from mnist_jax.mnist import load_mnist
from mnist_jax.params import Card, rounded, save_params
from mnist_jax.progress import shown
from mnist_jax.recipe import RECIPES, Recipe, named_recipe
from mnist_jax.report import Report, images_report, read_images

MAX_SEED = 2**32 - 1

_OF_RECIPE = "(default: the recipe's)"


@dataclass(frozen=True)
class Options:
    """The command line."""

    recipe: Annotated[str, arg(metavar="{" + ",".join(RECIPES) + "}")] = "quick"
    """What to train: see below."""

    hidden: Annotated[
        tuple[int, ...] | None, arg(metavar="WIDTH ...", help_behavior_hint=_OF_RECIPE)
    ] = None
    """Widths of the hidden layers."""

    epochs: Annotated[int | None, arg(metavar="N", help_behavior_hint=_OF_RECIPE)] = None
    """Passes over MNIST's training images."""

    batch_size: Annotated[int | None, arg(metavar="N", help_behavior_hint=_OF_RECIPE)] = None
    """Images of one step."""

    learning_rate: Annotated[float | None, arg(metavar="RATE", help_behavior_hint=_OF_RECIPE)] = (
        None
    )
    """Adam's learning rate at the start."""

    held_out: Annotated[int | None, arg(metavar="N", help_behavior_hint=_OF_RECIPE)] = None
    """Training images kept for validation, to draw its curves."""

    seed: int = 0
    """Seed of every random choice; the same seed gives the same bytes on the same machine."""

    data_dir: DataDir = None

    output: Annotated[Path, arg(metavar="FILE")] = Path("mnist_mlp.safetensors")
    """Where the weights go; the curves go beside them, as a PNG of the same name."""


def main() -> None:
    """Run the command."""
    command.run("train", Options, _train, _description())


def _description() -> str:
    recipes = [f"{name}: {recipe.summary}" for name, recipe in RECIPES.items()]
    heading = "Recipes, their time on two cores, and the share of MNIST's test images they read:"
    return "\n\n".join(["Train a network to read digits.", heading, *recipes])


def _train(options: Options) -> None:
    recipe = _recipe(options)
    output = checked_output(options.output, ".safetensors")
    curves = checked_output(output.with_suffix(".png"), ".png")
    if not 0 <= options.seed <= MAX_SEED:
        raise InputError(f"--seed: {options.seed} was given, it has to be 0 to {MAX_SEED}")
    mnist = load_mnist(options.data_dir)
    epochs: list[Epoch] = []
    problem: InputError | KeyboardInterrupt | None = None
    try:
        for mlp, epoch in shown(fit(recipe, mnist.train, options.seed), recipe.epochs):
            trained = mlp
            epochs.append(epoch)
    except (InputError, KeyboardInterrupt) as error:
        if not epochs:
            raise
        problem = error
    if recipe.negatives:
        calibration_key = jax.random.key(options.seed + 1)
        trained = calibrated(trained, held_out(recipe, mnist.train), calibration_key)
    trained = rounded(trained)
    test = images_report(read_images(trained, mnist.test))
    save_params(output, trained, _card(options, recipe, len(epochs), test))
    plot.write_curves(curves, epochs, Score(test["loss"], test["accuracy"]))
    print(f"test  loss {test['loss']:.4f}  accuracy {100 * test['accuracy']:.2f} %")
    print(f"wrote {output} and {curves}")
    if isinstance(problem, InputError):
        raise InputError(f"{problem}; {output} keeps the weights of epoch {len(epochs)}")
    if problem:
        raise problem


def _recipe(options: Options) -> Recipe:
    """The named recipe with what the command line changes of it."""
    names = {field.name for field in dataclasses.fields(Recipe)}
    given = {name: value for name, value in vars(options).items() if value is not None}
    changes = {name: value for name, value in given.items() if name in names}
    return dataclasses.replace(named_recipe(options.recipe), **changes)


_LIBRARIES = ("jax", "jaxlib", "flax", "optax", "numpy")
_MEASURES = ("accuracy", "loss", "count", "calibration_error")


def _card(options: Options, recipe: Recipe, epochs: int, test: Report) -> Card:
    """What the weights are and how they were made, without anything that differs between runs."""
    made = dataclasses.asdict(recipe) | {"name": options.recipe, "epochs": epochs}
    del made["summary"]
    return {
        "recipe": made,
        "seed": options.seed,
        "versions": {name: version(name) for name in _LIBRARIES},
        "test": {name: test[name] for name in _MEASURES},
    }


if __name__ == "__main__":
    main()
