"""How commands end: on errors, on Ctrl-C, and when standard output cannot be written."""

import errno
import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

from mnist_jax.support.errors import InputError, Interrupted, reason
from mnist_jax.support.languages import translated

OUTPUT_LOST = {errno.ENOSPC, errno.EIO}
"""Errors of standard output: the disk is full, or the terminal was closed."""


def exit_in_imports() -> None:
    """Make Ctrl-C end the process at once during an import; at other times it works as usual.

    Extension modules turn an exception in their initialisation into an ImportError, and JAX's
    callback of the garbage collector ignores one. Nothing has been computed or written yet.
    Where the process was started to ignore Ctrl-C, as in a background job, it stays ignored.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _on_ctrl_c)


def _on_ctrl_c(_number: int, frame: FrameType | None) -> None:
    while frame:
        code = frame.f_code
        if code.co_filename.startswith("<frozen importlib") or code.co_name == "_xla_gc_callback":
            with suppress(OSError):
                os.write(2, f"{translated('interrupted')}\n".encode())
            os._exit(128 + signal.SIGINT)
        frame = frame.f_back
    raise KeyboardInterrupt


@contextmanager
def reported_errors() -> Iterator[None]:
    """Exit on bad input with status 2 and one line, on a signal with 128 plus the signal's number.

    Characters that standard output cannot show are printed as Python escapes them.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        yield
        print(end="", flush=True)  # raises here if standard output is closed
    except InputError as error:
        _end(2, error_line(error))
    except Interrupted as stop:
        _end(stop.status, str(stop))
    except KeyboardInterrupt:
        _end(130, translated("interrupted"))
    except BrokenPipeError:
        _drop_output()
        _end(141)  # as a shell shows for a program ended by SIGPIPE
    except OSError as error:
        if error.errno not in OUTPUT_LOST:
            raise
        _drop_output()
        text = translated("standard output: cannot be written ({reason})", reason=reason(error))
        _end(2, error_line(text))


def error_line(problem: object) -> str:
    """Return the line that reports a problem."""
    return translated("error: {problem}", problem=problem)


def print_error(message: str) -> None:
    """Print a line on standard error, if it can be written to."""
    with suppress(OSError):
        print(message, file=sys.stderr, flush=True)


def exit_immediately(status: int) -> None:
    """End the process without waiting for a running computation."""
    from rich.console import Console

    Console().show_cursor()  # a progress bar hides it
    print_error(translated("interrupted"))
    os._exit(status)


def _drop_output() -> None:
    """Redirect standard output to nowhere, so that Python's final flush cannot fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _end(status: int, message: str | None = None) -> NoReturn:
    if message:
        print_error(message)
    jax = sys.modules.get("jax")
    if jax and jax.distributed.is_initialized():
        with suppress(OSError):
            sys.stdout.flush()
        os._exit(status)  # a normal exit would wait for the other processes, then abort
    sys.exit(status)
