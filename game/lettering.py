"""Text as images. The one font is pygame's own, so it is there on every machine."""

from functools import lru_cache

import pygame

from game.scene import Text

SMALLEST = 6
"""Height of a line below which text is cut off rather than made smaller, in pixels."""

CAPITALS = 0.65
"""Height of capitals and figures, as a share of the line's; their middle is the line's middle."""


def placed(item: Text) -> list[tuple[pygame.Surface, tuple[int, int]]]:
    """Images of the lines of the text, and where each one's upper left corner stands."""
    rect = item.rect
    lines, height = typeset(item.text, item.height, rect.width, rect.height)
    font = _font(height)
    top = rect.y + round((rect.height - height * len(lines)) * item.sink)
    top += (height - round(CAPITALS * height)) // 2 + round(CAPITALS * height) - font.get_ascent()
    images = [font.render(line, True, item.colour) for line in lines]  # noqa: FBT003
    return [
        (image, (rect.x + round((rect.width - image.get_width()) * item.align), top + row * height))
        for row, image in enumerate(images)
    ]


@lru_cache(maxsize=512)
def typeset(text: str, height: int, width: int, room: int) -> tuple[list[str], int]:
    """The text broken into lines that fit, and their height: the one wanted or the next lower."""
    while True:
        lines = _broken(text, _font(height), width)
        fits = len(lines) * height <= max(room, height)
        if height <= SMALLEST or (
            fits and all(_font(height).size(line)[0] <= width for line in lines)
        ):
            return lines, height
        height -= 1


def _broken(text: str, font: pygame.font.Font, width: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and font.size(longer)[0] > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@lru_cache(maxsize=64)
def _font(height: int) -> pygame.font.Font:
    """The font whose lines are so high."""
    return pygame.font.Font(None, round(height * 4 / 3))
