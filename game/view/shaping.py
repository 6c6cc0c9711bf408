"""Words of scripts whose letters change beside each other, as a font draws them letter by letter.

Words from right to left are drawn in the order in which they are seen, from the left. An Arabic
letter has up to four shapes, which Unicode lists as characters of their own.
"""

import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import pairwise

ALONE, FIRST, BETWEEN, LAST = "<isolated>", "<initial>", "<medial>", "<final>"
"""The shapes of a letter, as Unicode calls them."""

FORMS = range(0xFB50, 0xFF00)
"""Where Unicode lists the shapes."""

LAM = "\N{ARABIC LETTER LAM}"
LAM_ALEF = {chr(code) for code in range(0xFEF5, 0xFEFD)}
"""The shapes of a lam with an alef after it, which are one."""


def runs_left(letter: str) -> bool:
    """Return whether a letter is written from right to left."""
    return unicodedata.bidirectional(letter) in {"R", "AL"}


def visual(text: str, has: Callable[[str], bool]) -> str:
    """Return a text as it is seen from left to right; shapes that the font `has` not stay apart."""
    if not any(map(runs_left, text)):
        return text
    seen: list[str] = []
    for letter in _shaped(text, has):
        if seen and unicodedata.combining(letter[0]):
            seen[-1] += letter
        else:
            seen.append(letter)
    return "".join(reversed(seen))


def _shaped(text: str, has: Callable[[str], bool]) -> list[str]:
    """Return the letters of a text, each in the shape that it has between its neighbours."""
    letters = _letters(text)
    of_words = [at for at, one in enumerate(letters) if not unicodedata.combining(one[0])]
    shapes = [_shapes().get(letters[at], {}) for at in of_words]
    joined = [FIRST in one and LAST in two for one, two in pairwise(shapes)]
    for place, at in enumerate(of_words):
        before = place > 0 and joined[place - 1]
        after = place < len(joined) and joined[place]
        kind = (BETWEEN if before else FIRST) if after else (LAST if before else ALONE)
        shape = shapes[place].get(kind, "")
        if shape and has(shape):
            letters[at] = shape
    return letters


def _letters(text: str) -> list[str]:
    """Return the letters of a text; a lam and the alef after it are one."""
    letters: list[str] = []
    for letter in text:
        if letters and letters[-1] == LAM and LAM + letter in _shapes():
            letters[-1] += letter
        else:
            letters.append(letter)
    return letters


@cache
def _shapes() -> dict[str, dict[str, str]]:
    """Return the characters for the shapes of each letter."""
    shapes: dict[str, dict[str, str]] = {}
    for shape in map(chr, FORMS):
        kind, *codes = unicodedata.decomposition(shape).split() or [""]
        letters = "".join(chr(int(code, 16)) for code in codes)
        if kind.startswith("<") and (len(letters) == 1 or shape in LAM_ALEF):
            shapes.setdefault(letters, {}).setdefault(kind, shape)
    return shapes
