"""What the game's commands share: whatever is wrong is told in one line."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from mnist_jax.support.errors import InputError


class Parser(argparse.ArgumentParser):
    """A parser that raises what is wrong with the command line."""

    def error(self, message: str) -> NoReturn:
        """Raise the message with the way out.

        Raises:
            InputError: always.
        """
        raise InputError(f"{message}; see {self.prog} --help")


def positive(text: str) -> int:
    """A number of drawings; more than a machine can count is as many as it can."""
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of drawings, 1 or more")
    return min(int(text), sys.maxsize)


@contextmanager
def told() -> Iterator[None]:
    """Exit 2 with one line for what a user can cause, and 130 on Ctrl-C."""
    try:
        yield
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
