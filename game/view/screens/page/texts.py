"""The layer over the photo of a page: a box for each text, and what was read in it."""

from functools import lru_cache
from typing import NamedTuple

from game.core.values.pages import PageReading, PageText
from game.core.values.readings import Box
from game.view.scene import Curve, Fill, Item, Links, Outline, Rect, Text
from game.view.screens.parts.board import Board
from game.view.theme import Colour, Theme

LABEL, LEAST_LABEL = 1.1, 9
"""Most height of the texts over the photo, in lines, and the least in pixels; where there is less
room above the boxes, the texts are beside them."""

LETTER = 0.62
"""Width of a letter on paper, in heights of its line."""


def texts_over(board: Board, page: PageReading, chosen: int, place: Rect) -> Rect:
    """Add the boxes and texts over the photo, and return the place of the chosen one."""
    over = _over(page, place, board.theme, board.line)
    for item in over.items:
        board.add(item)
    around = over.chosen[chosen].inset(-over.margin)
    board.outline(around.within(place), board.theme.ink, lines=0.2)
    return over.chosen[chosen]


class _Over(NamedTuple):
    """What is over the photo."""

    items: tuple[Item, ...]
    chosen: tuple[Rect, ...]
    """What is marked of each text if it is chosen."""
    margin: int


@lru_cache(maxsize=4)
def _over(page: PageReading, place: Rect, theme: Theme, line: int) -> _Over:
    """Return the boxes and the texts, of which there can be hundreds.

    Doubtful ones are dashed and have a mark. A line goes through what is left out. The texts are
    above their boxes, or beside them where that makes them larger.
    """
    scale = place.height / page.photo.height
    items: list[Item] = []
    if page.left_out:
        lines = tuple(_crossing_line(box, place, scale, theme.muted) for box in page.left_out)
        items.append(Links(place, lines))
    boxes = tuple(text.box for text in page.texts)
    least, rights = _room_around(boxes, page.photo.width, page.photo.height)
    gap, ends = int(scale * least), [place.x + int(right * scale) for right in rights]
    margin = max(1, min(line // 6, gap // 6))
    places = [_on_page(box, place, scale).inset(-margin).within(place) for box in boxes]
    labels = [text.text + "?" * text.is_doubtful for text in page.texts]
    room = zip(labels, places, ends, strict=True)
    beside = min(min((end - at.right) / _text_width(said), at.height) for said, at, end in room)
    above = gap - 2 * margin >= min(beside, LEAST_LABEL)
    most = round(LABEL * line)
    chosen = []
    for text, said, at, end in zip(page.texts, labels, places, ends, strict=True):
        height = min(most, gap - 2 * margin if above else at.height)
        corner = (at.x, at.y - height) if above else (at.right, at.y)
        width = max(1, min(end - corner[0], round(_text_width(said) * height)))
        label = Rect(*corner, width, height).within(place)
        items += _marks(text, said, at, label, theme, max(2, line // 10))
        chosen.append(at._replace(y=label.y, height=at.bottom - label.y) if above else at)
    return _Over(tuple(items), tuple(chosen), margin)


def _marks(
    text: PageText, said: str, box: Rect, label: Rect, theme: Theme, thickness: int
) -> tuple[Item, ...]:
    """Return the box of a text, and on a piece of paper what was read in it."""
    doubts = text.is_doubtful
    outline = Outline(box, theme.accent if doubts else theme.good, thickness, doubts)
    if not said:
        return (outline,)
    words = Text(label, said, theme.accent if doubts else theme.ink, label.height, align=0.5)
    return outline, Fill(label, theme.paper), words


def _text_width(said: str) -> float:
    """Return the width of a text, in heights of its line."""
    return (len(said) + 0.5) * LETTER


def _crossing_line(box: Box, place: Rect, scale: float, colour: Colour) -> Curve:
    """Return a line through the middle of a box in pixels of the photo."""
    left, top, right, bottom = (edge * scale for edge in box)
    y = place.y + (top + bottom) / 2
    return Curve(((place.x + left, y), (place.x + right, y)), colour, 1.0)


def _on_page(box: Box, place: Rect, scale: float) -> Rect:
    """Return a box in pixels of the photo as pixels of the window."""
    left, top, right, bottom = (round(edge * scale) for edge in box)
    return Rect(place.x + left, place.y + top, max(2, right - left), max(2, bottom - top))


@lru_cache(maxsize=2)
def _room_around(boxes: tuple[Box, ...], width: int, height: int) -> tuple[float, list[float]]:
    """Return the least room above any box, and for each box where the room to its right ends.

    Room above ends at another box or the top, and to the right at the next box or the edge.
    """
    gap, ends = float(height), []
    for left, top, right, bottom in boxes:
        above = [one[3] for one in boxes if one[0] < right and left < one[2] and one[3] <= top]
        gap = min(gap, top - max(above, default=0.0))
        beside = (one[0] for one in boxes if one[0] >= right and one[1] < bottom and top < one[3])
        ends.append(min(beside, default=float(width)))
    return gap, ends
