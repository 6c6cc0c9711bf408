"""How far a training run has come: its position, its snapshots and the metrics of its epochs."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mnist_jax.training.step import Measures, Score, Training


@dataclass(frozen=True, eq=False)
class Epoch:
    """Metrics of one epoch."""

    number: int
    training: Score
    """Mean over the steps, each measured before it changed the weights, as Keras does."""
    validation: Score | None
    """Score on the held-out images after the epoch; None if the recipe holds out none."""


class Position(NamedTuple):
    """A point of a training run, with the sums of the current epoch's metrics."""

    epoch: int = 1
    """Number of the current epoch, or of the next one between two epochs."""

    images: int = 0
    """Images of the current epoch that have been trained on."""

    loss: float = 0.0
    """Sum of the loss over those images."""

    right: float = 0.0
    """Number of those images that were classified correctly."""

    def after(self, images: int, measured: Measures) -> "Position":
        """Return the position after steps on `images` more images with these mean metrics."""
        loss, accuracy = np.asarray(measured, np.float64) * images
        return Position(
            self.epoch, self.images + images, float(self.loss + loss), float(self.right + accuracy)
        )

    def passes(self, images: int) -> float:
        """Return the number of epochs so far, including a part of the current one."""
        return self.epoch - 1 + self.images / images

    @property
    def score(self) -> Score:
        """Score of the current epoch so far."""
        return Score(self.loss / self.images, self.right / self.images)

    @property
    def place(self) -> str:
        """The position in words."""
        return f"in epoch {self.epoch}" if self.images else f"after epoch {self.epoch - 1}"


START = Position()


class Snapshot(NamedTuple):
    """The state of training at a point where it can be stopped and resumed."""

    training: Training
    position: Position
    passes: float
    """Epochs so far; see `Position.passes`."""
    epoch: Epoch | None
    """The epoch that has just ended, if one has."""


Snapshots = Generator[Snapshot, None, None]
