"""Files written whole or not at all."""

import os
import tempfile
from pathlib import Path

from mnist_jax.support.errors import InputError


def checked_output(path: Path, suffix: str) -> Path:
    """The path, once it is known that a file of that kind can be written there.

    Raises:
        InputError: another suffix, a folder that does not exist or cannot be written.

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
    """The path, once there is a folder that can be written.

    Raises:
        InputError: there is none, and none can be made.

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


def checked_input(path: Path, way_out: str) -> Path:
    """The path, once it is known that a file lies there, not a folder or a pipe.

    Raises:
        InputError: there is none; `way_out` tells what to give instead.
    """
    try:
        is_file, exists = path.is_file(), path.exists()
    except OSError:  # a name longer than any file's
        is_file = exists = False
    if not is_file:
        state = "is not a file" if exists else "there is no such file"
        raise InputError(f"{path}: {state}; {way_out}")
    return path


def write_whole(path: Path, data: bytes) -> None:
    """Write to a temporary file beside `path`, then rename: a reader sees the old or the new.

    Raises:
        InputError: the folder cannot be written, or the disk is full; the old file stands.

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
