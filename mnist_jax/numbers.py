"""Read a whole number: find its digits among the strokes, and read each of them."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from mnist_jax.ink.grouping import boxes
from mnist_jax.ink.strokes import Drawing, as_drawing
from mnist_jax.model import Network
from mnist_jax.reading import Reading
from mnist_jax.segmentation import find_digits

Box = tuple[float, float, float, float]
"""Left, top, right and bottom of some ink."""


@dataclass(frozen=True, eq=False)
class NumberDigit(Reading):
    """One digit of a number, and where it was found.

    Examples:
        >>> from mnist_jax import load_params, read_number
        >>> one, seven = [(0, 0), (0, 40)], [(25, 0), (45, 1), (33, 40)]
        >>> digit = read_number(load_params(), [one, seven]).digits[1]
        >>> digit.digit, digit.strokes, digit.box
        (7, (1,), (25.0, 0.0, 45.0, 40.0))
    """

    strokes: tuple[int, ...]
    """Indices of its strokes in the drawing; a stroke that joins two digits is in both."""

    box: Box
    """Left, top, right and bottom of its ink, in the units of the drawing or picture."""


@dataclass(frozen=True, eq=False)
class NumberReading:
    """What the network reads in a number.

    Examples:
        >>> from mnist_jax import load_params, read_number
        >>> one, seven = [(0, 0), (0, 40)], [(25, 0), (45, 1), (33, 40)]
        >>> reading = read_number(load_params(), [one, seven])
        >>> reading.text, reading.is_number, 0 < reading.probability <= 1
        ('17', True, True)
    """

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


def read_number(network: Network, drawing: Any, count: int | None = None) -> NumberReading:
    """Return the number in a drawing, written from left to right.

    `drawing` is a sequence of strokes in any order, each `(points, 2)`: x to the right and y down,
    in any unit. `count` is how many digits it has, if that is known.

    Examples:
        >>> from mnist_jax import load_params, read_number
        >>> one, seven = [(0, 0), (0, 40)], [(25, 0), (45, 1), (33, 40)]
        >>> read_number(load_params(), [one, seven]).text
        '17'

    Raises:
        InputError: there is no stroke, a stroke has no point, a coordinate is not finite, or the
            count is not positive.
    """
    strokes = as_drawing(drawing)
    unit = _unit(strokes)
    found = find_digits(network, [(stroke / unit,) for stroke in strokes], count)
    digits = []
    for ink, pieces, reading in found.segments:
        box = tuple((unit * boxes([ink])[:, 0]).tolist())
        digits.append(NumberDigit(**vars(reading), strokes=pieces, box=box))
    certainty = math.prod(float(digit.probabilities.max()) for digit in digits)
    return NumberReading(tuple(digits), found.probability * certainty)


def _unit(drawing: Drawing) -> float:
    """Return a unit in which the differences of coordinates are finite; a power of two is exact."""
    _, exponent = math.frexp(max(float(np.abs(stroke).max()) for stroke in drawing))
    return math.ldexp(1.0, exponent - 1)
