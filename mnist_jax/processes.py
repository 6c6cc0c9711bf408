"""Training by several processes: how they find each other, and notice who is lost."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from threading import Event, Thread
from typing import Any, NoReturn

import jax
import jax.numpy as jnp
import numpy as np
from jax.experimental import multihost_utils

from mnist_jax.errors import InputError

PATIENCE_SECONDS = 15.0
"""How long a process may be silent before the others give it up; each speaks every second."""

START_SECONDS = 120
"""How long the first process waits for the last one."""

FINISH_SECONDS = 3600
"""How long the others wait for the first one to write, or to be told where."""


@dataclass(frozen=True)
class Group:
    """The processes that train together, as the command line names them."""

    distributed: bool
    """Whether Slurm, Kubernetes, MPI or a TPU pod started them, which JAX asks for the rest."""

    coordinator: str | None = None
    """`HOST:PORT` where the process of number 0 listens."""

    num_processes: int | None = None
    process_id: int | None = None

    def __post_init__(self) -> None:
        """Refuse a group that cannot meet.

        Raises:
            InputError: an option is missing, or a number out of its range.

        """
        by_hand = (self.coordinator, self.num_processes, self.process_id)
        if by_hand == (None, None, None):
            return
        if self.distributed:
            raise InputError("--distributed finds the processes itself; leave out --coordinator")
        if self.coordinator is None or self.num_processes is None or self.process_id is None:
            raise InputError("--coordinator, --num-processes and --process-id go together")
        host, _, port = self.coordinator.rpartition(":")
        if not (host and port.isdecimal() and 0 < int(port) < 2**16):
            raise InputError(f"--coordinator: {self.coordinator} was given, HOST:PORT is wanted")
        if self.num_processes < 1:
            raise InputError(
                f"--num-processes: {self.num_processes} was given, 1 or more is wanted"
            )
        if not 0 <= self.process_id < self.num_processes:
            raise InputError(
                f"--process-id: {self.process_id} was given, "
                f"it has to be 0 to {self.num_processes - 1}"
            )


@contextmanager
def joined(group: Group) -> Iterator[None]:
    """Within it JAX's devices are those of all processes; to enter before its first array.

    A process that is lost makes the others end with an error: products that wait for it would
    wait for ever. Where it is the first one, JAX is quicker and aborts them, after a message of
    its own that another task died; the error is the last line then.

    Raises:
        InputError: the processes do not find each other.

    """
    if not group.distributed and group.coordinator is None:
        yield
        return
    # JAX would take SIGTERM for itself.
    jax.config.update("jax_enable_preemption_service", False)  # type: ignore[no-untyped-call]  # noqa: FBT003
    try:
        jax.distributed.initialize(
            group.coordinator,
            group.num_processes,
            group.process_id,
            initialization_timeout=START_SECONDS,
            shutdown_timeout_seconds=int(PATIENCE_SECONDS),
        )
    except (ValueError, RuntimeError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"the processes did not find each other: {reason}") from error
    with _aborts_told():
        pulse = _Pulse()
        pulse.start()
        try:
            yield
        except InputError:  # a ValueError too
            pulse.leave()
            raise
        except (jax.errors.JaxRuntimeError, ValueError) as error:
            # what waits for a lost process fails, as either of these, or hangs
            pulse.leave()
            _end("a process", str(error).partition("\n")[0])
        except BaseException:
            pulse.leave()
            raise
        pulse.finish()


def leads() -> bool:
    """Whether this process is the one that shows and writes."""
    return jax.process_index() == 0


def from_first(tree: Any) -> Any:
    """What the first process has, for all; the others give the shapes."""
    if jax.process_count() == 1:
        return tree
    return jax.tree.map(jnp.asarray, multihost_utils.broadcast_one_to_all(tree))


def agreed(wish: bool) -> bool:  # noqa: FBT001  # it is what it is about
    """Whether any process wishes it; all have to ask."""
    if jax.process_count() == 1:
        return wish
    return bool(multihost_utils.process_allgather(np.array(wish)).any())


class _Pulse(Thread):
    """Tells the others every second that this process lives; ends it when one of them does not."""

    def __init__(self) -> None:
        from jax._src.distributed import global_state  # the one way to JAX's key-value store

        super().__init__(daemon=True)
        self._client: Any = global_state.client
        self._own = f"{_PULSES}/{jax.process_index()}"
        self._stopped = Event()

    def finish(self) -> None:
        """Wait for the others to finish too."""
        self._say(_FINISHED)
        self._client.wait_at_barrier(_FINISHED, timeout_in_ms=1000 * FINISH_SECONDS)
        self._stopped.set()
        self.join()

    def leave(self) -> None:
        """Go without the others, and let them know."""
        self._stopped.set()
        self._say(_LEFT)

    def run(self) -> None:
        """Beat and listen until stopped."""
        heard: dict[str, tuple[str, float]] = {}
        for beat in count():
            if self._stopped.wait(1):
                return
            try:
                said = self._exchanged(str(beat))
            except RuntimeError:  # the first process keeps what is said
                _end("process 0")
            now = time.monotonic()
            for name, word in said.items():
                last, since = heard.get(name, ("", now))
                heard[name] = (word, since if word == last else now)
                silent = word != _FINISHED and now - heard[name][1] > PATIENCE_SECONDS
                if silent or word == _LEFT:
                    _end(f"process {name.rpartition('/')[2]}")

    def _exchanged(self, beat: str) -> dict[str, str]:
        """What every process said last, this one's beat among it."""
        said = dict(self._client.key_value_dir_get(_PULSES))
        if said.get(self._own) != _FINISHED:
            self._say(beat)
        return said

    def _say(self, word: str) -> None:
        self._client.key_value_set(self._own, word, allow_overwrite=True)


_PULSES = "mnist_jax/pulses"
_FINISHED = "finished"
_LEFT = "left"


@contextmanager
def _aborts_told() -> Iterator[None]:
    """Within it an abort of JAX's own, from whatever thread, is an error as of any lost process.

    Python's own handlers come too late: they run between steps of the main thread, and an abort
    does not wait for it. One of C's runs at once, and need not return.
    """
    told = ctypes.CFUNCTYPE(None, ctypes.c_int)(
        lambda _: _end("a process", "see what JAX says of it")
    )
    ctypes.CDLL(None).signal(signal.SIGABRT, told)
    try:
        yield
    finally:
        signal.signal(signal.SIGABRT, signal.SIG_DFL)


def _end(lost: str, reason: str = "see what it said") -> NoReturn:
    """Leave at once: the main thread waits for what will not come."""
    sys.stderr.write(
        f"error: {lost} of the training was lost ({reason}); start all of them again; "
        "with --checkpoint-dir they go on where they were\n"
    )
    sys.stderr.flush()
    os._exit(2)
