"""How the network came to its answer, as plain values: a question about it and the answer.

A signed image has one byte per pixel: 128 is zero, 255 and 1 are as positive and as negative as
can be.
"""

from dataclasses import dataclass

from game.core.values.readings import BLANK
from game.core.values.sketch import Strokes

INPUT = -1
"""The layer of the pixels, before the first hidden layer."""


@dataclass(frozen=True)
class Unit:
    """The place of a unit: its layer and its number there; the answers are the last layer."""

    layer: int
    index: int


@dataclass(frozen=True)
class Question:
    """What the network is asked about an image."""

    image: bytes
    """28x28 pixels, 0 paper to 255 ink."""
    digit: int | None = None
    """The digit to explain; None for the guess."""
    unit: Unit | None = None
    """The unit to explain."""
    topic: str = "why"
    """"change", which takes a few tenths of a second, "expect", "why", or "" for none of them."""


@dataclass(frozen=True)
class UnitInsight:
    """One unit: what it looks for, and what it does."""

    unit: Unit
    looks_for: bytes
    """a signed image of 28x28 pixels."""
    activation: float
    """Of an answer, its score."""
    effects: tuple[float, ...]
    """How much each 1 of activation speaks for each class, or against it if negative."""
    sources: tuple[tuple[Unit, float], ...]
    """The units below that add most to its sum, and how much."""


@dataclass(frozen=True)
class Change:
    """The smallest change found after which the image is read as another digit."""

    digit: int
    image: bytes
    """The changed image."""
    difference: bytes
    """Ink added and, negative, removed: a signed image of 28x28 pixels."""
    added: float
    """Ink that is added, as a share of the ink of the image."""
    removed: float
    path: tuple[tuple[float, float], ...]
    """Probabilities of the guess and of the other digit, at equal steps from one to the other."""


@dataclass(frozen=True)
class Insight:
    """The answer to a question."""

    question: Question
    layers: tuple[bytes, ...]
    """How bright the units of each hidden layer are, from 0 to 255."""
    probabilities: tuple[float, ...]
    """Of the ten digits."""
    digit_probability: float | None
    """Probability that it is a digit at all; None if the network has no answer for that."""
    digit: int
    """The digit that is explained."""
    contributions: bytes
    """Which pixels speak for it and which against: a signed image of 28x28 pixels."""
    unit: UnitInsight | None = None
    change: Change | None = None
    expected: Strokes = ()
    """The way of writing the digit that is most like the image, in the unit square."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was drawn; what the network makes of that means nothing."""
        return self.question.image == BLANK

    @property
    def guess(self) -> int:
        """The most probable digit."""
        return self.probabilities.index(max(self.probabilities))

    @property
    def widths(self) -> tuple[int, ...]:
        """The number of units in each layer, from the first hidden one to the answers."""
        answers = len(self.probabilities) + (self.digit_probability is not None)
        return *map(len, self.layers), answers
