"""Progress as it is shown, on a terminal and elsewhere."""

import io
import itertools
import sys

import pytest

from mnist_jax.training.position import Epoch, Position, Snapshot
from mnist_jax.training.progress import show_progress
from mnist_jax.training.step import Score, Training


@pytest.fixture
def snapshots() -> list[Snapshot]:
    """Three of an epoch and three of the next, each after 50 of 150 images."""
    found = []
    for number, images in itertools.product((1, 2), (50, 100, 150)):
        ended = images == 150
        position = Position(number + ended, 0 if ended else images)
        epoch = Epoch(number, Score(1 / number, 0.5), None) if ended else None
        found.append(Snapshot(Training(None, None, None), position, position.passes(150), epoch))  # type: ignore[arg-type]
    return found


class Terminal(io.StringIO):
    """What is written to it is as on a screen."""

    def isatty(self) -> bool:
        """As rich asks."""
        return True


def test_a_bar_moves_within_an_epoch(
    snapshots: list[Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says that the first steps compile, then where training is, then what an epoch gave."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    passed = []
    for snapshot in show_progress(snapshots, epochs=2):
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
    assert list(show_progress(snapshots[1:], epochs=2, passes=1 / 3)) == snapshots[1:]
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("epoch 1/2  loss 1.0000  accuracy 50.00 %  ")
    assert second.endswith("accuracy 50.00 %  0 s left")
