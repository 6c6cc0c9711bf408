"""Standard input and other pipes, which can be read once, as files, which can be read again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from mnist_jax.support.errors import InputError, reason

MOST_PIPED = 200_000_000
"""Most bytes that are read from a pipe."""

STANDARD_INPUT = "-"
"""Stands for standard input on a command line."""

STANDARD_OUTPUT = "-"
"""Stands for standard output on a command line."""


@contextmanager
def as_file(given: str, name: str) -> Iterator[Path]:
    """Yield the path of a file, or of a copy if it is a pipe, a terminal or standard input.

    `given` is the path, or - for standard input. An InputError in the block names the copy as
    `name`.

    Raises:
        InputError: a pipe cannot be read or gives more than `MOST_PIPED` bytes.
    """
    path = Path(given)
    try:
        piped = given == STANDARD_INPUT or path.is_fifo() or path.is_char_device()
    except OSError:  # reported by whoever reads the file
        piped = False
    if not piped:
        yield path
        return
    with TemporaryDirectory() as folder:
        copy = Path(folder, "copy")
        _copy(0 if given == STANDARD_INPUT else path, copy, name)
        try:
            yield copy
        except InputError as error:
            raise InputError(str(error).replace(str(copy), name)) from error


def _copy(source: int | Path, target: Path, name: str) -> None:
    left = MOST_PIPED
    try:
        with open(source, "rb", closefd=source != 0) as pipe, target.open("wb") as file:
            while block := pipe.read(min(1_000_000, left + 1)):
                left -= len(block)
                if left < 0:
                    raise InputError(
                        "{name}: gives more than {most:,} bytes; split it",
                        name=name,
                        most=MOST_PIPED,
                    )
                file.write(block)
    except OSError as error:
        raise InputError(
            "{name}: cannot be read ({reason})", name=name, reason=reason(error)
        ) from error
