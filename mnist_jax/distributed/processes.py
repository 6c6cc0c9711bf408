"""Training by several processes: how they find each other, and that they train the same."""

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
    aborts_told,
    end_lost,
    loss,
)
from mnist_jax.support.errors import InputError

START_SECONDS = 120
"""How long the first process waits for the last one."""

QUIET_SECONDS = 5
"""How long it does so without a word."""


@contextmanager
def joined(group: Group, tell: Callable[[str], None]) -> Iterator[None]:
    """Within it JAX's devices are those of all processes; to enter before its first array.

    `tell` is given a line if they keep each other waiting. A process that is lost, or leaves by an
    exception, makes the others end with an error: products that wait for it would wait for ever.
    Where the first one is lost, JAX is quicker and aborts them, after a message of its own that
    another task died; the error is the last line then.

    Raises:
        InputError: the processes do not find each other.

    """
    if not group.distributed and group.coordinator is None:
        yield
        return
    _meet(group, tell)
    with aborts_told(loss("a process", "see what JAX says of it")):
        pulse = Heartbeat()
        pulse.start()
        try:
            yield
            pulse.finish()
            jax.distributed.shutdown()  # type: ignore[no-untyped-call]
        except InputError as error:  # a ValueError too
            pulse.leave(str(error))
            raise
        except (jax.errors.JaxRuntimeError, ValueError) as error:
            # what waits for a lost process fails, as either of these, or hangs
            pulse.leave("it lost another one")
            end_lost("a process", str(error).partition("\n")[0])
        except BaseException as error:
            pulse.leave(f"it failed ({error or type(error).__name__})")
            raise


def _meet(group: Group, tell: Callable[[str], None]) -> None:
    if group.coordinator:
        _check_address(group.coordinator, own=group.process_id == 0)
    # JAX would take SIGTERM for itself.
    jax.config.update("jax_enable_preemption_service", False)  # type: ignore[no-untyped-call]  # noqa: FBT003
    where = f" at {group.coordinator}" if group.coordinator else ""
    way_out = (
        f"the processes did not find each other{where} within {START_SECONDS} s; start all of "
        "them, each with its own number, and let them reach the first one"
    )
    waiting = f"waiting for the other processes, for up to {START_SECONDS} s"
    timer = Timer(QUIET_SECONDS, tell, [waiting])
    timer.daemon = True
    timer.start()
    try:
        with aborts_told(way_out):
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
    """Refuse an address that JAX would only wait for.

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


def leads() -> bool:
    """Whether this process is the one that shows and writes."""
    return jax.process_index() == 0


def from_first(tree: Any) -> Any:
    """What the first process has, for all; the others give the shapes."""
    if jax.process_count() == 1:
        return tree
    return jax.tree.map(jnp.asarray, multihost_utils.broadcast_one_to_all(tree))


def agreed(status: int | None) -> int | None:
    """The exit status of a process that was told to stop, if any was; all have to ask."""
    if jax.process_count() == 1:
        return status
    return int(multihost_utils.process_allgather(np.array(status or 0)).max()) or None
