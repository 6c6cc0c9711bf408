"""Look inside: the pad, the network, and the cards of a unit and of an answer."""

import numpy as np

from game.core.events import Do
from game.core.language import mark, tr, with_article
from game.core.modes.inside import Inside
from game.core.modes.sketchpad import WIDTHS
from game.core.state import Net, State
from game.core.values.insight import INPUT, Insight
from game.core.values.mood import SURE
from game.core.values.readings import FRAME_SIDE, Reading
from game.core.wording import UNREADABLE, i_see, most_like, percent, sure
from game.view.layout import REST, columns, grid, split, stack
from game.view.scene import Rect
from game.view.screens.inside.answer import answer_card
from game.view.screens.inside.network import network
from game.view.screens.inside.unit import unit_card
from game.view.screens.parts.board import Board
from game.view.screens.parts.companion import Look, companion
from game.view.screens.parts.sheet import (
    Verdict,
    paper,
    show_verdict,
    tabs,
    verdict_while_drawing,
    waiting,
)
from game.view.screens.sketchpad.digit import frame_on_pad

HINT = mark(
    "Draw, and point at any part of the network. To ask about a digit, press it or click its answer"
)


def scene(board: Board, state: State, screen: Inside) -> None:
    """Add the screen to the board."""
    tabs(board, state)
    pad, side, middle, unit, answer = _places(board)
    overlay = _overlay(state, screen.insight)
    paper(board, state, pad, WIDTHS[screen.width], tr("Draw a digit"), faint=overlay is not None)
    if overlay:
        _lay_over(board, state, pad, overlay)
    words, tools = stack(side, REST, 4.2 * board.line, gap=board.line // 2)
    *cells, more = grid(tools, 2, 2, gap=board.line // 2)
    board.commands(cells, "undo", "redo", "clear")
    board.button(more, tr("Numbers"), Do.DETAILS, "f5", chosen=screen.detailed)
    board.hint(tr(HINT) if state.net is Net.READY else "")
    if state.net is Net.READY and screen.insight:
        is_digit = state.reading is None or state.reading.is_digit
        network(board, screen, screen.insight, middle, is_digit=is_digit)
        unit_card(board, screen, unit)
        answer_card(board, state, screen, answer)
    else:
        _not_ready(board, state, middle)
    look: Look | None = None
    if screen.shown and board.cells:
        place = board.cells[screen.shown.layer - INPUT].place(screen.shown.index)
        look = (place.x + place.width / 2, place.y + place.height / 2), 1.0
    said = companion(board, state, words, look)
    verdict = verdict_while_drawing(state, guess(state, screen.insight))
    show_verdict(board, verdict, said, said.height, 1.6)


def _places(board: Board) -> tuple[Rect, Rect, Rect, Rect, Rect]:
    """Return places for the pad, the guess with the tools, the network, and the two cards.

    The network is beside the pad, or below it in a tall window, and the cards are below it.
    """
    body, line = board.frame.body, board.line
    if board.frame.wide:
        width = min(body.height * 11 // 20, body.width * 9 // 25)
        left, rest = split(body, width, REST, gap=line, mirrored=board.left_handed)
        pad, side = stack(left, width, REST, gap=line)
    else:
        top, rest = stack(body, 0.29, 0.71, gap=line)
        width = min(top.height, top.width * 3 // 5)
        pad, side = split(top, width, REST, gap=line, mirrored=board.left_handed)
        pad = pad._replace(height=width)
    share = min(max(0.44, 13 * line / rest.height), 0.54)  # more if the text is large
    middle, cards = stack(rest, 1 - share, share, gap=line)
    unit, answer = columns(cards, 2, gap=line)
    return pad.inset(line // 2), side, middle, unit, answer


def _not_ready(board: Board, state: State, place: Rect) -> None:
    """Say why there is nothing to see yet, or at all."""
    opens = "", tr("Opening the network …"), ""
    _, first, second = (state.net is not Net.READY and waiting(state)) or opens
    failed = state.net is Net.FAILED
    upper, lower = stack(board.panel(place, 1), 0.4, 0.6)
    board.text(upper, first, 1.6, align=0.5, valign=1.0)
    colour = board.theme.bad if failed else board.theme.muted
    said = state.net_error if failed else second
    board.text(lower, said, 1.1, colour, align=0.5, valign=0.0)


def _overlay(state: State, insight: Insight | None) -> bytes | None:
    """Return the signed image to lay over the drawing, if there is one."""
    if insight is None or not state.sketch.strokes or state.photo:
        return None
    if insight.question.topic == "change":
        return insight.change.difference if insight.change else None
    return insight.contributions if insight.question.topic == "why" else None


def _lay_over(board: Board, state: State, pad: Rect, values: bytes) -> None:
    """Add a signed image over the drawing, cut to its visible pixels that lie on the pad."""
    left, top, side = (edge * pad.height for edge in frame_on_pad(state.sketch.strokes))
    image = np.frombuffer(values, np.uint8).reshape(FRAME_SIDE, FRAME_SIDE)
    strength = np.abs(image.astype(int) - 128)
    shown = np.argwhere(strength > strength.max() / 40)
    begin, end = ((top, left) + (shown + corner) * side / FRAME_SIDE for corner in (0, 1))
    on_pad = (begin >= -1) & (end <= (pad.height + 1, pad.width + 1))
    shown = shown[on_pad.all(axis=1)]
    if not len(shown):
        return
    (upper, first), (lower, last) = shown.min(0).tolist(), (shown.max(0) + 1).tolist()
    edges = [round(at * side / FRAME_SIDE) for at in range(FRAME_SIDE + 1)]
    x, y = pad.x + round(left) + edges[first], pad.y + round(top) + edges[upper]
    rect = Rect(x, y, edges[last] - edges[first], edges[lower] - edges[upper])
    board.signed(rect, image[upper:lower, first:last].tobytes(), last - first)


def guess(state: State, insight: Insight | None) -> Verdict:
    """Return what the network says of its guess."""
    if said := waiting(state):
        return said
    if state.photo and not state.reading:
        return "?", tr("One digit, please"), tr("A photo of a single digit can be explained here")
    if insight is None or insight.is_blank or not (state.sketch.strokes or state.photo):
        return "?", tr("Your turn"), tr("Draw a digit, and watch the network")
    digit, reading = insight.guess, state.reading
    if reading and reading.image == insight.question.image:  # not of the drawing a moment ago
        if not reading.is_digit:
            return UNREADABLE, tr("That’s not a digit"), looks(insight, reading)
        if reading.digit != digit:
            first = with_article("At first a {digit}", digit)
            return f"{digit}?", first, looks(insight, reading)
        sign = str(digit) if reading.confidence >= SURE else f"{digit}?"
        return sign, i_see(digit), looks(insight, reading)
    return str(digit), i_see(digit), sure(insight.probabilities[digit])


def looks(insight: Insight, reading: Reading) -> str:
    """Return how sure the network is in the view shown here, and in all five if that differs."""
    here, mean = insight.guess, reading.digit
    if here != mean:
        return tr("Here {here}, but {mean} in the mean of five looks", here=here, mean=mean)
    if not reading.is_digit:
        return most_like(here)
    once, five = percent(insight.probabilities[here]), percent(reading.confidence)
    if once == five:
        return sure(reading.confidence)
    return tr("{once} sure, {five} in five looks", once=once, five=five)
