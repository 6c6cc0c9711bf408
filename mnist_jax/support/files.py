"""Files that may be packed with gzip, and files that are written completely or not at all."""

import codecs
import gzip
import io
import os
import stat
import tempfile
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from mnist_jax.support.budget import BYTE, LINE, MAX_LINE, Budget
from mnist_jax.support.errors import InputError, reason
from mnist_jax.support.languages import translatable, translated

if TYPE_CHECKING:
    from matplotlib.figure import Figure


UNFINISHED = ".writing-"
"""Start of the names of files that are being written."""


def checked_output(path: Path, suffix: str) -> None:
    """Check that a file with that suffix can be written to the path.

    Raises:
        InputError: the suffix is another, or the folder does not exist or cannot be written.
    """
    if path.suffix != suffix:
        raise InputError(
            "{path}: cannot be written; a name like mine{suffix} is wanted",
            path=path,
            suffix=suffix,
        )
    try:
        if path.is_dir():
            raise InputError(
                "{path}: cannot be written, it is a folder; give the name of a file", path=path
            )
        if not path.parent.is_dir():
            raise InputError(
                "{path}: the folder {folder} does not exist; make it first",
                path=path,
                folder=path.parent,
            )
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=UNFINISHED) as trial:
            (Path(trial) / path.name).touch()
    except OSError as error:
        raise InputError(
            "{path}: the folder {folder} cannot be written ({reason}); choose another",
            path=path,
            folder=path.parent,
            reason=reason(error),
        ) from error


def checked_folder(path: Path) -> Path:
    """Return the path of a folder that can be written, creating it if necessary.

    Raises:
        InputError: the folder cannot be created or written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
    except OSError as error:
        raise InputError(
            "{path}: the folder cannot be written ({reason}); choose another",
            path=path,
            reason=reason(error),
        ) from error
    return path


def checked_input(path: Path, hint: str) -> Path:
    """Return the path if it is a regular file.

    Raises:
        InputError: it is not; `hint` says what to give instead.
    """
    try:
        if stat.S_ISREG(path.stat().st_mode):
            return path
        problem, why = translatable("{path}: is not a file; {hint}"), ""
    except FileNotFoundError:
        problem, why = translatable("{path}: there is no such file; {hint}"), ""
    except (OSError, ValueError) as error:  # a ValueError for a name with a NUL
        problem, why = translatable("{path}: cannot be found ({reason}); {hint}"), reason(error)
    raise InputError(problem, path=path, reason=why, hint=translated(hint))


def line_place(path: Path, number: int) -> str:
    """Return the name of a line of a file, as errors show it."""
    return translated("{path}, line {number}", path=path, number=number)


@contextmanager
def unpacked(path: Path, hint: str) -> Iterator[BinaryIO]:
    """Open a file to read its bytes, unpacked if it is packed with gzip.

    Raises:
        InputError: the file cannot be opened, or the block raises an error of reading, unpacking or
            decoding; `hint` says what to give instead.
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
        raise InputError(
            "{path}: cannot be read ({reason}); {hint}",
            path=path,
            reason=reason(error),
            hint=translated(hint),
        ) from error


def marked_encoding(head: bytes) -> str | None:
    """Return the encoding that the byte-order mark at the start of a text stands for, if any."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else None


def read_whole(path: Path, hint: str, budget: Budget) -> bytes:
    """Return the bytes of a file, unpacked.

    Raises:
        InputError: as `unpacked`, or there are more than the budget allows.
    """
    with unpacked(path, hint) as content:
        budget.grant(path.stat().st_size)
        data = content.read(budget.left // BYTE + 1)
    budget.spend(BYTE * len(data))
    return data


def numbered_lines(path: Path, hint: str, budget: Budget) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file in UTF-8, each with its number, counted from 1.

    A text in UTF-16 is read, too, if it begins with a byte-order mark.

    Raises:
        InputError: as `unpacked`, a line is longer than `MAX_LINE`, or there are more than the
            budget allows.
    """
    with unpacked(path, hint) as content:
        budget.grant(path.stat().st_size)
        encoding = marked_encoding(content.read(3)) or "utf-8"
        content.seek(0)
        with io.TextIOWrapper(content, encoding) as text:
            lines = iter(partial(text.readline, MAX_LINE + 1), "")
            for number, line in enumerate(lines, start=1):
                if len(line) > MAX_LINE:
                    raise InputError(
                        "{path}, line {number}: is longer than {most:,} characters",
                        path=path,
                        number=number,
                        most=MAX_LINE,
                    )
                budget.spend(LINE + BYTE * len(line))
                yield number, line


def write_whole(path: Path, data: bytes) -> None:
    """Write to a temporary file and rename it, so that readers see the old file or the new one.

    Raises:
        InputError: the folder cannot be written or the disk is full; the old file is unchanged.
    """
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=UNFINISHED, delete=False) as file:
            temporary = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise InputError(
            "{path}: cannot be written ({reason}); choose another place",
            path=path,
            reason=reason(error),
        ) from error


def write_figure(path: Path, figure: "Figure") -> None:
    """Write a figure as a PNG file, as `write_whole` does; equal figures give equal bytes.

    Characters that the font lacks, as in the name of a file, are drawn as empty boxes.
    """
    png = io.BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        figure.savefig(png, format="png", dpi=120, metadata={"Software": None})
    write_whole(path, png.getvalue())


def write_or_rescue(write: Callable[[Path], None], path: Path) -> None:
    """Write a file that took long to make; if that fails, write it in a new temporary folder.

    Raises:
        InputError: it was not written to `path`; the message names where it is instead.
    """
    try:
        write(path)
    except InputError as failed:
        rescued = Path(tempfile.mkdtemp(prefix=f"{path.stem}-")) / path.name
        try:
            write(rescued)
        except InputError as error:
            raise InputError(
                "{problem}; nor could it be saved elsewhere: {other}", problem=failed, other=error
            ) from error
        raise InputError(
            "{problem}; it was saved as {path} instead", problem=failed, path=rescued
        ) from failed
