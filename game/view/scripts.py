"""Letters that the game's font lacks, as names may have them, in fonts of the system.

The game's font has the Latin, Greek and Cyrillic letters. What no font has is shown as a box.
"""

import os
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pygame

FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    f"{os.environ.get('WINDIR', '')}/Fonts",
)
"""Where systems keep their fonts; asking them would take seconds on some."""

FILES = (
    *("notosanscjk-regular", "msyh", "pingfang", "hiragino sans gb", "droidsansfallbackfull"),
    *("wqy-zenhei", "malgun", "applesdgothicneo", "msgothic"),
    *("notosansarabic-regular", "notosanshebrew-regular", "segoeui", "geezapro", "dejavusans"),
    *("notosansdevanagari-regular", "nirmala", "kohinoor", "lohit-devanagari"),
    *("notosansbengali-regular", "notosanstamil-regular", "notosansthai-regular", "leelawui"),
    *("notoemoji-regular", "seguiemj", "seguisym", "apple symbols", "arial unicode", "freesans"),
)
"""Names of files with letters of many scripts, without their endings, the best first."""

SCRIPTS = {
    "ARABIC": "Arab",
    "HEBREW": "Hebr",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "TAMIL": "Taml",
    "THAI": "Thai",
}
"""Scripts whose letters join or change their places, by the first word of the letters' names."""

LEFTWARD = getattr(pygame, "DIRECTION_RTL", None)
"""How pygame-ce writes from right to left; with pygame, letters are put in that order, unjoined."""

MISSING = "\ue000"
"""A letter that no font has."""

SIZE = 0.95
"""Size of the letters, over that of the game's font."""


def pieces(line: str) -> list[str]:
    """Return the letters of a line; those that the game's font lacks stay together."""
    if line.isascii():
        return list(line)
    lacking = "".join("x" if _lacks(letter) else " " if letter == " " else "." for letter in line)
    return [line[found.start() : found.end()] for found in re.finditer("x(?: ?x)*|.", lacking)]


class Letters(NamedTuple):
    """A piece as it is rendered."""

    text: str
    font: pygame.font.Font
    width: int
    """Width in pixels; SDL cannot render what has none."""


def letters(piece: str, font: pygame.font.Font, pixels: int) -> Letters:
    """Return a piece with its font: the game's, whose letters are of this size, or another."""
    path = _path_for(piece[0]) if _lacks(piece[0]) else None
    if path is None:
        return Letters(piece, font, font.size(piece)[0])
    script = SCRIPTS.get(unicodedata.name(piece[0], "").partition(" ")[0], "")
    leftward = _is_leftward(piece[0])
    if leftward and LEFTWARD is None:
        piece, script = piece[::-1], ""
    used = _font(path, round(pixels * SIZE), script, leftward=leftward)
    return Letters(piece, used, used.size(piece)[0])


@lru_cache(maxsize=4096)
def _lacks(letter: str) -> bool:
    """Return whether the game's font lacks a letter, or has only some of those it joins with."""
    return not letter.isascii() and (_is_leftward(letter) or _shows_box(None, letter))


def _is_leftward(letter: str) -> bool:
    """Return whether the letter belongs to a script that is written from right to left."""
    return unicodedata.bidirectional(letter) in {"R", "AL"}


@lru_cache(maxsize=4096)
def _shows_box(path: Path | None, letter: str) -> bool:
    font = _font(path, 24)
    if not font.size(letter)[0]:
        return path is not None
    box, image = (font.render(text, True, "white") for text in (MISSING, letter))  # noqa: FBT003
    same = image.get_size() == box.get_size()
    return same and pygame.image.tobytes(image, "RGBA") == pygame.image.tobytes(box, "RGBA")


@lru_cache(maxsize=4096)
def _path_for(letter: str) -> Path | None:
    """Return the first font of the system that has the letter, if there is one."""
    return next((path for path in _files() if not _shows_box(path, letter)), None)


@lru_cache(maxsize=64)
def _font(
    path: Path | None, pixels: int, script: str = "", *, leftward: bool = False
) -> pygame.font.Font:
    font = pygame.font.Font(path, pixels)
    if script:
        font.set_script(script)
        turn = getattr(font, "set_direction", None)
        if leftward and turn:
            turn(LEFTWARD)
    return font


@lru_cache(maxsize=1)
def _files() -> tuple[Path, ...]:
    """Return the files of the system's fonts in the order of `FILES`."""
    found: dict[str, Path] = {}
    for folder in FOLDERS:
        for where, _, names in os.walk(Path(folder).expanduser()):
            found |= {Path(name).stem.casefold(): Path(where) / name for name in names}
    return tuple(
        found[name]
        for name in FILES
        if name in found and found[name].suffix.casefold() in {".ttf", ".ttc", ".otf"}
    )
