"""Where things stand: pure functions from the window's size to rectangles."""

from dataclasses import dataclass
from itertools import pairwise

from game.view.scene import Rect

Size = tuple[int, int]

LEAST_SIDE = 320
"""Smallest width and height that screens are laid out for; of a smaller window a part is seen."""

SMALLEST_TEXT = 13
"""Height of the smallest line of text, in pixels."""

FEWEST_LINES = 30
"""Of text on the window's shorter side, up to which the smallest text grows where it should."""

LEAST_SHARE = 0.3
"""Of a stack's room, kept for its parts that are given as shares."""

WIDE = 1.1
"""Ratio of width to height from which the panel stands beside the pad and not below it."""


def unit(size: Size, scale: float = 1.0) -> int:
    """Height of a line of text in a window of this size; all distances are made of it."""
    short, long = sorted(size)
    least = min(round(SMALLEST_TEXT * scale), short // FEWEST_LINES)
    return max(SMALLEST_TEXT, least, round(min(short / 40, long / 60) * scale))


def rows(rect: Rect, count: int, gap: int = 0) -> list[Rect]:
    """The rectangle cut into rows of the same height, which fill it to the pixel."""
    edges = [rect.y + (rect.height + gap) * row // count for row in range(count + 1)]
    return [Rect(rect.x, top, rect.width, bottom - gap - top) for top, bottom in pairwise(edges)]


def columns(rect: Rect, count: int, gap: int = 0) -> list[Rect]:
    """The rectangle cut into columns of the same width, which fill it to the pixel."""
    return [_turned(row) for row in rows(_turned(rect), count, gap)]


def grid(rect: Rect, across: int, down: int, gap: int = 0) -> list[Rect]:
    """The rectangle cut into cells, row by row."""
    return [cell for row in rows(rect, down, gap) for cell in columns(row, across, gap)]


def stack(rect: Rect, *parts: float, gap: int = 0) -> list[Rect]:
    """The rectangle cut from top to bottom.

    Parts of 1 and more are heights in pixels; smaller ones are shares of what these leave over.
    Where there is too little room the heights shrink, so that `LEAST_SHARE` is left for shares.
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
    """The rectangle cut from left to right, as `stack` does from top to bottom."""
    return [_turned(row) for row in stack(_turned(rect), *parts, gap=gap)]


def square(rect: Rect, align: float = 0.5, valign: float = 0.5) -> Rect:
    """The largest square in the rectangle; `align` and `valign` move it right and down."""
    side = min(rect.width, rect.height)
    x = rect.x + round((rect.width - side) * align)
    return Rect(x, rect.y + round((rect.height - side) * valign), side, side)


def _turned(rect: Rect) -> Rect:
    return Rect(rect.y, rect.x, rect.height, rect.width)


@dataclass(frozen=True)
class Frame:
    """The parts of every screen."""

    unit: int
    bar: Rect
    """The row on top: the way back, the screen's name, help."""
    body: Rect
    hints: Rect
    """At the bottom, for what can be done: one line, or two where it is narrow and high."""
    wide: bool
    """Whether the body is rather broad than high."""


def frame(size: Size, scale: float = 1.0) -> Frame:
    """The parts of a screen in a window of this size."""
    line = unit(size, scale)
    inner = Rect(0, 0, *size).inset(line)
    hint_lines = 2.4 if size[1] > size[0] else 1.3
    bar, body, hints = stack(inner, 2.4 * line, 0.999, hint_lines * line, gap=line)
    return Frame(line, bar, body, hints, wide=body.width >= WIDE * body.height)


@dataclass(frozen=True)
class Stage:
    """A pad and what stands with it."""

    pad: Rect
    """A square, as the drawing's coordinates are."""
    panel: Rect


def stage(place: Frame, *, left_handed: bool = False) -> Stage:
    """The panel stands beside the pad, or below it in a tall window.

    For the left hand it stands on the other side, where the hand does not cover it.
    """
    body, line = place.body, place.unit
    sheet = line // 2
    if not place.wide:
        side = min(body.width, body.height * 11 // 20)
        pad = Rect(body.x + (body.width - side) // 2, body.y, side, side).inset(sheet)
        top = body.y + side + line
        return Stage(pad, Rect(body.x, top, body.width, body.bottom - top))
    side = min(body.height, (body.width - 2 * line) * 3 // 5)
    panel_width = min(body.width - side - 2 * line, 30 * line)
    left = body.x + (body.width - side - 2 * line - panel_width) // 2
    top = body.y + (body.height - side) // 2
    right = left + (panel_width if left_handed else side) + 2 * line
    pad_left, panel_left = (right, left) if left_handed else (left, right)
    return Stage(
        Rect(pad_left, top, side, side).inset(sheet),
        Rect(panel_left, body.y, panel_width, body.height),
    )
