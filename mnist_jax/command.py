"""What the commands share: options from a dataclass, and errors as one line instead of a trace."""

import sys
from collections.abc import Callable
from typing import TypeVar

import tyro

from mnist_jax.errors import InputError

Options = TypeVar("Options")


def run(
    module: str, options: type[Options], action: Callable[[Options], None], description: str
) -> None:
    """Parse the command line into `options` and act; exit 2 on bad input, 130 on Ctrl-C."""
    program = f"python -m mnist_jax.{module}"
    try:
        action(tyro.cli(options, prog=program, description=description))
    except InputError as error:
        sys.exit(_failed(f"error: {error}", 2))
    except KeyboardInterrupt:
        sys.exit(_failed("interrupted", 130))


def _failed(message: str, status: int) -> int:
    print(message, file=sys.stderr)
    return status
