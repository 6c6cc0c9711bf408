"""Files that are written completely or not at all, and somewhere else if they have to be."""

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from mnist_jax.support.errors import InputError


def checked_output(path: Path, suffix: str) -> Path:
    """Return the path if a file with that suffix can be written there.

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
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=_PREFIX) as trial:
            (Path(trial) / path.name).touch()
    except OSError as error:
        raise InputError(
            f"{path}: the folder {path.parent} cannot be written ({error.strerror}); choose another"
        ) from error
    return path


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


_PREFIX = ".writing-"


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
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=_PREFIX, delete=False) as file:
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


Write = Callable[[Path], None]


def write_error(write: Write, path: Path) -> InputError | None:
    """Write the file; return the error if that failed, else None."""
    try:
        write(path)
    except InputError as error:
        return error
    return None


def save_elsewhere(
    write: Write, path: Path, failed: InputError, ask: Callable[[str], str] | None
) -> Path:
    """Save a file elsewhere after writing it to `path` failed, and return where it is.

    If there is a user to `ask`, save it where they say. Otherwise, save it in a new folder in the
    current, home or temporary folder, whichever can be written first, and raise.

    Raises:
        InputError: the message names the path that failed, and where the file is now, if anywhere.

    """
    problem = failed
    while ask and (
        answer := ask(f"{problem}\nanother file (leave empty to choose one for me): ").strip()
    ):
        try:
            place = checked_output(Path(answer).expanduser(), path.suffix)
            write(place)
        except InputError as error:
            problem = error
        except RuntimeError:
            problem = InputError(f"{answer}: there is no such user")
        else:
            return place
    for folder in (Path.cwd, Path.home, tempfile.gettempdir):
        with suppress(OSError, RuntimeError):
            place = Path(tempfile.mkdtemp(prefix=f"{path.stem}-", dir=folder())) / path.name
            if write_error(write, place) is None:
                raise InputError(f"{failed}; it was saved as {place} instead")
            shutil.rmtree(place.parent)
    raise InputError(f"{failed}; it could not be saved anywhere else either")
