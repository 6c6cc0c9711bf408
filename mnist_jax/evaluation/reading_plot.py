"""A plot of pictures and drawings, with the digits that were read and their boxes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import UInt8
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from mnist_jax.ink.strokes import Drawing
from mnist_jax.numbers import NumberReading
from mnist_jax.support.figures import as_png
from mnist_jax.support.files import write_whole

MOST_IN_ROW = 4
"""Most pictures in a row of the plot."""

WIDTH, HEIGHT = 4.0, 3.2
"""Size of a picture with its title, in inches."""

COLOURS = {True: "#1d8348", False: "#c0392b"}
"""Colours of the boxes of digits, and of what was refused as "not a digit"."""

MARGIN = 0.08
"""Paper left free around a drawing, as a fraction of its longer side."""

LONGEST_NAME = 44
"""Characters of the name in a title; of a longer name, the end is shown."""

LABEL_POINTS = 16
"""Room for the digit above its box, in points."""


@dataclass(frozen=True, eq=False)
class Shown:
    """A picture or a drawing, and what was read in it."""

    name: str
    reading: NumberReading
    photo: UInt8[np.ndarray, "height width 3"] | None = None
    scale: float = 1.0
    """Length of a pixel of the photo in the unit of the digits' boxes."""
    drawing: Drawing = ()
    """The strokes, which are plotted if there is no photo."""


def write_readings(path: Path, shown: Sequence[Shown]) -> None:
    """Plot each picture with the digits and their boxes.

    Raises:
        InputError: the file cannot be written.

    """
    columns = min(MOST_IN_ROW, len(shown))
    rows = math.ceil(len(shown) / columns)
    figure = Figure(figsize=(WIDTH * columns, HEIGHT * rows), layout="constrained")
    for number, one in enumerate(shown, start=1):
        _draw(figure.add_subplot(rows, columns, number), one)
    write_whole(path, as_png(figure))


def _draw(axes: Axes, one: Shown) -> None:
    axes.set_axis_off()
    percent = f"{100 * one.reading.probability:.0f} %"
    title = f"{_printable(one.name)}\n{one.reading.text}  ({percent})"
    axes.set_title(title, fontsize=9, pad=LABEL_POINTS, parse_math=False)
    if one.photo is not None:
        unit = one.scale
        axes.imshow(one.photo)
    else:
        unit = max(float(np.abs(stroke).max()) for stroke in one.drawing) or 1.0
        _draw_strokes(axes, [stroke / unit for stroke in one.drawing])
    for digit in one.reading.digits:
        left, top, right, bottom = (edge / unit for edge in digit.box)
        colour = COLOURS[digit.is_digit]
        style = "solid" if digit.is_digit else "dashed"
        axes.add_patch(
            Rectangle((left, top), right - left, bottom - top, fill=False, color=colour, ls=style)
        )
        label = str(digit.digit) if digit.is_digit else f"{digit.digit}?"
        axes.annotate(label, (left, top), color=colour, weight="bold", va="bottom")


def _printable(name: str) -> str:
    """Return the end of a name, with a question mark for each byte that is not UTF-8."""
    text = name.encode(errors="replace").decode()
    return text if len(text) <= LONGEST_NAME else "…" + text[1 - LONGEST_NAME :]


def _draw_strokes(axes: Axes, drawing: Sequence[np.ndarray]) -> None:
    for stroke in drawing:
        axes.plot(*stroke.T, color="black", marker="." if len(stroke) == 1 else None)
    axes.set_aspect("equal")
    axes.margins(MARGIN)
    axes.invert_yaxis()
