"""How processes that train together notice who is lost or has left, and end with a reason."""

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
"""How long a process may be silent before the others give it up."""

FINISH_SECONDS = 3600
"""How long the others wait for the first one to write, or to be told where."""

_BEAT_SECONDS = 1.0

_HEARTBEATS = "mnist_jax/pulses"
_FINISHED = "finished"
_LEFT = "left: "


class Heartbeat(Thread):
    """Tells the others every second that this process lives; ends it when one of them does not."""

    def __init__(self) -> None:
        """Begin to speak with `start`."""
        super().__init__(daemon=True)
        self._client = _client()
        self._own = f"{_HEARTBEATS}/{jax.process_index()}"
        self._stopped = Event()

    def finish(self) -> None:
        """Wait for the others to finish too."""
        self._say(_FINISHED)
        self._client.wait_at_barrier(_FINISHED, timeout_in_ms=1000 * FINISH_SECONDS)
        self._stopped.set()
        self.join()

    def leave(self, reason: str) -> None:
        """Go without the others, and let them know."""
        self._stopped.set()
        with suppress(RuntimeError):  # the first one, who would keep it, is lost too
            self._say(_LEFT + reason)
        _linger()

    def run(self) -> None:
        """Beat and listen until stopped."""
        heard: dict[str, tuple[str, float]] = {}
        for beat in count():
            if self._stopped.wait(_BEAT_SECONDS):
                return
            try:
                said = self._exchanged(str(beat))
            except RuntimeError:  # the first process keeps what is said
                end_lost("process 0")
            now = time.monotonic()
            for name, word in said.items():
                process = f"process {name.rpartition('/')[2]}"
                if word.startswith(_LEFT):
                    _linger()
                    _end(f"{process} of the training ended: {word.removeprefix(_LEFT)}")
                last, since = heard.get(name, ("", now))
                heard[name] = (word, since if word == last else now)
                if word != _FINISHED and now - heard[name][1] > PATIENCE_SECONDS:
                    end_lost(process)

    def _exchanged(self, beat: str) -> dict[str, str]:
        """What every process said last, this one's beat among it."""
        said = dict(self._client.key_value_dir_get(_HEARTBEATS))
        if said.get(self._own) != _FINISHED:
            self._say(beat)
        return said

    def _say(self, word: str) -> None:
        self._client.key_value_set(self._own, word, allow_overwrite=True)


def shared_words(topic: str, words: str, seconds: float) -> str:
    """What the first process says of a topic, of which this one says those words."""
    client, place = _client(), f"mnist_jax/{topic}"
    client.key_value_set(f"{place}/{jax.process_index()}", words)
    said: str = client.blocking_key_value_get(f"{place}/0", int(1000 * seconds))
    return said


@contextmanager
def aborts_told(error: str) -> Iterator[None]:
    """Within it an abort of JAX's own, from whatever thread, ends the process with that error.

    Python's own handlers come too late: they run between steps of the main thread, and an abort
    does not wait for it. One of C's runs at once, and need not return.
    """
    told = ctypes.CFUNCTYPE(None, ctypes.c_int)(lambda _: _end(error))
    ctypes.CDLL(None).signal(signal.SIGABRT, told)
    try:
        yield
    finally:
        signal.signal(signal.SIGABRT, signal.SIG_DFL)


def loss(process: str, reason: str = "see what it said") -> str:
    """What to tell of a process that was lost."""
    return (
        f"{process} of the training was lost ({reason}); start all of them again; "
        "with --checkpoint-dir they go on where they were"
    )


def end_lost(process: str, reason: str = "see what it said") -> NoReturn:
    """Leave at once: the main thread waits for what will not come."""
    _end(loss(process, reason))


def _end(error: str) -> NoReturn:
    sys.stderr.write(f"error: {error}\n")
    sys.stderr.flush()
    os._exit(2)


def _linger() -> None:
    """Let the others hear what was said: they ask the first process, which takes it along."""
    if jax.process_index() == 0:
        time.sleep(3 * _BEAT_SECONDS)


def _client() -> Any:
    from jax._src.distributed import global_state  # the one way to JAX's key-value store

    return global_state.client
