"""Checkpoints on disk, written in the background while training continues.

Each checkpoint is a folder with the arrays, written by Orbax, and a card: the fingerprint of the
run, the position, and the metrics of all epochs so far.
"""

import dataclasses
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from filelock import FileLock, Timeout

from mnist_jax.support.errors import InputError
from mnist_jax.training.checkpoint_card import CARD, Card, read_card, write_card
from mnist_jax.training.fingerprint import Fingerprint, difference
from mnist_jax.training.position import START, Epoch, Position, Snapshot
from mnist_jax.training.step import Score, Training

KEPT = 2
"""Number of checkpoints to keep, so that a damaged one can be skipped."""


class Checkpoint(NamedTuple):
    """The contents of a checkpoint."""

    training: Training
    position: Position
    epochs: list[Epoch]


class Checkpoints:
    """A folder of checkpoints of one run, locked until it is closed."""

    def __init__(
        self,
        folder: Path,
        run: Fingerprint,
        report: Callable[[str], None],
        every_seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open or create the folder; call `report` with a line for each problem in it.

        Incomplete checkpoints are reported and removed. A new one is due after `every_seconds`.

        Raises:
            InputError: the folder cannot be written, is in use, or belongs to another run.

        """
        from orbax.checkpoint import StandardCheckpointer
        from orbax.checkpoint.options import MultiprocessingOptions

        self._folder, self._run, self._report = folder, run, report
        self._lock = _locked(folder)
        try:
            self._complete = _complete_checkpoints(folder, run, report)
        except InputError:
            self._lock.release()
            raise
        own = jax.process_index()  # only process 0 writes checkpoints
        alone = MultiprocessingOptions(primary_host=own, active_processes={own})
        self._orbax = StandardCheckpointer(multiprocessing_options=alone)
        self._background = ThreadPoolExecutor(max_workers=1)
        self._writing: tuple[Position, Path, Future[None]] | None = None
        self._failing = False
        self._every_seconds, self._clock = every_seconds, clock
        self._saved_at = clock()

    def close(self) -> None:
        """Wait for the checkpoint that is being written, and unlock the folder."""
        self._finish_writing()
        self._background.shutdown()
        self._orbax.close()
        self._lock.release()

    @property
    def newest(self) -> Position:
        """Position of the newest complete checkpoint, or `START`."""
        self._finish_writing()
        return max(self._complete, default=START)

    def restored(self, template: Training) -> Checkpoint | None:
        """Return the newest complete checkpoint, with arrays as in `template`, or None."""
        if self.newest == START:
            return None
        path = self._complete[self.newest]
        leaves, structure = jax.tree.flatten(template)
        wanted = [np.asarray(array) for array in leaves]
        restored = self._orbax.restore((path / _ARRAYS).absolute(), wanted)
        arrays = [jnp.asarray(array) for array in restored]
        training = jax.tree.unflatten(structure, arrays)
        return Checkpoint(training, self.newest, _epochs(read_card(path)))

    def save_if_due(self, snapshot: Snapshot, epochs: Sequence[Epoch], *, last: bool) -> None:
        """Start to write a checkpoint if it is the last, or one is due and none is being written.

        A failure is reported once, and again only after a checkpoint succeeded.
        """
        busy = self._writing is not None and not self._writing[2].done()
        if last or (not busy and self._clock() - self._saved_at >= self._every_seconds):
            self._finish_writing()
            self._keep(snapshot.training, snapshot.position, epochs)
            self._saved_at = self._clock()

    def _keep(self, training: Training, position: Position, epochs: Sequence[Epoch]) -> None:
        path = self._folder / f"mnist_jax_epoch_{position.epoch}_image_{position.images}"
        done = [dataclasses.asdict(epoch) for epoch in epochs]
        card = {"run": self._run, "position": position, "epochs": done}
        leaves = jax.tree.leaves(training)
        # Copy the arrays: the next steps reuse their memory.
        arrays = [np.array(leaf.addressable_data(0)) for leaf in leaves]
        try:
            _remove(path)
            path.mkdir()
            _check_room(path, sum(array.nbytes for array in arrays))
            self._orbax.save((path / _ARRAYS).absolute(), arrays)
        except (OSError, ValueError, RuntimeError) as error:
            self._failed(error, path)
        else:
            future = self._background.submit(self._finish, path, card)
            self._writing = position, path, future

    def _finish(self, path: Path, card: Card) -> None:
        self._orbax.wait_until_finished()
        write_card(path, card)

    def _finish_writing(self) -> None:
        """Wait for the checkpoint that is being written, and register it if it is complete."""
        if self._writing is None:
            return
        position, path, future = self._writing
        self._writing = None
        if error := future.exception():
            self._failed(error, path)
            return
        self._failing = False
        self._complete[position] = path
        for old in sorted(self._complete)[:-KEPT]:
            with suppress(OSError):
                _remove(self._complete.pop(old))

    def _failed(self, error: BaseException, path: Path) -> None:
        with suppress(OSError):
            _remove(path)
        if not self._failing:
            self._report(
                f"{path}: the checkpoint cannot be written ({_reason(error)}); training continues"
            )
        self._failing = True


def _reason(error: BaseException) -> str:
    """Return the operating system's message, even if Orbax wraps it."""
    code = re.search(r"os_error_code='(\d+)'", str(error))
    message = os.strerror(int(code[1])) if code else getattr(error, "strerror", None)
    return message or str(error).partition("\n")[0]


_NAME = re.compile(r"mnist_jax_epoch_[0-9]+(_image_[0-9]+)?")  # format 1 had no images
_ARRAYS = "arrays"


def _locked(folder: Path) -> FileLock:
    """Create and lock the folder.

    Raises:
        InputError: it cannot be created or written, or another process has locked it.

    """
    lock = FileLock(folder / ".lock")
    try:
        if folder.exists() and not folder.is_dir():
            raise InputError(f"--checkpoint-dir: {folder} is a file; name a folder")
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise InputError(
            f"--checkpoint-dir: {folder} is in use by another run; wait for it, "
            "or choose another folder"
        ) from error
    except OSError as error:
        raise InputError(
            f"--checkpoint-dir: {folder} cannot be written ({error.strerror}); "
            "choose another folder"
        ) from error
    return lock


def _complete_checkpoints(
    folder: Path, run: Fingerprint, report: Callable[[str], None]
) -> dict[Position, Path]:
    """Return the complete checkpoints by their position; report and remove the others.

    Raises:
        InputError: a checkpoint belongs to another run or cannot be read.

    """
    whole: dict[Position, Path] = {}
    broken: dict[Path, str] = {}
    try:
        for path in sorted(folder.iterdir()):
            if not _NAME.fullmatch(path.name):
                continue
            try:
                card = read_card(path)
            except InputError as error:
                broken[path] = str(error)
            else:
                _check_run(folder, card["run"], run)
                whole[Position(*card["position"])] = path
        for path, reason in broken.items():
            report(f"{path}: skipped and removed, it is incomplete: {reason}")
            _remove(path)
    except OSError as error:
        raise InputError(
            f"--checkpoint-dir: {error.filename or folder} cannot be used ({error.strerror}); "
            "fix this or choose another folder"
        ) from error
    if broken and not whole:
        report(f"{folder}: contains no complete checkpoint; training starts over")
    return whole


def _check_run(folder: Path, found: Fingerprint, wanted: Fingerprint) -> None:
    if name := difference(found, wanted):
        raise InputError(
            f"--checkpoint-dir: {folder} has the checkpoints of a run with {name} "
            f"{json.dumps(found.get(name))}, not {json.dumps(wanted[name])}; "
            "use the same options as that run, or choose another folder"
        )


def _epochs(card: Card) -> list[Epoch]:
    return [
        Epoch(
            row["number"],
            Score(*row["training"]),
            Score(*row["validation"]) if row["validation"] else None,
        )
        for row in card["epochs"]
    ]


def _check_room(folder: Path, size: int) -> None:
    """Raise a short OSError if the disk is too full; Orbax' messages have many lines."""
    with NamedTemporaryFile(dir=folder) as trial:
        trial.write(bytes(size + _OVERHEAD))
        trial.flush()


_OVERHEAD = 200_000
"""Bytes for everything except the arrays."""


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        (path / CARD).unlink(missing_ok=True)  # a crash leaves it incomplete, not damaged
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
