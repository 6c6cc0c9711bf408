"""Read a whole number: find its digits among the pieces of ink, and read each of them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mnist_jax.ink.strokes import Drawing, as_drawing
from mnist_jax.model import Network
from mnist_jax.numbers.division import Segment, find_digits
from mnist_jax.numbers.layout import boxes
from mnist_jax.reading import Reading

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


def read_pieces(
    network: Network,
    pieces: Sequence[Drawing],
    count: int | None,
    read_digit: Callable[[Segment], NumberDigit],
) -> NumberReading:
    """Return the number in pieces of ink, in any order.

    `pieces` are strokes, or the centre lines of connected ink. They are divided into `count` digits
    if they can be. `read_digit` then reads each of these, perhaps by more than its lines.

    Raises:
        InputError: the count is not positive.
    """
    found = find_digits(network, pieces, count)
    digits = tuple(read_digit(segment) for segment in found.segments)
    certainty = math.prod(float(digit.probabilities.max()) for digit in digits)
    return NumberReading(digits, found.probability * certainty)


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

    def read_digit(segment: Segment) -> NumberDigit:
        box = tuple((unit * boxes([segment.ink])[:, 0]).tolist())
        return NumberDigit(**vars(segment.reading), strokes=segment.pieces, box=box)

    return read_pieces(network, [(stroke / unit,) for stroke in strokes], count, read_digit)


def _unit(drawing: Drawing) -> float:
    """Return a unit in which the differences of coordinates are finite; a power of two is exact."""
    _, exponent = math.frexp(max(float(np.abs(stroke).max()) for stroke in drawing))
    return math.ldexp(1.0, exponent - 1)
