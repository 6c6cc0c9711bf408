"""Plots of training, calibration and comparisons, as PNG files."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import EngFormatter, LogLocator, MaxNLocator, NullFormatter
from matplotlib.transforms import Bbox

from mnist_jax.evaluation.metrics import Readings, calibration_error, confusion, reliability
from mnist_jax.support.figures import DPI, as_png
from mnist_jax.support.files import write_whole
from mnist_jax.training.ensemble import SeedResults
from mnist_jax.training.loop import Epoch
from mnist_jax.training.step import Score

TRAINING_COLOUR = "#2456a6"
VALIDATION_COLOUR = "#c8501e"


def write_curves(path: Path, epochs: Sequence[Epoch], test: Score) -> None:
    """Plot loss and accuracy over the epochs, with the test result as the title.

    Raises:
        InputError: the file cannot be written.

    """
    figure = Figure(figsize=(10, 4.2), layout="constrained")
    figure.suptitle(f"Test: loss {test.loss:.4f}, accuracy {100 * test.accuracy:.2f} %")
    loss, accuracy = figure.subplots(1, 2)
    if epochs:
        _draw(loss, "Loss (nats)", epochs, lambda score: score.loss)
        loss.set_yscale("log")
        _draw(accuracy, "Accuracy (%)", epochs, lambda score: 100 * score.accuracy)
    else:
        for axes in (loss, accuracy):
            axes.set(title="stopped within the first epoch", xticks=(), yticks=())
    write_whole(path, as_png(figure))


def _draw(axes: Axes, title: str, epochs: Sequence[Epoch], value: Callable[[Score], float]) -> None:
    numbers = [epoch.number for epoch in epochs]
    marker = "o" if len(epochs) == 1 else None
    training = [value(epoch.training) for epoch in epochs]
    axes.plot(
        numbers,
        training,
        color=TRAINING_COLOUR,
        marker=marker,
        label="training, as shown to the network",
    )
    held_out = [value(epoch.validation) for epoch in epochs if epoch.validation]
    if held_out:
        axes.plot(
            numbers,
            held_out,
            color=VALIDATION_COLOUR,
            marker=marker,
            label="validation, held out of MNIST",
        )
    axes.set(title=title, xlabel="Epoch")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(alpha=0.3)
    axes.legend()


def write_reliability(path: Path, reads: Mapping[str, Readings]) -> None:
    """Plot confidence against accuracy and the confusion matrix, a row for each set.

    Raises:
        InputError: the file cannot be written.

    """
    figure = Figure(figsize=(10, 4.6 * len(reads)), layout="constrained")
    rows = figure.subplots(len(reads), 2, squeeze=False)
    for (name, read), (left, right) in zip(reads.items(), rows, strict=True):
        _draw_reliability(left, name, read)
        _draw_confusion(right, name, read)
    write_whole(path, as_png(figure))


def _draw_reliability(axes: Axes, name: str, read: Readings) -> None:
    bins = reliability(read)
    filled = bins.share > 0
    axes.plot([0, 1], [0, 1], color="0.6", linewidth=1, label="perfectly calibrated")
    axes.plot(bins.confidence[filled], bins.accuracy[filled], "o-", color=TRAINING_COLOUR)
    error = 100 * calibration_error(read)
    axes.set(
        title=f"{name}: calibration error {error:.2f} %",
        xlabel="Confidence (mean of the bin)",
        ylabel="Share read right",
        xlim=(0, 1.02),
        ylim=(0, 1.02),
    )
    axes.grid(alpha=0.3)
    axes.legend(loc="upper left")


def _draw_confusion(axes: Axes, name: str, read: Readings) -> None:
    counts = confusion(read)
    wrong = counts - np.diag(np.diag(counts))
    axes.imshow(wrong, cmap="Oranges", vmax=max(wrong.max(), 1))
    for row, column in np.ndindex(*counts.shape):
        if counts[row, column]:
            axes.text(column, row, str(counts[row, column]), ha="center", va="center", fontsize=8)
    digits = range(len(counts))
    axes.set(title=f"{name}: confusions", xlabel="Read as", ylabel="Drawn")
    axes.set(xticks=digits, yticks=digits)


def write_comparison(path: Path, reached: Sequence[SeedResults]) -> None:
    """Plot accuracy against the number of parameters: each seed, the mean and the deviation.

    Raises:
        InputError: the file cannot be written.

    """
    figure = Figure(figsize=(8, 5), dpi=DPI, layout="constrained")
    axes = figure.subplots()
    parameters = [one.recipe.parameters for one in reached]
    axes.set(
        title=f"Every seed, mean and standard deviation; seeds: {len(reached[0].accuracies)}",
        xlabel="Parameters, and the widths of the hidden layers",
        ylabel="Test images read right (%)",
        xscale="log",
        xlim=(min(parameters) / 2, max(parameters) * 2),
    )
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.xaxis.set_major_formatter(EngFormatter())
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.margins(y=0.15)
    axes.grid(alpha=0.3)
    for one in reached:
        _draw_reached(axes, one)
    figure.draw_without_rendering()  # fixes the positions
    _name_points(axes, reached)
    write_whole(path, as_png(figure))


def _draw_reached(axes: Axes, one: SeedResults) -> None:
    parameters, shares = one.recipe.parameters, 100 * np.array(one.accuracies)
    axes.scatter(np.full(len(shares), parameters), shares, s=8, color=TRAINING_COLOUR, alpha=0.4)
    axes.errorbar(
        parameters,
        100 * one.mean,
        yerr=one.deviation and 100 * one.deviation,
        fmt="o",
        color=VALIDATION_COLOUR,
        capsize=5,
    )


def _name_points(axes: Axes, reached: Sequence[SeedResults]) -> None:
    """Label each point with its widths, beside it where nothing else is."""
    taken = [_extent(axes, one) for one in reached]
    frame = axes.bbox.frozen()
    for one, point in zip(reached, list(taken), strict=True):
        name = axes.text(0, 0, one.recipe.widths)
        _, mean = axes.transData.transform((one.recipe.parameters, 100 * one.mean))
        places = _places(point, mean, name.get_window_extent())
        free = [box for box in places if _is_free(box, frame, taken)]
        taken.append((free or places)[0])
        x, y = axes.transData.inverted().transform(taken[-1].p0)
        name.set_position((x, y))


def _extent(axes: Axes, one: SeedResults) -> Bbox:
    """Return the padded bounding box of a point, its seeds and its error bar, in pixels."""
    deviation = one.deviation or 0
    shares = [*one.accuracies, one.mean - deviation, one.mean + deviation]
    ends = [(one.recipe.parameters, 100 * share) for share in (min(shares), max(shares))]
    return Bbox(axes.transData.transform(ends)).padded(8, 3)


def _places(point: Bbox, mean: float, name: Bbox) -> list[Bbox]:
    """Return the eight positions of a label around a point, the right of its mean first."""
    beside = (point.x1, point.x0 - name.width)
    middle = ((point.x0 + point.x1 - name.width) / 2,)
    apart = (point.y1, point.y0 - name.height)
    corners = [*product(beside, (mean - name.height / 2, *apart)), *product(middle, apart)]
    return [Bbox.from_bounds(*corner, name.width, name.height) for corner in corners]


def _is_free(box: Bbox, frame: Bbox, taken: Sequence[Bbox]) -> bool:
    inside = bool(frame.contains(*box.p0) and frame.contains(*box.p1))
    return inside and not box.count_overlaps(taken)
