"""Find the ink in a picture: what was written, not the paper, its lines, its edges or shadows.

1. Contrast is what is darker (or lighter) than its surroundings and narrower than a line can be: a
   black (or white) top-hat (Soille 2003, Morphological Image Analysis, section 4.5), relative to
   the brightness there. Shadows, tables and bars are wide and have none.
2. What has little contrast, compared with the noise and with the strongest, is dropped, and so are
   the lines of ruled paper.
3. Of the connected pieces, those stay that stand free on paper, and that are about as large, strong
   and wide as the main one.

This is done for dark and light ink, and for wide and thin lines. The result with the longest,
thinnest and strongest lines is the ink. If it is small, it is searched for again in that part of
the picture, at full size. Where there is none, it may be thick and cropped tightly, and is searched
for with paper around it.

Where paper lies on something rough, such as wood with grain, ink is searched for on the paper only.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool, UInt8

from mnist_jax.ink.pictures.files import Photo, load_photo, picture_name, resized
from mnist_jax.ink.pictures.pieces import FLAT, NEIGHBOURS, Contrast, Grey, Mask, Pieces, measured
from mnist_jax.ink.pictures.ruled_lines import ruled_lines
from mnist_jax.ink.pictures.sheet import at_size_of, find_sheet
from mnist_jax.support.errors import InputError

FIRST_SIDE = 500
"""Longer side of the picture in which ink is searched for first."""

SMALL_INK = 160
"""Ink whose longer side is shorter than this, in that picture, is searched for at full size."""

LEAST_OF_SHEET = 0.05
"""If all pieces of ink are shorter, in longer sides of the sheet, that may be a bare table with
crumbs beside the paper, and ink is searched for everywhere."""

WIDEST_LINES = (0.3, 0.12, 0.06)
"""Widest lines that can be ink, in longer sides of the picture. The narrow ones are for shadows and
other things that are wider than the ink, but not much."""

FAINTEST = 0.05
"""Least contrast of ink."""

NOISE_LEVELS = 5
"""Least contrast of ink, in standard deviations of the noise."""

MOST_INK = 0.1
"""Where a larger share of the picture has contrast, most is texture: wood, cloth, blotches."""

LONGEST_LINES = 8
"""A piece whose lines are longer is no writing, but the grain of wood or a net; in its sides."""

MOST_FLAT = 3
"""More flat pieces are grain, not a minus or the roof of a digit."""

TEXTURE_PIECES = 40
"""If this many pieces are like the main one, they are texture or noise."""

SMALLEST_INK = 6
"""Least longer side of ink in pixels; anything smaller is specks or noise."""

SMALLEST_DOT = 0.05
"""Least longer side of a decimal point, in longer sides of the main piece; it is as wide as a line
and about as strong."""

CROPPED_STRENGTH, CROPPED_SHARE = 0.3, 0.2
"""Least contrast, and least share of the picture, of ink that is cropped so tightly that there is
no paper around it."""

LOW, NEAR = 0.25, 0.5
"""A piece is low if its height is less than the first, and near another if their distance is not
greater than the second, in longer sides of the largest piece."""


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
    """Return whether the ink is light, the width of the widest lines, and the ink."""
    return max(_candidates(photo, sheet), key=lambda candidate: candidate[2].line_score)


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


def _candidates(photo: Photo, sheet: Mask) -> "list[tuple[bool, float, Pieces]]":
    """Return what could be the ink, as `_best` does."""
    found = []
    wide, *narrow = (share * max(photo.shape) for share in WIDEST_LINES)
    for light in (False, True):
        grey = _best_channel(_alone(photo, sheet, light=light), wide, light=light)
        found.append((light, wide, _find_pieces(Contrast.of(grey, wide, light=light))))
        for widest in narrow:
            thin = _find_pieces(Contrast.of(grey, widest, light=light))
            found.append((light, widest, thin.chosen(thin.width < widest / 3)))
    return found


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
        near[part] = _find_pieces(Contrast.of(grey, widest, light=light)).mask
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
        strongest = favour * _strongest(contrast.relative)
        if strongest > most:
            most, chosen = strongest, weight
    grey = gaussian_filter(photo @ chosen, 0.7)
    return np.asarray(255 - grey if light else grey)


def _strongest(contrast: Grey) -> float:
    """Return the mean of the strongest contrast, that of 0.2 % of the pixels."""
    count = max(5, contrast.size // 500)
    return float(np.sort(contrast, axis=None)[-count:].mean())


def _find_pieces(contrast: Contrast) -> Pieces:
    """Return the pieces of ink that were written, by their contrast."""
    from scipy.ndimage import binary_closing

    steps = np.abs(contrast.relative[:, 4:] - contrast.relative[:, :-4])  # between close pixels
    noise = 1.4826 / math.sqrt(2) * float(np.median(steps)) if steps.size else 0.0
    floor = max(NOISE_LEVELS * noise, FAINTEST)
    mask = _thresholded(contrast.relative, floor)
    found = _similar_to_main(measured(mask, contrast))
    ruled = ruled_lines(mask)
    if not ruled.any():
        return found
    mask = _thresholded(np.where(ruled, 0, contrast.relative), floor)
    bridged = binary_closing(np.pad(mask, 4), NEIGHBOURS, iterations=2)[4:-4, 4:-4]
    without = _similar_to_main(measured(bridged, contrast))
    return without if len(without.number) else found


def _thresholded(contrast: Grey, floor: float) -> Mask:
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
        threshold = max(threshold, _strongest(contrast) / 2)
    mask: np.ndarray = apply_hysteresis_threshold(contrast, 0.8 * threshold, 1.1 * threshold)
    return mask


def _similar_to_main(pieces: Pieces) -> Pieces:
    """Return the pieces that stand free on paper and are as large, strong and wide as the main one.

    The main one is large and strong. Smaller ones may be the roof of a 5, a part of a thin line or
    a decimal point.
    """
    mesh = pieces.area > LONGEST_LINES * pieces.side * pieces.width
    pieces = pieces.chosen((pieces.free > 0.7) & ~_frames(pieces) & ~mesh)
    if not len(pieces.number):
        return pieces
    flat = _flat(pieces)
    if flat.sum() > MOST_FLAT and not flat.all():
        pieces = pieces.chosen(~flat)
    main = int(np.argmax(pieces.weight))
    ratio = pieces.width / pieces.width[main]
    size = pieces.side / pieces.side[main]
    dot = (size >= SMALLEST_DOT) & (np.maximum(ratio, 1 / ratio) < 2)
    alike = (
        ((size >= 0.15) | (dot & (pieces.strength > 0.6 * pieces.strength[main])))
        & (pieces.strength > 0.4 * pieces.strength[main])
        & (np.maximum(ratio, 1 / ratio) < 3)
        & (pieces.at_border <= pieces.at_border[main])
    )
    enough = pieces.side[main] >= SMALLEST_INK and alike.sum() < TEXTURE_PIECES
    found = pieces.chosen(alike & enough)
    return found.chosen(~_stray(found))


def _flat(pieces: Pieces) -> Bool[np.ndarray, " pieces"]:
    """Return which pieces are long and flat, as a minus is and the grain of wood."""
    height, width = (pieces.box[:, 2:] - pieces.box[:, :2]).T
    return np.asarray((height < FLAT * width) & (width > 3 * pieces.width))


def _stray(pieces: Pieces) -> Bool[np.ndarray, " pieces"]:
    """Return which pieces are low and away from all others, as no part of a digit is."""
    side = pieces.side.max(initial=0)
    low = pieces.box[:, 2] - pieces.box[:, 0] < LOW * side
    begin, end = pieces.box[:, :2], pieces.box[:, 2:]
    gaps = np.maximum(begin[:, None] - end[None], begin[None] - end[:, None]).clip(0)
    near = (np.hypot(*np.moveaxis(gaps, -1, 0)) <= NEAR * side) & ~low[None]
    return np.asarray(low & ~near.any(axis=1) & ~low.all())


def _frames(pieces: Pieces) -> Bool[np.ndarray, " pieces"]:
    """Return which pieces are frames: all at the edges of their extent, with another one inside."""
    begin, end = pieces.box[:, :2], pieces.box[:, 2:]
    inside = (begin[None] > begin[:, None]).all(axis=2) & (end[None] < end[:, None]).all(axis=2)
    large = pieces.side[None] > 0.25 * pieces.side[:, None]
    return np.asarray((pieces.edging > 0.85) & (inside & large).any(axis=1))
