"""What took long to make is written elsewhere when its own place has failed."""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from mnist_jax.support.errors import InputError
from mnist_jax.support.files import checked_output

Write = Callable[[Path], None]


def failure(write: Write, path: Path) -> InputError | None:
    """Why the file could not be written, if it could not."""
    try:
        write(path)
    except InputError as error:
        return error
    return None


def rescued(write: Write, path: Path, failed: InputError, ask: Callable[[str], str] | None) -> Path:
    """Where the file is now: where the user said, if there is one to `ask`.

    Else it is in a new folder in the current, the home or the temporary one, the first of them that
    can be written; that is an error still.

    Raises:
        InputError: the text names the place that failed, and where the file is, if anywhere.

    """
    problem = failed
    while ask and (answer := ask(f"{problem}\nanother file (nothing: I choose one): ").strip()):
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
            if failure(write, place) is None:
                raise InputError(f"{failed}; until then it is kept as {place}")
            shutil.rmtree(place.parent)
    raise InputError(f"{failed}; nor could it be written anywhere else")
