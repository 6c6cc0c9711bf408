"""Train a network and save its weights and training curves.

    python -m mnist_jax.train [--recipe quick] [--output mnist_mlp.safetensors]

`--help` lists the recipes with their time and accuracy. With `--checkpoint-dir`, running the same
command again continues an interrupted run, and the result has the same bytes as without the
interruption.
"""

import dataclasses
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mnist_jax.distributed.processes import ProcessOptions, connected, is_main_process
from mnist_jax.support import command_line
from mnist_jax.support.command_line import data_dir_option, option
from mnist_jax.support.errors import InputError, Interrupted, check_least
from mnist_jax.support.exits import exit_immediately, print_error
from mnist_jax.support.files import checked_folder, checked_output, write_or_rescue
from mnist_jax.support.jax_settings import use_one_thread
from mnist_jax.support.languages import translatable, translated
from mnist_jax.training.interruption import StopRequest, stop_on_signals
from mnist_jax.training.recipes import MNIST_IMAGES, RECIPES, RecipeOptions

if TYPE_CHECKING:
    from mnist_jax.data.mnist import Digits, Mnist
    from mnist_jax.training.loop import Snapshot
    from mnist_jax.training.run import TrainingRun


@dataclass(frozen=True)
class Options(ProcessOptions, RecipeOptions):
    """Options of the command."""

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

    def __post_init__(self) -> None:
        """Check everything that can be checked without JAX and the data."""
        super().__post_init__()
        recipe = self.chosen()
        recipe.check_images(MNIST_IMAGES)
        check_least("--checkpoint-every", self.checkpoint_every, 0)
        if self.profile:
            if recipe.epochs < 2:
                raise InputError(
                    "--profile: --epochs {epochs} was given, it must be at least 2; "
                    "the second epoch is profiled, because the first compiles",
                    epochs=recipe.epochs,
                )
            checked_folder(self.profile)
        if not self.process_id:  # other processes write nothing
            checked_output(self.output, ".safetensors")
            checked_output(self.output.with_suffix(".png"), ".png")


def _recipe_list() -> str:
    """Return a line for each recipe."""
    lines = [f"  {name}: {translated(recipe.summary)}" for name, recipe in RECIPES.items()]
    return translated(
        "Recipes, with their time on two cores and their accuracy on MNIST's test images:\n"
        "{recipes}",
        recipes="\n".join(lines),
    )


@command_line.command(Options, epilog=_recipe_list)
def main(options: Options) -> None:
    """Train the network, save it and print how it reads the test images."""
    recipe = options.chosen()
    if recipe.has_small_steps:
        use_one_thread()
    with (
        stop_on_signals(print_error, exit_immediately) as stop_request,
        connected(options, print_error),
    ):
        from mnist_jax.data.mnist import load_mnist
        from mnist_jax.training.step import initial_network

        initial_network(recipe, options.seed)  # report a bad --hidden before data is looked for
        mnist = load_mnist(options.data_dir)
        stop_request.immediate = False
        run, newest = _run(options, mnist.train, stop_request)
        if is_main_process():
            _save(options, run, mnist)
        hint = _resume_hint(options, run, newest)
    if status := run.status or stop_request.status:
        raise Interrupted(hint, status)


def _run(
    options: Options, digits: "Digits", stop_request: StopRequest
) -> "tuple[TrainingRun, Snapshot | None]":
    """Train; return the run, and the snapshot in the newest checkpoint, if any."""
    import jax

    from mnist_jax.training.checkpoints import Checkpoints, check_same_run, fingerprint_of
    from mnist_jax.training.run import run_training

    recipe, folder = options.chosen(), options.checkpoint_dir
    fingerprint = fingerprint_of(options.recipe, recipe, digits, options.seed)
    if jax.process_count() > 1:
        check_same_run(fingerprint)
    train = partial(run_training, recipe, digits, options.seed, stop_request)
    if not (folder and is_main_process()):
        return train(profile=options.profile), None
    report, seconds = print_error, options.checkpoint_every
    with closing(Checkpoints(folder, fingerprint, report, seconds)) as checkpoints:
        return train(checkpoints, options.profile), checkpoints.newest


def _resume_hint(options: Options, run: "TrainingRun", newest: "Snapshot | None") -> str:
    """Return a text that says where the run was interrupted and how to continue it."""
    if not is_main_process():
        text = translatable("interrupted; process 0 saves the weights")
    elif run.snapshot.passes == options.chosen().epochs:
        text = translatable("interrupted {place} of {epochs}")
    elif options.checkpoint_dir is None:
        text = translatable(
            "interrupted {place} of {epochs}; "
            "with --checkpoint-dir, the same command could continue from there"
        )
    elif newest is None:
        text = translatable(
            "interrupted {place} of {epochs}; no checkpoint was saved in --checkpoint-dir yet"
        )
    else:
        text = translatable(
            "interrupted {place} of {epochs}; run the same command again to continue {saved}"
        )
    saved = newest and newest.place
    return translated(text, place=run.snapshot.place, epochs=options.chosen().epochs, saved=saved)


def _save(options: Options, run: "TrainingRun", mnist: "Mnist") -> None:
    """Calibrate, test and save the network, and print the results."""
    import jax

    from mnist_jax.evaluation.metrics import images_report, read_images
    from mnist_jax.evaluation.plots import write_curves
    from mnist_jax.params import rounded, save_params
    from mnist_jax.training.calibration import calibrated
    from mnist_jax.training.loop import held_out
    from mnist_jax.training.step import Score

    recipe, mlp = options.chosen(), run.mlp
    if recipe.non_digits:
        mlp = calibrated(mlp, held_out(recipe, mnist.train), jax.random.key(options.seed + 1))
    mlp = rounded(mlp)
    test = images_report(read_images(mlp, mnist.test))
    card = _card(options, run.snapshot.passes, test)

    def write(path: Path) -> None:
        save_params(path, mlp, card)
        score = Score(test["loss"], test["accuracy"])
        write_curves(path.with_suffix(".png"), run.snapshot.epochs, score)

    output = options.output
    write_or_rescue(write, output)
    result = translated(
        "test  loss {loss:.4f}  accuracy {accuracy:.2f} %",
        loss=test["loss"],
        accuracy=100 * test["accuracy"],
    )
    print(result)
    print(translated("wrote {path} and {other}", path=output, other=output.with_suffix(".png")))
    if run.problem:
        raise InputError(
            "{problem}; {path} has the weights {place}",
            problem=run.problem,
            path=output,
            place=run.snapshot.place,
        )


def _card(options: Options, passes: float, test: dict[str, Any]) -> dict[str, Any]:
    """Return the card of the params file, without anything that varies between equal runs."""
    from mnist_jax.training.checkpoints import LIBRARIES

    epochs = round(passes, 3) if passes % 1 else int(passes)
    recipe = dataclasses.asdict(options.chosen()) | {"name": options.recipe, "epochs": epochs}
    del recipe["summary"]
    return {
        "recipe": recipe,
        "seed": options.seed,
        "versions": {name: version(name) for name in LIBRARIES},
        "test": {name: value for name, value in test.items() if name != "confusion"},
    }


if __name__ == "__main__":
    main()
