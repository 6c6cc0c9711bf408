"""The training command killed, interrupted, or without a place to write: nothing is lost."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from mnist_jax.params import load_card, load_params

TINY = ("--recipe", "seed", "--hidden", "16", "--batch-size", "2000")
KEPT = ("--checkpoint-dir", "kept", "--checkpoint-every", "0")
ENDLESS = ("--epochs", "100000")
PROGRAM = (  # a background job would ignore Ctrl-C
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "from mnist_jax.train import main; main()"
)

ON_TERMINAL = (  # a process that nohup started would ignore that its terminal is closed
    "import os, signal, sys; os.login_tty(0); signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
    "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
)

Running = subprocess.Popen[str]

pytestmark = pytest.mark.usefixtures("mnist")


@contextmanager
def training(folder: Path, *options: str) -> Iterator[Running]:
    """The command at work in a folder, killed if the test leaves it."""
    command = [sys.executable, "-c", PROGRAM, *TINY, *options]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    environment = os.environ | {"TMPDIR": str(folder)}
    with subprocess.Popen(command, cwd=folder, text=True, env=environment, **pipes) as running:
        try:
            yield running
        finally:
            running.kill()


def wait_for_line(running: Running, part: str) -> None:
    """Read what is printed up to a line with that in it."""
    assert running.stdout is not None
    assert any(part in line for line in running.stdout)


def ended(running: Running) -> tuple[int, str, str]:
    """Exit status, and what else was printed and complained."""
    printed, complaints = running.communicate(timeout=120)
    return running.returncode, printed, complaints


def assert_same(folder: Path, *names: str) -> None:
    """Weights and curves are equal to the byte."""
    for suffix in (".safetensors", ".png"):
        assert len({(folder / name).with_suffix(suffix).read_bytes() for name in names}) == 1


def test_without_checkpoints_the_hint_names_the_option(tmp_path: Path) -> None:
    """Ctrl-C writes the weights so far, and names the option that would have saved the training."""
    with training(tmp_path, *ENDLESS) as running:
        wait_for_line(running, "epoch 2/")
        running.send_signal(signal.SIGINT)
        status, printed, complaints = ended(running)
    assert status == 130
    assert "wrote mnist_mlp.safetensors" in printed
    assert "--checkpoint-dir" in complaints
    card = load_card(tmp_path / "mnist_mlp.safetensors")
    assert 2 <= card["recipe"]["epochs"] < 100_000
    assert card["test"]["accuracy"] > 0.5


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_a_closed_terminal_loses_nothing(tmp_path: Path) -> None:
    """It ends as Ctrl-C does, though nothing can be printed any more."""
    try:
        terminal, its_end = os.openpty()
    except OSError:
        pytest.skip("this machine has no terminals to open")
    command = [sys.executable, "-c", ON_TERMINAL, "-m", "mnist_jax.train"]
    options = [*TINY, *ENDLESS, *KEPT]
    with subprocess.Popen([*command, *options], cwd=tmp_path, stdin=its_end) as running:
        os.close(its_end)
        try:
            shown = b""
            while b"accuracy" not in shown:
                shown += os.read(terminal, 1000)
            os.close(terminal)
            assert running.wait(60) > 0
        finally:
            running.kill()
    assert load_card(tmp_path / "mnist_mlp.safetensors")["recipe"]["epochs"] >= 2
    assert list((tmp_path / "kept").glob("checkpoint_*"))


@pytest.mark.slow
def test_ctrl_c_once_more_stops_at_once(tmp_path: Path) -> None:
    """Within a step of many seconds, and with nothing written."""
    long = ("--hidden", "2048", "2048", "--batch-size", "60000")
    with training(tmp_path, *long, "--checkpoint-dir", "kept") as running:
        while not (tmp_path / "kept" / ".lock").exists():
            time.sleep(0.1)
        time.sleep(2)
        running.send_signal(signal.SIGINT)
        assert running.stderr is not None
        assert "once more" in running.stderr.readline()
        running.send_signal(signal.SIGINT)
        began = time.monotonic()
        status, printed, complaints = ended(running)
    assert time.monotonic() - began < 10
    assert (status, printed, complaints) == (130, "", "interrupted\n")
    assert not list(tmp_path.glob("*.safetensors"))


@pytest.mark.slow
def test_a_folder_taken_away_does_not_lose_the_weights(tmp_path: Path) -> None:
    """They are written elsewhere; the error names both places."""
    (tmp_path / "out").mkdir()
    with training(tmp_path, *ENDLESS, "--output", "out/a.safetensors") as running:
        wait_for_line(running, "epoch 2/")
        shutil.rmtree(tmp_path / "out")
        running.send_signal(signal.SIGTERM)
        status, _, complaints = ended(running)
    assert status == 2
    (weights,) = tmp_path.glob("a-*/a.safetensors")
    last = complaints.splitlines()[-1]
    assert "out/a.safetensors: cannot be written (No such file or directory)" in last
    assert last.endswith(f"it was saved as {weights} instead")
    assert load_params(weights).hidden == [16]
    assert weights.with_suffix(".png").exists()


@pytest.mark.slow
def test_a_full_disk_under_the_output_loses_nothing(tmp_path: Path) -> None:
    """Where progress cannot be written training continues, and the end is one line."""
    command = [sys.executable, "-m", "mnist_jax.train", *TINY, "--epochs", "2"]
    with Path("/dev/full").open("w") as full:
        finished = subprocess.run(
            command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert finished.returncode == 2
    assert (
        finished.stderr == "error: standard output: cannot be written (No space left on device)\n"
    )
    assert load_card(tmp_path / "mnist_mlp.safetensors")["recipe"]["epochs"] == 2


@pytest.mark.slow
def test_a_run_resumes_within_an_epoch(tmp_path: Path) -> None:
    """Told to stop in its midst, then killed there, it ends in the same bytes."""
    options = ("--hidden", "512", "512", "--batch-size", "1000", "--epochs", "3")
    with training(tmp_path, *options, "--output", "whole.safetensors") as running:
        assert ended(running)[0] == 0
    with training(tmp_path, *options, *KEPT) as running:
        wait_for_checkpoint(tmp_path / "kept", "00000000[1-5]?")  # of 60 steps an epoch
        running.send_signal(signal.SIGTERM)
        status, printed, reported = ended(running)
    assert status == 143
    assert "wrote mnist_mlp.safetensors" in printed
    assert "stopping; once more" in reported
    assert "interrupted in epoch 1 of 3; run the same command again to continue" in reported
    epochs = load_card(tmp_path / "mnist_mlp.safetensors")["recipe"]["epochs"]
    assert 0 < epochs < 1
    with training(tmp_path, *options, *KEPT) as running:
        wait_for_line(running, "continuing in epoch 1 of 3")
        wait_for_checkpoint(tmp_path / "kept", "00000000[79]?")
        running.kill()
    with training(tmp_path, *options, *KEPT) as running:
        wait_for_line(running, "continuing in epoch 2 of 3")
        assert ended(running)[0] == 0
    again = ("--output", "again.safetensors")
    with training(tmp_path, *options, *KEPT, *again) as running:
        status, printed, reported = ended(running)
    assert (status, reported) == (0, "")
    assert "s left" not in printed  # nothing is trained
    assert_same(tmp_path, "whole", "mnist_mlp", "again")


def wait_for_checkpoint(folder: Path, part: str) -> None:
    """Until there is a checkpoint of that place in the training."""
    while not list(folder.glob(f"checkpoint_{part}")):
        time.sleep(0.02)


@pytest.mark.slow
def test_kills_leave_no_trace(tmp_path: Path) -> None:
    """Killed in its start, in epochs and in writing, training ends in the same bytes."""
    options = ("--epochs", "120")
    with training(tmp_path, *options, "--output", "whole.safetensors") as running:
        assert ended(running)[0] == 0
    rng = np.random.default_rng(0)
    resumed = set()
    for _ in range(6):
        with training(tmp_path, *options, *KEPT) as running:
            assert running.stdout is not None
            lines = [running.stdout.readline() for _ in range(rng.integers(0, 8))]
            time.sleep(rng.uniform(0, 0.2))
            running.kill()
            _, _, complaints = ended(running)
        resumed |= {line for line in lines if "continuing" in line}
        assert running.returncode == -signal.SIGKILL
        assert complaints == ""
    assert len(resumed) > 1
    with training(tmp_path, *options, *KEPT) as running:
        assert ended(running)[0] == 0
    assert_same(tmp_path, "whole", "mnist_mlp")
