"""Checkpoints on disk, written in the background while training continues.

Each checkpoint is one file: its sha256, then an `.npz` archive with a JSON card and the arrays of
the training state. The card has the metrics so far and the fingerprint of the run: everything that
its result depends on except the machine. A run continues from a checkpoint, and processes train
together, only if their fingerprints agree.
"""

import dataclasses
import hashlib
import io
import json
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from filelock import FileLock, Timeout

from mnist_jax.data.mnist import Digits
from mnist_jax.distributed.devices import gathered
from mnist_jax.support.errors import InputError, reason
from mnist_jax.support.files import UNFINISHED, write_whole
from mnist_jax.support.languages import translated
from mnist_jax.training.loop import Epoch, Snapshot
from mnist_jax.training.recipes import Recipe
from mnist_jax.training.step import Score, Training

KEPT_CHECKPOINTS = 2
"""Number of checkpoints to keep, so that a damaged one can be skipped."""

Contents = tuple[dict[str, Any], list[np.ndarray]]
"""The card and the arrays of a checkpoint."""

LIBRARIES = ("jax", "jaxlib", "flax", "optax", "numpy")
"""Libraries whose version may change the trained weights."""

Fingerprint = dict[str, Any]
"""What the result of a run depends on, by the names that error messages use."""


class Checkpoints:
    """A folder of checkpoints of one run, locked until it is closed."""

    def __init__(
        self,
        folder: Path,
        run: Fingerprint,
        report: Callable[[str], None],
        every_seconds: float,
    ) -> None:
        """Open or create the folder; call `report` with a line for each problem in it.

        `run` is the fingerprint of the run. A new checkpoint is due after `every_seconds`.

        Raises:
            InputError: the folder cannot be written, or is in use.
        """
        self.newest: Snapshot | None = None
        """The snapshot in the newest complete checkpoint; its arrays may no longer exist."""
        self._folder, self._run, self._report = folder, run, report
        self._lock = _locked(folder)
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._writing: Future[None] | None = None
        self._failing = False
        self._every_seconds = every_seconds
        self._saved_at = time.monotonic()

    def close(self) -> None:
        """Wait for the checkpoint that is being written, and unlock the folder."""
        self._thread.shutdown()
        self._lock.release()

    def restored(self, template: Training) -> Snapshot | None:
        """Return the newest complete checkpoint, with arrays as in `template`, or None.

        Damaged checkpoints are reported and removed.

        Raises:
            InputError: a checkpoint belongs to another run or cannot be read.
        """
        for path in reversed(self._paths()):
            try:
                contents = _unpacked(path.read_bytes())
                if contents is None:
                    self._report(
                        translated("{path}: skipped and removed, it is damaged", path=path)
                    )
                    path.unlink()
                    continue
            except OSError as error:
                raise InputError(
                    "--checkpoint-dir: {path} cannot be used ({reason}); "
                    "remove it or choose another folder",
                    path=path,
                    reason=reason(error),
                ) from error
            self.newest = self._snapshot(contents, template)
            return self.newest
        return None

    def save_if_due(self, snapshot: Snapshot, *, last: bool) -> None:
        """Start to write a checkpoint if one is due and none is being written.

        The last one is written in any case before this returns. A failure is reported once, and
        again only after a checkpoint succeeded.
        """
        busy = self._writing is not None and not self._writing.done()
        if last or (not busy and time.monotonic() - self._saved_at >= self._every_seconds):
            # Copy the arrays: the next steps reuse their memory.
            leaves = jax.tree.leaves(snapshot.training)
            arrays = [np.array(leaf.addressable_data(0)) for leaf in leaves]
            path = self._folder / f"checkpoint_{int(snapshot.training.step):010}"
            self._writing = self._thread.submit(self._write, path, snapshot, arrays)
            self._saved_at = time.monotonic()
            if last:
                self._writing.result()

    def _paths(self) -> list[Path]:
        return sorted(self._folder.glob("checkpoint_*"))

    def _snapshot(self, contents: Contents, template: Training) -> Snapshot:
        card, arrays = contents
        if name := difference(card["run"], self._run):
            raise InputError(
                "--checkpoint-dir: {folder} has the checkpoints of a run with {name} {found}, "
                "not {wanted}; use the same options as that run, or choose another folder",
                folder=self._folder,
                name=name,
                found=json.dumps(card["run"].get(name)),
                wanted=json.dumps(self._run[name]),
            )
        training = jax.tree.unflatten(jax.tree.structure(template), map(jnp.asarray, arrays))
        epochs = (
            Epoch(number, Score(*training_score), validation and Score(*validation))
            for number, training_score, validation in card["epochs"]
        )
        return Snapshot(training, card["passes"], tuple(epochs), tuple(card["sums"]))

    def _write(self, path: Path, snapshot: Snapshot, arrays: list[np.ndarray]) -> None:
        card = {"run": self._run} | snapshot._asdict()
        del card["training"]
        archive = io.BytesIO()
        np.savez(archive, np.frombuffer(json.dumps(card).encode(), np.uint8), *arrays)
        data = archive.getvalue()
        try:
            write_whole(path, hashlib.sha256(data).digest() + data)
        except InputError as error:
            if not self._failing:
                text = translated(
                    "{problem}; training continues without this checkpoint", problem=error
                )
                self._report(text)
            self._failing = True
        else:
            self.newest, self._failing = snapshot, False
            for old in self._paths()[:-KEPT_CHECKPOINTS]:
                with suppress(OSError):
                    old.unlink()


def _unpacked(data: bytes) -> Contents | None:
    """Return the card and the arrays of a checkpoint file, or None if it is damaged."""
    size = hashlib.sha256().digest_size
    if hashlib.sha256(data[size:]).digest() != data[:size]:
        return None
    with np.load(io.BytesIO(data[size:])) as archive:
        card, *arrays = archive.values()
    return json.loads(card.tobytes()), arrays


def _locked(folder: Path) -> FileLock:
    """Create and lock the folder, and remove files that a killed process left unfinished."""
    lock = FileLock(folder / ".lock")
    try:
        if folder.exists() and not folder.is_dir():
            raise InputError("--checkpoint-dir: {folder} is a file; name a folder", folder=folder)
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
        for path in folder.glob(f"{UNFINISHED}*"):
            path.unlink()
    except Timeout as error:
        raise InputError(
            "--checkpoint-dir: {folder} is in use by another run; wait for it, "
            "or choose another folder",
            folder=folder,
        ) from error
    except OSError as error:
        raise InputError(
            "--checkpoint-dir: {folder} cannot be written ({reason}); choose another folder",
            folder=folder,
            reason=reason(error),
        ) from error
    return lock


def fingerprint_of(name: str, recipe: Recipe, digits: Digits, seed: int) -> Fingerprint:
    """Return the fingerprint of a run of the recipe called `name`."""
    fields = dataclasses.asdict(recipe)
    del fields["summary"]
    sha256 = hashlib.sha256(np.ascontiguousarray(digits.images).data)
    sha256.update(np.ascontiguousarray(digits.labels).data)
    fingerprint = {
        "checkpoint format": 4,  # increase it when the content of a checkpoint changes
        "--recipe": name,
        **{"--" + field.replace("_", "-"): value for field, value in fields.items()},
        "--seed": seed,
        "sha256 of the images": sha256.hexdigest(),
        **{f"{library} version": version(library) for library in LIBRARIES},
    }
    as_stored: Fingerprint = json.loads(json.dumps(fingerprint))
    return as_stored


def difference(found: Fingerprint, wanted: Fingerprint) -> str | None:
    """Return the first name whose values differ, or None."""
    return next((name for name in wanted if found.get(name) != wanted[name]), None)


def check_same_run(fingerprint: Fingerprint) -> None:
    """Check that all processes train the same; every process must call this.

    Raises:
        InputError: something differs; the message names the first difference.
    """
    text = json.dumps(fingerprint).encode().ljust(65_536)  # processes exchange arrays of one shape
    first, *others = (json.loads(row.tobytes()) for row in gathered(np.frombuffer(text, np.uint8)))
    for number, other in enumerate(others, start=1):
        if name := difference(other, first):
            raise InputError(
                "{name}: process 0 has {first}, process {number} has {other}; "
                "give all processes the same",
                name=name,
                first=json.dumps(first[name]),
                number=number,
                other=json.dumps(other.get(name)),
            )
