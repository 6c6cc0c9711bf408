"""Progress of training: a bar on a terminal, plain lines elsewhere."""

import errno
import sys
import time
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from mnist_jax.fit import Epoch
from mnist_jax.step import Score, Training

Steps = Iterable[tuple[Training, Epoch]]


def shown(steps: Steps, total: int, done: int = 0) -> Iterator[tuple[Training, Epoch]]:
    """The same steps of `fit`, each shown as it passes; they begin after `done` of `total`."""
    if sys.stdout and sys.stdout.isatty():  # rich would take a pipe for one, told FORCE_COLOR
        return _as_bar(steps, total, done, Console())
    return _as_lines(steps, total, done)


def _as_bar(
    steps: Steps, total: int, done: int, console: Console
) -> Iterator[tuple[Training, Epoch]]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        compiling = f"epoch {done + 1}/{total}, compiling"
        task = progress.add_task(compiling, total=total, completed=done)
        for training, epoch in steps:
            progress.update(task, advance=1, description=_summary(epoch, total))
            yield training, epoch


def _as_lines(steps: Steps, total: int, done: int) -> Iterator[tuple[Training, Epoch]]:
    start = time.monotonic()
    for training, epoch in steps:
        each = (time.monotonic() - start) / (epoch.number - done)
        left = each * (total - epoch.number)
        _write_line(f"{_summary(epoch, total)}  {left:.0f} s left")
        yield training, epoch


def _write_line(text: str) -> None:
    """Print, but never mind a disk that is full: training is worth more than its log."""
    try:
        print(text, flush=True)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise


def _summary(epoch: Epoch, total: int) -> str:
    text = f"epoch {epoch.number}/{total}  {_score(epoch.training)}"
    return f"{text}  validation {_score(epoch.validation)}" if epoch.validation else text


def _score(score: Score) -> str:
    return f"loss {score.loss:.4f}  accuracy {100 * score.accuracy:.2f} %"
