"""A page of numbers: its texts, their places and the player's corrections."""

import re
from dataclasses import dataclass, replace
from itertools import groupby

from game.core.values.readings import Box, Photo

Rows = tuple[tuple[str, ...], ...]
"""The texts of a page as `csv` writes them."""

LONGEST = 32
"""Characters that a text has at most."""

NUMBER = re.compile(r"-?\d*[.,]?\d*", re.ASCII)
"""What may be typed: the beginning of a number."""


@dataclass(frozen=True)
class PageText:
    """A text of a page: a number, or a cell without one."""

    row: int
    box: Box
    """In pixels of the photo."""
    read: str
    """What the network has read; "" if there is no number."""
    trusted: bool
    images: tuple[bytes, ...] = ()
    """The image of each digit, as in `Reading`."""
    typed: str | None = None
    """The player's correction; None if there is none."""
    checked: bool = False
    """Whether the player has looked at it and gone on."""
    kept: str = ""
    """The digits of the last correction that was kept as drawings."""

    @property
    def text(self) -> str:
        """What goes into the file."""
        return self.read if self.typed is None else self.typed

    @property
    def is_doubtful(self) -> bool:
        """Whether the player should look at it."""
        return not (self.trusted or self.checked or self.typed is not None)

    def with_typed(self, text: str) -> "PageText":
        """Return it with a correction, unless that can't become a number."""
        fits = len(text) <= LONGEST and NUMBER.fullmatch(text)
        return replace(self, typed=text) if fits else self

    @property
    def corrected(self) -> tuple[tuple[str, bytes], ...]:
        """The digits that were read wrong, as the player says, and are not kept yet.

        Each is a label and an image. Where a digit is added or missing, nobody knows which is
        which, and there are none.
        """
        digits, before = digits_of(self.text), self.kept or digits_of(self.read)
        if not len(digits) == len(before) == len(self.images):
            return ()
        pairs = zip(digits, before, self.images, strict=True)
        return tuple((digit, image) for digit, old, image in pairs if digit != old and any(image))


@dataclass(frozen=True, eq=False)
class PageReading:
    """What was read on a page, row by row, and its photo."""

    photo: Photo
    texts: tuple[PageText, ...]
    """From top to bottom and from left to right; at least one."""
    left_out: tuple[Box, ...] = ()
    """Words and drawings, in pixels of the photo."""

    @property
    def rows(self) -> Rows:
        """The texts, row by row."""
        rows = groupby(self.texts, key=lambda text: text.row)
        return tuple(tuple(text.text for text in row) for _, row in rows)

    @property
    def read_rows(self) -> Rows:
        """The rows without corrections."""
        return replace(self, texts=tuple(replace(one, typed=None) for one in self.texts)).rows

    @property
    def doubtful(self) -> tuple[int, ...]:
        """Indices of the texts that the player should look at."""
        return tuple(at for at, text in enumerate(self.texts) if text.is_doubtful)

    def with_text(self, index: int, text: PageText) -> "PageReading":
        """Return the page with another text in the place of one."""
        return replace(self, texts=(*self.texts[:index], text, *self.texts[index + 1 :]))

    def nearest(self, x: float, y: float) -> int:
        """Return the index of the text that is nearest to a point, in pixels of the photo."""
        away = [_distance(text.box, x, y) for text in self.texts]
        return away.index(min(away))

    def beside(self, index: int, step: int) -> int:
        """Return the index of the text above (-1) or below (1) another, or of itself."""
        at, x = self.texts[index].row, _middle(self.texts[index].box)
        rows = [text.row for text in self.texts if (text.row - at) * step > 0]
        if not rows:
            return index
        row = min(rows, key=lambda one: abs(one - at))
        there = [number for number, text in enumerate(self.texts) if text.row == row]
        return min(there, key=lambda number: abs(_middle(self.texts[number].box) - x))


def digits_of(text: str) -> str:
    """Return the digits of a text, without its signs."""
    return "".join(sign for sign in text if sign.isdigit())


def _middle(box: Box) -> float:
    return (box[0] + box[2]) / 2


def _distance(box: Box, x: float, y: float) -> float:
    """Return how far a point is from a box; in several, the one with the nearest middle counts."""
    left, top, right, bottom = box
    outside = max(left - x, 0, x - right) + max(top - y, 0, y - bottom)
    inside = abs(x - _middle(box)) + abs(y - (top + bottom) / 2)
    return outside + 1e-3 * inside
