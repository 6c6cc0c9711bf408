"""Show the progress of training: a bar on a terminal, plain lines elsewhere."""

import errno
import sys
import time

from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from mnist_jax.training.loop import Epoch, Snapshots
from mnist_jax.training.step import Score


def show_progress(snapshots: Snapshots, epochs: int, passes: float = 0.0) -> Snapshots:
    """Yield the same snapshots and show them; `passes` epochs of `epochs` are already done."""
    show = _as_bar if on_terminal() else _as_lines
    return show(snapshots, epochs, passes)


def on_terminal() -> bool:
    """Return whether output goes to a terminal; rich would believe FORCE_COLOR on a pipe."""
    return bool(sys.stdout and sys.stdout.isatty())


def progress_bar(**settings: object) -> Progress:
    """Return a bar with a description and the remaining time."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    return Progress(*columns, **settings)  # type: ignore[arg-type]


def _as_bar(snapshots: Snapshots, epochs: int, passes: float) -> Snapshots:
    with progress_bar() as progress:
        text = f"epoch {int(passes) + 1}/{epochs}"
        task = progress.add_task(f"{text}, compiling", total=epochs)
        progress.update(task, completed=passes)
        for snapshot in snapshots:
            text = _summary(snapshot.epochs[-1], epochs) if snapshot.ends_epoch else text
            progress.update(task, completed=snapshot.passes, description=text)
            yield snapshot


def _as_lines(snapshots: Snapshots, epochs: int, passes: float) -> Snapshots:
    start = time.monotonic()
    for snapshot in snapshots:
        if snapshot.ends_epoch:
            each = (time.monotonic() - start) / (snapshot.passes - passes)
            seconds_left = each * (epochs - snapshot.passes)
            _write_line(f"{_summary(snapshot.epochs[-1], epochs)}  {seconds_left:.0f} s left")
        yield snapshot


def _write_line(text: str) -> None:
    """Print a line; a full disk must not end training."""
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
