"""Heartbeats between processes that train together: if one is lost, the others exit."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from threading import Event, Thread
from typing import Any, NoReturn

import jax

PATIENCE_SECONDS = 15.0
"""Seconds without a heartbeat after which a process counts as lost."""

FINISH_SECONDS = 3600
"""How long the other processes wait for process 0 to write the files."""

_BEAT_SECONDS = 1.0

_HEARTBEATS = "mnist_jax/heartbeats"
_FINISHED = "finished"
_LEFT = "left: "


class Heartbeat(Thread):
    """Send a heartbeat to the other processes every second; exit if one of them stops."""

    def __init__(self) -> None:
        """Connect; `start` starts the thread."""
        super().__init__(daemon=True)
        self._client = _client()
        self._own = f"{_HEARTBEATS}/{jax.process_index()}"
        self._stopped = Event()

    def finish(self) -> None:
        """Wait for the other processes to finish."""
        self._say(_FINISHED)
        self._client.wait_at_barrier(_FINISHED, timeout_in_ms=1000 * FINISH_SECONDS)
        self._stopped.set()
        self.join()

    def leave(self, reason: str) -> None:
        """Tell the other processes why this one exits."""
        self._stopped.set()
        with suppress(RuntimeError):  # process 0, which stores the messages, is lost too
            self._say(_LEFT + reason)
        _wait_for_readers()

    def run(self) -> None:
        """Send and check heartbeats until stopped."""
        heard: dict[str, tuple[str, float]] = {}
        for beat in count():
            if self._stopped.wait(_BEAT_SECONDS):
                return
            try:
                said = self._exchanged(str(beat))
            except RuntimeError:  # process 0 stores the messages
                exit_lost("process 0")
            now = time.monotonic()
            for name, word in said.items():
                process = f"process {name.rpartition('/')[2]}"
                if word.startswith(_LEFT):
                    _wait_for_readers()
                    _end(f"{process} of the training ended: {word.removeprefix(_LEFT)}")
                last, since = heard.get(name, ("", now))
                heard[name] = (word, since if word == last else now)
                if word != _FINISHED and now - heard[name][1] > PATIENCE_SECONDS:
                    exit_lost(process)

    def _exchanged(self, beat: str) -> dict[str, str]:
        """Send a heartbeat and return the last message of every process."""
        said = dict(self._client.key_value_dir_get(_HEARTBEATS))
        if said.get(self._own) != _FINISHED:
            self._say(beat)
        return said

    def _say(self, word: str) -> None:
        self._client.key_value_set(self._own, word, allow_overwrite=True)


def exchange(topic: str, words: str, seconds: float) -> str:
    """Publish a message on a topic, and return that of process 0."""
    client, place = _client(), f"mnist_jax/{topic}"
    client.key_value_set(f"{place}/{jax.process_index()}", words)
    said: str = client.blocking_key_value_get(f"{place}/0", int(1000 * seconds))
    return said


@contextmanager
def exit_on_abort(error: str) -> Iterator[None]:
    """Exit with an error message if JAX aborts inside the block, in any thread.

    Python's signal handlers run in the main thread, which is too late for an abort.
    A handler of the C library runs at once. On Windows this does nothing.
    """
    if sys.platform == "win32":
        yield
        return
    handler = ctypes.CFUNCTYPE(None, ctypes.c_int)(lambda _: _end(error))
    ctypes.CDLL(None).signal(signal.SIGABRT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGABRT, signal.SIG_DFL)


def lost_message(process: str, reason: str = "see its output") -> str:
    """Return the error message for a lost process."""
    return (
        f"{process} of the training was lost ({reason}); start all of them again; "
        "with --checkpoint-dir they continue where they stopped"
    )


def exit_lost(process: str, reason: str = "see its output") -> NoReturn:
    """Exit immediately, because the main thread may be blocked."""
    _end(lost_message(process, reason))


def _end(error: str) -> NoReturn:
    sys.stderr.write(f"error: {error}\n")
    sys.stderr.flush()
    os._exit(2)


def _wait_for_readers() -> None:
    """Give the other processes time to read the last message, which process 0 stores."""
    if jax.process_index() == 0:
        time.sleep(3 * _BEAT_SECONDS)


def _client() -> Any:
    from jax._src.distributed import global_state  # no public API for the key-value store

    return global_state.client
