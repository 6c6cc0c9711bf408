"""The course of a training: from its last checkpoint to its end, or to a stop_request to stop."""

from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import jax
import numpy as np

from mnist_jax.data.mnist import Digits
from mnist_jax.distributed.processes import agreed, from_first, leads
from mnist_jax.model import MLP
from mnist_jax.support.errors import InputError
from mnist_jax.training.checkpoints import Checkpoint, Checkpoints
from mnist_jax.training.fingerprint import Fingerprint, check_same, fingerprint_of
from mnist_jax.training.interruption import StopRequest
from mnist_jax.training.loop import snapshots
from mnist_jax.training.position import START, Epoch, Position, Snapshots
from mnist_jax.training.profiling import trace_in, traced
from mnist_jax.training.progress import shown
from mnist_jax.training.recipes import PROFILED_EPOCHS, Recipe
from mnist_jax.training.step import initial


@dataclass(frozen=True, eq=False)
class Task:
    """What to train."""

    name: str
    """Name of the recipe."""
    recipe: Recipe
    digits: Digits
    """MNIST's training images, those held out included."""
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
        """Check that there are enough images and that all processes train the same.

        Raises:
            InputError: as `Recipe.check_images` and `check_same`.

        """
        self.recipe.check_images(len(self.digits))
        if jax.process_count() > 1:
            check_same(self.fingerprint)


class TrainingRun(NamedTuple):
    """How far it came."""

    mlp: MLP
    position: Position
    """Where the training of that network stood."""
    epochs: list[Epoch]
    """Those that ended before."""
    problem: InputError | None = None
    """Why it did not go on, if it could not."""
    status: int | None = None
    """The exit status of a process that was told to stop, if one was."""
    trace: Path | None = None
    """Of its second epoch, or the part of it that came, if that was asked for."""


def run_training(
    task: Task, stop_request: StopRequest, checkpoints: Checkpoints | None = None
) -> TrainingRun:
    """Train what is left to train, show it, and offer each snapshot of it to the checkpoints.

    Raises:
        InputError: not even one epoch can be trained.

    """
    profile = task.profile if leads() else None
    former = trace_in(profile) if profile else None
    begun = _begun(task, checkpoints)
    with closing(_steps(task, begun, profile)) as steps:
        course = _followed(steps, begun, task.recipe.epochs, stop_request, checkpoints)
    newest = trace_in(profile) if profile else None
    return course._replace(trace=newest if newest != former else None)


def _begun(task: Task, checkpoints: Checkpoints | None) -> Checkpoint:
    """What all processes begin from; the sums and the epochs to show are the first one's."""
    kept = Checkpoint(initial(task.recipe, len(task.digits), task.seed), START, [])
    if checkpoints:
        kept = checkpoints.restored(kept.training) or kept
    training, place = from_first((kept.training, (kept.position.epoch, kept.position.images)))
    position = kept.position if leads() else Position(*map(int, place))
    return Checkpoint(training, position, kept.epochs)


def _steps(task: Task, begun: Checkpoint, profile: Path | None) -> Snapshots:
    """Snapshots of the remaining epochs, traced on request; process 0 shows progress."""
    recipe, position = task.recipe, begun.position
    steps = snapshots(recipe, task.digits, task.seed, position, begun.training)
    if profile and recipe.epochs - position.epoch + 1 >= PROFILED_EPOCHS:
        steps = traced(steps, profile)
    return shown(steps, recipe.epochs, position.passes(task.images)) if leads() else steps


def _followed(
    steps: Snapshots,
    begun: Checkpoint,
    last: int,
    stop_request: StopRequest,
    checkpoints: Checkpoints | None,
) -> TrainingRun:
    """How far it comes, to the last epoch or until one of the processes is told to stop."""
    epochs = list(begun.epochs)
    course = TrainingRun(_copied(begun.training.mlp), begun.position, epochs)
    try:
        for snapshot in steps:
            epochs += [snapshot.epoch] if snapshot.epoch else []
            status = agreed(stop_request.status)
            ending = status is not None or snapshot.passes == last
            if checkpoints:
                checkpoints.offer(snapshot, epochs, last=ending)
            if snapshot.epoch or ending:
                mlp = _copied(snapshot.training.mlp)
                course = TrainingRun(mlp, snapshot.position, epochs, status=status)
            if ending:
                break
    except InputError as problem:
        if course.position == START:
            raise
        return course._replace(problem=problem)
    return course


def _copied(mlp: MLP) -> MLP:
    """The network on one device, in memory of its own; the next epoch takes that of training."""
    copy: MLP = jax.device_put(jax.tree.map(lambda array: np.array(array.addressable_data(0)), mlp))
    return copy
