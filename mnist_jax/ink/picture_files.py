"""Load a picture, from a file, Pillow or an array, upright and at a size to find ink in."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import UInt8
from PIL import Image, ImageOps

from mnist_jax.support.errors import InputError
from mnist_jax.support.files import checked_input

WORKING_SIDE = 1000
"""Longer side of the pictures that ink is looked for in, in pixels."""

SMALLEST_SIDE = 280
"""Smaller pictures are enlarged to about this longer side, so that edges fall between pixels."""


def load_photo(picture: Any) -> tuple[UInt8[np.ndarray, "height width 3"], float]:
    """Return the picture upright and in colour, and how many of its own pixels make one of these.

    Raises:
        InputError: it cannot be read as a picture, or it is too large, empty or animated.

    """
    name = str(picture) if isinstance(picture, str | Path) else "the picture"
    with _problems_named(name):
        if isinstance(picture, np.ndarray):
            image = Image.fromarray(picture)
        elif isinstance(picture, Image.Image):
            image = picture
        else:
            image = Image.open(checked_input(Path(picture), "give a picture"))
        upright = ImageOps.exif_transpose(image).convert("RGB")
        longer = max(upright.size)
        scale = longer / min(max(longer, SMALLEST_SIDE), WORKING_SIDE)
        size = [max(1, round(side / scale)) for side in upright.size]
        return np.asarray(upright.resize((size[0], size[1]))), scale


@contextmanager
def _problems_named(name: str) -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except InputError:
        raise
    except Exception as error:
        raise InputError(f"{name}: is not a picture that can be read ({error})") from error
