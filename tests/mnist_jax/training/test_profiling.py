"""The trace of an epoch."""

import dataclasses
import gzip
import json
from pathlib import Path

import pytest

from mnist_jax.data.mnist import Digits
from mnist_jax.support.errors import InputError
from mnist_jax.training.interruption import StopRequest
from mnist_jax.training.loop import fit, snapshots
from mnist_jax.training.profiling import newest_trace, profile_second_epoch
from mnist_jax.training.recipes import RECIPES
from mnist_jax.training.run import Task, run_training

SMALL = dataclasses.replace(RECIPES["seed"], hidden=(16,), epochs=3, batch_size=100)


def test_the_second_epoch_is_traced(bars: Digits, tmp_path: Path) -> None:
    """The steps are those of `fit`; the trace holds what XLA does and no compiling."""
    plain = [epoch.training for _, epoch in fit(SMALL, bars, seed=0)]
    steps = profile_second_epoch(snapshots(SMALL, bars, seed=0), tmp_path)
    assert [snapshot.epoch.training for snapshot in steps if snapshot.epoch] == plain
    written = newest_trace(tmp_path)
    assert written is not None
    trace = json.loads(gzip.decompress(written.read_bytes()))
    names = [event.get("name", "") for event in trace["traceEvents"]]
    assert "PjitFunction(steps)" in names
    assert any(name.startswith("dot") for name in names)
    assert not any("ompil" in name for name in names)


def test_only_a_new_trace_is_returned(bars: Digits, tmp_path: Path) -> None:
    """Not the one of an earlier training, where this one stopped before its second epoch."""
    task = Task("small", SMALL, bars, 0, tmp_path)
    assert run_training(task, StopRequest()).trace == newest_trace(tmp_path)
    interrupted = StopRequest()
    interrupted.status = 130
    assert run_training(task, interrupted).trace is None


def test_an_interrupted_trace_is_returned(
    bars: Digits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped within the second epoch, it has what came before."""
    monkeypatch.setattr("mnist_jax.training.loop.CHUNK_OPERATIONS", 1.0)
    heard = iter([None, None, None, None, 130])  # an epoch has three snapshots
    monkeypatch.setattr("mnist_jax.training.run.combined_status", lambda _: next(heard))
    run = run_training(Task("small", SMALL, bars, 0, tmp_path), StopRequest())
    assert run.position.place == "in epoch 2"
    assert run.trace is not None
    assert run.trace == newest_trace(tmp_path)


def test_a_recipe_without_a_second_epoch_is_refused() -> None:
    """The first one compiles, and a trace of that would mislead."""
    SMALL.check_profile()
    with pytest.raises(InputError, match=r"--profile.*--epochs 1"):
        dataclasses.replace(SMALL, epochs=1).check_profile()
