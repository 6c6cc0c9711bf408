"""Pictures of training and of what the network reads, as PNG files."""

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from mnist_jax.files import write_whole
from mnist_jax.fit import Epoch, Score
from mnist_jax.report import Read, calibration_error, confusion, reliability

TRAINING_COLOUR = "#2456a6"
VALIDATION_COLOUR = "#c8501e"


def write_curves(path: Path, epochs: Sequence[Epoch], test: Score) -> None:
    """Draw loss and accuracy over the epochs, with the final test result above them.

    Raises:
        InputError: the file cannot be written.

    """
    figure = Figure(figsize=(10, 4.2), layout="constrained")
    figure.suptitle(f"Test: loss {test.loss:.4f}, accuracy {100 * test.accuracy:.2f} %")
    loss, accuracy = figure.subplots(1, 2)
    _draw(loss, "Loss (nats)", epochs, lambda score: score.loss)
    loss.set_yscale("log")
    _draw(accuracy, "Accuracy (%)", epochs, lambda score: 100 * score.accuracy)
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


def write_reliability(path: Path, reads: Mapping[str, Read]) -> None:
    """Draw, a row for each set: confidence against accuracy, and the confusion matrix.

    Raises:
        InputError: the file cannot be written.

    """
    figure = Figure(figsize=(10, 4.6 * len(reads)), layout="constrained")
    rows = figure.subplots(len(reads), 2, squeeze=False)
    for (name, read), (left, right) in zip(reads.items(), rows, strict=True):
        _draw_reliability(left, name, read)
        _draw_confusion(right, name, read)
    write_whole(path, as_png(figure))


def _draw_reliability(axes: Axes, name: str, read: Read) -> None:
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


def _draw_confusion(axes: Axes, name: str, read: Read) -> None:
    counts = confusion(read)
    wrong = counts - np.diag(np.diag(counts))
    axes.imshow(wrong, cmap="Oranges", vmax=max(wrong.max(), 1))
    for row, column in np.ndindex(*counts.shape):
        if counts[row, column]:
            axes.text(column, row, str(counts[row, column]), ha="center", va="center", fontsize=8)
    digits = range(len(counts))
    axes.set(title=f"{name}: confusions", xlabel="Read as", ylabel="Drawn")
    axes.set(xticks=digits, yticks=digits)


def as_png(figure: Figure) -> bytes:
    """The picture as the bytes of a PNG file, equal for equal pictures."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=120, metadata={"Software": None})
    return buffer.getvalue()
