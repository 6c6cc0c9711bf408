"""Find the ink of a page: what is narrow, and darker or lighter than the paper around it."""

from typing import NamedTuple

import numpy as np

from mnist_jax.ink.pictures.contrast import Grey, Mask, noise_floor
from mnist_jax.ink.pictures.files import Photo

WIDEST = 0.025
"""Width of the widest line that is ink, in longer sides of the page."""

WINDOW, MOST_INK = 0.1, 0.5
"""Ink is texture where it fills more than this share of each window of this side whose middle is in
a square of half the side, as dense writing does not; in longer sides of the page."""

STEP = 4
"""Texture is looked for in every fourth row and column."""


class PageInk(NamedTuple):
    """The ink of a page."""

    contrast: Grey
    """Difference to the paper, relative to it; 0 in texture."""
    floor: float
    """Greatest contrast that may be noise."""

    @property
    def faint(self) -> Mask:
        """Everything that is no noise, such as the lines of squared paper."""
        return np.asarray(self.contrast > self.floor)


def page_ink(photo: Photo) -> PageInk:
    """Return the ink of a page, dark on light or light on dark."""
    grey = photo.mean(axis=2, dtype=np.float32)
    contrast = _contrast(255 - grey if _is_light(grey) else grey)
    floor = noise_floor(contrast[::3])
    return PageInk(np.where(_textured(contrast > floor), 0, contrast), floor)


def _textured(faint: Mask) -> Mask:
    """Return where there is too much ink for writing: wood, cloth, print in colour."""
    from scipy.ndimage import maximum_filter, minimum_filter, uniform_filter

    coarse = faint[::STEP, ::STEP].astype(np.float32)
    size = max(3, int(WINDOW * max(coarse.shape)))
    dense = minimum_filter(uniform_filter(coarse, size) > MOST_INK, size // 2)
    dense = maximum_filter(dense, size + size // 2)
    height, width = faint.shape
    return np.asarray(dense.repeat(STEP, axis=0).repeat(STEP, axis=1)[:height, :width])


def _is_light(grey: Grey) -> bool:
    """Return whether what is narrow is lighter than around it, by the third moment."""
    from scipy.ndimage import uniform_filter

    coarse = grey[::2, ::2]
    around = uniform_filter(coarse, max(3, int(WIDEST * max(coarse.shape))))
    return bool(((coarse - around) ** 3).mean() > 0)


def _contrast(grey: Grey) -> Grey:
    """Return the black top-hat relative to the paper (Soille 2003, section 4.5).

    Unlike that of pictures, it is not 0 at the border, where the wood under a page is found.
    """
    from scipy.ndimage import gaussian_filter, grey_closing

    smooth = gaussian_filter(grey, 0.7)
    size = 2 * max(2, int(WIDEST * max(grey.shape) / 2)) + 1
    paper = grey_closing(smooth, (size, size))
    return np.asarray((paper - smooth) / (paper + 20))
