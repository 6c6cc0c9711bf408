"""Find the ink of a page: what is narrow, and darker or lighter than the paper around it."""

import math
from typing import NamedTuple

import numpy as np

from mnist_jax.ink.pictures.files import Photo
from mnist_jax.ink.pictures.pieces import Grey, Mask

WIDEST = 0.025
"""Widest line that is ink, in longer sides of the page."""

FAINTEST = 0.06
"""Least contrast of ink."""

NOISE_LEVELS = 5
"""Least contrast of ink, in standard deviations of the noise."""

WINDOW, MOST_INK = 0.1, 0.5
"""Where more than this part of windows is ink, it is texture, if the middles of some fill a square
of half a window, as dense writing does not; in longer sides of the page."""

STEP = 4
"""Texture is looked for in each such pixel."""


class PageInk(NamedTuple):
    """The ink of a page."""

    contrast: Grey
    """Difference to the paper, relative to it."""
    floor: float
    """Greatest contrast that may be noise."""

    @property
    def faint(self) -> Mask:
        """Everything that is no noise, such as the lines of squared paper."""
        return np.asarray(self.contrast > self.floor)

    def strong(self, lines: Mask | None = None) -> Mask:
        """Return the ink of at least half of the contrast that most has, apart from the lines."""
        from skimage.filters import apply_hysteresis_threshold, threshold_otsu

        contrast = self.contrast if lines is None else np.where(lines, 0, self.contrast)
        sample = contrast[::2, ::2]
        sample = sample[sample > self.floor]
        if not len(sample):
            return np.zeros(contrast.shape, dtype=bool)
        half = min(np.percentile(sample, 97) / 2, threshold_otsu(sample))
        threshold = max(half, self.floor)
        mask: np.ndarray = apply_hysteresis_threshold(contrast, 0.8 * threshold, 1.1 * threshold)
        return mask


def page_ink(photo: Photo) -> PageInk:
    """Return the ink of a page, dark on light or light on dark."""
    grey = photo.mean(axis=2, dtype=np.float32)
    contrast = _contrast(255 - grey if _is_light(grey) else grey)
    sample = contrast[::3, ::3]
    steps = np.abs(sample[:, 2:] - sample[:, :-2])
    noise = 1.4826 / math.sqrt(2) * float(np.median(steps)) if steps.size else 0.0
    floor = max(float(np.median(sample)) + NOISE_LEVELS * noise, FAINTEST)
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
    """Return the black top-hat relative to the paper (Soille 2003, section 4.5)."""
    from scipy.ndimage import gaussian_filter, maximum_filter1d, minimum_filter1d

    smooth = gaussian_filter(grey, 0.7)
    size = 2 * max(2, int(WIDEST * max(grey.shape) / 2)) + 1
    paper = smooth
    for filtered in (maximum_filter1d, minimum_filter1d):
        for axis in (0, 1):
            paper = filtered(paper, size, axis)
    return np.asarray((paper - smooth) / (paper + 20))
