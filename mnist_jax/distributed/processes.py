"""Connect the processes that train together."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.experimental import multihost_utils

from mnist_jax.distributed.group import Group
from mnist_jax.distributed.heartbeat import (
    PATIENCE_SECONDS,
    Heartbeat,
    exit_lost,
    exit_on_abort,
    lost_message,
)
from mnist_jax.support.errors import InputError

START_SECONDS = 120
"""How long the processes wait for each other at the start."""

QUIET_SECONDS = 5
"""How long they do so before they print a line."""


@contextmanager
def connected(group: Group, report: Callable[[str], None]) -> Iterator[None]:
    """Connect the processes inside the block; enter it before JAX creates its first array.

    JAX's devices are then those of all processes. `report` is called with a line if they have to
    wait for each other. If a process is lost or leaves by an exception, the others exit with an
    error, because computations that need it would never finish. If process 0 is lost, JAX may
    abort the others first; the error is then the last line, after JAX's own message.

    Raises:
        InputError: the processes do not find each other.

    """
    if not group.distributed and group.coordinator is None:
        yield
        return
    _meet(group, report)
    with exit_on_abort(lost_message("a process", "see what JAX says of it")):
        heartbeat = Heartbeat()
        heartbeat.start()
        try:
            yield
            heartbeat.finish()
            jax.distributed.shutdown()  # type: ignore[no-untyped-call]
        except InputError as error:  # also a ValueError
            heartbeat.leave(str(error))
            raise
        except (jax.errors.JaxRuntimeError, ValueError) as error:
            # a computation that needs a lost process raises either of these, or hangs
            heartbeat.leave("it lost another one")
            exit_lost("a process", str(error).partition("\n")[0])
        except BaseException as error:
            heartbeat.leave(f"it failed ({error or type(error).__name__})")
            raise


def _meet(group: Group, report: Callable[[str], None]) -> None:
    if group.coordinator:
        _check_address(group.coordinator, own=group.process_id == 0)
    # JAX would install its own handler for SIGTERM.
    jax.config.update("jax_enable_preemption_service", False)  # type: ignore[no-untyped-call]  # noqa: FBT003
    where = f" at {group.coordinator}" if group.coordinator else ""
    way_out = (
        f"the processes did not find each other{where} within {START_SECONDS} s; start all of "
        "them, each with its own number, and let them reach the first one"
    )
    waiting = f"waiting for the other processes, for up to {START_SECONDS} s"
    timer = Timer(QUIET_SECONDS, report, [waiting])
    timer.daemon = True
    timer.start()
    try:
        with exit_on_abort(way_out):
            jax.distributed.initialize(
                group.coordinator,
                group.num_processes,
                group.process_id,
                initialization_timeout=START_SECONDS,
                heartbeat_timeout_seconds=int(PATIENCE_SECONDS),
                shutdown_timeout_seconds=int(PATIENCE_SECONDS),
            )
    except ValueError as error:
        raise InputError(
            "--distributed: nothing says what started this process, or where the others are; start "
            "all by srun, mpirun or the like, or use --coordinator"
        ) from error
    except RuntimeError as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"{way_out} ({reason})") from error
    finally:
        timer.cancel()


def _check_address(coordinator: str, *, own: bool) -> None:
    """Check an address on which JAX would only wait.

    Raises:
        InputError: there is no such host, or this process cannot listen on its `own` port.

    """
    host, _, port = coordinator.rpartition(":")
    try:
        socket.getaddrinfo(host.strip("[]"), port)
    except OSError as error:
        raise InputError(f"--coordinator: there is no host {host!r}; name process 0's") from error
    try:
        if own:
            socket.create_server(("", int(port))).close()
    except OSError as error:
        raise InputError(
            f"--coordinator: process 0 cannot listen on port {port} here, it is taken; "
            "choose another, and give each process its own --process-id"
        ) from error


def is_main_process() -> bool:
    """Return whether this is process 0, which shows the progress and writes the files."""
    return jax.process_index() == 0


def broadcast(tree: Any) -> Any:
    """Return the arrays of process 0 in all processes; the others provide the shapes."""
    if jax.process_count() == 1:
        return tree
    return jax.tree.map(jnp.asarray, multihost_utils.broadcast_one_to_all(tree))


def combined_status(status: int | None) -> int | None:
    """Return the exit status of any process that was asked to stop; all processes call it."""
    if jax.process_count() == 1:
        return status
    return int(multihost_utils.process_allgather(np.array(status or 0)).max()) or None
