"""Progress of training: a bar on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from mnist_jax.fit import Epoch, Score, Training

Steps = Iterable[tuple[Training, Epoch]]


def shown(steps: Steps, total: int) -> Iterator[tuple[Training, Epoch]]:
    """The same steps of `fit`, each shown as it passes; `total` is how many there will be."""
    console = Console()
    return _as_bar(steps, total, console) if console.is_terminal else _as_lines(steps, total)


def _as_bar(steps: Steps, total: int, console: Console) -> Iterator[tuple[Training, Epoch]]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(f"epoch 1/{total}, compiling", total=total)
        for training, epoch in steps:
            progress.update(task, advance=1, description=_summary(epoch, total))
            yield training, epoch


def _as_lines(steps: Steps, total: int) -> Iterator[tuple[Training, Epoch]]:
    start = time.monotonic()
    for training, epoch in steps:
        left = (time.monotonic() - start) / epoch.number * (total - epoch.number)
        sys.stdout.write(f"{_summary(epoch, total)}  {left:.0f} s left\n")
        sys.stdout.flush()
        yield training, epoch


def _summary(epoch: Epoch, total: int) -> str:
    text = f"epoch {epoch.number}/{total}  {_score(epoch.training)}"
    return f"{text}  validation {_score(epoch.validation)}" if epoch.validation else text


def _score(score: Score) -> str:
    return f"loss {score.loss:.4f}  accuracy {100 * score.accuracy:.2f} %"
