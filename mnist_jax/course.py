"""The course of a training: from its last checkpoint to its end, or to a wish to stop."""

from pathlib import Path
from typing import NamedTuple

import jax
import numpy as np

from mnist_jax.checkpoints import Checkpoints
from mnist_jax.errors import InputError
from mnist_jax.fit import Epoch, fit
from mnist_jax.interruption import Wish
from mnist_jax.mnist import Digits
from mnist_jax.model import MLP
from mnist_jax.processes import agreed, from_first, leads
from mnist_jax.profiling import trace_in, traced
from mnist_jax.progress import shown
from mnist_jax.recipe import Recipe
from mnist_jax.step import initial


class Task(NamedTuple):
    """What to train."""

    recipe: Recipe
    digits: Digits
    seed: int
    profile: Path | None = None
    """Folder for a trace of its second epoch."""


class Course(NamedTuple):
    """How far it came."""

    mlp: MLP
    epochs: list[Epoch]
    problem: InputError | None
    """Why there is no next epoch, if it could not be trained."""
    trace: Path | None
    """Of its second epoch, if that was asked for and came."""


def run_course(task: Task, wish: Wish, checkpoints: Checkpoints | None = None) -> Course:
    """Train what is left to train, show it, and offer each epoch to the checkpoints.

    Raises:
        InputError: not even one epoch can be trained.

    """
    recipe, digits, seed, profile = task
    former = trace_in(profile) if profile else None
    start = initial(recipe, len(digits), seed)
    kept = checkpoints.restored(start) if checkpoints else None
    epochs = kept.epochs if kept else []
    training, done = from_first((kept.training if kept else start, len(epochs)))
    mlp, problem = _copied(training.mlp), None
    steps = fit(recipe, digits, seed, int(done), training)
    if profile:
        steps = traced(steps, profile)
    if leads():
        steps = shown(steps, recipe.epochs, len(epochs))
    try:
        for training, epoch in steps:
            mlp = _copied(training.mlp)
            epochs.append(epoch)
            ending = agreed(wish.status is not None) or epoch.number == recipe.epochs
            if checkpoints:
                checkpoints.offer(training, epochs, last=ending)
            if ending:
                break
    except InputError as error:
        if not epochs:
            raise
        problem = error
    newest = trace_in(profile) if profile else None
    return Course(mlp, epochs, problem, newest if newest != former else None)


def _copied(mlp: MLP) -> MLP:
    """The network on one device, in memory of its own; the next epoch takes that of training."""
    copy: MLP = jax.device_put(jax.tree.map(lambda array: np.array(array.addressable_data(0)), mlp))
    return copy
