"""Text as images. The one font is pygame's own, so it is there on every machine."""

import math
import re
from bisect import bisect_left
from functools import lru_cache

import pygame

from game.core.wording import written
from game.view.scene import Text
from game.view.theme import Colour

SMALLEST = 6
"""Height of a line below which text is cut off rather than made smaller, in pixels."""

BASELINE = 0.79
"""Where capitals and figures stand, as a share of the line's height from its top."""

TIGHT = 1.34
"""A sign or two, which have no descenders, may be so much higher than their room."""

_BREAKS = re.compile(r"(?<= )|(?<=[^ ][/\\])")
"""Where a line may end: after a word, and within a path after each of its folders."""

FINER = 3
"""Text is set so many times larger and made smaller, for letters at even distances."""


def placed(item: Text) -> list[tuple[pygame.Surface, tuple[int, int]]]:
    """Images of the lines of the text, and where each one's upper left corner stands."""
    rect = item.rect
    lines, height = typeset(item.text, item.height, rect.width, rect.height)
    top = rect.y + round((rect.height - height * len(lines)) * item.valign)
    top += round(BASELINE * height - _font(height * FINER).get_ascent() / FINER)
    images = [rendered(line, height, item.colour) for line in lines]
    return [
        (image, (rect.x + round((rect.width - image.get_width()) * item.align), top + row * height))
        for row, image in enumerate(images)
    ]


@lru_cache(maxsize=256)
def rendered(line: str, height: int, colour: Colour) -> pygame.Surface:
    """The line as an image with a soft edge.

    Letter by letter: the font's own table sets some pairs, such as k and l, far apart.
    """
    font = _font(height * FINER)
    letters = [font.render(letter, True, colour) for letter in line]  # noqa: FBT003 - no keyword
    high = max((image.get_height() for image in letters), default=1)
    large = pygame.Surface((sum(image.get_width() for image in letters), high), pygame.SRCALPHA)
    large.fill((*colour, 0))
    x = 0
    for image in letters:
        large.blit(image, (x, 0), special_flags=pygame.BLEND_RGBA_MAX)
        x += image.get_width()
    size = math.ceil(large.get_width() / FINER), math.ceil(large.get_height() / FINER)
    return pygame.transform.smoothscale(large, size)


@lru_cache(maxsize=512)
def typeset(text: str, height: int, width: int, room: int) -> tuple[list[str], int]:
    """The text broken into lines that fit, and their height: the one wanted or the next lower."""
    text = written(text)
    most = room * (TIGHT if len(text) <= 2 else 1)

    def fits(height: int) -> bool:
        lines = _broken(text, height, width)
        across = max(_width(line, height) for line in lines)
        return across <= width and len(lines) * height <= most

    heights = range(height, SMALLEST, -1)
    last = (*heights, min(height, SMALLEST))[bisect_left(heights, True, key=fits)]  # noqa: FBT003
    return _broken(text, last, width), last


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
    font = _font(height * FINER)
    return sum(font.size(letter)[0] for letter in line) / FINER


@lru_cache(maxsize=64)
def _font(height: int) -> pygame.font.Font:
    """The font whose lines are so high."""
    return pygame.font.Font(None, round(height * 4 / 3))
