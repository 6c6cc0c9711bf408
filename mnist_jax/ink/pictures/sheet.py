"""Find a sheet of paper that lies on something rough: wood with grain, cloth, a carpet.

Paper is smooth also where it is ruled, written on or unevenly lit: half of the pixels in any part
of it differ little from those beside them. A table with grain is rough everywhere. So a sheet is a
convex part that is smooth, with a rough rest around it that reaches the border of the picture.
"""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Bool, UInt8
from PIL import Image

from mnist_jax.ink.pictures.contrast import Mask
from mnist_jax.ink.pictures.files import Photo, resized

SIDE = 250
"""Longer side of the picture in which the sheet is looked for."""

WINDOW = 13
"""Side of the window in which the roughness is measured, in pixels of that picture; about as wide
as the gap between two lines of grain, and wider than most strokes."""

OCTAVE = 20
"""Steps of roughness in which it doubles."""

SMALLEST, LARGEST = 0.04, 0.9
"""Sizes of a sheet, as shares of the picture."""

SMALLEST_PART = 0.003
"""Least share of the picture of a smooth part that may belong to the sheet, as inside of a 0."""

SMOOTH, ROUGH = 0.6, 0.95
"""Least share of a sheet that is smooth, and of its surroundings that is rough."""

AT_BORDER = 0.3
"""Least share of the picture's border that is rough."""


def find_sheet(photo: Photo) -> Mask:
    """Return the pixels of the sheet; all, if there is nothing rough around a smooth one."""
    small, _ = resized(photo, SIDE)
    rough = _roughness(small)
    border = np.ones(rough.shape, dtype=bool)
    border[1:-1, 1:-1] = False
    for level in _levels(rough):
        for sheet, smooth in _sheets(rough <= level):
            around = ~sheet & (rough > level)
            if (
                SMALLEST < sheet.mean() < LARGEST
                and smooth.sum() > SMOOTH * sheet.sum()
                and around.sum() > ROUGH * (~sheet).sum()
                and around[border].mean() > AT_BORDER
                and np.median(rough[around]) - np.median(rough[smooth]) > OCTAVE
            ):
                return at_size_of(photo, sheet)
    return np.ones(photo.shape[:2], dtype=bool)


def at_size_of(photo: Photo, mask: Mask) -> Bool[np.ndarray, "photo_height photo_width"]:
    """Return the mask at the size of the photo."""
    size = photo.shape[1], photo.shape[0]
    return np.asarray(Image.fromarray(mask).resize(size, Image.Resampling.NEAREST))


def _roughness(photo: Photo) -> UInt8[np.ndarray, "height width"]:
    """Return how much brightness changes around each pixel, as the median of its logarithm."""
    from scipy.ndimage import gaussian_gradient_magnitude
    from skimage.filters import rank

    light = np.log2(photo.astype(np.float32) + 20)
    change = sum(gaussian_gradient_magnitude(channel, 1) for channel in np.moveaxis(light, 2, 0))
    steps = np.clip(OCTAVE * (np.log2(change / 3 + 1e-3) + 8), 0, 255).astype(np.uint8)
    return np.asarray(rank.median(steps, np.ones((WINDOW, WINDOW), np.uint8)))


def _levels(rough: UInt8[np.ndarray, "height width"]) -> list[int]:
    """Return levels of roughness that may part paper from the rest, the likeliest first.

    Where there is a third kind of surface, as around thick strokes, one of Otsu's two levels does.
    """
    from skimage.filters import threshold_multiotsu, threshold_otsu

    kinds = len(np.unique(rough))
    levels = [threshold_otsu(rough)] if kinds > 1 else []
    levels += threshold_multiotsu(rough, 3).tolist() if kinds > 2 else []
    return [int(level) for level in levels]


def _sheets(smooth: Mask) -> Iterator[tuple[Mask, Mask]]:
    """Yield the convex hulls of all smooth parts and of the largest, and the parts themselves."""
    from scipy.ndimage import label
    from skimage.morphology import convex_hull_image

    labels, count = label(smooth)
    areas = np.bincount(labels.ravel(), minlength=count + 1)[1:]
    large = np.flatnonzero(areas > SMALLEST_PART * smooth.size)
    for numbers in (large, [int(np.argmax(areas))]):
        parts = np.isin(labels, np.add(numbers, 1))
        if parts.any():
            yield np.asarray(convex_hull_image(parts)), parts
