"""Read the points of InkML traces, whose channels may be in any order, and may be differences."""

import math
import re
from dataclasses import dataclass
from itertools import chain

import numpy as np
from jaxtyping import Float

from mnist_jax.ink.strokes import shortened
from mnist_jax.support.errors import InputError
from mnist_jax.support.xml_elements import Element

_VALUE = re.compile(
    r"\s*([!'\"]?)\s*([TF*?]|[-+]?\s*(?:#[0-9A-Fa-f]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?))\s*",
    re.ASCII,
)
"""A value of a channel: how it differs from the last one, and a number, boolean or wildcard."""


@dataclass(frozen=True)
class TraceFormat:
    """The channels of a trace, in order."""

    channels: tuple[str, ...] = ("X", "Y")
    regular: int = 2
    """How many of them each point has; the others may be left out at its end."""
    reversed: frozenset[str] = frozenset()
    """Channels with the orientation `-ve`."""


def trace_format(element: Element) -> TraceFormat:
    """Return the format that a `<traceFormat>` describes.

    Raises:
        InputError: X or Y is not there, or twice.

    """
    regular: list[dict[str, str]] = []
    intermittent: list[dict[str, str]] = []
    for child in element.children:
        inside = [child] if child.tag == "channel" else child.children
        kind = intermittent if child.tag == "intermittentChannels" else regular
        kind += [one.attributes for one in inside if one.tag == "channel"]
    names = [channel.get("name", "") for channel in regular]
    if names.count("X") != 1 or names.count("Y") != 1:
        raise element.error(f"its channels are {shortened(names)}; X and Y are wanted")
    backwards = [one["name"] for one in regular if one.get("orientation") == "-ve"]
    return TraceFormat(
        (*names, *(channel.get("name", "") for channel in intermittent)),
        len(names),
        frozenset(backwards),
    )


@dataclass
class Channel:
    """The last value of a channel, from which the next one may be a difference.

    `*` repeats the last number: the value, or its first or second difference.
    """

    order: int = 0
    number: float | None = None
    value: float | None = None
    speed: float = 0.0

    def read(self, prefix: str, text: str) -> float | None:
        """Return the value that a trace gives as text, or None if it is not known.

        Raises:
            InputError: the text is a boolean, or a difference without a value before it.

        """
        if prefix:
            self.order = "!'\"".index(prefix)
        if text == "?":
            return None
        number = self.number if text == "*" else _number(text)
        if number is None or (self.order and self.value is None):
            raise InputError(f"{prefix}{text} comes without a value before it")
        before = 0.0 if self.value is None else self.value
        change = number + (self.speed if self.order == 2 else 0.0)
        value = before + change if self.order else number
        self.speed = 0.0 if self.value is None else value - before
        self.number, self.value = number, value
        return value


def _number(text: str) -> float:
    if text in {"T", "F"}:
        raise InputError(f"{text} is a boolean; X and Y are numbers")
    digits = "".join(text.split())
    try:
        if "#" in digits:
            return float(int(digits.replace("#", ""), 16))
        return float(digits)
    except OverflowError:
        return math.inf


def points_of(trace: Element, form: TraceFormat) -> Float[np.ndarray, "_ 2"]:
    """Return the points of a trace whose position is known, with y down.

    Raises:
        InputError: a point does not have the values of the format. The message names the trace's
            line and the point, counted from 1.

    """
    samples = trace.text.split(",")
    if not samples[-1].strip():  # a comma may end a trace
        samples.pop()
    is_plain = trace.text.isascii() and "_" not in trace.text  # others are numbers to Python
    points = _plain_points(samples, form) if is_plain else None
    if points is None:
        points = _any_points(trace, samples, form)
    return points * [-1 if axis in form.reversed else 1 for axis in "XY"]


def _plain_points(samples: list[str], form: TraceFormat) -> Float[np.ndarray, "_ 2"] | None:
    """Return the points if all values are finite decimals between spaces, else None; fast."""
    rows = [sample.split() for sample in samples]
    if any(len(row) != form.regular for row in rows):
        return None
    try:
        values = np.fromiter(map(float, chain.from_iterable(rows)), np.float64)
    except ValueError:
        return None
    if not np.isfinite(values).all():
        return None
    table = values.reshape(-1, form.regular)
    return np.stack([table[:, form.channels.index(axis)] for axis in "XY"], axis=1)


def _any_points(trace: Element, samples: list[str], form: TraceFormat) -> Float[np.ndarray, "_ 2"]:
    channels = {"X": Channel(), "Y": Channel()}
    points = []
    for number, sample in enumerate(samples, start=1):
        try:
            point = _point(sample, form, channels)
        except InputError as error:
            raise trace.error(f"point {number} of the trace: {error}") from error
        if point:
            points.append(point)
    return np.array(points, np.float64).reshape(-1, 2)


def _point(
    sample: str, form: TraceFormat, channels: dict[str, Channel]
) -> tuple[float, float] | None:
    """Return the point that a trace gives as text, or None if its position is not known."""
    values = _values(sample)
    if not form.regular <= len(values) <= len(form.channels):
        wanted = " ".join(form.channels)
        raise InputError(f"{shortened(sample.strip())} has {len(values)} values, wanted {wanted}")
    read = {
        name: channels[name].read(*value)
        for name, value in zip(form.channels, values, strict=False)
        if name in channels
    }
    x, y = read["X"], read["Y"]
    if x is None or y is None:
        return None
    if not (math.isfinite(x) and math.isfinite(y)):
        raise InputError(f"{shortened(sample.strip())} is not finite")
    return x, y


def _values(sample: str) -> list[tuple[str, str]]:
    values, end = [], 0
    while end < len(sample):
        match = _VALUE.match(sample, end)
        if not match:
            raise InputError(f"{shortened(sample[end:].strip())} is not a value")
        values.append((match[1], match[2]))
        end = match.end()
    return values
