"""Training that survives: what is kept of it, what is refused, and what is done about damage."""

import dataclasses
import json
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import jax
import numpy as np
import pytest

from mnist_jax.data.mnist import Digits
from mnist_jax.support.errors import InputError
from mnist_jax.training.checkpoints import Checkpoint, Checkpoints
from mnist_jax.training.fingerprint import fingerprint_of
from mnist_jax.training.interruption import StopRequest
from mnist_jax.training.loop import fit, snapshots
from mnist_jax.training.position import START, Epoch, Snapshot
from mnist_jax.training.recipes import RECIPES, Recipe
from mnist_jax.training.run import Task, run_training
from mnist_jax.training.step import Training, initial

SMALL = dataclasses.replace(
    RECIPES["seed"], hidden=(16,), epochs=4, batch_size=32, held_out=50, decays=True
)


def opened(folder: Path, digits: Digits, told: list[str]) -> closing[Checkpoints]:
    """The checkpoints of the small recipe's run, due after every epoch."""
    return closing(Checkpoints(folder, fingerprint_of("small", SMALL, digits, 0), told.append, 0.0))


def as_numpy(training: Training) -> list[np.ndarray]:
    """All arrays, in memory of their own."""
    return [np.array(array) for array in jax.tree.leaves(training)]


def same(training: Training, arrays: list[np.ndarray]) -> bool:
    """Whether they are equal to the bit."""
    pairs = zip(as_numpy(training), arrays, strict=True)
    return all(a.dtype == b.dtype and a.tobytes() == b.tobytes() for a, b in pairs)


def ends(steps: Iterator[Snapshot]) -> Iterator[Snapshot]:
    """The snapshots at which an epoch ends."""
    return (snapshot for snapshot in steps if snapshot.epoch)


def template(digits: Digits) -> Training:
    """What a fresh run begins with."""
    return initial(SMALL, len(digits), seed=0)


def restored(folder: Path, digits: Digits, told: list[str]) -> Checkpoint | None:
    """Return the checkpoint from which a new run would resume."""
    with opened(folder, digits, told) as checkpoints:
        return checkpoints.restored(template(digits))


@pytest.fixture(scope="module")
def whole_run(bars: Digits) -> list[tuple[list[np.ndarray], Epoch]]:
    """A run of which nothing was kept: arrays and measures of each epoch."""
    return [(as_numpy(training), epoch) for training, epoch in fit(SMALL, bars, seed=0)]


@pytest.fixture(scope="module")
def kept_run(bars: Digits, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the checkpoints after the second and the third of four epochs."""
    folder = tmp_path_factory.mktemp("kept")
    epochs = []
    with opened(folder, bars, []) as checkpoints:
        for snapshot in snapshots(SMALL, bars, seed=0):
            epochs += [snapshot.epoch] if snapshot.epoch else []
            if snapshot.passes in {2, 3}:
                checkpoints.save_if_due(snapshot, epochs, last=True)
    return folder


@pytest.fixture
def folder(kept_run: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoilt."""
    return shutil.copytree(kept_run, tmp_path / "checkpoints")


def test_what_is_kept_is_what_was_trained(
    folder: Path, bars: Digits, whole_run: list[tuple[list[np.ndarray], Epoch]]
) -> None:
    """Arrays and measures come back to the bit, and the rest of the run with them."""
    told: list[str] = []
    kept = restored(folder, bars, told)
    assert kept is not None
    assert not told
    arrays, _ = whole_run[2]
    assert same(kept.training, arrays)
    assert [vars(epoch) for epoch in kept.epochs] == [vars(epoch) for _, epoch in whole_run[:3]]
    *_, last = snapshots(SMALL, bars, 0, kept.position, kept.training)
    assert last.epoch is not None
    assert same(last.training, whole_run[3][0])
    assert vars(last.epoch) == vars(whole_run[3][1])


def test_the_two_newest_stand(tmp_path: Path, bars: Digits) -> None:
    """Checkpoint while training continues, each of one epoch; what is not due is not kept."""
    clock = count(0.0, 10.0).__next__  # ten seconds pass from each look to the next
    run = fingerprint_of("small", SMALL, bars, 0)
    epochs: list[Epoch] = []
    with closing(Checkpoints(tmp_path, run, pytest.fail, 15.0, clock)) as checkpoints:
        assert checkpoints.restored(template(bars)) is None
        for snapshot in ends(snapshots(SMALL, bars, seed=0)):
            epochs.append(snapshot.epoch)
            before = checkpoints.newest
            checkpoints.save_if_due(snapshot, epochs, last=snapshot.passes == SMALL.epochs)
            due = snapshot.passes in {2, 4}
            assert checkpoints.newest == (snapshot.position if due else before)
    names = {path.name for path in tmp_path.iterdir()} - {".lock"}
    assert names == {"mnist_jax_epoch_3_image_0", "mnist_jax_epoch_5_image_0"}


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"hidden": (12,)}, ("--hidden", "[16]", "[12]")),
        ({"epochs": 5}, ("--epochs", "4", "5")),
        ({"learning_rate": 2e-3}, ("--learning-rate", "0.001", "0.002")),
        ({"held_out": 0}, ("--held-out", "50", "0")),
    ],
)
def test_another_recipe_is_refused(
    folder: Path, bars: Digits, changed: dict[str, object], named: tuple[str, ...]
) -> None:
    """The folder, the option, what was found and wanted, and what to do; nothing is touched."""
    recipe = dataclasses.replace(SMALL, **changed)
    with pytest.raises(InputError) as refusal:
        Checkpoints(folder, fingerprint_of("small", recipe, bars, 0), pytest.fail, 0.0)
    for word in (str(folder), *named, "another folder"):
        assert word in str(refusal.value)
    assert restored(folder, bars, []) is not None


def test_another_seed_name_or_data_is_refused(folder: Path, bars: Digits) -> None:
    """They would give other bytes too."""
    fewer = bars[:299]
    for run, named in (
        (fingerprint_of("small", SMALL, bars, 1), "--seed 0, not 1"),
        (fingerprint_of("tiny", SMALL, bars, 0), '--recipe "small", not "tiny"'),
        (fingerprint_of("small", SMALL, fewer, 0), "sha256 of the images"),
        (fingerprint_of("small", SMALL, bars, 0) | {"jax version": "0.1"}, "jax version"),
    ):
        with pytest.raises(InputError, match=named):
            Checkpoints(folder, run, pytest.fail, 0.0)


def truncated(path: Path) -> None:
    """A file cut in half."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flipped(path: Path) -> None:
    """A file with one bit changed, in its middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("spoil", [truncated, flipped, Path.unlink])
def test_damage_is_reported_and_the_previous_checkpoint_used(
    kept_run: Path,
    tmp_path: Path,
    bars: Digits,
    whole_run: list[tuple[list[np.ndarray], Epoch]],
    spoil: Callable[[Path], None],
) -> None:
    """Damage to any file that holds something is seen."""
    newest = kept_run / "mnist_jax_epoch_4_image_0"
    files = [path for path in newest.rglob("*") if path.is_file() and path.stat().st_size]
    assert len(files) > 5
    for number, file in enumerate(files):
        folder = shutil.copytree(kept_run, tmp_path / str(number))
        spoil(folder / file.relative_to(kept_run))
        told: list[str] = []
        kept = restored(folder, bars, told)
        assert kept is not None
        assert same(kept.training, whole_run[1][0])
        assert len(told) == 1
        assert str(folder / newest.name) in told[0]
        assert file.name in told[0]
        assert not (folder / newest.name).exists()


def test_without_a_whole_one_training_starts_anew(folder: Path, bars: Digits) -> None:
    """Both are reported, and the folder can be used again."""
    for path in folder.glob("*/card.json"):
        truncated(path)
    told: list[str] = []
    assert restored(folder, bars, told) is None
    assert len(told) == 3
    assert "starts over" in told[2]
    run = run_again(folder, bars)
    assert [epoch.number for epoch in run.epochs] == [1, 2, 3, 4]


def run_again(folder: Path, digits: Digits, recipe: Recipe = SMALL) -> Checkpoint:
    """Training to its end, kept in the folder."""
    run = fingerprint_of("small", recipe, digits, 0)
    with closing(Checkpoints(folder, run, pytest.fail, 0.0)) as checkpoints:
        run_training(Task("small", recipe, digits, 0), StopRequest(), checkpoints)
        kept = checkpoints.restored(initial(recipe, len(digits), seed=0))
    assert kept is not None
    return kept


def test_any_folder_is_resumed_or_reported(
    kept_run: Path,
    tmp_path: Path,
    bars: Digits,
    whole_run: list[tuple[list[np.ndarray], Epoch]],
) -> None:
    """Files garbled, gone, swapped or made up: what is restored is right, or nothing is."""
    rng = np.random.default_rng(0)
    seen = set()
    for number in range(40):
        folder = shutil.copytree(kept_run, tmp_path / str(number))
        for _ in range(rng.integers(1, 4)):
            spoil_somewhere(folder, rng)
        kept = restored(folder, bars, [])
        seen.add(len(kept.epochs) if kept else 0)
        if kept:
            assert same(kept.training, whole_run[len(kept.epochs) - 1][0])
        shutil.rmtree(folder)
    assert seen >= {2, 3}


def spoil_somewhere(folder: Path, rng: np.random.Generator) -> None:
    """Something that a crash, a disk or a person may do to a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.name != ".lock")
    path, other = (paths[rng.integers(len(paths))] for _ in range(2))
    made_up = folder / f"mnist_jax_epoch_{rng.integers(9)}_image_0"
    match rng.integers(6):
        case 0 if path.is_file():
            path.write_bytes(rng.bytes(rng.integers(200)))
        case 1 if path.is_file() and path.stat().st_size:
            flipped(path)
        case 2 if path.is_dir():
            shutil.rmtree(path)
        case 3 if path.is_file() and other.is_file():
            path.write_bytes(other.read_bytes())
        case 4 if not made_up.exists():
            made_up.write_text("{}")
        case 5 if path.is_file():
            path.unlink()
            path.symlink_to(path.name)
        case _:
            (folder / "mnist_jax_epoch_10_image_0").mkdir(exist_ok=True)


def test_a_folder_serves_one_training_at_a_time(folder: Path, bars: Digits) -> None:
    """A second one is refused while the first is open, and let in after it."""
    with opened(folder, bars, []), pytest.raises(InputError, match="in use"):
        opened(folder, bars, [])
    with opened(folder, bars, []) as checkpoints:
        assert checkpoints.newest.place == "after epoch 3"


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path, bars: Digits) -> None:
    """A file, a folder within a file, and a name too long; each is named."""
    (tmp_path / "file").write_text("")
    for name, why in (("file", "is a file"), ("file/in", "written"), ("a" * 300, "written")):
        with pytest.raises(InputError, match=why) as refusal:
            opened(tmp_path / name, bars, [])
        assert "--checkpoint-dir" in str(refusal.value)
        assert name in str(refusal.value)


@pytest.fixture
def small_files_only() -> Iterator[Callable[[], None]]:
    """Files are cut at 10 kB, as on a disk that is full; called, it ends that."""
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, former[1]))
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, former)
    resource.setrlimit(resource.RLIMIT_FSIZE, former)


def test_what_cannot_be_kept_does_not_end_training(
    tmp_path: Path, bars: Digits, small_files_only: Callable[[], None]
) -> None:
    """It is reported once; later checkpoints are written."""
    told: list[str] = []
    epochs: list[Epoch] = []
    with opened(tmp_path, bars, told) as checkpoints:
        for snapshot in ends(snapshots(SMALL, bars, seed=0)):
            epochs.append(snapshot.epoch)
            if snapshot.passes == 3:
                assert checkpoints.newest == START
                small_files_only()
            checkpoints.save_if_due(snapshot, epochs, last=True)
    assert len(told) == 1
    assert "mnist_jax_epoch_2_image_0" in told[0]
    assert "File too large" in told[0]
    names = {path.name for path in tmp_path.iterdir()} - {".lock"}
    assert names == {"mnist_jax_epoch_4_image_0", "mnist_jax_epoch_5_image_0"}


def test_a_folder_taken_away_does_not_end_training(tmp_path: Path, bars: Digits) -> None:
    """It is reported once."""
    told: list[str] = []
    folder = tmp_path / "checkpoints"
    with opened(folder, bars, told) as checkpoints:
        shutil.rmtree(folder)
        run = run_training(Task("small", SMALL, bars, 0), StopRequest(), checkpoints)
    assert len(run.epochs) == SMALL.epochs
    assert len(told) == 1
    assert "No such file" in told[0]


def test_a_lost_loss_is_never_kept(tmp_path: Path, bars: Digits) -> None:
    """Taken up from the last good epoch, training fails again in the same words."""
    fingerprint = fingerprint_of("lost", SMALL, bars, 1)
    good = next(ends(snapshots(SMALL, bars, 1)))
    mlp = jax.tree.map(lambda array: 1e25 * array, good.training.mlp)
    brink = good._replace(training=good.training._replace(mlp=mlp))
    with closing(Checkpoints(tmp_path, fingerprint, pytest.fail, 0.0)) as checkpoints:
        checkpoints.save_if_due(brink, [good.epoch], last=True)
    problems = []
    for _ in range(2):
        with closing(Checkpoints(tmp_path, fingerprint, pytest.fail, 0.0)) as checkpoints:
            run = run_training(Task("small", SMALL, bars, 1), StopRequest(), checkpoints)
            assert checkpoints.newest == run.position
            assert run.position.place == "after epoch 1"
        assert all(np.isfinite(array).all() for array in jax.tree.leaves(run.mlp))
        problems.append(str(run.problem))
    assert "in epoch 2; try a smaller --learning-rate" in problems[0]
    assert problems[0] == problems[1]


@pytest.mark.parametrize(("stretch", "images"), [(5e10, 7 * 32), (1, 32)])
def test_a_stop_request_takes_effect_after_a_chunk(
    tmp_path: Path, bars: Digits, monkeypatch: pytest.MonkeyPatch, stretch: float, images: int
) -> None:
    """What was trained is kept, due or not, and the next run ends as if there had been none."""
    monkeypatch.setattr("mnist_jax.training.loop.CHUNK_OPERATIONS", stretch)
    stop_request = StopRequest()
    stop_request.status = 130
    run = fingerprint_of("small", SMALL, bars, 0)
    with closing(Checkpoints(tmp_path, run, pytest.fail, 1e9)) as checkpoints:
        run = run_training(Task("small", SMALL, bars, 0), stop_request, checkpoints)
        assert checkpoints.newest == run.position
        assert (run.position.place, run.position.images) == ("in epoch 1", images)
    kept = run_again(tmp_path, bars)
    assert len(kept.epochs) == SMALL.epochs
    whole = run_training(Task("small", SMALL, bars, 0), StopRequest())
    jax.tree.map(np.testing.assert_array_equal, kept.training.mlp, whole.mlp)
    assert json.dumps(list(map(vars, kept.epochs))) == json.dumps(list(map(vars, whole.epochs)))
