"""What the commands share: options parsed into a dataclass, and errors reported in one line.

Options are parsed before JAX is imported, so that `--help` and a wrong option answer quickly.
A command therefore imports what computes inside its action.
"""

import errno
import io
import os
import re
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, suppress
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import tyro
from tyro.conf import arg

from mnist_jax.support.ctrl_c import exit_in_imports
from mnist_jax.support.errors import InputError, Interrupted
from mnist_jax.support.jax_settings import configure_jax

Options = TypeVar("Options")

OF_RECIPE = "(default: the recipe's)"
"""Shown in the help of an option that overrides the recipe."""

DataDir = Annotated[
    Path | None,
    arg(
        metavar="DIR",
        help="Data folder of TensorFlow Datasets; MNIST is downloaded there if it is missing.",
        help_behavior_hint="(default: $TFDS_DATA_DIR, ~/tensorflow_datasets)",
    ),
]
"""The option of every command that reads MNIST."""

MAX_SEED = 2**32 - 1


def checked_seed(seed: int) -> int:
    """Return the seed if JAX accepts it.

    Raises:
        InputError: it is negative or greater than `MAX_SEED`.

    """
    if not 0 <= seed <= MAX_SEED:
        raise InputError(f"--seed: {seed} was given, it must be 0 to {MAX_SEED}")
    return seed


def run(
    module: str,
    options: type[Options],
    action: Callable[[Options], None],
    description: str,
    check: Callable[[Options], None] | None = None,
) -> None:
    """Parse the command line into `options`, `check` them, configure JAX and call `action`.

    Exits with 2 on bad input, 130 on Ctrl-C, and 143 on a SIGTERM that was handled.
    """
    exit_in_imports()
    try:
        given = _parsed(f"python -m mnist_jax.{module}", options, description)
        if check:
            check(given)
        configure_jax()
        action(given)
        print(end="", flush=True)  # raises here if standard output is closed
    except InputError as error:
        _end(2, f"error: {error}")
    except Interrupted as stop:
        _end(stop.status, str(stop))
    except KeyboardInterrupt:
        _end(130, "interrupted")
    except BrokenPipeError:
        _drop_output()
        _end(_PIPE_CLOSED)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _drop_output()
        _end(2, f"error: standard output: cannot be written ({error.strerror})")


_PIPE_CLOSED = 141
"""Exit status that a shell shows for a program ended by SIGPIPE."""


def _drop_output() -> None:
    """Redirect standard output to nowhere, so that Python's final flush cannot fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parsed(program: str, options: type[Options], description: str) -> Options:
    """Return the options, or raise an InputError of one line."""
    output = io.StringIO()
    try:
        with redirect_stderr(output):
            return tyro.cli(options, prog=program, description=description)
    except SystemExit as stop:
        if not stop.code:
            raise
        message, *_ = re.split(
            r"\s*(?:Got errors|Full helptext|For full|Argument help|─{9})",
            _unboxed(output.getvalue()),
        )
        raise InputError(f"{message}; see {program} --help") from stop


def _unboxed(text: str) -> str:
    """Return the text inside a box of line characters as one line, without its title."""
    rows = [row.strip("│ ") for row in text.splitlines()]
    return " ".join(row for row in rows if not row.startswith(("╭", "╰")))


def print_error(message: str) -> None:
    """Print a line on standard error, if it can be written to."""
    with suppress(OSError):
        print(message, file=sys.stderr, flush=True)


def prompt() -> Callable[[str], str] | None:
    """Return a function that asks the user a question, or None without a terminal."""
    return _ask if sys.stdin and sys.stdin.isatty() else None


def _ask(question: str) -> str:
    try:
        return input(question)
    except (EOFError, KeyboardInterrupt):
        return ""


def exit_immediately(status: int) -> None:
    """End the process without waiting for a running computation."""
    from rich.console import Console

    Console().show_cursor()  # a progress bar hides it
    print_error("interrupted")
    os._exit(status)


def _end(status: int, message: str | None = None) -> NoReturn:
    if message:
        print_error(message)
    if _is_distributed():
        with suppress(OSError):
            sys.stdout.flush()
        os._exit(status)  # a normal exit would wait for the other processes, then abort
    sys.exit(status)


def _is_distributed() -> bool:
    if "jax" not in sys.modules:
        return False
    import jax

    return bool(jax.distributed.is_initialized())
