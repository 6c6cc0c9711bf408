"""What the commands share: options from a dataclass, and errors as one line instead of a trace."""

import errno
import io
import os
import re
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, suppress
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import jax
import tyro
from rich.console import Console
from tyro.conf import arg

from mnist_jax.support.compilation_cache import keep_compiled
from mnist_jax.support.errors import InputError
from mnist_jax.training.interruption import Interrupted

Options = TypeVar("Options")

OF_RECIPE = "(default: the recipe's)"
"""Told of an option that changes a recipe where it is given."""

DataDir = Annotated[
    Path | None,
    arg(
        metavar="DIR",
        help="Folder of TensorFlow Datasets; MNIST is downloaded there if it is missing.",
        help_behavior_hint="(default: $TFDS_DATA_DIR, ~/tensorflow_datasets)",
    ),
]
"""The option of every command that takes MNIST."""

MAX_SEED = 2**32 - 1


def checked_seed(seed: int) -> int:
    """The seed, once it is known that JAX takes it.

    Raises:
        InputError: it is below 0 or over `MAX_SEED`.
    """
    if not 0 <= seed <= MAX_SEED:
        raise InputError(f"--seed: {seed} was given, it has to be 0 to {MAX_SEED}")
    return seed


def run(
    module: str, options: type[Options], action: Callable[[Options], None], description: str
) -> None:
    """Parse the command line into `options` and act.

    Exit 2 on bad input, 130 on Ctrl-C, 143 on a SIGTERM that was stop_on_signals.
    """
    try:
        given = _parsed(f"python -m mnist_jax.{module}", options, description)
        keep_compiled()
        action(given)
        print(end="", flush=True)  # also where standard output is closed
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
"""What a shell shows of a program that SIGPIPE ended."""


def _drop_output() -> None:
    """Send what is printed nowhere, so that the flush at the end of Python has no error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parsed(program: str, options: type[Options], description: str) -> Options:
    """The options; what is wrong with the command line is an error of one line."""
    said = io.StringIO()
    try:
        with redirect_stderr(said):
            return tyro.cli(options, prog=program, description=description)
    except SystemExit as stop:
        if not stop.code:
            raise
        message, *_ = re.split(
            r"\s*(?:Got errors|Full helptext|For full|Argument help|─{9})", _plain(said.getvalue())
        )
        raise InputError(f"{message}; see {program} --help") from stop


def _plain(boxed: str) -> str:
    """The text within a box of lines, in one line, without its title."""
    rows = [row.strip("│ ") for row in boxed.splitlines()]
    return " ".join(row for row in rows if not row.startswith(("╭", "╰")))


def complain(message: str) -> None:
    """A line on standard error, if anything can be written there."""
    with suppress(OSError):
        print(message, file=sys.stderr, flush=True)


def asker() -> Callable[[str], str] | None:
    """What puts a question to the user and gives the answer, if there is a user."""
    return _answer if sys.stdin and sys.stdin.isatty() else None


def _answer(question: str) -> str:
    try:
        return input(question)
    except (EOFError, KeyboardInterrupt):
        return ""


def leave_at_once(status: int) -> None:
    """End the process, whatever it is about: a computation would be waited for."""
    Console().show_cursor()  # a bar of progress hides it
    complain("interrupted")
    os._exit(status)


def _end(status: int, message: str | None = None) -> NoReturn:
    if message:
        complain(message)
    if jax.distributed.is_initialized():
        with suppress(OSError):
            sys.stdout.flush()
        os._exit(status)  # JAX would wait for the other processes, and abort
    sys.exit(status)
