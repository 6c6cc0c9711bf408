"""Handle Ctrl-C, SIGTERM and a closed terminal: finish the current steps, or exit the second time.

Python runs signal handlers only between bytecode instructions, and an epoch or its compilation is a
single instruction. Therefore the handlers do nothing, and a thread reads the signal numbers from a
socket, to which the interpreter writes them at once (`signal.set_wakeup_fd`).
"""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

from mnist_jax.support.languages import translated

SIGNALS = (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))
"""Ctrl-C, what `kill` sends, and what a closed terminal sends, which Windows does not have."""


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
    """Handle `SIGNALS` in the block: the first signal sets the stop request and calls `report`.

    The second calls `leave` with the exit status; so does the first while `immediate` is true.
    A signal that the process was started to ignore, such as Ctrl-C in a background job, or
    SIGHUP by `nohup`, stays ignored.
    """
    stop_request = StopRequest()
    receiver, sender = socket.socketpair()
    sender.setblocking(False)  # noqa: FBT003

    def listen() -> None:
        while byte := receiver.recv(1):
            status = 128 + byte[0]
            if byte[0] not in SIGNALS:
                continue
            if stop_request.immediate or stop_request.status is not None:
                leave(status)
            stop_request.status = status
            report(translated("stopping; once more stops at once"))

    listener = Thread(target=listen, daemon=True)
    listener.start()
    previous_sender = signal.set_wakeup_fd(sender.fileno())
    handlers = {number: signal.getsignal(number) for number in SIGNALS}
    for number, handler in handlers.items():
        if handler != signal.SIG_IGN:
            signal.signal(number, lambda *_: None)
    try:
        yield stop_request
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(previous_sender)
        sender.close()  # ends the thread
        listener.join()
        receiver.close()
