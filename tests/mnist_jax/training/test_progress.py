"""Progress as it is shown, on a terminal and elsewhere."""

import io
import itertools
import sys
from collections.abc import Iterator

import pytest

from mnist_jax.training.loop import Epoch, Snapshot
from mnist_jax.training.progress import show_progress
from mnist_jax.training.step import Score


@pytest.fixture
def snapshots() -> list[Snapshot]:
    """Three of an epoch and three of the next, each after 50 of 150 images."""
    first, second = (Epoch(number, Score(1 / number, 0.5), None) for number in (1, 2))
    found = []
    for number, images in itertools.product((0, 1), (50, 100, 150)):
        epochs = ((), (first,), (first, second))[number + (images == 150)]
        found.append(Snapshot(None, number + images / 150, epochs))  # type: ignore[arg-type]
    return found


class Terminal(io.StringIO):
    """What is written to it is as on a screen."""

    def isatty(self) -> bool:
        """As rich asks."""
        return True


def each(snapshots: list[Snapshot]) -> Iterator[Snapshot]:
    """The snapshots as training gives them."""
    yield from snapshots


def test_a_bar_moves_within_an_epoch(
    snapshots: list[Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says that the first steps compile, then where training is, then what an epoch gave."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    passed = []
    for snapshot in show_progress(each(snapshots), epochs=2):
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
    assert list(show_progress(each(snapshots[1:]), epochs=2, passes=1 / 3)) == snapshots[1:]
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("epoch 1/2  loss 1.0000  accuracy 50.00 %  ")
    assert second.endswith("accuracy 50.00 %  0 s left")
