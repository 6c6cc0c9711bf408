"""Made-up drawings and photos, for the screenshots and the tests."""

from pathlib import Path

import numpy as np
import pygame

from game.core.modes.sketchpad import WIDTHS
from game.core.values.readings import Photo
from game.core.values.sketch import NUMBER_WIDTH, Sketch, Stroke, Strokes, bounds
from game.core.values.writing import in_mirror
from game.devices.conversions import core_photo, drawing_arrays
from game.devices.files.saved_files import painted
from game.view.glyphs import glyph
from mnist_jax.ink.strokes import LabelledDrawing

DIGIT_WIDTH = 0.65
"""Width of a digit of a number, in units of the pad."""
PAGE = (
    *(("314", "4072", "80"), ("905", "26", "411"), ("68", "1340", "27")),
    *(("77", "59", "3062"), ("250", "96", "8")),
)
"""The numbers on the made-up page."""
MIRRORED = (0, 0, "3")
"""Row, column and digit of a digit on the page that is mirrored."""
PAGE_DIGIT, PAGE_PEN = 0.05, 0.003
"""Height of a digit on the page, and radius of the pen, in heights of the page."""


def plain_hand() -> list[LabelledDrawing]:
    """Return the ten digits in a plain style, as the library takes them."""
    return [LabelledDrawing(str(one), tuple(drawing_arrays(glyph(one)))) for one in range(10)]


def strokes_of(number: int) -> Strokes:
    """Return the number in the middle of its sheet, each digit `DIGIT_WIDTH` wide."""
    word = str(number)
    left, top = (NUMBER_WIDTH - len(word) * DIGIT_WIDTH) / 2, (1 - DIGIT_WIDTH) / 2
    return tuple(
        tuple(
            (left + DIGIT_WIDTH * (place + x), top + DIGIT_WIDTH * y, then) for x, y, then in stroke
        )
        for place, digit in enumerate(word)
        for stroke in glyph(int(digit))
    )


def photographed(number: int) -> np.ndarray:
    """Return a made-up photo of the number in uneven light, `(height, width, 3)`."""
    sheet = Sketch(strokes_of(number), width=NUMBER_WIDTH)
    return in_uneven_light(painted(sheet, WIDTHS[0]), number)


def find_photo(picture: Path | np.ndarray) -> Photo:
    """Return a photo, from a file or an array, with the ink that was found in it.

    Raises:
        InputError: it is not a picture, or it shows no ink.
    """
    from mnist_jax.ink.pictures.find_ink import find_ink

    return core_photo(find_ink(picture))


def photographed_page() -> np.ndarray:
    """Return a made-up photo of a page of numbers; the first has a mirrored digit."""
    strokes: list[Stroke] = []
    for row, numbers in enumerate(PAGE):
        for column, number in enumerate(numbers):
            left = 0.08 + 0.32 * column
            for digit in number:
                drawing = glyph(int(digit))
                drawing = in_mirror(drawing) if (row, column, digit) == MIRRORED else drawing
                x, y, right, bottom = bounds(drawing)
                scale, top = PAGE_DIGIT / (bottom - y), 0.08 + 0.16 * row
                strokes += [
                    tuple(
                        (left + scale * (at - x), top + scale * (down - y), t)
                        for at, down, t in one
                    )
                    for one in drawing
                ]
                left += scale * (right - x) + PAGE_DIGIT / 4
    return in_uneven_light(painted(Sketch(tuple(strokes)), PAGE_PEN), 0)


def in_uneven_light(sheet: pygame.Surface, seed: int) -> np.ndarray:
    """Return a made-up photo of a sheet, `(height, width, 3)`."""
    pixels = pygame.surfarray.array3d(sheet).swapaxes(0, 1)
    light = np.linspace(0.95, 0.6, pixels.shape[1])[:, None]
    noise = np.random.default_rng(seed).normal(0, 3, pixels.shape)
    photo: np.ndarray = np.clip(pixels * light + noise, 0, 255).astype(np.uint8)
    return photo
