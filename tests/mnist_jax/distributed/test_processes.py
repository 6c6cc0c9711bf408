"""Training by several processes, real ones on this machine."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from mnist_jax.data.mnist import Mnist
from mnist_jax.distributed.processes import Group
from mnist_jax.params import load_card, load_params
from mnist_jax.support.errors import InputError

Running = subprocess.Popen[str]
Environment = dict[str, str]

BY_HAND = "by hand"


def started_by(
    scheduler: str, processes: int, number: int, port: int
) -> tuple[list[str], Environment]:
    """The options and the environment of one of the processes, as a scheduler starts it here."""
    size, rank = str(processes), str(number)
    match scheduler:
        case "Slurm":
            return ["--distributed"], {
                "SLURM_JOB_ID": str(port % 2**12),
                "SLURM_STEP_NODELIST": "localhost",
                "SLURM_NTASKS": size,
                "SLURM_PROCID": rank,
                "SLURM_LOCALID": rank,
            }
        case "Open MPI":
            return ["--distributed"], {
                "OMPI_MCA_orte_hnp_uri": f"{port % 2**12 * 2**12}.0;tcp://127.0.0.1:1",
                "OMPI_COMM_WORLD_SIZE": size,
                "OMPI_COMM_WORLD_RANK": rank,
                "OMPI_COMM_WORLD_LOCAL_RANK": rank,
            }
    options = [
        f"--coordinator=127.0.0.1:{port}",
        f"--num-processes={size}",
        f"--process-id={rank}",
    ]
    return options if processes > 1 else [], {}


@pytest.mark.parametrize(
    ("options", "part"),
    [
        ({"distributed": True, "coordinator": "a:1"}, "leave out --coordinator"),
        ({"coordinator": "a:1"}, "go together"),
        ({"num_processes": 2}, "go together"),
        ({"coordinator": "a", "num_processes": 2, "process_id": 0}, "HOST:PORT"),
        ({"coordinator": "a:70000", "num_processes": 2, "process_id": 0}, "HOST:PORT"),
        ({"coordinator": "a:1", "num_processes": 0, "process_id": 0}, "--num-processes: 0"),
        ({"coordinator": "a:1", "num_processes": 2, "process_id": 2}, "0 to 1"),
    ],
)
def test_a_group_that_cannot_meet_is_refused(options: dict[str, object], part: str) -> None:
    """Before anything waits for anybody."""
    with pytest.raises(InputError, match=part):
        Group(**{"distributed": False} | options)  # type: ignore[arg-type]


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
    processes: int,
    devices: int,
    *options: str,
    each: Sequence[str] = (),
    scheduler: str = BY_HAND,
) -> Iterator[tuple[Running, ...]]:
    """The command in several processes of several simulated devices, killed at the end.

    They share the options, but for the one that `each` has for a process, if that is not empty.
    """
    simulated = {"XLA_FLAGS": f"--xla_force_host_platform_device_count={devices}"}
    port = free_port()
    running = []
    for number in range(processes):
        own, found = started_by(scheduler, processes, number, port)
        extra = [option for option in each[number : number + 1] if option]
        running.append(training_of(folder, [*own, *options, *extra], simulated | found))
    try:
        yield tuple(running)
    finally:
        for one in running:
            one.kill()
            one.communicate()  # closes its pipes


def outcome(running: Running) -> tuple[int, str, str]:
    """Exit status, what was printed, and the complaint."""
    printed, complaint = running.communicate(timeout=200)
    return running.returncode, printed, complaint


@pytest.mark.slow
@pytest.mark.usefixtures("mnist")
def test_two_processes_train_what_one_does(tmp_path: Path) -> None:
    """Two of two devices give the weights of one of four, and only the first shows and writes."""
    options = ("--batch-size", "6000", "--epochs", "3")
    for processes, devices, name in ((2, 2, "two"), (1, 4, "one")):
        (tmp_path / name).mkdir()
        with trainings(tmp_path / name, processes, devices, *options) as running:
            outcomes = [outcome(one) for one in running]
        assert [status for status, _, _ in outcomes] == [0] * processes
        assert "epoch 3/3" in outcomes[0][1]
        assert all("epoch" not in printed for _, printed, _ in outcomes[1:])
    together, alone = (tmp_path / name / "mnist_mlp.safetensors" for name in ("two", "one"))
    for ours, theirs in zip(load_params(together).layers, load_params(alone).layers, strict=True):
        np.testing.assert_allclose(ours.kernel, theirs.kernel, atol=2e-3)
        assert float(np.abs(ours.kernel - theirs.kernel).mean()) < 2e-5
    assert load_card(together)["recipe"] == load_card(alone)["recipe"]


@pytest.mark.slow
@pytest.mark.usefixtures("mnist")
@pytest.mark.parametrize("scheduler", ["Slurm", "Open MPI"])
def test_what_a_scheduler_started_is_found(tmp_path: Path, scheduler: str) -> None:
    """By what the scheduler tells each process in its environment; there is none here."""
    options = ("--batch-size", "6000", "--epochs", "2")
    with trainings(tmp_path, 2, 1, *options, scheduler=scheduler) as running:
        (status, printed, _), (other_status, other_printed, _) = map(outcome, running)
    assert (status, other_status) == (0, 0)
    assert "epoch 2/2" in printed
    assert "epoch" not in other_printed


@pytest.mark.slow
@pytest.mark.usefixtures("mnist")
@pytest.mark.parametrize(
    ("first", "second", "named"),
    [
        ("--epochs=3", "--epochs=4", "--epochs: process 0 has 3, process 1 has 4"),
        ("--seed=1", "--seed=2", "--seed: process 0 has 1, process 1 has 2"),
        ("--checkpoint-dir=taken", "", "--checkpoint-dir: taken is a file"),
        ("", "--data-dir=taken", "taken"),
    ],
)
def test_an_error_of_one_process_is_reported_by_all(
    tmp_path: Path, first: str, second: str, named: str
) -> None:
    """Another training than that of the first one, or a folder: at once, and in each the reason."""
    (tmp_path / "taken").write_text("")
    with trainings(tmp_path, 2, 1, "--batch-size=6000", each=(first, second)) as running:
        for one in running:
            one.wait(timeout=60)
        outcomes = [outcome(one) for one in running]
    for status, printed, complaint in outcomes:
        assert status == 2
        assert "epoch" not in printed
        assert complaint.startswith("error: ")
        assert named in complaint
        assert complaint.count("\n") == 1


def test_a_port_in_use_is_reported_at_once(tmp_path: Path, mnist: Mnist) -> None:
    """Two processes called the first would both wait for a second."""
    del mnist
    with socket.create_server(("", 0)) as other:
        port = other.getsockname()[1]
        running = training_of(tmp_path, *started_by(BY_HAND, 2, 0, port))
        status, _, complaint = outcome(running)
    assert status == 2
    assert complaint.startswith(f"error: --coordinator: process 0 cannot listen on port {port}")


def test_an_unknown_host_is_reported_at_once(tmp_path: Path) -> None:
    """And so is a process that nothing started together with others."""
    unknown = "--coordinator=no.such.host.invalid:7999", "--num-processes=2", "--process-id=1"
    for options, named in ((unknown, "no.such.host.invalid"), (("--distributed",), "srun")):
        status, _, complaint = outcome(training_of(tmp_path, options, {}))
        assert status == 2
        assert named in complaint
        assert complaint.count("\n") == 1


@pytest.mark.slow
def test_missing_processes_are_reported(tmp_path: Path, mnist: Mnist) -> None:
    """First that they are waited for, and in the end what to look at."""
    del mnist
    hasty = (
        "import mnist_jax.distributed.processes as p; p.START_SECONDS = 2; p.QUIET_SECONDS = 1\n"
        "from mnist_jax.train import main; main()"
    )
    own, found = started_by(BY_HAND, 2, 1, free_port())
    status, _, complaint = outcome(training_of(tmp_path, own, found, program=("-c", hasty)))
    assert status == 2
    assert complaint.startswith("waiting for the other processes, for up to 2 s\n")
    assert complaint.splitlines()[-1].startswith("error: the processes did not find each other")


@pytest.mark.slow
@pytest.mark.usefixtures("mnist")
@pytest.mark.parametrize("seconds_apart", [None, 0.5])
def test_stopping_one_process_stops_all(tmp_path: Path, seconds_apart: float | None) -> None:
    """Each exits with that status, and process 0 says how to continue."""
    options = ("--batch-size=6000", "--epochs=1000", "--checkpoint-dir=kept")
    with trainings(tmp_path, 2, 1, *options) as running:
        assert running[0].stdout is not None
        assert any("epoch 2/" in line for line in running[0].stdout)
        running[1].send_signal(signal.SIGTERM)
        if seconds_apart:
            time.sleep(seconds_apart)
            running[0].send_signal(signal.SIGTERM)
        outcomes = [outcome(one) for one in running]
    assert [status for status, _, _ in outcomes] == [143, 143]
    assert "wrote mnist_mlp.safetensors" in outcomes[0][1]
    assert "run the same command again to continue" in outcomes[0][2]
    assert "process 0 saves the weights" in outcomes[1][2]


@pytest.mark.slow
@pytest.mark.usefixtures("mnist")
@pytest.mark.parametrize(
    ("lost", "devices", "blow"),
    [
        (0, 2, signal.SIGKILL),
        (1, 2, signal.SIGKILL),
        (1, 1, signal.SIGKILL),
        (0, 1, signal.SIGSTOP),
        (1, 1, signal.SIGSTOP),
    ],
)
def test_a_lost_process_ends_the_others(
    tmp_path: Path, lost: int, devices: int, blow: signal.Signals
) -> None:
    """Within half a minute, with an error; all started again they go on from the checkpoint.

    With the first one goes the service that JAX's processes meet at: it aborts them itself.
    """
    options = ("--batch-size", "6000", "--checkpoint-dir", "kept", "--checkpoint-every", "0")
    with trainings(tmp_path, 2, devices, *options, "--epochs", "40") as running:
        assert running[0].stdout is not None
        assert any("epoch 4/" in line for line in running[0].stdout)
        running[lost].send_signal(blow)
        running[1 - lost].wait(timeout=30)
        status, _, complaint = outcome(running[1 - lost])
    assert status == 2
    last = complaint.splitlines()[-1]
    assert last.startswith("error: ")
    assert "of the training was lost" in last
    assert "--checkpoint-dir" in last
    with trainings(tmp_path, 2, devices, *options, "--epochs", "40") as running:
        (status, printed, complaint), (follower_status, _, _) = map(outcome, running)
    assert (status, follower_status) == (0, 0)
    assert "kept: continuing after epoch" in printed
    assert "cannot be written" not in complaint
    assert "epoch 1/40" not in printed
    assert "epoch 40/40" in printed
