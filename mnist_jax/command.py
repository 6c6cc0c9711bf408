"""What the commands share: options from a dataclass, and errors as one line instead of a trace."""

import io
import os
import re
import sys
from collections.abc import Callable
from contextlib import redirect_stderr
from pathlib import Path
from typing import Annotated, TypeVar

import tyro
from tyro.conf import arg

from mnist_jax.errors import InputError

Options = TypeVar("Options")

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
    """Parse the command line into `options` and act; exit 2 on bad input, 130 on Ctrl-C."""
    try:
        action(_parsed(f"python -m mnist_jax.{module}", options, description))
        sys.stdout.flush()
    except InputError as error:
        sys.exit(_failed(f"error: {error}", 2))
    except KeyboardInterrupt:
        sys.exit(_failed("interrupted", 130))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for the flush at exit
        sys.exit(_PIPE_CLOSED)


_PIPE_CLOSED = 141
"""What a shell shows of a program that SIGPIPE ended."""


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


def _failed(message: str, status: int) -> int:
    print(message, file=sys.stderr)
    return status
