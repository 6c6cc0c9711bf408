"""Photos from files: the ink that `mnist_jax` finds in them, and what it reads there."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from game.core.events import Event, Notice, Opened
from game.core.readings import Photo
from mnist_jax.support.errors import InputError

if TYPE_CHECKING:
    from mnist_jax import NumberReading


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

    found = find_ink(picture)
    height, width = found.mask.shape
    ink = 255 * found.mask.astype(np.uint8)
    return Photo(found.photo.tobytes(), ink.tobytes(), width, height)


def read_photo(net: Any, photo: Photo) -> "NumberReading":
    """Return the number in the ink of a photo; its boxes are in pixels of the photo.

    Raises:
        InputError: the ink holds nothing that can be read.
    """
    from mnist_jax.ink.picture_ink import PictureInk
    from mnist_jax.pictures import read_ink

    shape = photo.height, photo.width
    pixels = np.frombuffer(photo.pixels, np.uint8).reshape(*shape, 3)
    mask = np.frombuffer(photo.ink, np.uint8).reshape(shape) > 0
    return read_ink(net, PictureInk(pixels, mask, scale=1.0))
