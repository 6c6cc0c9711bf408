"""Pictures of training and of what the network reads, as PNG files."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from mnist_jax.files import write_whole
from mnist_jax.fit import Epoch, Score

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
    write_whole(path, _png(figure))


def _draw(axes: Axes, title: str, epochs: Sequence[Epoch], value: Callable[[Score], float]) -> None:
    numbers = [epoch.number for epoch in epochs]
    marker = "o" if len(epochs) == 1 else None
    training = [value(epoch.training) for epoch in epochs]
    axes.plot(numbers, training, color=TRAINING_COLOUR, marker=marker, label="training")
    held_out = [value(epoch.validation) for epoch in epochs if epoch.validation]
    if held_out:
        axes.plot(numbers, held_out, color=VALIDATION_COLOUR, marker=marker, label="validation")
    axes.set(title=title, xlabel="Epoch")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(alpha=0.3)
    axes.legend()


def _png(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=120, metadata={"Software": None})
    return buffer.getvalue()
