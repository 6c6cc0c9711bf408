"""Text as images."""

import math
import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache

import pygame

from game.core.wording import is_writable, printable
from game.view.painting.fonts import font_for, runs
from game.view.scene import Text
from game.view.theme import Colour

SMALLEST = 6
"""Smallest height of a line, in pixels; text that still does not fit is cut off."""

BASELINE = 0.79
"""Position of the baseline, as a fraction of the line's height from its top."""

IMAGE_HEIGHT, IMAGE_BASELINE = 1.5, 1.05
"""Height of the image of a line, and position of the baseline in it, in heights of the line: there
is room for the accents of capitals, and for the letters of other fonts."""

TIGHT = 1.34
"""One or two characters may be this much higher than their place, since digits need no room below
the line."""

_BREAKS = re.compile(r"(?<= )|(?<=[^ ][/\\])")
"""Where a line may break: after a word, and after each folder of a path."""

OVERSAMPLING = 3
"""Text is rendered this many times larger and scaled down, for even spacing."""


def text_images(item: Text) -> list[tuple[pygame.Surface, tuple[int, int]]]:
    """Return images of the text's lines, and the position of each one's upper left corner."""
    rect = item.rect
    lines, height = typeset(item.text, item.height, rect.width, rect.height)
    top = rect.y + round((rect.height - height * len(lines)) * item.valign)
    top += round((BASELINE - IMAGE_BASELINE) * height)
    images = [line_image(line, height, item.colour) for line in lines]
    return [
        (image, (rect.x + round((rect.width - image.get_width()) * item.align), top + row * height))
        for row, image in enumerate(images)
    ]


@lru_cache(maxsize=1024)
def line_image(line: str, height: int, colour: Colour) -> pygame.Surface:
    """Return the line as an anti-aliased image, whose baseline is at `IMAGE_BASELINE`."""
    fonts = [(part, font_for(part, file, height * OVERSAMPLING)) for part, file in runs(line)]
    fonts = [(part, font) for part, font in fonts if font.size(part)[0]]  # not a joiner alone
    images = [font.render(part, True, colour) for part, font in fonts]  # noqa: FBT003 - no keyword
    across, high = (
        sum(image.get_width() for image in images),
        round(OVERSAMPLING * IMAGE_HEIGHT * height),
    )
    large = pygame.Surface((across, high), pygame.SRCALPHA)
    large.fill((*colour, 0))
    x, baseline = 0, round(OVERSAMPLING * IMAGE_BASELINE * height)
    for image, (part, font) in zip(images, fonts, strict=True):
        top = baseline - font.get_ascent() - _above(part, font)
        large.blit(image, (x, top), special_flags=pygame.BLEND_RGBA_MAX)
        x += image.get_width()
    size = math.ceil(large.get_width() / OVERSAMPLING), math.ceil(large.get_height() / OVERSAMPLING)
    return pygame.transform.smoothscale(large, size)


def _above(part: str, font: pygame.font.Font) -> int:
    """Return by how much a part such as Á, and so its image, is higher than the font's ascent."""
    return max(0, *(found[3] - font.get_ascent() for found in font.metrics(part) if found), 0)


@lru_cache(maxsize=1024)
def typeset(text: str, height: int, width: int, room: int) -> tuple[list[str], int]:
    """Break the text into lines that fit a width and, all together, the height `room`, in pixels.

    Return them and the height of one, which is `height` or as much less as it takes to fit.
    """
    text = printable(text)
    most = room * (TIGHT if len(text) <= 2 else 1)

    def fits(height: int) -> bool:
        lines = _broken(text, height, width)
        across = max(_width(line, height) for line in lines)
        return across <= width and len(lines) * height <= most

    heights = range(height, SMALLEST, -1)
    last = (*heights, min(height, SMALLEST))[bisect_left(heights, True, key=fits)]  # noqa: FBT003
    return _broken(text, last, width), last


def writable(text: str) -> str:
    """Return the characters that can be part of a name, in any script."""
    return "".join(one for one in unicodedata.normalize("NFC", text) if is_writable(one))


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


@lru_cache(maxsize=4096)
def _width(line: str, height: int) -> float:
    return sum(_part_width(*part, height) for part in runs(line)) / OVERSAMPLING


@lru_cache(maxsize=4096)
def _part_width(part: str, file: str, height: int) -> int:
    """Return the width of a part of a line in the font that is `OVERSAMPLING` times larger."""
    return font_for(part, file, height * OVERSAMPLING).size(part)[0]
