"""Read a whole number: find its digits among the strokes, and read each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mnist_jax.ink.strokes import Drawing, as_drawing
from mnist_jax.model import MLP
from mnist_jax.reading import Reading, read_drawing

Box = tuple[float, float, float, float]
"""Left, top, right and bottom of some ink."""


@dataclass(frozen=True, eq=False)
class NumberDigit(Reading):
    """One digit of a number, and where it was found."""

    strokes: tuple[int, ...]
    """Indices of its strokes in the drawing; a stroke that joins two digits is in both."""

    box: Box
    """Left, top, right and bottom of its ink, in the units of the drawing or picture."""


@dataclass(frozen=True, eq=False)
class NumberReading:
    """What the network reads in a number."""

    digits: tuple[NumberDigit, ...]
    """The digits from left to right."""

    probability: float
    """Probability that the whole number is right."""

    @property
    def text(self) -> str:
        """The digits as text, such as "4072"."""
        return "".join(str(digit.digit) for digit in self.digits)

    @property
    def is_number(self) -> bool:
        """Whether each of its parts is taken for a digit."""
        return all(digit.is_digit for digit in self.digits)


def read_number(mlp: MLP, drawing: Any) -> NumberReading:
    """Return the number in a drawing, written from left to right.

    `drawing` is a sequence of strokes in any order, each `(points, 2)`: x to the right and y down,
    in any unit.

    Raises:
        InputError: there is no stroke, a stroke has no point, or a coordinate is not finite.

    """
    strokes = as_drawing(drawing)
    digits = tuple(_read_digit(mlp, strokes, group) for group in _groups(strokes))
    probability = float(np.prod([digit.probabilities.max() for digit in digits]))
    return NumberReading(digits, probability)


def _groups(strokes: Drawing) -> list[list[int]]:
    """Return the indices of strokes that overlap in x, from left to right."""
    groups: list[list[int]] = []
    reach = -np.inf
    for index in sorted(range(len(strokes)), key=lambda index: strokes[index][:, 0].min()):
        if strokes[index][:, 0].min() > reach:
            groups.append([])
        groups[-1].append(index)
        reach = max(reach, strokes[index][:, 0].max())
    return groups


def _read_digit(mlp: MLP, strokes: Drawing, group: Sequence[int]) -> NumberDigit:
    chosen = [strokes[index] for index in group]
    points = np.concatenate(chosen)
    (left, top), (right, bottom) = points.min(0).tolist(), points.max(0).tolist()
    reading = read_drawing(mlp, chosen)
    return NumberDigit(**vars(reading), strokes=tuple(group), box=(left, top, right, bottom))
