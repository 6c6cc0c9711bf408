"""The course of a training: from its last checkpoint to its end, or to a wish to stop."""

from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import jax
import numpy as np

from mnist_jax.data.mnist import Digits
from mnist_jax.distributed.processes import agreed, from_first, leads
from mnist_jax.model import MLP
from mnist_jax.support.errors import InputError
from mnist_jax.training.checkpoints import Checkpoints, Kept
from mnist_jax.training.interruption import Wish
from mnist_jax.training.loop import moments
from mnist_jax.training.position import START, Epoch, Moments, Stand
from mnist_jax.training.profiling import LEAST_EPOCHS, trace_in, traced
from mnist_jax.training.progress import shown
from mnist_jax.training.recipes import Recipe
from mnist_jax.training.step import initial


class Task(NamedTuple):
    """What to train."""

    recipe: Recipe
    digits: Digits
    seed: int
    profile: Path | None = None
    """Folder for a trace of its second epoch."""

    @property
    def images(self) -> int:
        """How many an epoch shows."""
        return len(self.digits) - self.recipe.held_out


class Course(NamedTuple):
    """How far it came."""

    mlp: MLP
    stand: Stand
    """Where the training of that network stood."""
    epochs: list[Epoch]
    """Those that ended before."""
    problem: InputError | None = None
    """Why it did not go on, if it could not."""
    status: int | None = None
    """The exit status of a process that was told to stop, if one was."""
    trace: Path | None = None
    """Of its second epoch, or the part of it that came, if that was asked for."""


def run_course(task: Task, wish: Wish, checkpoints: Checkpoints | None = None) -> Course:
    """Train what is left to train, show it, and offer each moment of it to the checkpoints.

    Raises:
        InputError: not even one epoch can be trained.

    """
    profile = task.profile if leads() else None
    former = trace_in(profile) if profile else None
    begun = _begun(task, checkpoints)
    with closing(_steps(task, begun, profile)) as steps:
        course = _followed(steps, begun, task.recipe.epochs, wish, checkpoints)
    newest = trace_in(profile) if profile else None
    return course._replace(trace=newest if newest != former else None)


def _begun(task: Task, checkpoints: Checkpoints | None) -> Kept:
    """What all processes begin from; the sums and the epochs to show are the first one's."""
    kept = Kept(initial(task.recipe, len(task.digits), task.seed), START, [])
    if checkpoints:
        kept = checkpoints.restored(kept.training) or kept
    training, place = from_first((kept.training, (kept.stand.epoch, kept.stand.images)))
    stand = kept.stand if leads() else Stand(*map(int, place))
    return Kept(training, stand, kept.epochs)


def _steps(task: Task, begun: Kept, profile: Path | None) -> Moments:
    """The moments of what is left, traced if that was asked for, and shown by the first process."""
    recipe, stand = task.recipe, begun.stand
    steps = moments(recipe, task.digits, task.seed, stand, begun.training)
    if profile and recipe.epochs - stand.epoch + 1 >= LEAST_EPOCHS:
        steps = traced(steps, profile)
    return shown(steps, recipe.epochs, stand.passes(task.images)) if leads() else steps


def _followed(
    steps: Moments, begun: Kept, last: int, wish: Wish, checkpoints: Checkpoints | None
) -> Course:
    """How far it comes, to the last epoch or until one of the processes is told to stop."""
    epochs = list(begun.epochs)
    course = Course(_copied(begun.training.mlp), begun.stand, epochs)
    try:
        for moment in steps:
            epochs += [moment.epoch] if moment.epoch else []
            status = agreed(wish.status)
            ending = status is not None or moment.passes == last
            if checkpoints:
                checkpoints.offer(moment, epochs, last=ending)
            if moment.epoch or ending:
                mlp = _copied(moment.training.mlp)
                course = Course(mlp, moment.stand, epochs, status=status)
            if ending:
                break
    except InputError as problem:
        if course.stand == START:
            raise
        return course._replace(problem=problem)
    return course


def _copied(mlp: MLP) -> MLP:
    """The network on one device, in memory of its own; the next epoch takes that of training."""
    copy: MLP = jax.device_put(jax.tree.map(lambda array: np.array(array.addressable_data(0)), mlp))
    return copy
