"""Read a page of numbers: a list, a table or a form, as a photo, a scan or a screenshot."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float, UInt8

from mnist_jax.ink.pictures.files import load_photo, picture_name
from mnist_jax.ink.pictures.find_ink import PictureInk
from mnist_jax.model import Network
from mnist_jax.numbers.reading import Box, NumberReading
from mnist_jax.pages.columns import Extent, Spot
from mnist_jax.pages.layout import Layout, find_layout
from mnist_jax.pages.level_page import LevelPage, level_page
from mnist_jax.pictures import read_text
from mnist_jax.support.errors import InputError

if TYPE_CHECKING:
    from PIL.Image import Image

PAGE_SIDE = 2000
"""Longer side of the picture that a page is read in."""

SMALLEST_TEXT = 0.4
"""Texts have a piece whose longer side is at least this; in heights of a digit."""

REFUSED_SHARE, CERTAINLY_NONE = 0.25, 0.05
"""A text is words if two of its digits or more, and at least this share, are refused, or if each is
a digit with less than this probability."""

Corners = Float[np.ndarray, "4 2"]
"""Top left, top right, bottom right and bottom left, in pixels of the upright picture."""


@dataclass(frozen=True, eq=False)
class PageText:
    """A text of a page: a number, or a cell without one.

    Examples:
        >>> import numpy as np
        >>> from mnist_jax import load_params, read_page
        >>> paper = np.full((300, 200), 255, np.uint8)
        >>> paper[40:100, 80:84] = 0  # an upright line
        >>> ((text,),) = read_page(load_params(), paper).rows
        >>> text.text, text.trusted, [round(edge) for edge in text.box]
        ('1', True, [80, 40, 84, 100])
    """

    reading: NumberReading | None
    """What the network reads; None in an empty cell, and where it is no number."""

    trusted: bool
    """Whether the text is probably right; an empty cell is, one with words in it is not."""

    corners: Corners
    """Of its ink, or of its cell if there is no number."""

    @property
    def text(self) -> str:
        """The number as written, or an empty text."""
        return self.reading.text if self.reading else ""

    @property
    def box(self) -> Box:
        """Left, top, right and bottom, in pixels of the upright picture."""
        (left, top), (right, bottom) = self.corners.min(axis=0), self.corners.max(axis=0)
        return float(left), float(top), float(right), float(bottom)


@dataclass(frozen=True, eq=False)
class Page:
    """What was read on a page.

    Examples:
        >>> import numpy as np
        >>> from mnist_jax import load_params, read_page
        >>> paper = np.full((300, 200), 255, np.uint8)
        >>> paper[40:100, 80:84] = 0  # an upright line
        >>> page = read_page(load_params(), paper)
        >>> len(page.rows), page.doubtful, page.left_out
        (1, 0, ())
    """

    rows: tuple[tuple[PageText, ...], ...]
    """From top to bottom, each from left to right."""

    left_out: tuple[Corners, ...]
    """Words and drawings that are in no cell, and columns of them."""

    photo: UInt8[np.ndarray, "height width 3"]
    """The picture upright and in colour, at the size that it was read in."""

    scale: float
    """Pixels of the picture per pixel of `photo`."""

    @property
    def doubtful(self) -> int:
        """How many texts are not trusted."""
        return sum(not text.trusted for row in self.rows for text in row)


def read_page(
    network: Network,
    picture: "str | Path | Image | np.ndarray",
    check: Callable[[], None] = lambda: None,
) -> Page:
    """Return the numbers on a page, row by row: lists, tables with empty cells, boxes of forms.

    `picture` is a path, a Pillow image, or an array, as in `read_picture`. The page may be turned
    or slanted a little. Words, boxes to tick and drawings are left out. `check` is called before
    each text is read, and may end the reading by raising an exception.

    Examples:
        >>> import numpy as np
        >>> from mnist_jax import load_params, read_page
        >>> paper = np.full((300, 200), 255, np.uint8)
        >>> paper[40:100, 80:84] = paper[160:220, 80:84] = 0  # an upright line in each of two rows
        >>> [[text.text for text in row] for row in read_page(load_params(), paper).rows]
        [['1'], ['1']]

    Raises:
        InputError: the picture cannot be read, is too large or animated, or shows no numbers.
    """
    photo, scale = load_photo(picture, PAGE_SIDE, PAGE_SIDE)
    level = level_page(photo)
    layout = find_layout(level.photo)

    def read(spot: Spot) -> _Read:
        check()
        return spot, _read(network, spot, layout, level, scale)

    rows, left_out = _without_words([[read(spot) for spot in row] for row in layout.rows])
    if not any(text.reading for row in rows for text in row):
        raise InputError(
            "{name}: shows no numbers; give a photo or a scan of a page with handwritten numbers",
            name=picture_name(picture),
        )
    return Page(rows, left_out, photo, scale)


_Read = tuple[Spot, PageText]


def _without_words(
    read: list[list[_Read]],
) -> tuple[tuple[tuple[PageText, ...], ...], tuple[Corners, ...]]:
    """Return the rows of numbers, and the places of the words and drawings beside them.

    A column of a table without lines is one of words if less than half of its texts are numbers;
    they are left out with it.
    """
    balance: Counter[int | None] = Counter()
    for spot, text in (each for row in read for each in row if each[0].pieces):
        balance[spot.column] += 1 if text.reading else -1
    words = {column for column, more in balance.items() if column is not None and more < 0}
    rows, left_out = [], []
    for row in read:
        rest = [(spot, text) for spot, text in row if spot.column not in words]
        has_number = any(text.reading for _, text in rest)
        kept = [
            text
            for spot, text in rest
            if text.reading or (spot.cell and (has_number or spot.column is None))
        ]
        if kept:
            rows.append(tuple(kept))
        left_out += [text.corners for spot, text in row if spot.pieces and text not in kept]
    return tuple(rows), tuple(left_out)


def _read(network: Network, spot: Spot, layout: Layout, level: LevelPage, scale: float) -> PageText:
    """Return the text at a spot; without a reading if there is no number."""
    pieces = layout.pieces.chosen(np.array(spot.pieces, dtype=int))
    reading, trusted = None, True
    if pieces.size.max(initial=0) >= SMALLEST_TEXT * pieces.digit_height:
        left, top, right, bottom = (int(side) for side in pieces.extent)
        part = slice(top, bottom), slice(left, right)
        mask = np.isin(pieces.labels[part], pieces.number)
        number = read_text(network, PictureInk(level.photo[part], mask, 1.0))
        reading, trusted = None if _is_words(number) else number, number.is_number
    extent = spot.cell if spot.cell and not reading else pieces.extent
    return PageText(reading, trusted, _corners(extent, level, scale))


def _is_words(reading: NumberReading) -> bool:
    """Return whether so much of a text is refused that it is no number."""
    refused = sum(not digit.is_digit for digit in reading.digits)
    surely = all(digit.digit_probability < CERTAINLY_NONE for digit in reading.digits)
    return surely or refused >= max(2, REFUSED_SHARE * len(reading.digits))


def _corners(extent: Extent, level: LevelPage, scale: float) -> Corners:
    """Return where the corners of an extent on the level page are in the picture."""
    left, top, right, bottom = extent
    corners = np.array([[left, top, 1], [right, top, 1], [right, bottom, 1], [left, bottom, 1]])
    back = corners @ np.linalg.inv(level.matrix).T
    return np.asarray(back[:, :2] / back[:, 2:] * scale)
