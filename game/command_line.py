"""What the commands of the game share: option parsing, and errors reported in one line."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from mnist_jax.support.errors import InputError


class Parser(argparse.ArgumentParser):
    """An argument parser that raises errors instead of exiting."""

    def error(self, message: str) -> NoReturn:
        """Raise the message, with a pointer to --help.

        Raises:
            InputError: always.
        """
        raise InputError(f"{message}; see {self.prog} --help")


def positive(text: str) -> int:
    """Return a positive number of drawings, at most `sys.maxsize`."""
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of drawings, 1 or more")
    return min(int(text), sys.maxsize)


@contextmanager
def reported_errors() -> Iterator[None]:
    """Exit with 2 and one line on bad input, and with 130 on Ctrl-C."""
    try:
        yield
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
