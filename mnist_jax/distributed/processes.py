"""Train with several processes, which JAX's coordination service connects and watches.

Importing this does not import JAX, so that bad options are refused at once.
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from mnist_jax.support.command_line import flag, option, positive
from mnist_jax.support.errors import InputError, reason
from mnist_jax.support.languages import translated

START_SECONDS = 120
"""How long the processes wait for each other at the start."""


@dataclass(frozen=True)
class ProcessOptions:
    """The options of a command that several processes may run together."""

    distributed: bool = flag(
        "train together with all processes that Slurm, Kubernetes, MPI or a TPU pod started"
    )
    coordinator: str | None = option(
        "HOST:PORT", "train together with processes started by hand: the address of process 0"
    )
    num_processes: int | None = option(
        "N", "number of processes (with --coordinator)", type=positive
    )
    process_id: int | None = option(
        "I",
        "index of this process (with --coordinator); "
        "process 0 shows the progress and writes the files",
    )

    def __post_init__(self) -> None:
        """Check the options against each other."""
        by_hand = (self.coordinator, self.num_processes, self.process_id)
        if by_hand == (None, None, None):
            return
        if self.distributed:
            raise InputError("--distributed finds the processes itself; leave out --coordinator")
        if self.coordinator is None or self.num_processes is None or self.process_id is None:
            raise InputError("--coordinator, --num-processes and --process-id go together")
        host, _, port = self.coordinator.rpartition(":")
        if not (host and port.isdecimal() and 0 < int(port) < 2**16):
            raise InputError(
                "--coordinator: {address} was given, HOST:PORT is wanted", address=self.coordinator
            )
        if not 0 <= self.process_id < self.num_processes:
            raise InputError(
                "--process-id: {found} was given, it must be 0 to {most}",
                found=self.process_id,
                most=self.num_processes - 1,
            )


@contextmanager
def connected(options: ProcessOptions, report: Callable[[str], None]) -> Iterator[None]:
    """Connect the processes in the block; enter it before JAX creates its first array.

    Inside it, JAX's devices are those of all processes. `report` is called with a line before they
    wait for each other. If they do not find each other, or one is lost, JAX ends the others.

    Raises:
        InputError: the address cannot be used, or a process was lost.
    """
    import jax

    if not options.distributed and options.coordinator is None:
        yield
        return
    if options.coordinator:
        _check_address(options.coordinator, own=options.process_id == 0)
    # without this, JAX installs its own handler for SIGTERM
    jax.config.update("jax_enable_preemption_service", False)  # type: ignore[no-untyped-call]  # noqa: FBT003
    waiting = translated(
        "waiting for the other processes, for up to {seconds} s; start all of them, each "
        "with its own number, where they can reach process 0, or JAX will end this one",
        seconds=START_SECONDS,
    )
    report(waiting)
    try:
        jax.distributed.initialize(
            options.coordinator,
            options.num_processes,
            options.process_id,
            initialization_timeout=START_SECONDS,
            heartbeat_timeout_seconds=15,  # until a process counts as lost
            shutdown_timeout_seconds=3600,  # until process 0 has written the files
        )
    except ValueError as error:
        raise InputError(
            "--distributed: nothing says what started this process, or where the others are; start "
            "all by srun, mpirun or the like, or use --coordinator"
        ) from error
    try:
        yield
        jax.distributed.shutdown()  # type: ignore[no-untyped-call]
    except InputError:  # also a ValueError
        raise
    except (jax.errors.JaxRuntimeError, ValueError) as error:
        raise InputError(
            "another process of the training was lost ({reason}); start all of them again; "
            "with --checkpoint-dir they continue where they stopped",
            reason=str(error).splitlines()[0],
        ) from error


def _check_address(coordinator: str, *, own: bool) -> None:
    """Check that the address exists, as JAX would only wait, and is free if it is our `own`."""
    host, _, port = coordinator.rpartition(":")
    try:
        socket.getaddrinfo(host.strip("[]"), port)
        if own:
            socket.create_server(("", int(port))).close()
    except OSError as error:
        raise InputError(
            "--coordinator: {address} cannot be used ({reason}); name the host of "
            "process 0 and a free port, and give each process its own --process-id",
            address=coordinator,
            reason=reason(error),
        ) from error


def is_main_process() -> bool:
    """Return whether this is process 0, which shows the progress and writes the files."""
    import jax

    return jax.process_index() == 0
