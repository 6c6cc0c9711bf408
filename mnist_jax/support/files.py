"""Files that are written completely or not at all, and somewhere else if they have to be."""

import io
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mnist_jax.support.errors import InputError

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def checked_output(path: Path, suffix: str) -> None:
    """Check that a file with that suffix can be written to the path.

    Raises:
        InputError: the suffix is another, or the folder does not exist or cannot be written.

    """
    if path.suffix != suffix:
        raise InputError(f"{path}: cannot be written; a name like mine{suffix} is wanted")
    try:
        if path.is_dir():
            raise InputError(f"{path}: cannot be written, it is a folder; give the name of a file")
        if not path.parent.is_dir():
            raise InputError(f"{path}: the folder {path.parent} does not exist; make it first")
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=UNFINISHED) as trial:
            (Path(trial) / path.name).touch()
    except OSError as error:
        raise InputError(
            f"{path}: the folder {path.parent} cannot be written ({error.strerror}); choose another"
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
            f"{path}: the folder cannot be written ({error.strerror}); choose another"
        ) from error
    return path


UNFINISHED = ".writing-"
"""Start of the names of files that are being written."""


def checked_input(path: Path, hint: str) -> Path:
    """Return the path if it is a regular file.

    Raises:
        InputError: it is not; `hint` says what to give instead.

    """
    try:
        is_file, exists = path.is_file(), path.exists()
    except OSError:  # a name longer than any file's
        is_file = exists = False
    if not is_file:
        state = "is not a file" if exists else "there is no such file"
        raise InputError(f"{path}: {state}; {hint}")
    return path


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
            f"{path}: cannot be written ({error.strerror}); choose another place"
        ) from error


def write_figure(path: Path, figure: "Figure") -> None:
    """Write a figure as a PNG file, as `write_whole` does; equal figures give equal bytes."""
    png = io.BytesIO()
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
            raise InputError(f"{failed}; nor could it be saved elsewhere: {error}") from error
        raise InputError(f"{failed}; it was saved as {rescued} instead") from failed
