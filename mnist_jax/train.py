"""Train the network, write its weights with their card, and draw its curves.

    python -m mnist_jax.train [--recipe quick] [--output mnist_mlp.safetensors]

With `--checkpoint-dir` a training that was stopped, in whatever way, is taken up by the same
command, and ends in the same bytes as one that was not. Ctrl-C stops after the running epoch.
What each recipe costs and reaches stands in `mnist_jax.recipe` and in `--help`.
"""

import dataclasses
import logging
import sys
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import jax
from tyro.conf import arg

from mnist_jax import command, plot
from mnist_jax.calibrate import calibrated
from mnist_jax.checkpoints import Checkpoints, run_of
from mnist_jax.course import Course, run_course
from mnist_jax.devices import limit_threads
from mnist_jax.errors import InputError
from mnist_jax.files import checked_output
from mnist_jax.fit import Score, held_out
from mnist_jax.interruption import Interrupted, Wish, heeded
from mnist_jax.mnist import Digits, load_mnist
from mnist_jax.model import MLP
from mnist_jax.params import Card, rounded, save_params
from mnist_jax.recipe import RECIPES, Recipe, named_recipe
from mnist_jax.report import Report, images_report, read_images
from mnist_jax.rescue import failure, rescued

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

    data_dir: Annotated[
        Path | None,
        arg(metavar="DIR", help_behavior_hint="(default: $TFDS_DATA_DIR, ~/tensorflow_datasets)"),
    ] = None
    """Folder of TensorFlow Datasets; MNIST is downloaded there if it is missing."""

    output: Annotated[Path, arg(metavar="FILE")] = Path("mnist_mlp.safetensors")
    """Where the weights go; the curves go beside them, as a PNG of the same name."""

    checkpoint_dir: Annotated[
        Path | None, arg(metavar="DIR", help_behavior_hint="(default: none)")
    ] = None
    """Folder to keep training in; the same command again takes it up from there."""

    checkpoint_every: Annotated[float, arg(metavar="SECONDS")] = 5.0
    """How much of it may be lost; what is kept is after the end of an epoch."""


def main() -> None:
    """Run the command."""
    command.run("train", Options, _train, _description())


def _description() -> str:
    recipes = [f"{name}: {recipe.summary}" for name, recipe in RECIPES.items()]
    heading = "Recipes, their time on two cores, and the share of MNIST's test images they read:"
    return "\n\n".join(["Train a network to read digits.", heading, *recipes])


def _train(options: Options) -> None:
    recipe = _recipe(options)
    _check(options)
    limit_threads(recipe)
    mnist = load_mnist(options.data_dir)
    with heeded(command.complain, command.leave_at_once) as wish:
        course, way_on = _course(options, recipe, mnist.train, wish)
        epochs = course.epochs
        trained = _finished(course.mlp, recipe, mnist.train, options.seed)
        test = images_report(read_images(trained, mnist.test))
        card = _card(options, recipe, len(epochs), test)

        def write(path: Path) -> None:
            save_params(path, trained, card)
            curves = path.with_suffix(".png")
            plot.write_curves(curves, epochs, Score(test["loss"], test["accuracy"]))

        output = options.output
        failed = failure(write, output)
    if failed:
        output = rescued(write, output, failed, command.ask if sys.stdin.isatty() else None)
    print(f"test  loss {test['loss']:.4f}  accuracy {100 * test['accuracy']:.2f} %")
    print(f"wrote {output} and {output.with_suffix('.png')}")
    if course.problem:
        raise InputError(f"{course.problem}; {output} keeps the weights of epoch {len(epochs)}")
    if wish.status:
        raise Interrupted(way_on, wish.status)


def _check(options: Options) -> None:
    """Refuse, before anything is trained, what could not be used after it."""
    checked_output(options.output, ".safetensors")
    checked_output(options.output.with_suffix(".png"), ".png")
    if not 0 <= options.seed <= MAX_SEED:
        raise InputError(f"--seed: {options.seed} was given, it has to be 0 to {MAX_SEED}")
    if not options.checkpoint_every >= 0:
        raise InputError(
            f"--checkpoint-every: {options.checkpoint_every} was given, it has to be 0 or more"
        )


def _finished(mlp: MLP, recipe: Recipe, digits: Digits, seed: int) -> MLP:
    """The trained network as it is kept: calibrated where it can refuse, and rounded."""
    if recipe.negatives:
        mlp = calibrated(mlp, held_out(recipe, digits), jax.random.key(seed + 1))
    return rounded(mlp)


def _course(options: Options, recipe: Recipe, digits: Digits, wish: Wish) -> tuple[Course, str]:
    """What came of training, and what to say if it was interrupted."""
    folder = options.checkpoint_dir
    if folder is None:
        course = run_course(recipe, digits, options.seed, wish)
        return course, _way_on(recipe, course, None)
    run = run_of(options.recipe, recipe, digits, options.seed)
    opened = Checkpoints(folder, run, command.complain, options.checkpoint_every)
    _hush_orbax()
    with closing(opened) as checkpoints:
        if checkpoints.newest:
            print(f"{folder}: taken up after epoch {checkpoints.newest} of {recipe.epochs}")
        course = run_course(recipe, digits, options.seed, wish, checkpoints)
        return course, _way_on(recipe, course, checkpoints.newest)


def _hush_orbax() -> None:
    """Leave a write that fails to the line that tells it; Orbax adds traces, in two ways."""
    logging.getLogger("absl").disabled = True
    shown = sys.unraisablehook

    def hook(unraisable: "sys.UnraisableHookArgs") -> None:
        if str(unraisable.exc_value) != "Event loop is closed":
            shown(unraisable)

    sys.unraisablehook = hook


def _way_on(recipe: Recipe, course: Course, newest: int | None) -> str:
    done = len(course.epochs)
    text = f"interrupted after epoch {done} of {recipe.epochs}"
    if done == recipe.epochs:
        return text
    if newest is None:
        return f"{text}; with --checkpoint-dir the same command could go on from there"
    place = "" if newest == done else f" after epoch {newest}"
    return f"{text}; run the same command again to go on{place}"


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
