"""The exceptions that the commands report as one line instead of a traceback.

A message may quote a file that a stranger made. `InputError` therefore escapes control characters
and line breaks, and shortens long messages. Quote a value by `shortened`.
"""

from reprlib import Repr
from typing import Any

from mnist_jax.support.languages import translated

MAX_MESSAGE = 1_000
"""Maximum length of a message, in characters."""

MAX_VALUE = 40
"""Maximum length of a value in a message, in characters."""


class InputError(ValueError):
    """Bad input from the user: a file, an option, a drawing or an image.

    The message names the thing, what was found, what was wanted and what to do. It is an English
    text with named placeholders, which is shown in the language in use.

    Examples:
        >>> from mnist_jax import InputError, load_params, predict
        >>> try:
        ...     predict(load_params(), "seven.png")
        ... except InputError as error:
        ...     print(error)
        images are of type str, expected one array (batch, 28, 28); convert lists with numpy.array
    """

    def __init__(self, message: str, /, **values: object) -> None:
        """Store the message as one line, translated and with its placeholders filled."""
        super().__init__(printable(translated(message, **values), MAX_MESSAGE))


def check_least(option: str, found: Any, least: int) -> None:
    """Check that the number given for an option is at least `least`.

    Raises:
        InputError: it is less or NaN.
    """
    if not found >= least:
        raise InputError(
            "{name}: {found} was given, it must be at least {least}",
            name=option,
            found=found,
            least=least,
        )


class Interrupted(KeyboardInterrupt):
    """A run was stopped by a signal; the message says how to continue it."""

    def __init__(self, message: str, status: int) -> None:
        """Store the message and the exit status, 128 plus the number of the signal."""
        super().__init__(message)
        self.status = status


def printable(text: str, most: int) -> str:
    """Return the text in one line of at most `most` characters, 5 or more, cut in its middle.

    Line breaks, control characters and invalid bytes are written as Python escapes them.
    """
    if len(text) <= most and text.isprintable():
        return text
    half = (most - 3) // 2
    if len(text) > most:  # escaping only makes it longer
        text = text[: half + 1] + "..." + text[-half - 1 :]
    escaped = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)
    return escaped if len(escaped) <= most else escaped[:half] + "..." + escaped[-half:]


def reason(error: Exception) -> str:
    """Return what went wrong, without the path that an error of the system repeats."""
    return translated(getattr(error, "strerror", None) or str(error))


_VALUES = Repr()
_VALUES.maxstring = _VALUES.maxother = _VALUES.maxlong = MAX_VALUE


def shortened(value: object) -> str:
    """Return a value as a message quotes it."""
    return printable(_VALUES.repr(value), MAX_VALUE)
