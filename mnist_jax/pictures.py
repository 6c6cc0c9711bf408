"""Read the number in a picture: a photo, a scan, a screenshot or an image of MNIST.

The network reads each digit twice, in five views each: its centre lines, drawn with the pen that
the network was trained on, and its ink as it is, framed as MNIST was. The mean of both makes fewer
errors than either.
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import jax
import numpy as np
from jaxtyping import Array, Bool, Float, Int

from mnist_jax.ink.frame import FRAME_PIXELS, INK_BOX_PIXELS, PEN_RADIUS_PIXELS, PIXELS
from mnist_jax.ink.normalise import normalise
from mnist_jax.ink.pictures.centre_lines import centre_lines
from mnist_jax.ink.pictures.contrast import Mask
from mnist_jax.ink.pictures.find_ink import PictureInk, find_ink
from mnist_jax.ink.render import VIEWS
from mnist_jax.ink.strokes import Drawing
from mnist_jax.model import Network
from mnist_jax.numbers.division import Segment
from mnist_jax.numbers.reading import Box, NumberDigit, NumberReading, read_pieces
from mnist_jax.pages.columns import count_texts
from mnist_jax.pages.page_pieces import page_pieces
from mnist_jax.reading import Answers, answers_from_logits, mean_logits

if TYPE_CHECKING:
    from PIL.Image import Image

PEN_SHARE = 2 * PEN_RADIUS_PIXELS / INK_BOX_PIXELS
"""Thinner ink is widened to this, in longer sides of the digit."""


def read_picture(
    network: Network, picture: "str | Path | Image | np.ndarray", count: int | None = None
) -> NumberReading:
    """Return the number in a picture, dark on light or light on dark.

    `picture` is a path, a Pillow image, or an array `(height, width)` or `(height, width, 3 or 4)`
    of bools, or of numbers up to 1, 255 or 65,535. `count` is how many digits it shows, if that is
    known; see `read_number`. Where there seem to be several numbers, the reading says so; see
    `read_page`.

    The boxes of the digits are in pixels of the picture, turned upright as its EXIF data says; the
    `strokes` of a digit are the indices of its pieces of connected ink.

    Examples:
        >>> import numpy as np
        >>> from mnist_jax import load_params, read_picture
        >>> paper = np.full((100, 80), 255, np.uint8)
        >>> paper[20:80, 37:43] = 0  # an upright line
        >>> read_picture(load_params(), paper).text
        '1'

    Raises:
        InputError: the picture cannot be read, is too large or animated, or shows no ink, or the
            count is not positive.
    """
    return read_ink(network, find_ink(picture), count)


def read_ink(network: Network, found: PictureInk, count: int | None = None) -> NumberReading:
    """Return the number in the ink that `find_ink` found; see `read_picture`."""
    several = count is None and count_texts(page_pieces(found.mask)) > 1
    return replace(read_text(network, found, count), several=several)


def read_text(network: Network, found: PictureInk, count: int | None = None) -> NumberReading:
    """Return the number in ink that is all of one number."""
    from scipy.ndimage import find_objects, label

    labels, _ = label(found.mask, np.ones((3, 3)))
    lines: list[Drawing] = []
    for number, (rows, columns) in enumerate(find_objects(labels), start=1):
        strokes = centre_lines(labels[rows, columns] == number)
        corner = np.array([columns.start, rows.start])
        lines.append(tuple(stroke + corner for stroke in strokes))

    def read_digit(segment: Segment) -> NumberDigit:
        mask = _part(labels, segment.pieces, segment.ink if segment.shares else None)
        return _digit(network, segment, mask, found.scale)

    def box_of(segment: Segment) -> Box:
        return _box(_part(labels, segment.pieces, None), found.scale)

    return read_pieces(network, lines, count, read_digit, box_of)


def _part(
    labels: Int[np.ndarray, "height width"], numbers: tuple[int, ...], ink: Drawing | None
) -> Mask:
    """Return the mask of some pieces; of `ink` that was cut out of them, only its columns."""
    mask = np.isin(labels, np.array(numbers) + 1)
    if ink is None:
        return mask
    xs, columns = np.concatenate(ink)[:, 0], np.arange(mask.shape[1])
    inside = mask & (columns >= int(xs.min())) & (columns < int(xs.max()) + 2)
    return inside if inside.any() else mask


def _digit(network: Network, segment: Segment, mask: Mask, scale: float) -> NumberDigit:
    """Return the reading of a digit, by its mask alone if its pixels are too coarse for lines."""
    images = mask_views(mask)
    weight = 0.0 if scale < 1 else 0.5
    probabilities, digit_probability = _answers(network, normalise(segment.ink), images, weight)
    return NumberDigit(
        probabilities=np.asarray(probabilities)[0],
        digit_probability=float(digit_probability[0]),
        is_digit=float(digit_probability[0]) >= network.threshold,
        image=images[0],
        strokes=segment.pieces,
        box=_box(mask, scale),
    )


def _box(mask: Mask, scale: float) -> Box:
    """Return the left, top, right and bottom of a mask in pixels of the picture."""
    places = np.argwhere(mask)
    top, left = (places.min(axis=0) * scale).tolist()
    bottom, right = ((places.max(axis=0) + 1) * scale).tolist()
    return left, top, right, bottom


@jax.jit
def _answers(
    network: Network,
    points: Float[Array, "points 2"],
    images: Float[Array, "views 28 28"],
    weight: float | Float[Array, ""],
) -> Answers:
    """Return the answers from the lines and from the ink; `weight` is that of the lines."""
    lines = mean_logits(network, points[None])
    inks = network(images).mean(axis=0, keepdims=True)
    return answers_from_logits(weight * lines + (1 - weight) * inks)


def mask_views(mask: Mask) -> Float[np.ndarray, "views 28 28"]:
    """Return the views of some ink, each framed as MNIST was; see `ink.render`."""
    places = np.argwhere(_widened(mask))[:, ::-1].astype(np.float32)
    return np.stack([_framed(places @ view) for view in VIEWS])


def _widened(mask: Mask) -> Bool[np.ndarray, "widened_height widened_width"]:
    """Widen thin ink to the width of the pen."""
    from scipy.ndimage import distance_transform_edt

    places = np.argwhere(mask)
    (top, left), (bottom, right) = places.min(axis=0), places.max(axis=0) + 1
    crop = np.asarray(mask[top:bottom, left:right])
    width = 4 * distance_transform_edt(np.pad(crop, 1)).sum() / crop.sum()
    missing = (PEN_SHARE * max(crop.shape) - width) / 2
    if missing <= 0:
        return crop
    return np.asarray(distance_transform_edt(~np.pad(crop, int(missing) + 1)) <= missing)


def _framed(places: Float[np.ndarray, "pixels 2"]) -> Float[np.ndarray, "28 28"]:
    """Scale ink to MNIST's box, with its centre of mass in the middle, averaging over areas."""
    scale = INK_BOX_PIXELS / (np.ptp(places, axis=0).max() + 1)
    fitted = (places - places.mean(axis=0)) * scale + (FRAME_PIXELS - 1) / 2
    splits = int(np.ceil(2 * scale))
    steps = (np.arange(splits) - (splits - 1) / 2) / splits * scale
    image = np.zeros(PIXELS)
    for step in np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2):
        columns, rows = np.rint(fitted + step).astype(int).T
        inside = (rows >= 0) & (rows < FRAME_PIXELS) & (columns >= 0) & (columns < FRAME_PIXELS)
        image += np.bincount((rows * FRAME_PIXELS + columns)[inside], minlength=PIXELS)
    covered = np.minimum(image * (scale / splits) ** 2, 1)
    frame = covered.reshape(FRAME_PIXELS, FRAME_PIXELS)
    return np.asarray(255 * frame, dtype=np.float32)
