"""Handle Ctrl-C and SIGTERM: finish the current steps first, exit immediately the second time.

Python runs signal handlers between bytecode instructions, and an epoch or its compilation is a
single one. So the handlers do nothing, and a thread reads the signal numbers from the socket to
which the interpreter writes them at once (`signal.set_wakeup_fd`).
"""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class StopRequest:
    """Whether the process was asked to stop."""

    immediate = True
    """Whether to exit on the first signal, because nothing would be lost."""

    status: int | None = None
    """Exit status for the signal; None before one arrives."""


@contextmanager
def stop_on_signals(
    report: Callable[[str], None], leave: Callable[[int], None]
) -> Iterator[StopRequest]:
    """Handle SIGINT and SIGTERM in the block: the first sets the stop request and calls `report`.

    The second calls `leave` with the exit status; so does the first while `immediate` is set.
    A signal that the process was started to ignore, such as Ctrl-C in a background job, stays
    ignored.
    """
    stop_request = StopRequest()
    ear, mouth = socket.socketpair()
    mouth.settimeout(0)
    listener = Thread(target=_listen, args=(ear, stop_request, report, leave), daemon=True)
    listener.start()
    former_mouth = signal.set_wakeup_fd(mouth.fileno())
    former = {number: signal.getsignal(number) for number in SIGNALS}
    for number, handler in former.items():
        if handler != signal.SIG_IGN:
            signal.signal(number, lambda *_: None)
    try:
        yield stop_request
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(former_mouth)
        mouth.close()
        listener.join()
        ear.close()


def _listen(
    ear: socket.socket,
    stop_request: StopRequest,
    report: Callable[[str], None],
    leave: Callable[[int], None],
) -> None:
    while byte := ear.recv(1):
        if byte[0] in SIGNALS:
            status = 128 + byte[0]
            if stop_request.status is None and not stop_request.immediate:
                stop_request.status = status
                report("stopping; once more stops at once")
            else:
                leave(status)
