"""What the network has read: one digit, or a number with the place of each of its digits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from game.core.values.sketch import NUMBER_WIDTH, Strokes

FRAME_SIDE = 28
"""Pixels in a row of the image that the network reads."""

BLANK = bytes(FRAME_SIDE**2)
"""The image of an empty pad."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in units of the pad."""

WIDE_PHOTO = 2.0
"""Photos at least this many times as wide as high are shown on the sheet for numbers."""


@dataclass(frozen=True, eq=False)
class Photo:
    """A picture from a file, and the ink that was found in it; both with their rows first."""

    pixels: bytes
    """Red, green and blue of every pixel."""
    ink: bytes
    """255 for every pixel of ink, 0 for the others."""
    width: int
    height: int

    @property
    def sheet(self) -> str:
        """The sheet that it fills best."""
        return "number" if self.width >= WIDE_PHOTO * self.height else "digit"

    @property
    def place(self) -> Box:
        """Its box on the sheet: in the middle, as large as fits."""
        room = NUMBER_WIDTH if self.sheet == "number" else 1.0
        scale = min(room / self.width, 1 / self.height)
        left, top = (room - scale * self.width) / 2, (1 - scale * self.height) / 2
        return left, top, room - left, 1 - top

    def on_pad(self, box: Box) -> Box:
        """Return a box in pixels of the photo in units of the pad."""
        left, top, right, _ = self.place
        scale, (x, y, end_x, end_y) = (right - left) / self.width, box
        return left + scale * x, top + scale * y, left + scale * end_x, top + scale * end_y

    def crop(self, begin_x: int, begin_y: int, end_x: int, end_y: int) -> "Photo":
        """Return a part of the photo, its sides in pixels."""
        begins = [y * self.width + begin_x for y in range(begin_y, end_y)]
        width = end_x - begin_x
        pixels = b"".join(self.pixels[3 * at : 3 * (at + width)] for at in begins)
        ink = b"".join(self.ink[at : at + width] for at in begins)
        return Photo(pixels, ink, width, end_y - begin_y)

    def part(self, box: Box) -> "Photo":
        """Return the photo around a box in units of the pad, with only the ink in the box."""
        left, top, right, _ = self.place
        scale = self.width / (right - left)
        begin_x, end_x = (round((box[edge] - left) * scale) for edge in (0, 2))
        begin_y, end_y = (round((box[edge] - top) * scale) for edge in (1, 3))
        margin = max(end_x - begin_x, end_y - begin_y, 1) // 4 + 1
        ink = bytearray(len(self.ink))
        for y in range(max(0, begin_y), min(self.height, end_y)):
            row = slice(y * self.width + max(0, begin_x), y * self.width + min(self.width, end_x))
            ink[row] = self.ink[row]
        return replace(self, ink=bytes(ink)).crop(
            max(0, begin_x - margin),
            max(0, begin_y - margin),
            min(self.width, end_x + margin),
            min(self.height, end_y + margin),
        )


@dataclass(frozen=True)
class Reading:
    """What the network reads in a drawing of one digit."""

    probabilities: tuple[float, ...]
    """Probabilities of the digits 0 to 9."""
    image: bytes
    """The 28x28 pixels that the network reads, rows first, 0 paper to 255 ink."""
    is_digit: bool = True
    """Whether the network takes the drawing for a digit, knowing nothing else about it."""
    digit_probability: float = 1.0
    """Probability that the drawing is a digit at all."""

    @property
    def digit(self) -> int:
        """The most probable digit."""
        return self.probabilities.index(max(self.probabilities))

    @property
    def confidence(self) -> float:
        """Probability of the most probable digit."""
        return max(self.probabilities)


@dataclass(frozen=True)
class Turned:
    """What the network reads in a drawing that is mirrored or turned."""

    strokes: Strokes
    """The drawing, as it was drawn."""
    mirrored: Reading
    upside_down: tuple[Reading, ...]
    """Upside down in both ways: mirrored from top to bottom, and turned by half a turn."""


@dataclass(frozen=True)
class FoundDigit:
    """One digit of a number, and where it was found."""

    reading: Reading
    box: Box
    """The place of its ink."""


@dataclass(frozen=True)
class FoundSign:
    """A sign of a number, or ink that is neither a digit nor a sign."""

    text: str
    """"-", "." or ",", or "" for what is neither."""
    place: int
    """How many digits stand before it."""
    box: Box


@dataclass(frozen=True)
class NumberReading:
    """What the network reads in a drawing or a photo of a number."""

    digits: tuple[FoundDigit, ...]
    """The digits from left to right."""
    probability: float
    """Probability that the whole number is right."""
    strokes: Strokes = ()
    """The drawing that was read; the pen may have gone on since."""
    photo: Photo | None = None
    """The photo that was read instead of a drawing."""
    signs: tuple[FoundSign, ...] = ()
    trusted: bool = True
    """Whether the whole is likely a number."""

    @property
    def text(self) -> str:
        """The digits and signs as text, such as "4072" or "-3,5"."""
        return self.with_signs([str(found.reading.digit) for found in self.digits])

    def with_signs(self, digits: Sequence[str], other: str = "") -> str:
        """Return the first digits with the signs before and between them.

        `other` stands for what is neither a digit nor a sign.
        """
        places = len(digits) + (len(digits) == len(self.digits))
        return "".join(
            "".join(sign.text or other for sign in self.signs if sign.place == place) + digit
            for place, digit in zip(range(places), [*digits, ""], strict=False)
        )

    @property
    def is_legible(self) -> bool:
        """Whether each of its parts is taken for a digit or a sign."""
        return all(one.reading.is_digit for one in self.digits) and all(
            sign.text for sign in self.signs
        )

    @property
    def is_number(self) -> bool:
        """Whether each of its parts can be read, and the whole is likely a number."""
        return self.is_legible and self.trusted
