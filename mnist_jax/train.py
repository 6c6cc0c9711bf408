"""Train the network, write its weights with their card, and draw its curves.

    python -m mnist_jax.train [--recipe quick] [--output mnist_mlp.safetensors]

With `--checkpoint-dir` a training that was stopped, in whatever way, is taken up by the same
command, and ends in the same bytes as one that was not. Ctrl-C stops within half a
second or a step, once the training is compiled.
What each recipe costs and reaches stands in `mnist_jax.training.recipes` and in `--help`.
"""

import dataclasses
import logging
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, NamedTuple

import jax
from tyro.conf import arg

from mnist_jax.data.mnist import Digits, load_mnist
from mnist_jax.distributed.processes import Group, joined, leads
from mnist_jax.evaluation.metrics import Report, images_report, read_images
from mnist_jax.model import MLP
from mnist_jax.params import Card, rounded, save_params
from mnist_jax.support import command_line
from mnist_jax.support.command_line import OF_RECIPE, DataDir
from mnist_jax.support.errors import InputError
from mnist_jax.support.fallback_save import failure, rescued
from mnist_jax.support.files import checked_folder, checked_output
from mnist_jax.training.calibration import calibrated
from mnist_jax.training.checkpoints import Checkpoints
from mnist_jax.training.fingerprint import LIBRARIES, Fingerprint, check_same, fingerprint_of
from mnist_jax.training.interruption import Interrupted, StopRequest, stop_on_signals
from mnist_jax.training.loop import check, held_out
from mnist_jax.training.position import START, Position
from mnist_jax.training.profiling import check_traced
from mnist_jax.training.recipes import RECIPES, Recipe, named_recipe
from mnist_jax.training.run import Task, TrainingRun, run_training
from mnist_jax.training.step import Score


@dataclass(frozen=True)
class Options:
    """The command line."""

    recipe: Annotated[str, arg(metavar="{" + ",".join(RECIPES) + "}")] = "quick"
    """What to train: see below."""

    hidden: Annotated[
        tuple[int, ...] | None, arg(metavar="WIDTH ...", help_behavior_hint=OF_RECIPE)
    ] = None
    """Widths of the hidden layers."""

    epochs: Annotated[int | None, arg(metavar="N", help_behavior_hint=OF_RECIPE)] = None
    """Passes over MNIST's training images."""

    batch_size: Annotated[int | None, arg(metavar="N", help_behavior_hint=OF_RECIPE)] = None
    """Images of one step."""

    learning_rate: Annotated[float | None, arg(metavar="RATE", help_behavior_hint=OF_RECIPE)] = None
    """Adam's learning rate at the start."""

    held_out: Annotated[int | None, arg(metavar="N", help_behavior_hint=OF_RECIPE)] = None
    """Training images kept for validation, to draw its curves."""

    seed: int = 0
    """Seed of every random choice; the same seed gives the same bytes on the same machine."""

    data_dir: DataDir = None

    profile: Annotated[Path | None, arg(metavar="DIR", help_behavior_hint="(optional)")] = None
    """Folder for a trace of the second epoch that is trained: where its time goes."""

    output: Annotated[Path, arg(metavar="FILE")] = Path("mnist_mlp.safetensors")
    """Where the weights go; the curves go beside them, as a PNG of the same name."""

    checkpoint_dir: Annotated[
        Path | None, arg(metavar="DIR", help_behavior_hint="(default: none)")
    ] = None
    """Folder to keep training in; the same command again takes it up from there."""

    checkpoint_every: Annotated[float, arg(metavar="SECONDS")] = 5.0
    """Seconds of training that a crash may cost."""

    distributed: bool = False
    """Train with all processes that Slurm, Kubernetes, MPI or a TPU pod started."""

    coordinator: Annotated[
        str | None, arg(metavar="HOST:PORT", help_behavior_hint="(default: none)")
    ] = None
    """Train with other processes, started by hand: where number 0 of them listens."""

    num_processes: Annotated[
        int | None, arg(metavar="N", help_behavior_hint="(with --coordinator)")
    ] = None
    """How many they are."""

    process_id: Annotated[
        int | None, arg(metavar="I", help_behavior_hint="(with --coordinator)")
    ] = None
    """Which of them this is, from 0; 0 shows the progress and writes the files."""


def main() -> None:
    """Run the command."""
    command_line.run("train", Options, _train, _description())


def _description() -> str:
    recipes = [f"{name}: {recipe.summary}" for name, recipe in RECIPES.items()]
    heading = "Recipes, their time on two cores, and the share of MNIST's test images they read:"
    return "\n\n".join(["Train a network to read digits.", heading, *recipes])


def _train(options: Options) -> None:
    recipe = _recipe(options)
    _check(options, recipe)
    group = Group(
        options.distributed, options.coordinator, options.num_processes, options.process_id
    )
    with (
        stop_on_signals(command_line.complain, command_line.leave_at_once) as stop_request,
        joined(group, command_line.complain),
    ):
        task, test_digits = _task(options, recipe)
        if jax.process_count() > 1:
            check_same(_run(options, task))
        stop_request.immediate = False
        course, way_on = _course(options, task, stop_request)
        if leads():
            _tell(options, course, _written(options, task, course, test_digits))
    if status := course.status or stop_request.status:
        raise Interrupted(way_on, status)


def _task(options: Options, recipe: Recipe) -> tuple[Task, Digits]:
    """What to train, and what to test it with, once all that can be refused was not."""
    if leads():
        checked_output(options.output, ".safetensors")
        checked_output(options.output.with_suffix(".png"), ".png")
    mnist = load_mnist(options.data_dir)
    check(recipe, len(mnist.train))
    return Task(recipe, mnist.train, options.seed, options.profile), mnist.test


class _Written(NamedTuple):
    """What became of the weights."""

    test: Report
    write: Callable[[Path], None]
    failed: InputError | None
    """Why they could not be written where they should."""


def _written(options: Options, task: Task, course: TrainingRun, test_digits: Digits) -> _Written:
    """The network finished, tested and on disk with its curves."""
    trained = _finished(course.mlp, task)
    test = images_report(read_images(trained, test_digits))
    card = _card(options, task, course.position, test)

    from mnist_jax.evaluation.plots import write_curves

    def write(path: Path) -> None:
        save_params(path, trained, card)
        curves = path.with_suffix(".png")
        write_curves(curves, course.epochs, Score(test["loss"], test["accuracy"]))

    return _Written(test, write, failure(write, options.output))


def _tell(options: Options, course: TrainingRun, written: _Written) -> None:
    """Print what came of it; what could not be written goes elsewhere.

    Raises:
        InputError: training ended early.

    """
    test, write, failed = written
    output = options.output
    if failed:
        output = rescued(write, output, failed, command_line.asker())
    print(f"test  loss {test['loss']:.4f}  accuracy {100 * test['accuracy']:.2f} %")
    print(f"wrote {output} and {output.with_suffix('.png')}")
    if course.trace:
        print(f"wrote {course.trace}")
        print(f"open it on https://ui.perfetto.dev, or run xprof --logdir {options.profile}")
    elif options.profile:
        command_line.complain("--profile: there is no trace, no second epoch was trained whole")
    if course.problem:
        place = course.position.place
        raise InputError(f"{course.problem}; {output} keeps the weights as they were {place}")


def _check(options: Options, recipe: Recipe) -> None:
    """Refuse, before anything is trained, what could not be used after it."""
    command_line.checked_seed(options.seed)
    if not options.checkpoint_every >= 0:
        raise InputError(
            f"--checkpoint-every: {options.checkpoint_every} was given, it has to be 0 or more"
        )
    if options.profile:
        check_traced(recipe)
        checked_folder(options.profile)


def _finished(mlp: MLP, task: Task) -> MLP:
    """The trained network as it is kept: calibrated where it can refuse, and rounded."""
    if task.recipe.non_digits:
        key = jax.random.key(task.seed + 1)
        mlp = calibrated(mlp, held_out(task.recipe, task.digits), key)
    return rounded(mlp)


def _course(options: Options, task: Task, stop_request: StopRequest) -> tuple[TrainingRun, str]:
    """What came of training, and what to say if it was interrupted."""
    folder, recipe = options.checkpoint_dir, task.recipe
    if not leads():
        return run_training(
            task, stop_request
        ), "interrupted; the first process keeps what there is"
    if folder is None:
        course = run_training(task, stop_request)
        return course, _way_on(recipe, course, None)
    run = _run(options, task)
    opened = Checkpoints(folder, run, command_line.complain, options.checkpoint_every)
    _hush_orbax()
    with closing(opened) as checkpoints:
        if checkpoints.newest != START:
            print(f"{folder}: taken up {checkpoints.newest.place} of {recipe.epochs}")
        course = run_training(task, stop_request, checkpoints)
        return course, _way_on(recipe, course, checkpoints.newest)


def _run(options: Options, task: Task) -> Fingerprint:
    return fingerprint_of(options.recipe, task.recipe, task.digits, task.seed)


def _hush_orbax() -> None:
    """Leave a write that fails to the line that tells it; Orbax adds traces, in two ways."""
    logging.getLogger("absl").disabled = True
    shown = sys.unraisablehook

    def hook(unraisable: "sys.UnraisableHookArgs") -> None:
        if str(unraisable.exc_value) != "Event loop is closed":
            shown(unraisable)

    sys.unraisablehook = hook


def _way_on(recipe: Recipe, course: TrainingRun, newest: Position | None) -> str:
    text = f"interrupted {course.position.place} of {recipe.epochs}"
    if len(course.epochs) == recipe.epochs:
        return text
    if newest is None:
        return f"{text}; with --checkpoint-dir the same command could go on from there"
    if newest == START:
        return f"{text}; nothing that could be taken up is kept in --checkpoint-dir"
    place = "" if newest == course.position else f" {newest.place}"
    return f"{text}; run the same command again to go on{place}"


def _recipe(options: Options) -> Recipe:
    """The named recipe with what the command line changes of it."""
    return named_recipe(
        options.recipe,
        hidden=options.hidden,
        epochs=options.epochs,
        batch_size=options.batch_size,
        learning_rate=options.learning_rate,
        held_out=options.held_out,
    )


_MEASURES = ("accuracy", "loss", "count", "calibration_error")


def _card(options: Options, task: Task, position: Position, test: Report) -> Card:
    """What the weights are and how they were made, without anything that differs between runs."""
    passes = position.passes(task.images)
    epochs = round(passes, 3) if passes % 1 else int(passes)
    made = dataclasses.asdict(task.recipe) | {"name": options.recipe, "epochs": epochs}
    del made["summary"]
    return {
        "recipe": made,
        "seed": options.seed,
        "versions": {name: version(name) for name in LIBRARIES},
        "test": {name: test[name] for name in _MEASURES},
    }


if __name__ == "__main__":
    main()
