"""Where things stand: pure functions from the window's size to rectangles."""

from dataclasses import dataclass
from itertools import pairwise

from game.scene import Rect

Size = tuple[int, int]

SMALLEST_TEXT = 13
"""Height of the smallest line of text, in pixels."""


def unit(size: Size) -> int:
    """Height of a line of text in a window of this size; all distances are made of it."""
    width, height = size
    short, long = sorted((width, height))
    return max(SMALLEST_TEXT, min(short // 40, long // 56))


def rows(rect: Rect, count: int, gap: int = 0) -> list[Rect]:
    """The rectangle cut into rows of the same height, which fill it to the pixel."""
    edges = [rect.y + (rect.height + gap) * row // count for row in range(count + 1)]
    return [Rect(rect.x, top, rect.width, bottom - gap - top) for top, bottom in pairwise(edges)]


def columns(rect: Rect, count: int, gap: int = 0) -> list[Rect]:
    """The rectangle cut into columns of the same width, which fill it to the pixel."""
    turned = Rect(rect.y, rect.x, rect.height, rect.width)
    return [Rect(row.y, row.x, row.height, row.width) for row in rows(turned, count, gap)]


@dataclass(frozen=True)
class PadLayout:
    """The places of the screen with the pad."""

    unit: int
    pad: Rect
    """A square, as the drawing's coordinates are."""
    sign: Rect
    """The guess in large."""
    verdict: Rect
    """The guess in words."""
    bars: Rect
    image: Rect
    """A square."""
    caption: Rect
    hints: Rect


def pad_layout(size: Size) -> PadLayout:
    """Beside the pad in a wide window, below it in a tall one, stands what the network reads."""
    width, height = size
    return _wide(width, height) if width >= height else _tall(width, height)


def _wide(width: int, height: int) -> PadLayout:
    line = unit((width, height))
    margin = 2 * line
    side = min(height - 4 * margin + line, (width - 3 * margin) * 5 // 8)
    panel_width = min(width - 3 * margin - side, 28 * line)
    left = (width - side - margin - panel_width) // 2
    top = (height - side - margin) // 2
    panel = Rect(left + side + margin, top, panel_width, side)
    head = min(8 * line, side // 4)
    foot = min(7 * line, side // 4)
    image = Rect(panel.x, panel.bottom - foot, foot, foot)
    bars_top = panel.y + head + line
    return PadLayout(
        unit=line,
        pad=Rect(left, top, side, side),
        sign=Rect(panel.x, panel.y, head * 3 // 4, head),
        verdict=Rect(panel.x + head, panel.y, panel.width - head, head),
        bars=Rect(panel.x, bars_top, panel.width, image.y - line - bars_top),
        image=image,
        caption=Rect(image.right + line, image.y, panel.right - image.right - line, foot),
        hints=Rect(left, (height + panel.bottom) // 2, panel.right - left, line),
    )


def _tall(width: int, height: int) -> PadLayout:
    line = unit((width, height))
    margin = 2 * line
    side = min(width - 2 * margin, height - 3 * margin - 20 * line)
    left = (width - side) // 2
    top = margin + side + margin
    below = Rect(left, top, side, min(height - margin - line - top, 24 * line))
    half = below.width * 2 // 5
    head = min(half * 2 // 5, 6 * line)
    image_side = min(half, below.height - head - 6 * line)
    image = Rect(left, top + head + line, image_side, image_side)
    return PadLayout(
        unit=line,
        pad=Rect(left, margin, side, side),
        sign=Rect(left, top, head * 3 // 4, head),
        verdict=Rect(left + head, top, half - head, head),
        bars=Rect(left + half + margin, top, side - half - margin, below.height),
        image=image,
        caption=Rect(left, image.bottom, half, below.bottom - image.bottom),
        hints=Rect(left, (below.bottom + height - line) // 2, side, line),
    )
