"""Photos from files, with the ink that `mnist_jax` finds in them."""

from pathlib import Path

import numpy as np

from game.core.events import Event, Notice, Opened
from game.core.values.readings import Photo
from game.devices.conversions import core_photo
from mnist_jax.support.errors import InputError


def looked_at(path: Path) -> Event:
    """Return the photo in a file with its ink, or a notice with the error."""
    try:
        photo = find_photo(path)
    except InputError as error:
        return Notice(str(error).replace(str(path), path.name))
    except Exception as error:  # noqa: BLE001 - the libraries for pictures may raise anything
        return Notice(f"{path.name} can’t be looked at ({type(error).__name__}); try another file")
    return Opened(path.name, photo=photo, sheet=photo.sheet)


def find_photo(picture: Path | np.ndarray) -> Photo:
    """Return a photo, from a file or an array, with the ink that was found in it.

    Raises:
        InputError: it is not a picture, or it shows no ink.
    """
    from mnist_jax.ink.picture_ink import find_ink

    return core_photo(find_ink(picture))
