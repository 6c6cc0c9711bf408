"""The fonts: pygame's own and, for letters that it lacks, those of the system.

pygame's font has the letters of Latin, Greek and Cyrillic, but a name may be in any script. Letters
that no font of the system has are shown as boxes.
"""

import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from functools import cache, lru_cache
from itertools import chain

import pygame

OWN = ""
"""Stands for pygame's font, where others are named by their file."""

POINTS = 4 / 3
"""Size of a font, over the height of a line."""

ABSENT = "\uffff"
"""No font has this character: it looks like every character that a font lacks."""

JOINED = {"Mn", "Mc", "Me", "Cf", "Zs"}
"""Categories of characters that are kept with the letter before: marks, joiners and spaces."""

PREFERRED = ("notosans", "emoji", "dejavu", "cjk", "fallback", "yahei", "nirmala", "segoe", "arial")
"""Parts of the names of fonts that have many scripts and fit beside pygame's own."""


SCRIPTS = {
    "ARABIC": "Arab",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "GURMUKHI": "Guru",
    "GUJARATI": "Gujr",
    "HEBREW": "Hebr",
    "ORIYA": "Orya",
    "TAMIL": "Taml",
    "TELUGU": "Telu",
    "KANNADA": "Knda",
    "MALAYALAM": "Mlym",
    "SINHALA": "Sinh",
    "KHMER": "Khmr",
    "MYANMAR": "Mymr",
    "TIBETAN": "Tibt",
}
"""Scripts whose letters a font joins or changes if it is told the script, by ISO 15924."""


def font_for(part: str, file: str, height: int) -> pygame.font.Font:
    """Return the font of a part of a line of this height, in pixels."""
    words = (unicodedata.name(letter, "").partition(" ")[0] for letter in part)
    return _font(file, height, next((SCRIPTS[word] for word in words if word in SCRIPTS), ""))


@lru_cache(maxsize=64)
def _font(file: str, height: int, script: str = "") -> pygame.font.Font:
    """Return a font whose lines are at most as high as those of pygame's own.

    A font that has only some sizes, and not this one, is replaced by pygame's.
    """
    size = round(height * POINTS)
    own = pygame.font.Font(None, size)
    if file == OWN:
        return own
    try:
        high = max(1, pygame.font.Font(file, size).get_height())
        found = pygame.font.Font(file, max(1, size * own.get_height() // high))
    except (pygame.error, OSError):
        return own
    with suppress(pygame.error):  # where pygame was built without HarfBuzz
        if script:
            found.set_script(script)
    return found


@lru_cache(maxsize=1024)
def runs(line: str) -> tuple[tuple[str, str], ...]:
    """Return the line in parts, each with the file of its font.

    A letter of pygame's font is a part by itself, as its kerning sets some pairs far apart. Other
    letters that follow each other are one, as in some scripts they change their shape or order.
    """
    parts: list[tuple[str, bool]] = []
    for letter in line:
        is_own = letter.isascii() or (not runs_left(letter) and _has(OWN, letter))
        if parts and not parts[-1][1] and (not is_own or unicodedata.category(letter) in JOINED):
            parts[-1] = parts[-1][0] + letter, False
        else:
            parts.append((letter, is_own))
    each = (((part, OWN),) if is_own else _foreign(part) for part, is_own in parts)
    return tuple(chain.from_iterable(each))


def _foreign(part: str) -> tuple[tuple[str, str], ...]:
    """Return a part that pygame's font lacks in one font of the system, or letter by letter."""
    letters = [one for one in part if unicodedata.category(one) not in JOINED]
    if whole := _file_with(letters):
        return ((_as_seen(part), whole),)
    return tuple((letter, _file_with([letter])) for letter in part)


def runs_left(letter: str) -> bool:
    """Return whether a letter is written from right to left."""
    return unicodedata.bidirectional(letter) in {"R", "AL"}


def _as_seen(text: str) -> str:
    """Return a text in the order in which its letters are seen, from the left.

    A space at its end stays there, before what runs to the right.
    """
    if not any(map(runs_left, text)):
        return text
    name = text.rstrip()
    letters: list[str] = []
    for letter in name:
        if letters and unicodedata.combining(letter):
            letters[-1] += letter
        else:
            letters.append(letter)
    return "".join(reversed(letters)) + text[len(name) :]


def _file_with(letters: Sequence[str]) -> str:
    """Return the file of a font that has the letters; pygame's if none has all."""
    having = (file for file in _files() if all(_has(file, letter) for letter in letters))
    return next(having, OWN)


@lru_cache(maxsize=8192)
def _has(file: str, letter: str) -> bool:
    try:
        return _looks(file, letter) != _absent(file)
    except (pygame.error, OSError, UnicodeError):
        return False


@cache
def _absent(file: str) -> bytes:
    return _looks(file, ABSENT)


@lru_cache(maxsize=64)
def _probe(file: str) -> pygame.font.Font:
    return pygame.font.Font(file or None, 24)


def _looks(file: str, letter: str) -> bytes:
    image = _probe(file).render(letter, False, "black", "white")  # noqa: FBT003 - no keyword
    return pygame.image.tobytes(image, "RGB")


@cache
def _files() -> tuple[str, ...]:
    """Return the files of the system's fonts, first those that are preferred."""
    names = sorted(pygame.font.get_fonts(), key=_rank)
    return tuple(file for name in names if (file := pygame.font.match_font(name, bold=True)))


def _rank(name: str) -> tuple[int, str]:
    places = (place for place, part in enumerate(PREFERRED) if part in name)
    return next(places, len(PREFERRED)), name
