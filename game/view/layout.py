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
"""The smallest text grows with the text size until only this many lines fit the window."""

LEAST_SHARE = 0.3
"""Fraction of a stack that is reserved for parts given as fractions."""

WIDE = 1.1
"""Ratio of width to height from which the panel is beside the pad instead of below it."""


def unit(size: Size, scale: float = 1.0) -> int:
    """Return the height of a line of text in pixels, the unit of all distances."""
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
    If there is too little room, the heights shrink so that `LEAST_SHARE` of it remains.
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


def split(rect: Rect, *parts: float, gap: int = 0) -> list[Rect]:
    """Cut the rectangle from left to right, as `stack` does from top to bottom."""
    return [_transposed(row) for row in stack(_transposed(rect), *parts, gap=gap)]


def square(rect: Rect, align: float = 0.5, valign: float = 0.5) -> Rect:
    """Return the largest square in the rectangle; `align` and `valign` move it right and down."""
    side = min(rect.width, rect.height)
    x = rect.x + round((rect.width - side) * align)
    return Rect(x, rect.y + round((rect.height - side) * valign), side, side)


def of_shape(rect: Rect, width: float) -> Rect:
    """Return the largest rectangle of this width, in units of its height, in the middle of it."""
    height = min(rect.height, int(rect.width / width))
    across = round(height * width)
    return Rect(
        rect.x + (rect.width - across) // 2, rect.y + (rect.height - height) // 2, across, height
    )


def _transposed(rect: Rect) -> Rect:
    return Rect(rect.y, rect.x, rect.height, rect.width)


@dataclass(frozen=True)
class Frame:
    """The parts of every screen."""

    unit: int
    bar: Rect
    """The top row: back, the screen's name, help."""
    body: Rect
    hints: Rect
    """The hint at the bottom: one line, or two in a tall window."""
    wide: bool
    """Whether the panel is beside the pad."""


def frame(size: Size, scale: float = 1.0) -> Frame:
    """Return the parts of a screen in a window of this size."""
    line = unit(size, scale)
    inner = Rect(0, 0, *size).inset(line)
    hint_lines = 2.4 if size[1] > size[0] else 1.3
    bar, body, hints = stack(inner, 2.4 * line, 0.999, hint_lines * line, gap=line)
    return Frame(line, bar, body, hints, wide=body.width >= WIDE * body.height)


@dataclass(frozen=True)
class Stage:
    """The pad and the panel with everything else."""

    pad: Rect
    """A square or a wide sheet; both axes of a drawing have the same unit."""
    panel: Rect


def stage(place: Frame, *, left_handed: bool = False) -> Stage:
    """Place the panel beside the pad, or below it in a tall window.

    For left-handed players it is on the left, where the hand does not cover it.
    """
    body, line = place.body, place.unit
    border = line // 2
    if not place.wide:
        side = min(body.width, body.height * 11 // 20)
        pad = Rect(body.x + (body.width - side) // 2, body.y, side, side).inset(border)
        top = body.y + side + line
        return Stage(pad, Rect(body.x, top, body.width, body.bottom - top))
    side = min(body.height, (body.width - 2 * line) * 3 // 5)
    panel_width = min(body.width - side - 2 * line, 30 * line)
    left = body.x + (body.width - side - 2 * line - panel_width) // 2
    top = body.y + (body.height - side) // 2
    right = left + (panel_width if left_handed else side) + 2 * line
    pad_left, panel_left = (right, left) if left_handed else (left, right)
    return Stage(
        Rect(pad_left, top, side, side).inset(border),
        Rect(panel_left, body.y, panel_width, body.height),
    )


NUMBER_PANEL = 11
"""Height of the panel below the sheet for numbers, in lines."""


def number_stage(place: Frame) -> Stage:
    """Place the sheet for numbers, as wide as the window if that leaves room for the panel."""
    body, line = place.body, place.unit
    border = line // 2
    most = max(body.height - NUMBER_PANEL * line, body.height * 2 // 5)
    pad = of_shape(Rect(*body[:3], most).inset(border), NUMBER_WIDTH)
    pad = Rect(pad.x, body.y + border, *pad[2:])
    top = pad.bottom + border + line
    return Stage(pad, Rect(body.x, top, body.width, body.bottom - top))
