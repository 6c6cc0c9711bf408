"""Run training from the newest checkpoint until it ends, is stopped or fails; show its progress."""

import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TextIO, cast

import jax
import numpy as np
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from mnist_jax.data.mnist import Digits
from mnist_jax.distributed.devices import broadcast, gathered
from mnist_jax.distributed.processes import is_main_process
from mnist_jax.model import MLP
from mnist_jax.support.errors import InputError
from mnist_jax.support.exits import OUTPUT_LOST
from mnist_jax.support.languages import translated
from mnist_jax.training.checkpoints import Checkpoints
from mnist_jax.training.interruption import StopRequest
from mnist_jax.training.loop import Epoch, Snapshot, Snapshots, first_snapshot, snapshots
from mnist_jax.training.recipes import Recipe


class TrainingRun(NamedTuple):
    """The result of a training run, complete or not."""

    mlp: MLP
    snapshot: Snapshot
    """The snapshot that `mlp` was copied from; its own arrays may have been reused."""
    problem: InputError | None = None
    """Why training ended early, if it failed."""
    status: int | None = None
    """Exit status if a process was asked to stop."""


def run_training(
    recipe: Recipe,
    digits: Digits,
    seed: int,
    stop_request: StopRequest,
    checkpoints: Checkpoints | None = None,
    profile: Path | None = None,
) -> TrainingRun:
    """Train from the newest checkpoint to the end or a stop request, showing the progress.

    Only process 0 has `checkpoints`. A trace of the second epoch of this run, if there is one, is
    written into the folder `profile`.

    Raises:
        InputError: not even one epoch can be trained, or the checkpoints are of another run.
    """
    start = first_snapshot(recipe, digits, seed)
    if checkpoints:
        start = checkpoints.restored(start.training) or start
    if jax.process_count() > 1:
        training, passes = broadcast((start.training, np.array(start.passes)))
        start = start._replace(training=training, passes=float(passes))
    each_snapshot = snapshots(recipe, digits, seed, start)
    if is_main_process():
        if start.passes:
            text = translated(
                "continuing {place} of {epochs}, from the newest checkpoint",
                place=start.place,
                epochs=recipe.epochs,
            )
            print(text)
        if profile and int(start.passes) <= recipe.epochs - 2:
            each_snapshot = _profiled(each_snapshot, profile)
        each_snapshot = show_progress(each_snapshot, recipe.epochs, start.passes)
    run = TrainingRun(_copied(start.training.mlp), start)
    with closing(each_snapshot):
        try:
            for snapshot in each_snapshot:
                status = _combined(stop_request.status)
                last = status is not None or snapshot.passes == recipe.epochs
                if checkpoints:
                    checkpoints.save_if_due(snapshot, last=last)
                if snapshot.ends_epoch or last:
                    run = TrainingRun(_copied(snapshot.training.mlp), snapshot, status=status)
                if last:
                    break
        except InputError as problem:
            if not run.snapshot.passes:
                raise
            return run._replace(problem=problem)
    return run


def _combined(status: int | None) -> int | None:
    """Return the exit status if any process was asked to stop; all processes must call this."""
    if jax.process_count() == 1:
        return status
    return int(gathered(np.array(status or 0)).max()) or None


def _copied(mlp: MLP) -> MLP:
    """Copy the network to one device; the next steps reuse the memory of the original."""
    copy: MLP = jax.device_put(jax.tree.map(lambda array: np.array(array.addressable_data(0)), mlp))
    return copy


def _profiled(each_snapshot: Snapshots, folder: Path) -> Snapshots:
    """Yield the same snapshots, and write a trace of the second epoch into the folder."""
    for snapshot in each_snapshot:
        yield snapshot
        if snapshot.ends_epoch:
            break
    options = jax.profiler.ProfileOptions()
    options.python_tracer_level = 0  # Python makes few calls; XLA's work is what matters
    with jax.profiler.trace(str(folder), profiler_options=options):
        for snapshot in each_snapshot:
            if snapshot.ends_epoch:
                break
            yield snapshot
    text = translated(
        "wrote a trace of an epoch in {folder}; "
        "open it on https://ui.perfetto.dev, or run xprof --logdir {folder}",
        folder=folder,
    )
    print(text)
    yield snapshot  # after the trace, because the caller may stop at this snapshot
    yield from each_snapshot


def show_progress(snapshots: Snapshots, epochs: int, passes: float = 0.0) -> Snapshots:
    """Yield the snapshots and show them; `passes` of the `epochs` were done before."""
    show = _as_bar if on_terminal() else _as_lines
    return show(snapshots, epochs, passes)


def on_terminal() -> bool:
    """Return whether output goes to a terminal; rich's own check says yes if FORCE_COLOR is set."""
    return bool(sys.stdout and sys.stdout.isatty())


def progress_bar(**settings: object) -> Progress:
    """Return a bar with a description and the remaining time."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    return Progress(*columns, **settings)  # type: ignore[arg-type]


class _Screen:
    """Standard output, but a full disk or a closed terminal does not end training."""

    def __getattr__(self, name: str) -> Any:
        return getattr(sys.stdout, name)

    def write(self, text: str) -> int:
        with _loss_accepted():
            sys.stdout.write(text)
        return len(text)

    def flush(self) -> None:
        with _loss_accepted():
            sys.stdout.flush()


@contextmanager
def _loss_accepted() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in OUTPUT_LOST:
            raise


def _as_bar(snapshots: Snapshots, epochs: int, passes: float) -> Snapshots:
    with progress_bar(console=Console(file=cast(TextIO, _Screen()))) as progress:
        text = translated(
            "epoch {number}/{epochs}, compiling", number=int(passes) + 1, epochs=epochs
        )
        task = progress.add_task(text, total=epochs)
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
            text = translated(
                "{summary}  {seconds:.0f} s left",
                summary=_summary(snapshot.epochs[-1], epochs),
                seconds=seconds_left,
            )
            print(text, file=cast(TextIO, _Screen()), flush=True)
        yield snapshot


def _summary(epoch: Epoch, total: int) -> str:
    values: dict[str, float] = {
        "number": epoch.number,
        "total": total,
        "loss": epoch.training.loss,
        "accuracy": 100 * epoch.training.accuracy,
    }
    if not epoch.validation:
        return translated(
            "epoch {number}/{total}  loss {loss:.4f}  accuracy {accuracy:.2f} %", **values
        )
    return translated(
        "epoch {number}/{total}  loss {loss:.4f}  accuracy {accuracy:.2f} %  "
        "validation loss {validation_loss:.4f}  accuracy {validation_accuracy:.2f} %",
        **values,
        validation_loss=epoch.validation.loss,
        validation_accuracy=100 * epoch.validation.accuracy,
    )
