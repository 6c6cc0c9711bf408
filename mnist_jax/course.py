"""The course of a training: from its last checkpoint to its end, or to a wish to stop."""

from pathlib import Path
from typing import NamedTuple

import jax
import numpy as np

from mnist_jax.checkpoints import Checkpoints, Kept
from mnist_jax.errors import InputError
from mnist_jax.fit import moments
from mnist_jax.interruption import Wish
from mnist_jax.mnist import Digits
from mnist_jax.model import MLP
from mnist_jax.moment import START, Epoch, Stand
from mnist_jax.processes import agreed, from_first, leads
from mnist_jax.profiling import LEAST_EPOCHS, trace_in, traced
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
    problem: InputError | None
    """Why it did not go on, if it could not."""
    trace: Path | None
    """Of its second epoch, if that was asked for and came."""


def run_course(task: Task, wish: Wish, checkpoints: Checkpoints | None = None) -> Course:
    """Train what is left to train, show it, and offer each moment of it to the checkpoints.

    Raises:
        InputError: not even one epoch can be trained.

    """
    recipe, digits, seed, profile = task
    former = trace_in(profile) if profile else None
    kept = Kept(initial(recipe, len(digits), seed), START, [])
    if checkpoints:
        kept = checkpoints.restored(kept.training) or kept
    training, stand, epochs = _shared(kept)
    mlp, problem = _copied(training.mlp), None
    passes = stand.passes(task.images)
    steps = moments(recipe, digits, seed, stand, training)
    if profile and recipe.epochs - passes >= LEAST_EPOCHS:
        steps = traced(steps, profile)
    if leads():
        steps = shown(steps, recipe.epochs, passes)
    try:
        for moment in steps:
            epochs += [moment.epoch] if moment.epoch else []
            wish.status = agreed(wish.status)
            ending = wish.status is not None or moment.passes == recipe.epochs
            if checkpoints:
                checkpoints.offer(moment, epochs, last=ending)
            if moment.epoch or ending:
                mlp, stand = _copied(moment.training.mlp), moment.stand
            if ending:
                break
    except InputError as error:
        if stand.epoch == START.epoch:  # so in all processes, of which one has the epochs
            raise
        problem = error
    newest = trace_in(profile) if profile else None
    return Course(mlp, stand, epochs, problem, newest if newest != former else None)


def _shared(kept: Kept) -> Kept:
    """What the first process begins from, for all; the sums to show are for itself."""
    place = (kept.stand.epoch, kept.stand.images)
    training, place = from_first((kept.training, place))
    stand = kept.stand if leads() else Stand(*map(int, place))
    return Kept(training, stand, kept.epochs)


def _copied(mlp: MLP) -> MLP:
    """The network on one device, in memory of its own; the next epoch takes that of training."""
    copy: MLP = jax.device_put(jax.tree.map(lambda array: np.array(array.addressable_data(0)), mlp))
    return copy
