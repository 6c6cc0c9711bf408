"""Find the ink in a picture: what was written, not the paper, its lines or its shadows."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool, UInt8

from mnist_jax.ink.picture_files import load_photo
from mnist_jax.support.errors import InputError


@dataclass(frozen=True, eq=False)
class PictureInk:
    """A picture and the ink that was found in it."""

    photo: UInt8[np.ndarray, "height width 3"]
    """The picture upright and in colour, at the size that ink was looked for in."""

    mask: Bool[np.ndarray, "height width"]
    """Whether a pixel of `photo` is ink."""

    scale: float
    """Pixels of the picture per pixel of `photo`; below 1 for small pictures."""


def find_ink(picture: Any) -> PictureInk:
    """Return the ink in a picture: a path, a Pillow image or an array.

    Raises:
        InputError: it cannot be read as a picture, or it shows no ink.

    """
    from skimage.filters import threshold_sauvola

    photo, scale = load_photo(picture)
    grey = photo.mean(axis=2)
    mask = grey < threshold_sauvola(grey, 51)
    if not mask.any():
        raise InputError("the picture shows no ink; give a picture of a number on plain paper")
    return PictureInk(photo, mask, scale)
