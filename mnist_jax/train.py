"""Train a network and save its weights and training curves.

    python -m mnist_jax.train [--recipe quick] [--output mnist_mlp.safetensors]

`--help` lists the recipes with their time and accuracy. With `--checkpoint-dir`, running the same
command again continues an interrupted run, and the result has the same bytes as without the
interruption.
"""

import dataclasses
import logging
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mnist_jax.distributed.group import Group
from mnist_jax.support import command_line
from mnist_jax.support.command_line import data_dir_option, flag, option
from mnist_jax.support.errors import InputError, Interrupted
from mnist_jax.support.files import checked_folder, checked_output, save_elsewhere, write_error
from mnist_jax.support.jax_settings import use_one_thread
from mnist_jax.training.interruption import StopRequest, stop_on_signals
from mnist_jax.training.recipes import MNIST_IMAGES, RECIPES, Recipe, named_recipe

if TYPE_CHECKING:
    from mnist_jax.data.mnist import Digits
    from mnist_jax.model import MLP
    from mnist_jax.training.position import Position
    from mnist_jax.training.run import Task, TrainingRun


@dataclass(frozen=True)
class Options:
    """Options of the command."""

    recipe: str = option(None, "what to train; see the list above", "quick", choices=RECIPES)
    hidden: tuple[int, ...] | None = option(
        "WIDTH", "widths of the hidden layers (default: the recipe's)", nargs="*"
    )
    epochs: int | None = option("N", "passes over MNIST's training images (default: the recipe's)")
    batch_size: int | None = option("N", "MNIST images per step (default: the recipe's)")
    learning_rate: float | None = option(
        "RATE", "initial learning rate of Adam (default: the recipe's)"
    )
    held_out: int | None = option(
        "N", "training images held out for validation (default: the recipe's)"
    )
    seed: int = option(
        "N",
        "seed of all random choices; the same seed gives the same bytes on the same machine",
        0,
        type=command_line.seed,
    )
    data_dir: Path | None = data_dir_option()
    profile: Path | None = option("DIR", "folder for a profiler trace of the second epoch")
    output: Path = option(
        "FILE",
        "file for the weights; the training curves are saved beside it as a PNG of the same name",
        Path("mnist_mlp.safetensors"),
    )
    checkpoint_dir: Path | None = option(
        "DIR",
        "folder for checkpoints; run the same command again to continue from the newest one",
    )
    checkpoint_every: float = option("SECONDS", "seconds between checkpoints", 5.0)
    distributed: bool = flag(
        "train together with all processes that Slurm, Kubernetes, MPI or a TPU pod started"
    )
    coordinator: str | None = option(
        "HOST:PORT", "train together with processes started by hand: the address of process 0"
    )
    num_processes: int | None = option("N", "number of processes (with --coordinator)")
    process_id: int | None = option(
        "I",
        "index of this process (with --coordinator); "
        "process 0 shows the progress and writes the files",
    )


def main() -> None:
    """Run the command."""
    command_line.run("train", Options, _train, _description(), check=_check)


def _description() -> str:
    recipes = [f"  {name}: {recipe.summary}" for name, recipe in RECIPES.items()]
    heading = "Recipes, with their time on two cores and their accuracy on MNIST's test images:"
    return "\n".join(["Train a network to read digits.", "", heading, *recipes])


def _check(options: Options) -> None:
    """Check everything that can be checked without JAX and the data."""
    recipe = _recipe(options)
    recipe.check_images(MNIST_IMAGES)
    if not options.checkpoint_every >= 0:
        raise InputError(
            f"--checkpoint-every: {options.checkpoint_every} was given, it must be 0 or more"
        )
    group = _group(options)
    if options.profile:
        recipe.check_profile()
        checked_folder(options.profile)
    if not group.process_id:  # other processes write nothing
        checked_output(options.output, ".safetensors")
        checked_output(options.output.with_suffix(".png"), ".png")


def _recipe(options: Options) -> Recipe:
    """Return the named recipe with the changes that the options ask for."""
    return named_recipe(
        options.recipe,
        hidden=options.hidden,
        epochs=options.epochs,
        batch_size=options.batch_size,
        learning_rate=options.learning_rate,
        held_out=options.held_out,
    )


def _group(options: Options) -> Group:
    return Group(
        options.distributed, options.coordinator, options.num_processes, options.process_id
    )


def _train(options: Options) -> None:
    from mnist_jax.data.mnist import load_mnist
    from mnist_jax.distributed.processes import connected, is_main_process
    from mnist_jax.training.run import Task
    from mnist_jax.training.step import initial_network

    recipe = _recipe(options)
    if recipe.has_small_steps:
        use_one_thread()
    with (
        stop_on_signals(command_line.print_error, command_line.exit_immediately) as stop_request,
        connected(_group(options), command_line.print_error),
    ):
        initial_network(recipe, options.seed)  # report a bad --hidden before data is looked for
        mnist = load_mnist(options.data_dir)
        task = Task(options.recipe, recipe, mnist.train, options.seed, options.profile)
        task.check()
        stop_request.immediate = False
        run, resume_hint = _run(options, task, stop_request)
        if is_main_process():
            _save(options, task, run, mnist.test)
    if status := run.status or stop_request.status:
        raise Interrupted(resume_hint, status)


def _run(options: Options, task: "Task", stop_request: StopRequest) -> "tuple[TrainingRun, str]":
    """Train; return the run and what to print if it was interrupted."""
    from mnist_jax.distributed.processes import is_main_process
    from mnist_jax.training.checkpoints import Checkpoints
    from mnist_jax.training.position import START
    from mnist_jax.training.run import run_training

    folder, epochs = options.checkpoint_dir, task.recipe.epochs
    if not is_main_process():
        return run_training(task, stop_request), "interrupted; process 0 saves the weights"
    if folder is None:
        run = run_training(task, stop_request)
        return run, _resume_hint(epochs, run, None)
    opened = Checkpoints(
        folder, task.fingerprint, command_line.print_error, options.checkpoint_every
    )
    _silence_orbax()
    with closing(opened) as checkpoints:
        if checkpoints.newest != START:
            print(f"{folder}: continuing {checkpoints.newest.place} of {epochs}")
        run = run_training(task, stop_request, checkpoints)
        return run, _resume_hint(epochs, run, checkpoints.newest)


def _silence_orbax() -> None:
    """Hide Orbax' own traces of a failed write; it is reported in one line."""
    logging.getLogger("absl").disabled = True
    default_hook = sys.unraisablehook

    def hook(unraisable: "sys.UnraisableHookArgs") -> None:
        if str(unraisable.exc_value) != "Event loop is closed":
            default_hook(unraisable)

    sys.unraisablehook = hook


def _resume_hint(epochs: int, run: "TrainingRun", newest: "Position | None") -> str:
    """Return where the run was interrupted and how to continue it."""
    from mnist_jax.training.position import START

    text = f"interrupted {run.position.place} of {epochs}"
    if len(run.epochs) == epochs:
        return text
    if newest is None:
        return f"{text}; with --checkpoint-dir, the same command could continue from there"
    if newest == START:
        return f"{text}; no checkpoint was saved in --checkpoint-dir yet"
    place = "" if newest == run.position else f" {newest.place}"
    return f"{text}; run the same command again to continue{place}"


def _save(options: Options, task: "Task", run: "TrainingRun", test_digits: "Digits") -> None:
    """Calibrate, test and save the network, and print the results.

    Raises:
        InputError: training ended early, or the files could not be written where they should.

    """
    from mnist_jax.evaluation.metrics import images_report, read_images
    from mnist_jax.evaluation.plots import write_curves
    from mnist_jax.params import save_params
    from mnist_jax.training.step import Score

    mlp = _finished(run.mlp, task)
    test = images_report(read_images(mlp, test_digits))
    card = _card(options, task, run.position, test)

    def write(path: Path) -> None:
        save_params(path, mlp, card)
        write_curves(path.with_suffix(".png"), run.epochs, Score(test["loss"], test["accuracy"]))

    output = _written(write, options.output)
    print(f"test  loss {test['loss']:.4f}  accuracy {100 * test['accuracy']:.2f} %")
    print(f"wrote {output} and {output.with_suffix('.png')}")
    if run.trace:
        print(f"wrote {run.trace}")
        print(f"open it on https://ui.perfetto.dev, or run xprof --logdir {options.profile}")
    elif options.profile:
        command_line.print_error("--profile: no second epoch was trained, so there is no trace")
    if run.problem:
        raise InputError(f"{run.problem}; {output} has the weights {run.position.place}")


def _written(write: Callable[[Path], None], path: Path) -> Path:
    """Write the files; return where they are, which the user may have been asked for."""
    failed = write_error(write, path)
    return save_elsewhere(write, path, failed, command_line.prompt()) if failed else path


def _finished(mlp: "MLP", task: "Task") -> "MLP":
    """Return the network as it is saved: calibrated if it can refuse, and rounded."""
    import jax

    from mnist_jax.params import rounded
    from mnist_jax.training.calibration import calibrated
    from mnist_jax.training.loop import held_out

    if task.recipe.non_digits:
        key = jax.random.key(task.seed + 1)
        mlp = calibrated(mlp, held_out(task.recipe, task.digits), key)
    return rounded(mlp)


_MEASURES = ("accuracy", "loss", "count", "calibration_error")


def _card(
    options: Options, task: "Task", position: "Position", test: dict[str, Any]
) -> dict[str, Any]:
    """Describe the weights and how they were made, without anything that varies between runs."""
    from mnist_jax.training.fingerprint import LIBRARIES

    passes = position.passes(task.images)
    epochs = round(passes, 3) if passes % 1 else int(passes)
    recipe = dataclasses.asdict(task.recipe) | {"name": options.recipe, "epochs": epochs}
    del recipe["summary"]
    return {
        "recipe": recipe,
        "seed": options.seed,
        "versions": {name: version(name) for name in LIBRARIES},
        "test": {name: test[name] for name in _MEASURES},
    }


if __name__ == "__main__":
    main()
