"""Progress as it is shown, on a terminal and elsewhere, and the trace of an epoch."""

import dataclasses
import gzip
import io
import itertools
import json
import sys
from pathlib import Path

import pytest

from mnist_jax.data.mnist import Digits
from mnist_jax.training.interruption import StopRequest
from mnist_jax.training.loop import Epoch, Snapshot
from mnist_jax.training.recipes import RECIPES
from mnist_jax.training.run import run_training, show_progress
from mnist_jax.training.step import Score

SMALL = dataclasses.replace(RECIPES["seed"], hidden=(16,), epochs=3, batch_size=100)


@pytest.fixture
def snapshots() -> list[Snapshot]:
    """Three of an epoch and three of the next, each after 50 of 150 images."""
    first, second = (Epoch(number, Score(1 / number, 0.5), None) for number in (1, 2))
    found = []
    for number, images in itertools.product((0, 1), (50, 100, 150)):
        epochs = ((), (first,), (first, second))[number + (images == 150)]
        found.append(Snapshot(None, number + images / 150, epochs))  # type: ignore[arg-type]
    return found


def test_a_bar_moves_within_an_epoch(
    snapshots: list[Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says that the first steps compile, then where training is, then what an epoch gave."""
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    passed = []
    for snapshot in show_progress((one for one in snapshots), epochs=2):
        passed.append(snapshot)
        written = terminal.getvalue()
        terminal.truncate(0)
        if len(passed) == 1:
            assert "epoch 1/2, compiling" in written
    assert passed == snapshots
    assert "epoch 2/2  loss 0.5000  accuracy 50.00 %" in terminal.getvalue()


def test_lines_come_with_epochs(
    snapshots: list[Snapshot], capsys: pytest.CaptureFixture[str]
) -> None:
    """There is one per epoch, also in a run resumed within one."""
    rest = snapshots[1:]
    assert list(show_progress((one for one in rest), epochs=2, passes=1 / 3)) == rest
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("epoch 1/2  loss 1.0000  accuracy 50.00 %  ")
    assert second.endswith("accuracy 50.00 %  0 s left")


@pytest.mark.parametrize(("operations", "steps"), [(5e10, 3), (1.0, 5)])
def test_the_second_epoch_is_traced(
    bars: Digits,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    operations: float,
    steps: int,
) -> None:
    """The trace has what XLA does and no compiling, also if training is stopped in that epoch."""
    monkeypatch.setattr("mnist_jax.training.loop.CHUNK_OPERATIONS", operations)
    statuses = iter([*[None] * (steps - 1), 130])
    monkeypatch.setattr("mnist_jax.training.run._combined", lambda _: next(statuses))
    plain = run_training(SMALL, bars, 0, StopRequest())
    statuses = iter([*[None] * (steps - 1), 130])
    profiled = run_training(SMALL, bars, 0, StopRequest(), profile=tmp_path)
    assert profiled.snapshot.epochs == plain.snapshot.epochs
    (written,) = tmp_path.glob("plugins/profile/*/*.trace.json.gz")
    trace = json.loads(gzip.decompress(written.read_bytes()))
    names = [event.get("name", "") for event in trace["traceEvents"]]
    assert "PjitFunction(steps)" in names
    assert any(name.startswith("dot") for name in names)
    assert not any("ompil" in name for name in names)
