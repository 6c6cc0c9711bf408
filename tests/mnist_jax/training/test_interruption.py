"""The training command killed, interrupted, or without a place to write: nothing is lost."""

import os
import pty
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import numpy as np
import pytest

from mnist_jax.data.mnist import Mnist
from mnist_jax.model import MLP
from mnist_jax.params import load_card, load_params, save_params
from mnist_jax.support.errors import InputError
from mnist_jax.support.files import save_elsewhere, write_error

TINY = ("--recipe", "seed", "--hidden", "16", "--batch-size", "2000")
KEPT = ("--checkpoint-dir", "kept", "--checkpoint-every", "0")
ENDLESS = ("--epochs", "100000")
HEARING = (  # a background job is born deaf to Ctrl-C
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "from mnist_jax.train import main; main()"
)


Running = subprocess.Popen[str]


def training(
    folder: Path, *options: str, stdin: int = subprocess.DEVNULL
) -> AbstractContextManager[Running]:
    """The command at work in a folder."""
    return running_program(folder, HEARING, *TINY, *options, stdin=stdin)


@contextmanager
def running_program(
    folder: Path, program: str, *options: str, stdin: int = subprocess.DEVNULL
) -> Iterator[Running]:
    """A program at work in a folder, killed if the test leaves it."""
    command = [sys.executable, "-c", program, *options]
    pipes = {"stdin": stdin, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    home = os.environ | {"HOME": str(folder / "home")}
    with subprocess.Popen(command, cwd=folder, text=True, env=home, **pipes) as running:
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


def test_an_unwritable_path_is_reported(tmp_path: Path, mlp: MLP) -> None:
    """And one that does not is not."""

    def write(path: Path) -> None:
        save_params(path, mlp, {})

    assert write_error(write, tmp_path / "a.safetensors") is None
    assert "gone" in str(write_error(write, tmp_path / "gone" / "a.safetensors"))


def test_the_user_says_where_else(tmp_path: Path, mlp: MLP) -> None:
    """Asked until there is an answer that will do."""
    bad = ("also/gone.safetensors", str(tmp_path / "wrong.kind"), "~nobody-here/a.safetensors")
    answers = iter([*bad, str(tmp_path / "here.safetensors")])
    questions: list[str] = []

    def ask(question: str) -> str:
        questions.append(question)
        return next(answers)

    def write(path: Path) -> None:
        save_params(path, mlp, {})

    place = save_elsewhere(write, tmp_path / "gone/a.safetensors", InputError("gone"), ask)
    assert place == tmp_path / "here.safetensors"
    assert load_params(place).hidden == mlp.hidden
    for question, named in zip(questions, ("gone", "also", "wrong.kind", "nobody"), strict=True):
        assert named in question


@pytest.mark.slow
def test_a_stopped_run_resumes_to_the_same_bytes(tmp_path: Path, mnist: Mnist) -> None:
    """The stretch is ended, weights and checkpoint are kept; then as if it had never stopped."""
    del mnist
    options = ("--epochs", "60", "--checkpoint-dir", "kept")
    done = 0
    for number, status in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
        with training(tmp_path, *options) as running:
            if done:
                wait_for_line(running, f"kept: continuing after epoch {done} of 60")
            wait_for_line(running, f"epoch {done + 1}/60")
            running.send_signal(number)
            stopped, printed, complaints = ended(running)
        done = load_card(tmp_path / "mnist_mlp.safetensors")["recipe"]["epochs"]
        assert stopped == status
        assert "wrote mnist_mlp.safetensors" in printed
        assert "stopping; once more" in complaints
        assert f"after epoch {done} of 60; run the same command again to continue\n" in complaints
        assert (tmp_path / "kept" / f"mnist_jax_epoch_{done + 1}_image_0").is_dir()
    with training(tmp_path, *options) as running:
        status, printed, complaints = ended(running)
    assert (status, complaints) == (0, "")
    assert f"epoch {done + 1}/60" in printed
    with training(tmp_path, *options, "--output", "again.safetensors") as running:
        status, printed, complaints = ended(running)
    assert (status, complaints) == (0, "")
    assert "s left" not in printed
    with training(tmp_path, "--epochs", "60", "--output", "whole.safetensors") as running:
        assert ended(running)[0] == 0
    assert_same(tmp_path, "whole", "mnist_mlp", "again")


def assert_same(folder: Path, *names: str) -> None:
    """Weights and curves are equal to the byte."""
    for suffix in (".safetensors", ".png"):
        assert len({(folder / name).with_suffix(suffix).read_bytes() for name in names}) == 1


def test_without_checkpoints_the_hint_names_the_option(tmp_path: Path, mnist: Mnist) -> None:
    """Ctrl-C writes the weights so far, and says what would have kept the training."""
    del mnist
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
def test_ctrl_c_once_more_stops_at_once(tmp_path: Path, mnist: Mnist) -> None:
    """Within a step of many seconds, and with nothing written."""
    del mnist
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
def test_a_folder_taken_away_does_not_lose_the_weights(tmp_path: Path, mnist: Mnist) -> None:
    """They are written elsewhere; the error names both places."""
    del mnist
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
    assert str(weights) in last
    assert load_params(weights).hidden == [16]
    assert weights.with_suffix(".png").exists()


@pytest.mark.slow
def test_without_standard_input_nobody_is_asked(tmp_path: Path, mnist: Mnist) -> None:
    """Nor is anything lost by that."""
    del mnist
    (tmp_path / "out").mkdir()
    deaf = "import os; os.close(0); import sys; sys.stdin = None\n" + HEARING
    options = (*TINY, *ENDLESS, "--output", "out/a.safetensors")
    with running_program(tmp_path, deaf, *options) as running:
        wait_for_line(running, "epoch 2/")
        shutil.rmtree(tmp_path / "out")
        running.send_signal(signal.SIGTERM)
        status, _, complaints = ended(running)
    assert status == 2
    assert "Traceback" not in complaints
    assert list(tmp_path.glob("a-*/a.safetensors"))


@pytest.mark.slow
def test_on_a_terminal_the_user_is_asked(tmp_path: Path, mnist: Mnist) -> None:
    """What is typed is where the weights go."""
    del mnist
    (tmp_path / "out").mkdir()
    terminal, end = pty.openpty()
    options = (*ENDLESS, "--output", "out/a.safetensors")
    with training(tmp_path, *options, stdin=end) as running:
        wait_for_line(running, "epoch 2/")
        shutil.rmtree(tmp_path / "out")
        os.write(terminal, b"typed.safetensors\n")
        running.send_signal(signal.SIGTERM)
        status, printed, _ = ended(running)
    os.close(terminal)
    os.close(end)
    assert status == 143
    assert "wrote typed.safetensors and typed.png" in printed
    assert load_params(tmp_path / "typed.safetensors").hidden == [16]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="limits of others are Linux's")
def test_a_full_disk_is_reported_and_checkpoints_are_kept(tmp_path: Path, mnist: Mnist) -> None:
    """Training continues without checkpoints; the next run resumes from an earlier one."""
    del mnist
    with training(tmp_path, *ENDLESS, *KEPT) as running:
        wait_for_line(running, "epoch 4/")
        resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (1_000, 1_000))
        wait_for_line(running, "epoch 20/")
        running.send_signal(signal.SIGTERM)
        status, _, complaints = ended(running)
    assert status == 2
    full, _, error = complaints.splitlines()
    assert "the checkpoint cannot be written" in full  # its arrays or, if those were, its card
    assert "File too large" in full
    assert full.endswith("; training continues")
    assert "it could not be saved anywhere else either" in error
    with training(tmp_path, *ENDLESS, *KEPT) as running:
        wait_for_line(running, "continuing after epoch ")


@pytest.mark.slow
def test_an_unusable_folder_is_reported_before_training(tmp_path: Path, mnist: Mnist) -> None:
    """A file as folder, seconds below none, and a folder of another run: exit 2, one line."""
    del mnist
    (tmp_path / "file").write_text("")
    for options, named in (
        (("--checkpoint-dir", "file"), "file is a file"),
        (("--checkpoint-every", "-1"), "--checkpoint-every: -1.0"),
        (("--checkpoint-every", "nan"), "--checkpoint-every: nan"),
    ):
        with training(tmp_path, *options) as running:
            status, printed, complaints = ended(running)
        assert (status, printed) == (2, "")
        assert named in complaints
        assert complaints.count("\n") == 1


@pytest.mark.slow
def test_a_full_disk_under_the_output_loses_nothing(tmp_path: Path, mnist: Mnist) -> None:
    """Where progress cannot be written training continues, and the end is one line."""
    del mnist
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
def test_a_run_resumes_within_an_epoch(tmp_path: Path, mnist: Mnist) -> None:
    """Told to stop in its midst, then killed there, it ends in the same bytes."""
    del mnist
    options = ("--hidden", "512", "512", "--batch-size", "1000", "--epochs", "3")
    with training(tmp_path, *options, "--output", "whole.safetensors") as running:
        assert ended(running)[0] == 0
    with training(tmp_path, *options, *KEPT) as running:
        wait_for_checkpoint(tmp_path / "kept", "epoch_1_image_")
        running.send_signal(signal.SIGTERM)
        assert ended(running)[0] == 143
    epochs = load_card(tmp_path / "mnist_mlp.safetensors")["recipe"]["epochs"]
    assert 0 < epochs < 1
    with training(tmp_path, *options, *KEPT) as running:
        wait_for_line(running, "kept: continuing in epoch 1 of 3")
        wait_for_checkpoint(tmp_path / "kept", "epoch_2_image_[1-9]")
        running.kill()
    with training(tmp_path, *options, *KEPT) as running:
        wait_for_line(running, "kept: continuing in epoch 2 of 3")
        assert ended(running)[0] == 0
    assert_same(tmp_path, "whole", "mnist_mlp")


def wait_for_checkpoint(folder: Path, part: str) -> None:
    """Until a whole one of that place in the training lies in the folder."""
    while not list(folder.glob(f"mnist_jax_{part}*/card.json")):
        time.sleep(0.02)


@pytest.mark.slow
def test_twenty_kills_leave_no_trace(tmp_path: Path, mnist: Mnist) -> None:
    """Killed in its start, in epochs and in writing, training ends in the same bytes."""
    del mnist
    options = ("--epochs", "120")
    with training(tmp_path, *options, "--output", "whole.safetensors") as running:
        assert ended(running)[0] == 0
    rng = np.random.default_rng(0)
    resumed = set()
    for _ in range(20):
        with training(tmp_path, *options, *KEPT) as running:
            assert running.stdout is not None
            lines = [running.stdout.readline() for _ in range(rng.integers(0, 8))]
            time.sleep(rng.uniform(0, 0.2))
            running.kill()
            _, _, complaints = ended(running)
        resumed |= {line for line in lines if "continuing" in line}
        assert running.returncode == -signal.SIGKILL
        assert all("was not finished" in line for line in complaints.splitlines()), complaints
    assert len(resumed) > 5
    with training(tmp_path, *options, *KEPT) as running:
        assert ended(running)[0] == 0
    assert_same(tmp_path, "whole", "mnist_mlp")
