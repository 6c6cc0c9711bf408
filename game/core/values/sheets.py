"""The sheets of the sketchpad: one for a digit, and a wide one for a number."""

from dataclasses import dataclass, field

from game.core.values.readings import Photo
from game.core.values.sketch import NUMBER_WIDTH, Sketch

MARGIN = 0.15
"""Left free on each side of a drawing that was not made on the sheet, in units of its height."""


@dataclass(frozen=True)
class SheetContent:
    """The drawing or photo on a sheet."""

    sketch: Sketch = field(default_factory=Sketch)
    photo: Photo | None = None


EMPTY_SHEETS = {"digit": SheetContent(), "number": SheetContent(Sketch(width=NUMBER_WIDTH))}


def sheet_for(word: str) -> str:
    """Return the sheet for a drawing with this word: several symbols need the one for numbers."""
    digits = word.removeprefix("-").replace(".", "").replace(",", "")
    is_number = len(word) > 1 and digits.isascii() and digits.isdecimal()
    return "number" if is_number else "digit"


def width_for(word: str) -> float:
    """Return the width of the sheet for a drawing with this word, in units of its height."""
    return EMPTY_SHEETS[sheet_for(word)].sketch.width
