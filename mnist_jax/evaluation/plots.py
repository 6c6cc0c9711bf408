"""Plots of training, calibration, comparisons and what was read, as PNG files."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float, UInt8
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon
from matplotlib.ticker import MaxNLocator

from mnist_jax.evaluation.metrics import Readings, confusion, reliability
from mnist_jax.ink.strokes import Drawing
from mnist_jax.numbers.reading import NumberReading
from mnist_jax.support.errors import printable
from mnist_jax.support.files import write_figure

if TYPE_CHECKING:  # reading pictures need not import the training
    from mnist_jax.training.loop import Epoch, SeedResults
    from mnist_jax.training.step import Score

TRAINING_COLOUR = "#2456a6"
VALIDATION_COLOUR = "#c8501e"

LONGEST_NAME = 44
"""Most characters of a name in a title; a longer name is cut in its middle."""


def write_curves(path: Path, epochs: Sequence["Epoch"], test: "Score") -> None:
    """Plot loss and accuracy over the epochs, with the test result as the title.

    Raises:
        InputError: the file cannot be written.
    """
    figure = Figure(figsize=(10, 4.2), layout="constrained")
    figure.suptitle(f"Test: loss {test.loss:.4f}, accuracy {100 * test.accuracy:.2f} %")
    loss, accuracy = figure.subplots(1, 2)
    if epochs:
        _draw_curves(loss, "Loss (nats)", epochs, lambda score: score.loss)
        loss.set_yscale("log")
        _draw_curves(accuracy, "Accuracy (%)", epochs, lambda score: 100 * score.accuracy)
    else:
        for axes in (loss, accuracy):
            axes.set(title="stopped within the first epoch", xticks=(), yticks=())
    write_figure(path, figure)


def _draw_curves(
    axes: Axes, title: str, epochs: Sequence["Epoch"], value: Callable[["Score"], float]
) -> None:
    numbers = [epoch.number for epoch in epochs]
    training = [epoch.training for epoch in epochs]
    validation = [
        epoch.validation for epoch in epochs if epoch.validation
    ]  # all epochs or none have it
    for scores, colour, label in (
        (training, TRAINING_COLOUR, "training, as shown to the network"),
        (validation, VALIDATION_COLOUR, "validation, held out of MNIST"),
    ):
        if scores:
            values = [value(score) for score in scores]
            marker = "o" if len(epochs) == 1 else None
            axes.plot(numbers, values, color=colour, marker=marker, label=label)
    axes.set(title=title, xlabel="Epoch")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(alpha=0.3)
    axes.legend()


def write_reliability(path: Path, sets: Mapping[str, Readings]) -> None:
    """Plot confidence against accuracy and the confusion matrix, a row for each set.

    Raises:
        InputError: the file cannot be written.
    """
    figure = Figure(figsize=(10, 4.6 * len(sets)), layout="constrained")
    rows = figure.subplots(len(sets), 2, squeeze=False)
    for (name, readings), (left, right) in zip(sets.items(), rows, strict=True):
        _draw_reliability(left, name, readings)
        _draw_confusion(right, name, readings)
    write_figure(path, figure)


def _draw_reliability(axes: Axes, name: str, readings: Readings) -> None:
    bins = reliability(readings)
    filled = bins.share > 0
    axes.plot([0, 1], [0, 1], color="0.6", linewidth=1, label="perfectly calibrated")
    axes.plot(bins.confidence[filled], bins.accuracy[filled], "o-", color=TRAINING_COLOUR)
    axes.set(
        title=f"{name}: calibration error {100 * bins.error:.2f} %",
        xlabel="Confidence (mean of the bin)",
        ylabel="Share read right",
        xlim=(0, 1.02),
        ylim=(0, 1.02),
    )
    axes.grid(alpha=0.3)
    axes.legend(loc="upper left")


def _draw_confusion(axes: Axes, name: str, readings: Readings) -> None:
    counts = confusion(readings)
    wrong = counts - np.diag(np.diag(counts))
    axes.imshow(wrong, cmap="Oranges", vmax=1.6 * max(wrong.max(), 1))  # black numbers stand out
    for row, column in np.ndindex(*counts.shape):
        if counts[row, column]:
            axes.text(column, row, str(counts[row, column]), ha="center", va="center", fontsize=8)
    digits = range(len(counts))
    axes.set(title=f"{name}: confusions", xlabel="Read as", ylabel="Drawn")
    axes.set(xticks=digits, yticks=digits)


def write_comparison(path: Path, results: Sequence["SeedResults"]) -> None:
    """Plot the accuracy of each network in a row: every seed, the mean and the deviation.

    Raises:
        InputError: the file cannot be written.
    """
    figure = Figure(figsize=(8, 1.5 + 0.4 * len(results)), layout="constrained")
    axes = figure.subplots()
    for row, one in enumerate(results):
        shares, deviation = 100 * np.array(one.accuracies), one.deviation and 100 * one.deviation
        axes.scatter(shares, np.full(len(shares), row), s=8, color=TRAINING_COLOUR, alpha=0.4)
        axes.errorbar(
            100 * one.mean, row, xerr=deviation, fmt="o", color=VALIDATION_COLOUR, capsize=5
        )
    names = [f"{one.recipe.widths}\n{one.recipe.parameters:,} parameters" for one in results]
    axes.set_yticks(range(len(results)), names)
    axes.invert_yaxis()
    axes.set(
        title=f"Every seed, mean and standard deviation; seeds: {len(results[0].accuracies)}",
        xlabel="Test images read correctly (%)",
        ylabel="Widths of the hidden layers",
    )
    axes.margins(y=0.5 / len(results))
    axes.grid(alpha=0.3)
    write_figure(path, figure)


@dataclass(frozen=True, eq=False)
class Shown:
    """A picture or a drawing, and what was read in it."""

    name: str
    reading: NumberReading
    photo: UInt8[np.ndarray, "height width 3"] | None = None
    scale: float = 1.0
    """How many units of the digits' boxes a pixel of the photo is long."""
    drawing: Drawing = ()
    """The strokes, which are plotted if there is no photo."""


def write_readings(path: Path, shown: Sequence[Shown]) -> None:
    """Plot each picture with the digits and their boxes.

    Raises:
        InputError: the file cannot be written.
    """
    columns = min(4, len(shown))
    rows = math.ceil(len(shown) / columns)
    figure = Figure(figsize=(4.0 * columns, 3.2 * rows), layout="constrained")
    for number, one in enumerate(shown, start=1):
        _draw(figure.add_subplot(rows, columns, number), one)
    write_figure(path, figure)


def _draw(axes: Axes, one: Shown) -> None:
    axes.set_axis_off()
    percent = f"{100 * one.reading.probability:.0f} %"
    title = f"{printable(one.name, LONGEST_NAME)}\n{one.reading.text}  ({percent})"
    axes.set_title(title, fontsize=9, pad=16, parse_math=False)  # digits stand above their boxes
    if one.photo is not None:
        unit = one.scale
        axes.imshow(one.photo)
    else:
        unit = max(float(np.abs(stroke).max()) for stroke in one.drawing) or 1.0
        for stroke in one.drawing:
            axes.plot(*(stroke / unit).T, color="black", marker="." if len(stroke) == 1 else None)
        axes.set_aspect("equal")
        axes.margins(0.08)
        axes.invert_yaxis()
    reading = one.reading
    found = [(digit.box, str(digit.digit), digit.is_digit) for digit in reading.digits]
    found += [(sign.box, sign.text, bool(sign.text)) for sign in reading.signs]
    for box, text, is_read in found:
        left, top, right, bottom = (edge / unit for edge in box)
        corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
        outline(axes, corners, text, trusted=is_read)


def outline(
    axes: Axes, corners: Float[np.ndarray, "4 2"], text: str, *, trusted: bool, size: float = 10
) -> None:
    """Draw an outline with its text: green if trusted, red and with a question mark if not."""
    colour, style = ("#1d8348", "solid") if trusted else ("#c0392b", "dashed")
    axes.add_patch(Polygon(corners, fill=False, color=colour, ls=style, lw=size / 10))
    label = text if trusted else f"{text}?"
    axes.annotate(label, tuple(corners[0]), color=colour, weight="bold", fontsize=size, va="bottom")
