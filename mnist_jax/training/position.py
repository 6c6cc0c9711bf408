"""Where a training stands: after which epochs, or within which."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mnist_jax.training.step import Measures, Score, Training


@dataclass(frozen=True, eq=False)
class Epoch:
    """What one pass over the training images gave."""

    number: int
    training: Score
    """Mean over the steps, each taken before it changed the weights, as Keras shows it."""
    validation: Score | None
    """Of the images held out, after the epoch; none where the recipe holds none out."""


class Position(NamedTuple):
    """How far a training came, and what the steps of its running epoch measured."""

    epoch: int = 1
    """The running one, or the next where none is."""

    images: int = 0
    """How many of the epoch's it was shown."""

    loss: float = 0.0
    """Sum over those images."""

    right: float = 0.0
    """How many of them were read right."""

    def after(self, images: int, measured: Measures) -> "Position":
        """Where it stands after steps on so many more images, with the means over those."""
        loss, accuracy = np.asarray(measured, np.float64) * images
        return Position(
            self.epoch, self.images + images, float(self.loss + loss), float(self.right + accuracy)
        )

    def passes(self, images: int) -> float:
        """Over an epoch's images so far, the running one in part."""
        return self.epoch - 1 + self.images / images

    @property
    def score(self) -> Score:
        """Of the running epoch, so far."""
        return Score(self.loss / self.images, self.right / self.images)

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"in epoch {self.epoch}" if self.images else f"after epoch {self.epoch - 1}"


START = Position()


class Snapshot(NamedTuple):
    """One at which training can be stopped, and taken up again."""

    training: Training
    position: Position
    passes: float
    """Over the images so far, as `Position.passes` gives it."""
    epoch: Epoch | None
    """What just ended, if one did."""


Snapshots = Generator[Snapshot, None, None]
"""As they come, until they are closed."""
