"""Find the ink in a picture: what was written, not the paper, its lines, its edges or shadows.

What has `contrast` may be ink, and `written` chooses the pieces that were written. This is done for
dark and light ink, and for wide and thin lines. The result with the longest, thinnest and strongest
lines is the ink. If it is small, it is searched for again in that part of the picture, at full
size. If there is none, it may be thick and cropped tightly, and is searched for with paper around
it.

Where paper lies on something rough, such as wood with grain, ink is searched for on the paper only.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool, UInt8

from mnist_jax.ink.pictures.contrast import Contrast, Grey, Mask, strongest
from mnist_jax.ink.pictures.files import Photo, load_photo, picture_name, resized
from mnist_jax.ink.pictures.pieces import NEIGHBOURS, Pieces
from mnist_jax.ink.pictures.sheet import at_size_of, find_sheet
from mnist_jax.ink.pictures.written import written_pieces
from mnist_jax.support.errors import InputError

FIRST_SIDE = 500
"""Longer side of the picture in which ink is searched for first."""

SMALL_INK = 160
"""Ink whose longer side is shorter than this, in that picture, is searched for at full size."""

LEAST_OF_SHEET = 0.05
"""If every piece of ink is shorter, in longer sides of the sheet, the sheet may be a bare table and
the ink crumbs on it. Then ink is searched for everywhere."""

WIDEST_LINES = (0.3, 0.12, 0.06)
"""Widest lines that can be ink, in longer sides of the picture. The narrow ones are for shadows and
other things that are wider than the ink, but not much."""

CROPPED_STRENGTH, CROPPED_SHARE = 0.3, 0.2
"""Least contrast, and least share of the picture, of ink that is cropped so tightly that there is
no paper around it."""


@dataclass(frozen=True, eq=False)
class PictureInk:
    """A picture and the ink that was found in it."""

    photo: UInt8[np.ndarray, "height width 3"]
    """The picture upright and in colour, at the size that the ink was looked for in."""

    mask: Bool[np.ndarray, "height width"]
    """Whether a pixel of `photo` is ink."""

    scale: float
    """Pixels of the picture per pixel of `photo`; below 1 for small pictures."""


def find_ink(picture: Any) -> PictureInk:
    """Return the ink in a picture: a path, a Pillow image or an array; see `load_photo`.

    Raises:
        InputError: it cannot be read as a picture, or it shows no ink.
    """
    photo, scale = load_photo(picture)
    sheet = find_sheet(photo)
    shown, mask = _find_on(photo, sheet)
    if not sheet.all() and _longest(mask) < LEAST_OF_SHEET * _longest(sheet):
        shown, mask = _find_on(photo, np.ones_like(sheet))
    if not mask.any():
        shown, _ = resized(photo, FIRST_SIDE // 2)
        mask = _cropped(shown)
    if not mask.any():
        raise InputError(
            "{name}: shows no ink; give a picture of a number on plain paper",
            name=picture_name(picture),
        )
    return PictureInk(shown, mask, scale * max(photo.shape) / max(shown.shape))


def _find_on(photo: Photo, sheet: Mask) -> tuple[Photo, Bool[np.ndarray, "_ _"]]:
    """Return the photo, shrunk if the ink is large, and the ink on the sheet."""
    first, shrunk = resized(photo, FIRST_SIDE)
    small_sheet = at_size_of(first, sheet)
    part = _extent(small_sheet)
    light, widest, pieces = _best(first[part], small_sheet[part])
    mask = np.zeros_like(small_sheet)
    mask[part] = pieces.mask
    if shrunk > 1 and mask.any():
        near = _find_at_full_size(photo, sheet, mask, shrunk, widest, light=light)
        if near.any():
            return photo, near
    return first, mask


def _longest(mask: Mask) -> float:
    """Return the longest side of any piece of a mask, in longer sides of the picture."""
    from scipy.ndimage import find_objects, label

    labels, _ = label(mask, NEIGHBOURS)
    sides = [int(side.stop - side.start) for extent in find_objects(labels) for side in extent]
    return float(max(sides, default=0) / max(mask.shape))


def _extent(mask: Mask) -> tuple[slice, slice]:
    """Return the rows and columns from the first pixel to the last."""
    rows, columns = np.nonzero(mask.any(axis=1))[0], np.nonzero(mask.any(axis=0))[0]
    return slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)


def _best(photo: Photo, sheet: Mask) -> tuple[bool, float, Pieces]:
    """Return whether the ink is light, how wide its lines may be, and the ink."""
    found = []
    wide, *narrow = (share * max(photo.shape) for share in WIDEST_LINES)
    for light in (False, True):
        grey = _best_channel(_alone(photo, sheet, light=light), wide, light=light)
        found.append((light, wide, written_pieces(Contrast.of(grey, wide, light=light))))
        for widest in narrow:
            thin = written_pieces(Contrast.of(grey, widest, light=light))
            found.append((light, widest, thin.chosen(thin.width < widest / 3)))
    return max(found, key=lambda candidate: candidate[2].line_score)


def _cropped(photo: Photo) -> Mask:
    """Return thick ink that fills nearly all of a small photo, as a 1 does that is cropped tightly.

    It is looked for with paper around it, whose colour is that of the corner that is least like the
    middle.
    """
    height, width = photo.shape[:2]
    corners = photo[[0, 0, -1, -1], [0, -1, 0, -1]].astype(int)
    unlike = np.abs(corners - photo[height // 2, width // 2]).sum(axis=1)
    margin = max(height, width) // 2
    around = np.full(
        (height + 2 * margin, width + 2 * margin, 3), corners[np.argmax(unlike)], np.uint8
    )
    inside = np.s_[margin : margin + height, margin : margin + width]
    around[inside] = photo
    _, _, pieces = _best(around, np.ones(around.shape[:2], dtype=bool))
    thick = pieces.chosen(pieces.strength > CROPPED_STRENGTH)
    mask = thick.mask[inside]
    return mask if mask.mean() > CROPPED_SHARE else np.zeros_like(mask)


def _alone(photo: Photo, sheet: Mask, *, light: bool) -> Photo:
    """Return the photo in the colour of ink around the sheet, as it is around the picture."""
    return np.where(sheet[:, :, None], photo, np.uint8(255 * light))


def _find_at_full_size(
    photo: Photo,
    sheet: Bool[np.ndarray, "photo_height photo_width"],
    mask: Mask,
    shrunk: float,
    widest: float,
    *,
    light: bool,
) -> Bool[np.ndarray, "photo_height photo_width"]:
    """Return the ink in the full-size photo around a mask of the shrunk one, if that is small."""
    near = np.zeros_like(sheet)
    places = np.argwhere(mask)
    first, last = places.min(axis=0), places.max(axis=0) + 1
    side = int((last - first).max())
    if side < SMALL_INK:
        begin, end = np.maximum(first - side, 0) * shrunk, (last + side) * shrunk
        part = tuple(slice(int(one), int(other)) for one, other in zip(begin, end, strict=True))
        widest = min(side, widest) * shrunk
        grey = _best_channel(_alone(photo[part], sheet[part], light=light), widest, light=light)
        near[part] = written_pieces(Contrast.of(grey, widest, light=light)).mask
    return near


def _best_channel(photo: Photo, widest: float, *, light: bool) -> Grey:
    """Return the channel, or the mean of the channels, in which lines have the most contrast.

    The result is smoothed a little, and inverted if the ink is light.
    """
    from scipy.ndimage import gaussian_filter

    most, chosen = -1.0, np.zeros(0)
    small, shrunk = resized(photo, FIRST_SIDE // 2)
    weights = np.array([[1 / 3, 1 / 3, 1 / 3], [1, 0, 0], [0, 0, 1]], dtype=np.float32)
    for weight, favour in zip(weights, (1.15, 1, 1), strict=True):  # the mean has the least noise
        grey = small @ weight
        contrast = Contrast.of(255 - grey if light else grey, widest / shrunk, light=light)
        strength = favour * strongest(contrast.relative)
        if strength > most:
            most, chosen = strength, weight
    grey = gaussian_filter(photo @ chosen, 0.7)
    return np.asarray(255 - grey if light else grey)
