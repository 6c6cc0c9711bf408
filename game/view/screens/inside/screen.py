"""The screen that shows the network at work, and where its parts are."""

from dataclasses import dataclass

from game.core.events import Do
from game.core.modes.inside import Inside
from game.core.modes.sketchpad import WIDTHS
from game.core.state import Net, State
from game.core.values.insight import Insight
from game.core.values.readings import FRAME_SIDE
from game.core.wording import a, percent
from game.view.layout import Frame, Size, columns, grid, split, stack
from game.view.scene import Rect, Scene
from game.view.screens.board import Board
from game.view.screens.frame_animation import frame_on_pad
from game.view.screens.inside.answer import answer_card
from game.view.screens.inside.network import network
from game.view.screens.inside.unit import unit_card
from game.view.screens.photo import LOOKING
from game.view.screens.sheet import NOT_READY, SURE, paper, tabs

HINT = "Draw, and point at anything in the network. Press 0 to 9 or click an answer to ask about it"
MANY_DIGITS = "?", "One digit, please", "A photo of a single digit can be explained here"
"""The verdict on a photo of a number, or of nothing."""
DETAILS_KEY = "f5"
CARD_LINES = 13
"""Height of the cards in lines, between two shares of the height that is left beside the pad."""
LEAST_CARDS, MOST_CARDS = 0.44, 0.54

SMALLEST = 1 / 40
"""Share of the largest contribution below which a pixel is not shown on the drawing."""


@dataclass(frozen=True)
class Places:
    """The parts of the screen."""

    pad: Rect
    side: Rect
    """The guess and the tools."""
    network: Rect
    unit: Rect
    answer: Rect


def places(frame: Frame, *, left_handed: bool) -> Places:
    """Place the network beside the pad, or below it in a tall window, and the cards below."""
    body, line = frame.body, frame.unit
    if frame.wide:
        side = min(body.height * 11 // 20, body.width * 9 // 25)
        parts = split(body, *((0.999, side) if left_handed else (side, 0.999)), gap=line)
        left, right = reversed(parts) if left_handed else parts
        pad, low = stack(left, side, 0.999, gap=line)
        share = _cards_share(right, line)
        upper, cards = stack(right, 1 - share, share, gap=line)
    else:
        top, rest = stack(body, 0.29, 0.71, gap=line)
        share = _cards_share(rest, line)
        upper, cards = stack(rest, 1 - share, share, gap=line)
        side = min(top.height, top.width * 3 // 5)
        parts = split(top, *((0.999, side) if left_handed else (side, 0.999)), gap=line)
        low, pad = parts if left_handed else reversed(parts)
        pad = Rect(*pad[:2], side, side)
    unit, answer = columns(cards, 2, gap=line)
    return Places(pad.inset(line // 2), low, upper, unit, answer)


def _cards_share(place: Rect, line: int) -> float:
    """Return the share of the height for the cards: more if the text is large."""
    return min(max(LEAST_CARDS, CARD_LINES * line / place.height), MOST_CARDS)


def scene(state: State, size: Size, screen: Inside) -> Scene:
    """Return the screen for a window of this size."""
    board = Board(state, size)
    tabs(board, state)
    place = places(board.frame, left_handed=state.settings.left_handed)
    overlay = _overlay(state, screen.insight)
    paper(board, state, place.pad, WIDTHS[screen.width], "Draw a digit", faint=overlay is not None)
    if overlay:
        _lay_over(board, state, place.pad, overlay)
    _side(board, state, screen, place.side)
    board.hint(HINT if state.net is Net.READY else "")
    if state.net is not Net.READY or screen.insight is None:
        _not_ready(board, state, place)
        return board.scene()
    network(board, screen, screen.insight, place.network)
    unit_card(board, screen, place.unit)
    answer_card(board, state, screen, place.answer)
    return board.scene()


def _not_ready(board: Board, state: State, place: Places) -> None:
    """Say why there is nothing to see yet, or at all."""
    _, line, second = NOT_READY.get(state.net, ("", "Opening the network …", ""))
    failed = state.net is Net.FAILED
    board.panel(place.network)
    upper, lower = stack(place.network.inset(board.unit), 0.4, 0.6)
    board.text(upper, line, 1.6, align=0.5, valign=1.0)
    colour = board.theme.bad if failed else board.theme.muted
    board.text(lower, state.net_error if failed else second, 1.1, colour, align=0.5, valign=0.0)


def _overlay(state: State, insight: Insight | None) -> bytes | None:
    """Return the signed image to lay over the drawing, if there is one."""
    if insight is None or not state.sketch.strokes or state.photo:
        return None
    if insight.question.topic == "change":
        return insight.change.difference if insight.change else None
    return insight.contributions if insight.question.topic == "why" else None


def _lay_over(board: Board, state: State, pad: Rect, values: bytes) -> None:
    """Add the part of a signed image that lies on the pad, where its pixels are on the drawing."""
    left, top, side = (edge * pad.height for edge in frame_on_pad(state.sketch.strokes))
    edges = [round(at * side / FRAME_SIDE) for at in range(FRAME_SIDE + 1)]
    least = max(abs(value - 128) for value in values) * SMALLEST
    shown = [at for at, value in enumerate(values) if abs(value - 128) > least]
    across = [at % FRAME_SIDE for at in shown if _is_on(pad.width, left, side, at % FRAME_SIDE)]
    down = [at // FRAME_SIDE for at in shown if _is_on(pad.height, top, side, at // FRAME_SIDE)]
    if not (across and down):
        return
    first, last, upper, lower = min(across), max(across) + 1, min(down), max(down) + 1
    part = b"".join(
        values[row * FRAME_SIDE + first : row * FRAME_SIDE + last] for row in range(upper, lower)
    )
    x, y = pad.x + round(left) + edges[first], pad.y + round(top) + edges[upper]
    rect = Rect(x, y, edges[last] - edges[first], edges[lower] - edges[upper])
    board.signed(rect, part, last - first)


def _is_on(length: int, start: float, side: float, pixel: int) -> bool:
    """Return whether a column or row of the frame lies on the pad."""
    begin, end = (start + side * edge / FRAME_SIDE for edge in (pixel, pixel + 1))
    return begin >= -1 and end <= length + 1


def _side(board: Board, state: State, screen: Inside, place: Rect) -> None:
    """Add the guess and the tools."""
    line, settings = board.unit, state.settings
    words, tools = stack(place, 0.999, 4.2 * line, gap=line // 2)
    *cells, more = grid(tools, 2, 2, gap=line // 2)
    _guess(board, state, screen.insight, words)
    for what, cell in zip(("undo", "redo", "clear"), cells, strict=True):
        board.button(cell, what.capitalize(), Do(what), settings.key(what))
    board.button(more, "Numbers", Do.DETAILS, DETAILS_KEY, chosen=screen.detailed)


def guess(state: State, insight: Insight | None) -> tuple[str, str, str]:
    """Return the network's guess as a symbol, a line and a smaller second line."""
    if state.net in NOT_READY:
        return NOT_READY[state.net]
    if state.photo and not state.reading:
        return LOOKING if state.number is None else MANY_DIGITS
    if insight is None or insight.is_blank or not (state.sketch.strokes or state.photo):
        return "?", "Your turn", "Draw a digit, and watch the network"
    digit, reading = insight.guess, state.reading
    if reading and reading.image == insight.question.image:  # not of the drawing a moment ago
        if not reading.is_digit:
            return "–", "That’s not a digit", f"It looks most like {a(digit)}"
        if reading.digit != digit:
            looks = f"After five looks, each slanted differently, it reads {a(reading.digit)}"
            return f"{digit}?", f"At first {a(digit)}", looks
    sure = insight.probabilities[digit]
    sign = str(digit) if sure >= SURE else f"{digit}?"
    return sign, f"I see {a(digit)}", f"{percent(sure)} sure"


def _guess(board: Board, state: State, insight: Insight | None, place: Rect) -> None:
    sign, line, second = guess(state, insight)
    colour = board.theme.muted if sign in {"?", "…", "!"} else board.theme.accent
    large, words = split(place, min(place.height, place.width * 2 // 5), 0.999, gap=board.unit)
    upper, lower = stack(words, 0.5, 0.5)
    board.text(large, sign, large.height * 1.2 / board.unit, colour, align=0.5)
    board.text(upper, line, 1.6, valign=1.0)
    board.text(lower, second, 1, board.theme.muted, valign=0.0)
