"""The trace of an epoch."""

import dataclasses
import gzip
import json
from pathlib import Path

import pytest

from mnist_jax.data.mnist import Digits
from mnist_jax.training.interruption import StopRequest
from mnist_jax.training.recipes import RECIPES
from mnist_jax.training.run import run_training

SMALL = dataclasses.replace(RECIPES["seed"], hidden=(16,), epochs=3, batch_size=100)


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
