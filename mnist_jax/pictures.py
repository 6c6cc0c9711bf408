"""Read the number in a picture: a photo, a scan, a screenshot or an image of MNIST."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from mnist_jax.ink.centre_lines import centre_lines
from mnist_jax.ink.picture_ink import PictureInk, find_ink
from mnist_jax.model import MLP
from mnist_jax.numbers import NumberDigit, NumberReading
from mnist_jax.reading import read_drawing

if TYPE_CHECKING:
    from PIL.Image import Image


def read_picture(
    mlp: MLP, picture: "str | Path | Image | np.ndarray", count: int | None = None
) -> NumberReading:
    """Return the number in a picture, dark on light or light on dark.

    `count` is how many digits it has, if that is known.

    Raises:
        InputError: it cannot be read as a picture, or it shows no ink.

    """
    return read_ink(mlp, find_ink(picture), count)


def read_ink(mlp: MLP, found: PictureInk, count: int | None = None) -> NumberReading:
    """Return the number in the ink that `find_ink` found."""
    del count
    lines = centre_lines(found.mask)
    points = np.concatenate(lines) * found.scale
    (left, top), (right, bottom) = points.min(0).tolist(), points.max(0).tolist()
    reading: Any = vars(read_drawing(mlp, lines))
    digit = NumberDigit(**reading, strokes=(), box=(left, top, right, bottom))
    return NumberReading((digit,), float(digit.probabilities.max()))
