"""A thread for work that would take longer than a frame."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any


class Background:
    """Calls one function at a time on a thread, which starts with the first call."""

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self._thread: ThreadPoolExecutor | None = None
        self._running: Future[Any] | None = None

    @property
    def busy(self) -> bool:
        """Whether a call is in progress, or its result has not been taken."""
        return self._running is not None

    def start(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Begin a call; nothing else may be in progress."""
        self._thread = self._thread or ThreadPoolExecutor(1, "background")
        self._running = self._thread.submit(function, *arguments)

    def take(self) -> Any:
        """Return the result of a finished call, or None if there is none."""
        if self._running is None or not self._running.done():
            return None
        finished, self._running = self._running, None
        return finished.result()
