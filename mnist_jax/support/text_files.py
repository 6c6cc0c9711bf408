"""Read files that may be packed with gzip, which is told by their content and not their name."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from mnist_jax.support.errors import InputError
from mnist_jax.support.files import checked_input

MAX_BYTES = 200_000_000
"""Size of the largest file that is kept in memory, unpacked."""

MAX_LINE = 20_000_000
"""Maximum length of a line in characters."""


@contextmanager
def unpacked(path: Path, hint: str) -> Iterator[BinaryIO]:
    """Open a file to read its bytes, unpacked if it is packed with gzip.

    Raises:
        InputError: the file cannot be opened, or what is done with it raises an error of reading,
            unpacking or decoding; `hint` says what to give instead.

    """
    checked_input(path, hint)
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            if packed:
                with gzip.open(file) as content:
                    yield cast(BinaryIO, content)
            else:
                yield file
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise InputError(f"{path}: cannot be read ({error}); {hint}") from error


def read_whole(path: Path, hint: str) -> bytes:
    """Return the bytes of a file, unpacked.

    Raises:
        InputError: as `unpacked`, or there are more than `MAX_BYTES`.

    """
    with unpacked(path, hint) as content:
        data = content.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(f"{path}: is larger than {MAX_BYTES:,} bytes; split it")
    return data


def numbered_lines(path: Path, hint: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file in UTF-8, each with its number, counted from 1.

    Raises:
        InputError: as `unpacked`, or a line is longer than `MAX_LINE`.

    """
    with unpacked(path, hint) as content, io.TextIOWrapper(content, "utf-8") as text:
        lines = iter(partial(text.readline, MAX_LINE + 1), "")
        for number, line in enumerate(lines, start=1):
            if len(line) > MAX_LINE:
                raise InputError(f"{path}, line {number}: is longer than {MAX_LINE} characters")
            yield number, line
