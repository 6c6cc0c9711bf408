"""Values of `mnist_jax` as values of the game's core, and back.

The core has its own `Reading`, `NumberReading`, `PageReading` and `Unit`: it uses the standard
library alone, so that the window opens before JAX is imported, and its values have to be immutable,
hashable and comparable, which arrays are not. All conversions between the two are in this module.
"""

from typing import TYPE_CHECKING

import numpy as np

from game.core.values.insight import Change, Unit, UnitInsight
from game.core.values.pages import PageReading, PageText
from game.core.values.readings import (
    FRAME_SIDE,
    Box,
    FoundDigit,
    FoundSign,
    NumberReading,
    Photo,
    Reading,
)
from game.core.values.sheets import MARGIN
from game.core.values.sketch import Strokes
from game.core.values.writing import FORMS, Form, with_times

if TYPE_CHECKING:
    import mnist_jax
    from mnist_jax.handwriting.templates import Template
    from mnist_jax.ink.pictures.find_ink import PictureInk
    from mnist_jax.insight.activity import Unit as FoundUnit
    from mnist_jax.insight.changes import Transition
    from mnist_jax.pages.page import Page
    from mnist_jax.pages.page import PageText as ReadText

SOURCES = 6
"""Units below that are shown as the sources of a unit."""


def drawing_arrays(strokes: Strokes) -> list[np.ndarray]:
    """Return the strokes as the library takes them, without times."""
    return [np.array([point[:2] for point in stroke]) for stroke in strokes]


def core_reading(reading: "mnist_jax.Reading") -> Reading:
    """Return the reading of a digit."""
    return Reading(
        tuple(map(float, reading.probabilities)),
        image_bytes(reading.image),
        reading.is_digit,
        reading.digit_probability,
    )


def core_number(
    number: "mnist_jax.NumberReading", strokes: Strokes = (), photo: Photo | None = None
) -> NumberReading:
    """Return the reading of strokes, or of a photo, for which boxes come in pixels of the photo."""
    on_pad = photo.on_pad if photo else lambda box: box
    digits = tuple(FoundDigit(core_reading(one), on_pad(one.box)) for one in number.digits)
    signs = tuple(FoundSign(one.text, one.place, on_pad(one.box)) for one in number.signs)
    return NumberReading(digits, number.probability, strokes, photo, signs, number.is_number)


def core_photo(found: "PictureInk") -> Photo:
    """Return a photo with the ink that was found in it."""
    height, width = found.mask.shape
    ink = 255 * found.mask.astype(np.uint8)
    return Photo(found.photo.tobytes(), ink.tobytes(), width, height)


def plain_photo(pixels: np.ndarray) -> Photo:
    """Return a photo, `(height, width, 3)`, in which no ink was looked for."""
    height, width = pixels.shape[:2]
    return Photo(pixels.tobytes(), bytes(height * width), width, height)


def core_page(page: "Page") -> PageReading:
    """Return a page as a value of the core, its boxes in pixels of its photo."""
    photo = plain_photo(page.photo)

    def place(box: Box) -> Box:
        left, top, right, bottom = (edge / page.scale for edge in box)
        across, down = float(photo.width), float(photo.height)
        return max(left, 0.0), max(top, 0.0), min(right, across), min(bottom, down)

    def core_text(row: int, text: "ReadText") -> PageText:
        digits = text.reading.digits if text.reading else ()
        images = tuple(image_bytes(digit.image) for digit in digits)
        return PageText(row, place(text.box), text.text, text.trusted, images)

    texts = tuple(core_text(row, text) for row, texts in enumerate(page.rows) for text in texts)
    ends = [
        (*corners.min(axis=0).tolist(), *corners.max(axis=0).tolist()) for corners in page.left_out
    ]
    return PageReading(photo, texts, tuple(map(place, ends)))


def library_photo(photo: Photo) -> "PictureInk":
    """Return the photo as the library takes it."""
    from mnist_jax.ink.pictures.find_ink import PictureInk

    shape = photo.height, photo.width
    pixels = np.frombuffer(photo.pixels, np.uint8).reshape(*shape, 3)
    mask = np.frombuffer(photo.ink, np.uint8).reshape(shape) > 0
    return PictureInk(pixels, mask, scale=1.0)


def core_unit(place: Unit, found: "FoundUnit") -> UnitInsight:
    """Return what a unit of the network does, with its strongest sources."""
    inputs = np.asarray(found.inputs)
    strongest = np.argsort(-np.abs(inputs), kind="stable")[:SOURCES]
    return UnitInsight(
        place,
        signed_bytes(np.asarray(found.weights)),
        float(found.activation),
        tuple(np.asarray(found.effects).tolist()),
        tuple((Unit(place.layer - 1, int(n)), float(inputs[n])) for n in strongest if inputs[n]),
    )


def core_change(image: np.ndarray, changed: np.ndarray, digit: int, way: "Transition") -> Change:
    """Return the change of an image after which it is read as the digit."""
    guess = way.probabilities[0].argmax()
    return Change(
        digit,
        changed.astype(np.uint8).tobytes(),
        signed_bytes(changed - image, 255),
        way.added,
        way.rubbed_out,
        tuple((float(one[guess]), float(one[digit])) for one in way.probabilities),
    )


def core_allograph(template: "Template") -> Strokes:
    """Return a way of writing a digit, in the unit square."""
    room = 1 - 2 * MARGIN
    return tuple(
        tuple((float(x), float(y), 0.0) for x, y in MARGIN + room * stroke)
        for stroke in template.drawing
    )


def taught_forms() -> dict[Form, Strokes]:
    """Return the ways of writing that can be taught, each in the time of a slow pen."""
    from mnist_jax.handwriting.allographs import allographs

    return {
        (digit, template.name): with_times(core_allograph(template))
        for digit, template in allographs()
        if template.name in FORMS[digit]
    }


def image_array(image: bytes) -> np.ndarray:
    """Return the image that the network reads as an array of its pixels."""
    return np.frombuffer(image, np.uint8).reshape(FRAME_SIDE, FRAME_SIDE).astype(np.float32)


def image_strokes(image: bytes) -> Strokes:
    """Return the centre lines of an image that the network read, in the unit square."""
    from mnist_jax.data.mnist_strokes import strokes_of

    pixels = image_array(image)
    lines = strokes_of(pixels.astype(np.uint8))
    return tuple(
        tuple((x, y, 0.0) for x, y in ((line + 0.5) / len(pixels)).tolist()) for line in lines
    )


def image_bytes(image: np.ndarray) -> bytes:
    """Return values from 0 to 255 as bytes."""
    pixels: np.ndarray = np.rint(image).astype(np.uint8)
    return pixels.tobytes()


def brightness_bytes(activations: np.ndarray) -> bytes:
    """Return the activations from 0 to 255, relative to the largest one."""
    return image_bytes(255 * activations / (float(activations.max()) or 1.0))


def signed_bytes(values: np.ndarray, largest: float | None = None) -> bytes:
    """Return the values as a signed image: 128 for zero, 255 and 1 for the largest value.

    Without `largest`, that is the largest absolute one. If a value is not finite, all are zero.
    """
    if largest is None:
        largest = float(np.abs(values).max(initial=0))
    if not np.isfinite(largest):
        values, largest = np.zeros_like(values), 1.0
    return image_bytes(128 + 127 * (values / (largest or 1.0)))
