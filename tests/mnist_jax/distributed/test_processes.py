"""Training by several processes, real ones on this machine."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from mnist_jax.distributed.processes import ProcessOptions, connected
from mnist_jax.params import load_card, load_params
from mnist_jax.support.errors import InputError

Running = subprocess.Popen[str]
Environment = dict[str, str]

BY_HAND, SLURM = "by hand", "Slurm"
BRIEF = ("--batch-size=6000", "--epochs=3")
LONG = ("--batch-size=6000", "--epochs=60", "--checkpoint-dir=kept", "--checkpoint-every=0")


@pytest.mark.parametrize(
    ("options", "part"),
    [
        ({"distributed": True, "coordinator": "a:1"}, "leave out --coordinator"),
        ({"coordinator": "a:1"}, "go together"),
        ({"num_processes": 2}, "go together"),
        ({"coordinator": "a", "num_processes": 2, "process_id": 0}, "HOST:PORT"),
        ({"coordinator": "a:70000", "num_processes": 2, "process_id": 0}, "HOST:PORT"),
        ({"coordinator": "a:1", "num_processes": 2, "process_id": 2}, "0 to 1"),
    ],
)
def test_wrong_options_are_refused(options: dict[str, object], part: str) -> None:
    """Before anything waits for anybody."""
    with pytest.raises(InputError, match=part):
        ProcessOptions(**options)  # type: ignore[arg-type]


def test_an_unknown_host_and_a_port_in_use_are_refused_at_once() -> None:
    """JAX would only wait: two processes called the first would both wait for a second."""
    with socket.create_server(("", 0)) as server:
        port = server.getsockname()[1]
        for address, own in (("no.such.host.invalid:7999", 1), (f"127.0.0.1:{port}", 0)):
            options = ProcessOptions(coordinator=address, num_processes=2, process_id=own)
            with (
                pytest.raises(InputError, match=f"--coordinator: {address} cannot be used"),
                connected(options, pytest.fail),
            ):
                pass


def started_by(
    scheduler: str, processes: int, number: int, port: int
) -> tuple[list[str], Environment]:
    """The options and the environment of one of the processes, as a scheduler starts it here."""
    size, rank = str(processes), str(number)
    if scheduler == SLURM:
        return ["--distributed"], {
            "SLURM_JOB_ID": str(port % 2**12),
            "SLURM_STEP_NODELIST": "localhost",
            "SLURM_NTASKS": size,
            "SLURM_PROCID": rank,
            "SLURM_LOCALID": rank,
        }
    options = [
        f"--coordinator=127.0.0.1:{port}",
        f"--num-processes={size}",
        f"--process-id={rank}",
    ]
    return options if processes > 1 else [], {}


def training_of(
    folder: Path,
    options: Sequence[str],
    environment: Environment,
    program: Sequence[str] = ("-m", "mnist_jax.train"),
) -> Running:
    """The command in a process of its own."""
    command = [sys.executable, *program, "--recipe=seed", "--hidden=16", *options]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=folder, env=os.environ | environment, text=True, **pipes)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def trainings(
    folder: Path,
    *options: str,
    processes: int = 2,
    devices: int = 1,
    each: Sequence[str] = ("", ""),
    scheduler: str = BY_HAND,
) -> Iterator[tuple[Running, ...]]:
    """The command in several processes of several simulated devices, killed at the end.

    They share the options; `each` has one more for each process, or an empty text.
    """
    simulated = {"XLA_FLAGS": f"--xla_force_host_platform_device_count={devices}"}
    port = free_port()
    running = []
    for number in range(processes):
        own, found = started_by(scheduler, processes, number, port)
        extra = [each[number]] if each[number] else []
        running.append(training_of(folder, [*own, *options, *extra], simulated | found))
    try:
        yield tuple(running)
    finally:
        for one in running:
            one.kill()
            one.communicate()  # closes its pipes


def outcome(running: Running) -> tuple[int, str, str]:
    """Exit status, what was printed, and what was reported on standard error."""
    printed, reported = running.communicate(timeout=200)
    return running.returncode, printed, reported


def wait_for_epoch(running: Running, number: int) -> None:
    """Read what is printed until the epoch ends."""
    assert running.stdout is not None
    assert any(f"epoch {number}/" in line for line in running.stdout)


@pytest.mark.slow
@pytest.mark.usefixtures("mnist")
def test_two_processes_train_what_one_does(tmp_path: Path) -> None:
    """Two of two devices give the weights of one of four, and only the first shows and writes."""
    started = {BY_HAND: (2, 2), SLURM: (2, 2), "alone": (1, 4)}
    for name, (processes, devices) in started.items():
        (tmp_path / name).mkdir()
        size = {"processes": processes, "devices": devices, "scheduler": name}
        with trainings(tmp_path / name, *BRIEF, **size) as running:
            outcomes = [outcome(one) for one in running]
        assert [status for status, _, _ in outcomes] == [0] * processes
        assert "epoch 3/3" in outcomes[0][1]
        assert all("epoch" not in printed for _, printed, _ in outcomes[1:])
    by_hand, slurm, alone = (tmp_path / name / "mnist_mlp.safetensors" for name in started)
    assert slurm.read_bytes() == by_hand.read_bytes()
    for ours, theirs in zip(load_params(slurm).layers, load_params(alone).layers, strict=True):
        np.testing.assert_allclose(ours.kernel, theirs.kernel, atol=2e-3)
        assert float(np.abs(ours.kernel - theirs.kernel).mean()) < 2e-5
    assert load_card(slurm)["recipe"] == load_card(alone)["recipe"]


@pytest.mark.slow
@pytest.mark.usefixtures("mnist")
def test_different_trainings_are_refused(tmp_path: Path) -> None:
    """By all processes, each with the reason."""
    each = ("--epochs=3", "--epochs=4")
    with trainings(tmp_path, "--batch-size=6000", each=each) as running:
        outcomes = [outcome(one) for one in running]
    for status, printed, reported in outcomes:
        assert status == 2
        assert "epoch" not in printed
        error = reported.splitlines()[-1]
        assert error.startswith("error: --epochs: process 0 has 3, process 1 has 4")


@pytest.mark.slow
def test_missing_processes_are_reported(tmp_path: Path) -> None:
    """First what to do, then JAX ends the process."""
    hasty = (
        "import mnist_jax.distributed.processes as p; p.START_SECONDS = 3\n"
        "from mnist_jax.train import main; main()"
    )
    for number in (0, 1):
        own, found = started_by(BY_HAND, 2, number, free_port())
        status, _, reported = outcome(training_of(tmp_path, own, found, program=("-c", hasty)))
        assert status != 0
        assert reported.startswith("waiting for the other processes, for up to 3 s; start all")
        assert "DEADLINE_EXCEEDED" in reported
    status, _, reported = outcome(training_of(tmp_path, ["--distributed"], {}))
    assert status == 2
    assert "srun" in reported.splitlines()[-1]


@pytest.mark.slow
@pytest.mark.usefixtures("mnist")
def test_stopping_one_process_stops_all(tmp_path: Path) -> None:
    """Each exits with that status, and process 0 says how to continue."""
    with trainings(tmp_path, *LONG, "--epochs=1000") as running:
        wait_for_epoch(running[0], 2)
        running[1].send_signal(signal.SIGTERM)
        outcomes = [outcome(one) for one in running]
    assert [status for status, _, _ in outcomes] == [143, 143]
    assert "wrote mnist_mlp.safetensors" in outcomes[0][1]
    assert "run the same command again to continue" in outcomes[0][2]
    assert "process 0 saves the weights" in outcomes[1][2]


@pytest.mark.slow
@pytest.mark.usefixtures("mnist")
@pytest.mark.parametrize(("lost", "blow"), [(0, signal.SIGKILL), (1, signal.SIGSTOP)])
def test_a_lost_process_ends_the_others(tmp_path: Path, lost: int, blow: signal.Signals) -> None:
    """Within half a minute, by JAX; all started again they continue from the checkpoint."""
    with trainings(tmp_path, *LONG) as running:
        wait_for_epoch(running[0], 4)
        running[lost].send_signal(blow)
        running[1 - lost].wait(timeout=30)
        status, _, _ = outcome(running[1 - lost])
    assert status != 0
    with trainings(tmp_path, *LONG) as running:
        (status, printed, reported), (other_status, _, _) = map(outcome, running)
    assert (status, other_status) == (0, 0)
    assert "continuing after epoch" in printed
    assert "cannot be written" not in reported
    assert "epoch 1/60" not in printed
    assert "epoch 60/60" in printed
