"""The progress of the networks that learn on the screen, and what to say about it."""

import math
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from game.core.values.readings import Reading
from game.core.values.sketch import Strokes

ROUND = 128
"""Drawings of a round. Every network learns from the same ones, in batches of its own size."""

MOST_POINTS = 160
"""Most points of a curve; beyond, every other one is left out."""

GUESSING_LOSS = math.log(10)
"""Loss of a network that gives all ten digits the same probability."""


@dataclass(frozen=True)
class Setup:
    """What the player chooses for one network."""

    hidden: tuple[int, ...] = (128,)
    """Units of each hidden layer."""
    learning_rate: float = 0.001
    batch_size: int = 32
    """Drawings from which one step is computed; it divides `ROUND`."""
    number: int = 0
    """Tells networks with the same choices apart."""

    @property
    def key(self) -> tuple[object, ...]:
        """Values that identify the network; its learning rate can change while it learns."""
        return self.number, self.hidden, self.batch_size


class Point(NamedTuple):
    """A point of the curves, judged by drawings that the network does not learn from."""

    seen: int
    """Number of drawings that the network has learnt from."""
    loss: float
    accuracy: float
    """Share of the other drawings that the network reads right."""


Curve = tuple[Point, ...]


class Drawing(NamedTuple):
    """A drawing to read, with the digit that was meant."""

    digit: int
    image: bytes
    """28x28 pixels, rows first, 0 paper to 255 ink."""


class Verdict(Enum):
    """What is said of a network."""

    FRESH = "fresh"
    GUESSING = "guessing"
    SLOW = "slow"
    LEARNING = "learning"
    GOOD = "good"
    STUMBLING = "stumbling"
    FALLEN = "fallen"


@dataclass(frozen=True, eq=False)
class NetworkProgress:
    """One network at one moment."""

    curve: Curve
    """From before the first round until now."""
    patterns: tuple[bytes, ...] = ()
    """What the first units have learnt to look for: 28x28 signed pixels, 128 being zero."""
    fresh: tuple[int, ...] = ()
    """The digit that it reads in each of the fresh drawings."""
    kept: tuple[int, ...] = ()
    """The same for the drawings that the player kept."""
    drawn: Reading | None = None
    """What it reads in `Progress.drawing`."""

    @property
    def verdict(self) -> Verdict:
        """What to say of the network; too large steps show in a loss far above that of guessing."""
        seen, loss, accuracy = self.curve[-1]
        if seen == 0:
            return Verdict.FRESH
        losses = [point.loss for point in self.curve[1:]]
        if not all(map(math.isfinite, losses)):
            return Verdict.FALLEN
        too_large = max(losses) > 1.3 * GUESSING_LOSS
        if accuracy < 0.3 and seen >= 8 * ROUND:
            if too_large:
                return Verdict.FALLEN
            return Verdict.SLOW if seen >= 32 * ROUND else Verdict.GUESSING
        if too_large and (accuracy < 0.85 or loss > GUESSING_LOSS) and seen >= 8 * ROUND:
            return Verdict.STUMBLING
        if accuracy < 0.3:
            return Verdict.GUESSING
        return Verdict.GOOD if accuracy >= 0.9 else Verdict.LEARNING


@dataclass(frozen=True, eq=False)
class Progress:
    """All networks at one moment, or why they cannot learn."""

    seed: int
    """Seed of the networks; see `Task`."""
    rounds: int = 0
    setups: tuple[Setup, ...] = ()
    """The networks, in the order of `networks`."""
    networks: tuple[NetworkProgress, ...] = ()
    fresh: tuple[Drawing, ...] = ()
    """Drawings that no network has learnt from, renewed now and then."""
    kept: tuple[Drawing, ...] = ()
    """The latest drawings that the player kept with a label."""
    drawing: Strokes = ()
    """What the player has drawn for the networks."""
    error: str = ""

    def of(self, setup: Setup) -> NetworkProgress | None:
        """Return the progress of one network; None if it has not been made yet."""
        keys = [one.key for one in self.setups]
        return self.networks[keys.index(setup.key)] if setup.key in keys else None


@dataclass(frozen=True)
class Task:
    """What to do until the next progress is shown."""

    seed: int
    """Seed of the random weights and drawings, different at each start of the networks."""
    setups: tuple[Setup, ...]
    rounds: int
    """Rounds to train; 0 to make new networks, and to read what the player kept or drew since."""
    drawing: Strokes = ()
    """What the player draws for the networks; empty without a pad."""


def extended(curve: Curve, point: Point) -> Curve:
    """Return the curve with another point, thinned out where it has too many."""
    longer = (*curve, point)
    return longer if len(longer) <= MOST_POINTS else (*longer[:-1:2], point)
