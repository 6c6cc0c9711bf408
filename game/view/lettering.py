"""Text as images, in the font that comes with pygame, or one of the system for other scripts."""

import math
import re
from bisect import bisect_left
from functools import lru_cache

import pygame

from game.core.wording import written
from game.view.scene import Text
from game.view.scripts import Letters, letters, pieces
from game.view.theme import Colour

SMALLEST = 6
"""Smallest height of a line, in pixels; text that still does not fit is cut off."""

BASELINE = 0.79
"""Position of the baseline, as a fraction of the line's height from its top."""

TIGHT = 1.34
"""One or two characters may be this much higher than their place: they have no descenders."""

_BREAKS = re.compile(r"(?<= )|(?<=[^ ][/\\])")
"""Where a line may break: after a word, and after each folder of a path."""

OVERSAMPLING = 3
"""Text is rendered this many times larger and scaled down, for even spacing."""


def text_images(item: Text) -> list[tuple[pygame.Surface, tuple[int, int]]]:
    """Return images of the text's lines, and the position of each one's upper left corner."""
    rect = item.rect
    lines, height = typeset(item.text, item.height, rect.width, rect.height)
    top = rect.y + round((rect.height - height * len(lines)) * item.valign)
    top += round(BASELINE * height - _font(height * OVERSAMPLING).get_ascent() / OVERSAMPLING)
    images = [line_image(line, height, item.colour) for line in lines]
    return [
        (image, (rect.x + round((rect.width - image.get_width()) * item.align), top + row * height))
        for row, image in enumerate(images)
    ]


@lru_cache(maxsize=256)
def line_image(line: str, height: int, colour: Colour) -> pygame.Surface:
    """Return the line as an anti-aliased image.

    It is rendered letter by letter: the font's kerning sets some pairs, such as k and l, far apart.
    """
    font = _font(height * OVERSAMPLING)
    found = [_letters(piece, height) for piece in pieces(line)]
    images = [
        (one.font.render(one.text, True, colour), font.get_ascent() - one.font.get_ascent())  # noqa: FBT003 - no keyword
        for one in found
        if one.width
    ]
    high = max((top + image.get_height() for image, top in images), default=1)
    large = pygame.Surface((sum(image.get_width() for image, _ in images), high), pygame.SRCALPHA)
    large.fill((*colour, 0))
    x = 0
    for image, top in images:
        large.blit(image, (x, top), special_flags=pygame.BLEND_RGBA_MAX)
        x += image.get_width()
    size = math.ceil(large.get_width() / OVERSAMPLING), math.ceil(large.get_height() / OVERSAMPLING)
    return pygame.transform.smoothscale(large, size)


@lru_cache(maxsize=512)
def typeset(text: str, height: int, width: int, room: int) -> tuple[list[str], int]:
    """Break the text into lines that fit; return them and their height, at most `height`."""
    text = written(text)
    most = room * (TIGHT if len(text) <= 2 else 1)

    def fits(height: int) -> bool:
        lines = _broken(text, height, width)
        across = max(_width(line, height) for line in lines)
        return across <= width and len(lines) * height <= most

    heights = range(height, SMALLEST, -1)
    last = (*heights, min(height, SMALLEST))[bisect_left(heights, True, key=fits)]  # noqa: FBT003
    return _broken(text, last, width), last


def writable(text: str) -> str:
    """Return the characters that can be part of a name, in any script: those that are printable."""
    return "".join(filter(str.isprintable, text))


def _broken(text: str, height: int, width: int) -> list[str]:
    lines = [""]
    for word in _BREAKS.split(text):
        longer = lines[-1] + word
        if lines[-1] and _width(longer.rstrip(" "), height) > width:
            lines[-1] = lines[-1].rstrip(" ")
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _width(line: str, height: int) -> float:
    return sum(_letters(piece, height).width for piece in pieces(line)) / OVERSAMPLING


@lru_cache(maxsize=4096)
def _letters(piece: str, height: int) -> Letters:
    """Return letters in the font that is `OVERSAMPLING` times larger."""
    return letters(piece, _font(height * OVERSAMPLING), height * OVERSAMPLING)


@lru_cache(maxsize=64)
def _font(height: int) -> pygame.font.Font:
    return pygame.font.Font(None, round(height * 4 / 3))
