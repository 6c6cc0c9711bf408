"""Run training from the newest checkpoint until it ends, is stopped or fails."""

from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import jax
import numpy as np

from mnist_jax.data.mnist import Digits
from mnist_jax.distributed.processes import broadcast, combined_status, is_main_process
from mnist_jax.model import MLP
from mnist_jax.support.errors import InputError
from mnist_jax.training.checkpoints import Checkpoint, Checkpoints
from mnist_jax.training.fingerprint import Fingerprint, check_same_run, fingerprint_of
from mnist_jax.training.interruption import StopRequest
from mnist_jax.training.loop import snapshots
from mnist_jax.training.position import START, Epoch, Position, Snapshots
from mnist_jax.training.profiling import newest_trace, profile_second_epoch
from mnist_jax.training.progress import show_progress
from mnist_jax.training.recipes import PROFILED_EPOCHS, Recipe
from mnist_jax.training.step import initial


@dataclass(frozen=True, eq=False)
class Task:
    """What to train."""

    name: str
    """Name of the recipe."""
    recipe: Recipe
    digits: Digits
    """MNIST's training images, including the held-out ones."""
    seed: int
    profile: Path | None = None
    """Folder for a trace of the second epoch."""

    @property
    def images(self) -> int:
        """Number of MNIST images in an epoch."""
        return len(self.digits) - self.recipe.held_out

    @cached_property
    def fingerprint(self) -> Fingerprint:
        """Everything that the result depends on except the machine."""
        return fingerprint_of(self.name, self.recipe, self.digits, self.seed)

    def check(self) -> None:
        """Check that there are enough images and that all processes run the same training.

        Raises:
            InputError: as `Recipe.check_images` and `check_same_run`.

        """
        self.recipe.check_images(len(self.digits))
        if jax.process_count() > 1:
            check_same_run(self.fingerprint)


class TrainingRun(NamedTuple):
    """The result of a training run, complete or not."""

    mlp: MLP
    position: Position
    """The position that the network was taken from."""
    epochs: list[Epoch]
    """All finished epochs."""
    problem: InputError | None = None
    """Why training ended early, if it failed."""
    status: int | None = None
    """Exit status if a process was asked to stop."""
    trace: Path | None = None
    """Profiler trace of the second epoch, if requested."""


def run_training(
    task: Task, stop_request: StopRequest, checkpoints: Checkpoints | None = None
) -> TrainingRun:
    """Train from the newest checkpoint to the end or a stop request, showing the progress.

    Raises:
        InputError: not even one epoch can be trained.

    """
    profile = task.profile if is_main_process() else None
    previous_trace = newest_trace(profile) if profile else None
    start = _start(task, checkpoints)
    with closing(_snapshots(task, start, profile)) as snapshots_left:
        run = _train(snapshots_left, start, task.recipe.epochs, stop_request, checkpoints)
    trace = newest_trace(profile) if profile else None
    return run._replace(trace=trace if trace != previous_trace else None)


def _start(task: Task, checkpoints: Checkpoints | None) -> Checkpoint:
    """Return the starting state, equal on all processes; only process 0 has past metrics."""
    start = Checkpoint(initial(task.recipe, len(task.digits), task.seed), START, [])
    if checkpoints:
        start = checkpoints.restored(start.training) or start
    training, place = broadcast((start.training, (start.position.epoch, start.position.images)))
    position = start.position if is_main_process() else Position(*map(int, place))
    return Checkpoint(training, position, start.epochs)


def _snapshots(task: Task, start: Checkpoint, profile: Path | None) -> Snapshots:
    """Return the remaining snapshots, profiled if requested, with progress on process 0."""
    recipe, position = task.recipe, start.position
    result = snapshots(recipe, task.digits, task.seed, position, start.training)
    if profile and recipe.epochs - position.epoch + 1 >= PROFILED_EPOCHS:
        result = profile_second_epoch(result, profile)
    return (
        show_progress(result, recipe.epochs, position.passes(task.images))
        if is_main_process()
        else result
    )


def _train(
    snapshots: Snapshots,
    start: Checkpoint,
    last_epoch: int,
    stop_request: StopRequest,
    checkpoints: Checkpoints | None,
) -> TrainingRun:
    """Train to the last epoch, or until any process is asked to stop or training fails."""
    epochs = list(start.epochs)
    run = TrainingRun(_copied(start.training.mlp), start.position, epochs)
    try:
        for snapshot in snapshots:
            epochs += [snapshot.epoch] if snapshot.epoch else []
            status = combined_status(stop_request.status)
            ending = status is not None or snapshot.passes == last_epoch
            if checkpoints:
                checkpoints.save_if_due(snapshot, epochs, last=ending)
            if snapshot.epoch or ending:
                mlp = _copied(snapshot.training.mlp)
                run = TrainingRun(mlp, snapshot.position, epochs, status=status)
            if ending:
                break
    except InputError as problem:
        if run.position == START:
            raise
        return run._replace(problem=problem)
    return run


def _copied(mlp: MLP) -> MLP:
    """Copy the network to one device; the next steps reuse the memory of the original."""
    copy: MLP = jax.device_put(jax.tree.map(lambda array: np.array(array.addressable_data(0)), mlp))
    return copy
