"""Layout: pure functions from the window's size to rectangles."""

from dataclasses import dataclass
from itertools import pairwise

from game.core.values.sketch import NUMBER_WIDTH
from game.view.scene import Rect

Size = tuple[int, int]

LEAST_SIDE = 320
"""Smallest width and height of a layout, in pixels; a smaller window shows a part of it."""

SMALLEST_TEXT = 13
"""Height of the smallest line of text, in pixels."""

FEWEST_LINES = 30
"""The text-size setting enlarges the smallest text while this many lines fit the short side."""

REST = 0.999
"""A part that takes what the others leave: just below 1, since 1 and more are pixels."""

LEAST_SHARE = 0.3
"""Fraction of a stack that is reserved for parts given as fractions."""

WIDE = 1.1
"""Ratio of width to height from which the panel is beside the pad instead of below it."""


def line_height(size: Size, scale: float = 1.0) -> int:
    """Return the height of a line of text in pixels, by which all distances are measured."""
    short, long = sorted(size)
    least = min(round(SMALLEST_TEXT * scale), short // FEWEST_LINES)
    return max(SMALLEST_TEXT, least, round(min(short / 40, long / 60) * scale))


def rows(rect: Rect, count: int, gap: int = 0) -> list[Rect]:
    """Cut the rectangle into rows of equal height that fill it to the pixel."""
    edges = [rect.y + (rect.height + gap) * row // count for row in range(count + 1)]
    return [Rect(rect.x, top, rect.width, bottom - gap - top) for top, bottom in pairwise(edges)]


def columns(rect: Rect, count: int, gap: int = 0) -> list[Rect]:
    """Cut the rectangle into columns of equal width that fill it to the pixel."""
    return [_transposed(row) for row in rows(_transposed(rect), count, gap)]


def grid(rect: Rect, across: int, down: int, gap: int = 0) -> list[Rect]:
    """Cut the rectangle into cells, row by row."""
    return [cell for row in rows(rect, down, gap) for cell in columns(row, across, gap)]


def stack(rect: Rect, *parts: float, gap: int = 0) -> list[Rect]:
    """Cut the rectangle from top to bottom.

    Parts of 1 and more are heights in pixels; smaller ones are fractions of the remaining height.
    With too little room, the pixel heights shrink to leave `LEAST_SHARE` of it for the fractions.
    """
    room = max(0, rect.height - gap * (len(parts) - 1))
    fixed = sum(part for part in parts if part >= 1)
    most = room * (1 - LEAST_SHARE) if any(part < 1 for part in parts) else room
    squeeze = min(1.0, most / fixed) if fixed else 1.0
    spare = room - fixed * squeeze
    cut, top = [], float(rect.y)
    for part in parts:
        height = part * squeeze if part >= 1 else part * spare
        cut.append(Rect(rect.x, round(top), rect.width, round(top + height) - round(top)))
        top += height + gap
    return cut


def split(rect: Rect, *parts: float, gap: int = 0, mirrored: bool = False) -> list[Rect]:
    """Cut the rectangle from left to right as `stack` does from top to bottom.

    If it is mirrored, the first part is on the right.
    """
    if mirrored:
        return split(rect, *reversed(parts), gap=gap)[::-1]
    return [_transposed(row) for row in stack(_transposed(rect), *parts, gap=gap)]


def centred(rect: Rect, width: int, height: int) -> Rect:
    """Return a rectangle of this size in the middle of the other."""
    left, top = rect.x + (rect.width - width) // 2, rect.y + (rect.height - height) // 2
    return Rect(left, top, width, height)


def square(rect: Rect) -> Rect:
    """Return the largest square in the middle of the rectangle."""
    side = min(rect.width, rect.height)
    return centred(rect, side, side)


def with_aspect(rect: Rect, aspect: float) -> Rect:
    """Return the largest rectangle in the middle that is `aspect` times as wide as high."""
    height = max(1, min(rect.height, int(rect.width / aspect)))
    return centred(rect, max(1, min(rect.width, round(height * aspect))), height)


def _transposed(rect: Rect) -> Rect:
    return Rect(rect.y, rect.x, rect.height, rect.width)


@dataclass(frozen=True)
class Frame:
    """The parts of every screen."""

    line: int
    """Height of a line of text, in pixels."""
    bar: Rect
    """The top row: back, the screen's name, help."""
    body: Rect
    hints: Rect
    """The hint at the bottom: one line, or two in a tall window."""
    wide: bool
    """Whether the panel is beside the pad."""


def frame(size: Size, scale: float = 1.0) -> Frame:
    """Return the parts of a screen in a window of this size."""
    line = line_height(size, scale)
    inner = Rect(0, 0, *size).inset(line)
    hint_lines = 2.4 if size[1] > size[0] else 1.3
    bar, body, hints = stack(inner, 2.4 * line, REST, hint_lines * line, gap=line)
    return Frame(line, bar, body, hints, wide=body.width >= WIDE * body.height)


def stage(place: Frame, *, left_handed: bool = False) -> tuple[Rect, Rect]:
    """Return the places of the square pad, and of the panel beside it, or below in a tall window.

    For left-handed players the panel is on the left, where the hand does not cover it.
    """
    body, line = place.body, place.line
    if place.wide:
        side = min(body.height, (body.width - 2 * line) * 3 // 5)
        panel_width = min(body.width - side - 2 * line, 30 * line)
        both = centred(body, side + 2 * line + panel_width, body.height)
        sheet, panel = split(both, side, panel_width, gap=2 * line, mirrored=left_handed)
    else:
        side = min(body.width, body.height * 11 // 20)
        sheet, panel = stack(body, side, REST, gap=line)
    return centred(sheet, side, side).inset(line // 2), panel


def number_stage(place: Frame) -> tuple[Rect, Rect]:
    """Return the places of the sheet for numbers and of the panel below it.

    The sheet is as wide as the window if that leaves 11 lines for the panel. With large text the
    panel gets less, but at least 8 lines, so that the sheet does not become small.
    """
    body, line = place.body, place.line
    border = line // 2
    least = min(body.height * 3 // 5, body.height - 8 * line)
    most = max(body.height - 11 * line, body.height * 2 // 5, least)
    pad = with_aspect(Rect(*body[:3], most).inset(border), NUMBER_WIDTH)
    pad = pad._replace(y=body.y + border)
    top = pad.bottom + border + line
    return pad, Rect(body.x, top, body.width, body.bottom - top)
