"""The sheet for numbers: where each digit was found, and what was read in it."""

from functools import partial
from itertools import zip_longest

from game.core.events import Choose
from game.core.language import mark, tr
from game.core.modes.sketchpad import WIDTHS, Pad
from game.core.state import State
from game.core.values.mood import SURE
from game.core.values.readings import Box, FoundDigit, NumberReading
from game.core.wording import UNREADABLE, percent, sure
from game.view.layout import REST, centred, grid, number_stage, split, square, stack
from game.view.scene import Rect
from game.view.screens.parts import sheet
from game.view.screens.parts.board import Board
from game.view.screens.parts.companion import speaking
from game.view.screens.parts.sheet import MOST_DIGITS

HINT = mark("Write from left to right. Press the card of a digit to look inside the network.")


def number_sheet(board: Board, state: State, screen: Pad) -> None:
    """Add the sheet, the tools and the reading."""
    (pad, panel), line = number_stage(board.frame), board.line
    said = sheet.invitation(state, screen, tr("Write a number"))
    sheet.paper(board, state, pad, WIDTHS[screen.width], said)
    across, down = (9, 1) if panel.width >= 36 * line else (5, 2)
    upper, low = stack(panel, REST, (2.2 * down - 0.4) * line, gap=line // 2)
    sheet.tools(board, state, screen, low, across, down)
    board.hint(tr(sheet.PHOTO_HINT if state.photo else HINT))
    number_read(board, state, upper, pad)


def number_read(board: Board, state: State, place: Rect, pad: Rect) -> None:
    """Add the number that was read, its digits, and their boxes on the pad."""
    side = min(place.height, place.width // 4)
    left, right = split(place, side, REST, gap=board.line)
    least = min(2.4 * board.line, 0.45 * place.height)
    head, cards = stack(right, max(least, 0.3 * place.height), REST, gap=board.line // 2)
    left = left._replace(height=min(place.height, side * 5 // 4))
    words = speaking(board, state, left, head)
    width = (words.width - board.line) // 2
    sheet.show_verdict(board, verdict(state), words, width, 1.5, align=1.0)
    if state.number:
        on_photo = state.photo is not None
        found_digits(board, state.number, pad, cards, on_photo=on_photo)


def verdict(state: State) -> sheet.Verdict:
    """Return what the network says of the number, with its first digits as the symbol."""
    number = state.number
    if said := sheet.waiting(state):
        return said
    if number is None:
        second = tr("Write a number of up to {count} digits", count=MOST_DIGITS)
        return "?", tr("Your turn"), second
    if not number.digits:
        return UNREADABLE, tr("No digit found"), tr("What was taken for ink is shown in colour")
    more = "…" if len(number.digits) > MOST_DIGITS else ""
    shown = number.with_signs([*map(_digit, number.digits[:MOST_DIGITS])], UNREADABLE) + more
    if number.is_legible and not number.trusted:
        return shown, tr("Perhaps no number"), tr("What you wrote may be something else")
    if not number.is_number:
        second = tr("A dashed box and {sign} stand for what is not", sign=UNREADABLE)
        return shown, tr("Not all can be read"), second
    how_sure = sure(number.probability)
    if more:
        second = tr(
            "Here are the first {count} of {all} digits", count=MOST_DIGITS, all=len(number.digits)
        )
        return shown, how_sure, second
    if number.probability < SURE:
        share = percent(number.probability)
        return shown, tr("Only {percent} sure", percent=share), tr("Perhaps this is what you wrote")
    return shown, how_sure, tr("that the whole number is right")


def _digit(found: FoundDigit) -> str:
    return str(found.reading.digit) if found.reading.is_digit else UNREADABLE


def found_digits(
    board: Board,
    number: NumberReading,
    pad: Rect,
    place: Rect | None = None,
    *,
    on_photo: bool = False,
) -> None:
    """Add the box of each digit and sign on the pad and, if there is a place, the first cards.

    A card can be pressed to look inside the network. On a photo, which may have any colour, the
    name of a digit is on paper.
    """
    digits = number.digits
    boxes = [_on_pad(board, one.box, pad) for one in digits]
    cards = _card_places(board, boxes[:MOST_DIGITS], place) if place else []
    name = partial(_boxed, board, pad, on_photo=on_photo)
    for sign in number.signs:
        name(_on_pad(board, sign.box, pad), sign.text or UNREADABLE, read=bool(sign.text))
    for index, (found, box, card) in enumerate(zip_longest(digits, boxes, cards)):
        if card:
            if board.target(card, Choose(index)):
                board.ring(card, board.theme.ink)
            _card(board, found, card)
        name(box, _digit(found), read=found.reading.is_digit)


def _on_pad(board: Board, box: Box, pad: Rect) -> Rect:
    """Return the place of a box, with a margin."""
    return sheet.on_pad(box, pad).inset(-(board.line // 2)).within(pad)


def _boxed(board: Board, pad: Rect, box: Rect, text: str, *, read: bool, on_photo: bool) -> None:
    """Add a box on the pad, dashed if it was not `read`, and its text above it."""
    board.outline(box, dashed=not read)
    height = round(1.2 * board.line)
    top = box.y - height if box.y - pad.y >= height else box.y
    label = Rect(box.x, top, box.width, height)
    if on_photo:
        board.fill(centred(label, board.line, height), board.theme.paper, board.line // 4)
    board.text(label, text, 1.2, board.theme.muted, align=0.5)


def _card_places(board: Board, boxes: list[Rect], place: Rect) -> list[Rect]:
    """Return a place below each box, or two rows of places if there is little width."""
    gap = board.line // 2
    across = MOST_DIGITS if len(boxes) > MOST_DIGITS // 2 else MOST_DIGITS // 2
    if across == MOST_DIGITS and place.width < 3 * MOST_DIGITS * board.line:
        cells = grid(place, MOST_DIGITS // 2, 2, gap=gap)[: len(boxes)]
    else:
        cells = below(boxes, place, across, gap)
    return [Rect(*cell[:3], min(cell.height, round(cell.width * 2.2))) for cell in cells]


def below(boxes: list[Rect], place: Rect, across: int, gap: int) -> list[Rect]:
    """Return a cell below each box, as near to its middle as the cells before and after allow."""
    width = (place.width + gap) // across - gap
    cells: list[Rect] = []
    least = place.x
    for left, box in enumerate(boxes, start=1 - len(boxes)):
        most = place.right - width + left * (width + gap)
        x = max(least, min(box.x + (box.width - width) // 2, most))
        cells.append(Rect(x, place.y, width, place.height))
        least = x + width + gap
    return cells


def _card(board: Board, found: FoundDigit, cell: Rect) -> None:
    """Add what was read, its probability, and the image that the network saw."""
    line, reading = board.line, found.reading
    inner = board.panel(cell, 0.25)
    if inner.height > 1.5 * inner.width:
        words, image = stack(inner, REST, inner.width, gap=line // 4)
    else:
        side = min(inner.height, inner.width * 9 // 20)
        words, image = split(inner, REST, side, gap=line // 4)
    board.picture(square(image), reading.image)
    figure, share = stack(words, 0.6, 0.4)
    if words.width >= 1.6 * line and share.height >= line // 2:
        second = percent(reading.confidence) if reading.is_digit else f"{reading.digit}?"
        board.text(share, second, 1, board.theme.muted, align=0.5)
    board.text(figure, _digit(found), 1.2 * figure.height / line, align=0.5)
