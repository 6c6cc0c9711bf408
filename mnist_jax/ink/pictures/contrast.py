"""How much the pixels of a picture differ from the paper around them, and which of them are ink.

Contrast is what is darker (or lighter) than its surroundings and narrower than a line can be: a
black (or white) top-hat (Soille 2003, Morphological Image Analysis, section 4.5), relative to the
brightness there. Shadows, tables and bars are wide and have none.
"""

import math
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float

Grey = Float[np.ndarray, "height width"]
Mask = Bool[np.ndarray, "height width"]

FAINTEST = 0.05
"""Least contrast of ink."""

NOISE_LEVELS = 5
"""Least contrast of ink, in standard deviations of the noise."""

MOST_INK = 0.1
"""Where a larger share of the picture has contrast, most is texture: wood, cloth, blotches."""


class Contrast(NamedTuple):
    """How much each pixel differs from the paper around it."""

    relative: Grey
    """Difference to the paper, relative to the brighter of both; 0 in the median."""

    grey: Grey
    """Brightness, inverted for light ink."""

    paper: Grey
    """Brightness of the paper."""

    @classmethod
    def of(cls, grey: Grey, widest: float, *, light: bool) -> "Contrast":
        """Return the contrast of lines up to `widest` pixels.

        Outside of the picture everything is ink, so that a table's edge at its border has none.
        """
        from scipy.ndimage import maximum_filter, minimum_filter

        half = max(2, int(widest / 2))
        size = 2 * half + 1
        closed = minimum_filter(maximum_filter(np.pad(grey, half), size), size)
        paper = closed[half:-half, half:-half]
        brighter = 255 - grey if light else paper
        relative = (paper - grey) / (brighter + 20)
        return cls(relative - np.median(relative), grey, paper)


def strongest(contrast: Grey) -> float:
    """Return the mean of the strongest contrast, that of 0.2 % of the pixels."""
    count = max(5, contrast.size // 500)
    return float(np.sort(contrast, axis=None)[-count:].mean())


def noise_floor(contrast: Grey) -> float:
    """Return the contrast above which a pixel is no noise, by the differences of close pixels."""
    steps = np.abs(contrast[:, 4:] - contrast[:, :-4])
    noise = 1.4826 / math.sqrt(2) * float(np.median(steps)) if steps.size else 0.0
    return max(NOISE_LEVELS * noise, FAINTEST)


def thresholded(contrast: Grey, floor: float) -> Mask:
    """Return the pixels above half of the strongest contrast, or Otsu's threshold if that is lower.

    Where much of the picture has contrast, most of that is texture, and Otsu's threshold too low.
    Weaker pixels are taken if they are connected to stronger ones (Canny 1986, section VII).
    """
    from skimage.filters import apply_hysteresis_threshold, threshold_otsu

    strong = contrast[contrast > floor]
    if not len(strong):
        return np.zeros(contrast.shape, dtype=bool)
    threshold = max(min(np.percentile(strong, 90) / 2, threshold_otsu(strong)), floor)
    if len(strong) > MOST_INK * contrast.size:
        threshold = max(threshold, strongest(contrast) / 2)
    mask: np.ndarray = apply_hysteresis_threshold(contrast, 0.8 * threshold, 1.1 * threshold)
    return mask
