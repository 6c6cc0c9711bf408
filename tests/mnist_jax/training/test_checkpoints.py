"""Checkpoints: what is restored is what was trained, and no damage or full disk ends a training."""

import dataclasses
import resource
import shutil
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import jax
import numpy as np
import pytest

from mnist_jax.data.mnist import Digits
from mnist_jax.support.errors import InputError
from mnist_jax.training.checkpoints import Checkpoints, fingerprint_of
from mnist_jax.training.interruption import StopRequest
from mnist_jax.training.loop import Snapshot, snapshots
from mnist_jax.training.recipes import RECIPES
from mnist_jax.training.run import TrainingRun, run_training
from mnist_jax.training.step import initial

SMALL = dataclasses.replace(
    RECIPES["seed"], hidden=(16,), epochs=4, batch_size=32, held_out=50, decays=True
)
SECOND, THIRD, LAST = (f"checkpoint_{8 * epoch:010}" for epoch in (2, 3, 4))  # 8 steps an epoch


def opened(
    folder: Path, digits: Digits, report: Callable[[str], None] = pytest.fail, every: float = 0.0
) -> closing[Checkpoints]:
    """The checkpoints of the small recipe's run, due after every epoch."""
    run = fingerprint_of("small", SMALL, digits, 0)
    return closing(Checkpoints(folder, run, report, every))


def restored(
    folder: Path, digits: Digits, report: Callable[[str], None] = pytest.fail
) -> Snapshot | None:
    """Return the snapshot from which a new run would resume."""
    with opened(folder, digits, report) as checkpoints:
        return checkpoints.restored(initial(SMALL, len(digits) - SMALL.held_out, seed=0))


def trained(digits: Digits, checkpoints: Checkpoints | None = None) -> TrainingRun:
    """Training to its end."""
    return run_training(SMALL, digits, 0, StopRequest(), checkpoints)


def same(snapshot: Snapshot, other: Snapshot) -> bool:
    """Whether arrays and metrics are equal to the bit."""
    pairs = zip(jax.tree.leaves(snapshot), jax.tree.leaves(other), strict=True)
    return all(np.asarray(a).tobytes() == np.asarray(b).tobytes() for a, b in pairs)


@pytest.fixture(scope="module")
def whole_run(bars: Digits) -> list[Snapshot]:
    """The snapshots of a run without checkpoints, in memory of their own."""
    steps = snapshots(SMALL, bars, seed=0)
    return [step._replace(training=jax.tree.map(np.array, step.training)) for step in steps]


@pytest.fixture(scope="module")
def saved_run(bars: Digits, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the checkpoints after the second and the third of four epochs."""
    folder = tmp_path_factory.mktemp("saved")
    with opened(folder, bars) as checkpoints:
        for snapshot in snapshots(SMALL, bars, seed=0):
            if snapshot.passes in {2, 3}:
                checkpoints.save_if_due(snapshot, last=True)
    return folder


@pytest.fixture
def folder(saved_run: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return shutil.copytree(saved_run, tmp_path / "checkpoints")


def test_what_is_restored_is_what_was_trained(
    folder: Path, bars: Digits, whole_run: list[Snapshot]
) -> None:
    """To the bit, and the rest of the run with it; what a killed process left half is removed."""
    (folder / ".writing-abc").write_bytes(b"half a checkpoint")
    snapshot = restored(folder, bars)
    assert snapshot is not None
    assert {path.name for path in folder.iterdir()} == {".lock", SECOND, THIRD}
    assert same(snapshot, next(step for step in whole_run if step.passes == 3))
    *_, last = snapshots(SMALL, bars, 0, snapshot)
    assert same(last, whole_run[-1])


def test_the_two_newest_stay(tmp_path: Path, bars: Digits, monkeypatch: pytest.MonkeyPatch) -> None:
    """Checkpoints are written while training continues, when they are due."""
    clock = count(0.0, 10.0).__next__  # ten seconds pass from each look to the next
    time = SimpleNamespace(monotonic=clock)
    monkeypatch.setattr("mnist_jax.training.checkpoints.time", time)
    written = []
    with opened(tmp_path, bars, every=15.0) as checkpoints:
        for snapshot in snapshots(SMALL, bars, seed=0):
            if snapshot.ends_epoch:
                checkpoints.save_if_due(snapshot, last=snapshot.passes == SMALL.epochs)
                if checkpoints._writing:
                    checkpoints._writing.result()
                written.append(checkpoints.newest and checkpoints.newest.passes)
    assert written == [None, 2, 2, 4]
    assert {path.name for path in tmp_path.iterdir()} == {".lock", SECOND, LAST}


@pytest.mark.parametrize(
    ("name", "changed", "seed", "named"),
    [
        ("small", {"hidden": (12,)}, 0, r"--hidden \[16\], not \[12\]"),
        ("small", {"epochs": 5}, 0, "--epochs 4, not 5"),
        ("small", {"learning_rate": 2e-3}, 0, r"--learning-rate 0\.001, not 0\.002"),
        ("small", {}, 1, "--seed 0, not 1"),
        ("tiny", {}, 0, '--recipe "small", not "tiny"'),
    ],
)
def test_another_run_is_refused(
    folder: Path, bars: Digits, name: str, changed: dict[str, object], seed: int, named: str
) -> None:
    """The folder, the option, what was found and wanted, and what to do; nothing is touched."""
    recipe = dataclasses.replace(SMALL, **changed)
    run = fingerprint_of(name, recipe, bars, seed)
    with (
        closing(Checkpoints(folder, run, pytest.fail, 0.0)) as checkpoints,
        pytest.raises(InputError, match=named) as refusal,
    ):
        checkpoints.restored(initial(recipe, len(bars), seed))
    assert str(folder) in str(refusal.value)
    assert "another folder" in str(refusal.value)
    with pytest.raises(InputError, match="sha256 of the images"):
        restored(folder, bars[:299])
    assert restored(folder, bars) is not None


@pytest.mark.parametrize("how", ["cut", "altered", "empty"])
def test_a_damaged_checkpoint_is_skipped(
    folder: Path, bars: Digits, whole_run: list[Snapshot], how: str
) -> None:
    """It is reported and removed, and the one before is used; without one, training starts over."""

    def damage(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes({"cut": data[: len(data) // 2], "altered": data, "empty": b""}[how])

    damage(folder / THIRD)
    reports: list[str] = []
    snapshot = restored(folder, bars, reports.append)
    assert snapshot is not None
    assert same(snapshot, next(step for step in whole_run if step.passes == 2))
    assert reports == [f"{folder / THIRD}: skipped and removed, it is damaged"]
    damage(folder / SECOND)
    assert restored(folder, bars, reports.append) is None
    assert {path.name for path in folder.iterdir()} == {".lock"}
    with opened(folder, bars) as checkpoints:
        assert len(trained(bars, checkpoints).snapshot.epochs) == SMALL.epochs


def test_a_folder_serves_one_training_at_a_time(folder: Path, bars: Digits) -> None:
    """A second one is refused while the first is open, and let in after it."""
    with opened(folder, bars), pytest.raises(InputError, match="in use"):
        opened(folder, bars)
    assert restored(folder, bars) is not None


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path, bars: Digits) -> None:
    """A file, a folder within a file, a name too long, and a folder in place of a checkpoint."""
    (tmp_path / "file").write_text("")
    for name, why in (("file", "is a file"), ("file/in", "written"), ("a" * 300, "written")):
        with pytest.raises(InputError, match=f"--checkpoint-dir: .*{name} .*{why}"):
            opened(tmp_path / name, bars)
    (tmp_path / "kept" / LAST).mkdir(parents=True)
    with pytest.raises(InputError, match=f"{LAST} cannot be used"):
        restored(tmp_path / "kept", bars)


def test_a_full_disk_does_not_end_training(tmp_path: Path, bars: Digits) -> None:
    """It is reported once; later checkpoints are written."""
    reports: list[str] = []
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, former[1]))  # as on a disk that is full
    try:
        with opened(tmp_path, bars, reports.append) as checkpoints:
            for snapshot in snapshots(SMALL, bars, seed=0):
                if snapshot.passes == 3:
                    assert checkpoints.newest is None
                    resource.setrlimit(resource.RLIMIT_FSIZE, former)
                checkpoints.save_if_due(snapshot, last=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)
    (report,) = reports
    assert "File too large" in report
    assert "training continues" in report
    assert (tmp_path / LAST).exists()


def test_a_lost_loss_is_never_saved(tmp_path: Path, bars: Digits) -> None:
    """Resumed from the last good epoch, training fails again with the same error."""
    good = next(step for step in snapshots(SMALL, bars, 0) if step.ends_epoch)
    mlp = jax.tree.map(lambda array: 1e25 * array, good.training.mlp)
    with opened(tmp_path, bars) as checkpoints:
        brink = good._replace(training=good.training._replace(mlp=mlp))
        checkpoints.save_if_due(brink, last=True)
    problems = []
    for _ in range(2):
        with opened(tmp_path, bars) as checkpoints:
            run = trained(bars, checkpoints)
        assert run.snapshot.place == "after epoch 1"
        assert all(np.isfinite(array).all() for array in jax.tree.leaves(run.mlp))
        problems.append(str(run.problem))
    assert "in epoch 2; try a smaller --learning-rate" in problems[0]
    assert problems[0] == problems[1]


@pytest.mark.parametrize(("operations", "passes"), [(5e10, 7 * 32 / 250), (1, 32 / 250)])
def test_a_stop_request_takes_effect_after_a_chunk(
    tmp_path: Path,
    bars: Digits,
    whole_run: list[Snapshot],
    monkeypatch: pytest.MonkeyPatch,
    operations: float,
    passes: float,
) -> None:
    """What was trained is saved, due or not, and the next run ends as if there had been no stop."""
    monkeypatch.setattr("mnist_jax.training.loop.CHUNK_OPERATIONS", operations)
    stop_request = StopRequest()
    stop_request.status = 130
    with opened(tmp_path, bars, every=1e9) as checkpoints:
        stopped = run_training(SMALL, bars, 0, stop_request, checkpoints)
    assert (stopped.status, stopped.snapshot.passes) == (130, passes)
    assert stopped.snapshot.place == "in epoch 1"
    with opened(tmp_path, bars) as checkpoints:
        run = trained(bars, checkpoints)
    jax.tree.map(np.testing.assert_array_equal, run.mlp, whole_run[-1].training.mlp)
    assert [epoch.validation for epoch in run.snapshot.epochs] == [
        epoch.validation for epoch in whole_run[-1].epochs
    ]
