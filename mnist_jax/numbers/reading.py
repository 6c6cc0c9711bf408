"""Read a whole number: find its digits among the pieces of ink, and read each of them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mnist_jax.ink.strokes import Drawing, as_drawing, is_number
from mnist_jax.model import Network
from mnist_jax.numbers.certainty import Evidence
from mnist_jax.numbers.division import Segment, find_digits
from mnist_jax.numbers.layout import boxes, height
from mnist_jax.reading import Reading

LEAST_PROBABILITY = 0.7
"""What is read with a smaller probability is not taken for a number."""

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


@dataclass(frozen=True)
class NumberSign:
    """A sign of a number, or ink that is neither a digit nor a sign, and where it was found."""

    text: str
    """"-", "." or ",", as it was written, or "" for what is neither a digit nor a sign."""

    place: int
    """How many digits stand before it."""

    strokes: tuple[int, ...]
    """Indices of its strokes in the drawing."""

    box: Box
    """Left, top, right and bottom of its ink, in the units of the drawing or picture."""


@dataclass(frozen=True, eq=False)
class NumberReading:
    """What the network reads in a number, which may have a minus and a decimal point or comma.

    Examples:
        >>> from mnist_jax import load_params, read_number
        >>> one, seven = [(0, 0), (0, 40)], [(25, 0), (45, 1), (33, 40)]
        >>> reading = read_number(load_params(), [one, seven])
        >>> reading.text, reading.is_number, 0 < reading.probability <= 1
        ('17', True, True)
        >>> minus, comma = [(-25, 20), (-8, 20)], [(12, 38), (9, 48)]
        >>> reading = read_number(load_params(), [minus, one, comma, seven])
        >>> reading.text, reading.value
        ('-1,7', -1.7)
    """

    digits: tuple[NumberDigit, ...]
    """The digits from left to right."""

    probability: float
    """Probability that this is a number, and that all of it is right."""

    signs: tuple[NumberSign, ...] = ()
    """The signs from left to right, and what is neither a digit nor a sign."""

    several: bool = False
    """Whether the picture seems to hold more numbers, which `read_page` reads one by one."""

    @property
    def text(self) -> str:
        """The digits and signs as they were written, such as "4072" or "-3,5"."""
        return "".join(
            "".join(sign.text for sign in self.signs if sign.place == place) + digit
            for place, digit in enumerate([*(str(digit.digit) for digit in self.digits), ""])
        )

    @property
    def value(self) -> int | float | None:
        """The number: an int without a decimal mark, None if the marks make no number."""
        if not is_number(self.text):
            return None
        text = self.text.replace(",", ".")
        return float(text) if "." in text else int(text)

    @property
    def is_number(self) -> bool:
        """Whether its parts are taken for digits and signs, and all of it is likely a number."""
        return (
            self.probability >= LEAST_PROBABILITY
            and all(digit.is_digit for digit in self.digits)
            and all(sign.text for sign in self.signs)
            and self.value is not None
        )


def read_number(network: Network, drawing: Any, count: int | None = None) -> NumberReading:
    """Return the number in a drawing, written from left to right.

    `drawing` is a sequence of strokes in any order, each `(points, 2)`: x to the right and y down,
    in any unit. `count` is how many digits it has, if that is known. Ink that cannot be divided
    into so many is read as if the count were not known.

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
        return NumberDigit(**vars(segment.reading), strokes=segment.pieces, box=box_of(segment.ink))

    def box_of(ink: Drawing) -> Box:
        left, top, right, bottom = (unit * boxes([ink])[:, 0]).tolist()
        return left, top, right, bottom

    pieces = [(stroke / unit,) for stroke in strokes]
    return read_pieces(network, pieces, count, read_digit, lambda sign: box_of(sign.ink))


def _unit(drawing: Drawing) -> float:
    """Return a unit in which the differences of coordinates are finite; a power of two is exact."""
    _, exponent = math.frexp(max(float(np.abs(stroke).max()) for stroke in drawing))
    return math.ldexp(1.0, exponent - 1)


def read_pieces(
    network: Network,
    pieces: Sequence[Drawing],
    count: int | None,
    read_digit: Callable[[Segment], NumberDigit],
    box_of: Callable[[Segment], Box],
) -> NumberReading:
    """Return the number in pieces of ink, in any order.

    `pieces` are strokes, or the centre lines of connected ink. They are divided into `count` digits
    if they can be, and signs. `read_digit` then reads each of the digits, perhaps by more than its
    lines, and `box_of` gives the place of a sign.

    Raises:
        InputError: the count is not positive.
    """
    found = find_digits(network, pieces, count)
    digits: list[NumberDigit] = []
    signs: list[NumberSign] = []
    for segment in found.segments:
        if segment.reading is None:
            place = len(digits), segment.pieces, box_of(segment)
            signs.append(NumberSign(segment.sign, *place))
        else:
            digits.append(read_digit(segment))
    evidence = Evidence.of(found, digits, height(pieces))
    return NumberReading(tuple(digits), evidence.probability, tuple(signs))
