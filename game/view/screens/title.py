"""The title screen: the name, animated digits and the menu."""

from game.core.events import Do, Event, Go
from game.core.modes.table import MODES, menu
from game.core.state import Net, Screen, State
from game.core.values.sketch import later, until
from game.view.glyphs import SECONDS, glyph
from game.view.layout import Size, split, square, stack, stage
from game.view.scene import FRAME_SECONDS, Rect, Scene
from game.view.screens.board import Board, net_line

LINE = "Draw a digit right here. A small network reads it."
SILENCE = "No audio device found, so the game is silent"
PAUSE_SECONDS = 3.0
"""Pause after the tenth digit before the animation starts again."""

ROOMY = 24
"""Height of the menu from which its entries lie apart, in lines."""


def scene(state: State, size: Size, _: Screen) -> Scene:
    """Return the title for a window of this size.

    Its paper lies within the sketchpad's, so that a stroke begun here continues there.
    """
    board = Board(state, size)
    if not state.settings.reduced_motion:
        board.next_frame = 2 * FRAME_SECONDS
    frame, line = board.frame, board.unit
    whole = Rect(frame.bar.x, frame.bar.y, frame.bar.width, frame.body.bottom - frame.bar.y)
    left_handed = state.settings.left_handed
    if frame.wide:
        halves = split(whole, 0.5, 0.5, gap=3 * line)
        name, menu = reversed(halves) if left_handed else halves
        low = min(31 * line, menu.height)
        menu = Rect(menu.x, menu.y + (menu.height - low) // 2, menu.width, low)
    else:
        name, menu = stack(whole, 0.4, 0.6, gap=line)
    pad = stage(frame, left_handed=left_handed).pad
    paper = pad.inset(-line // 2)
    area = _name(board, state, name.within(Rect(paper.x, name.y, paper.width, name.height)))
    _menu(board, state, menu)
    board.pad(pad, area)
    board.hint("Choose with the mouse, the arrow keys and Enter, or a number. F1 for help")
    return board.scene()


def _name(board: Board, state: State, place: Rect) -> Rect:
    """Add the name, the digits and the news; return the paper where a stroke can start."""
    unit = board.unit
    tall = min(place.height, 24 * unit, max(place.width * 4 // 5, 16 * unit))
    block = Rect(place.x, place.y + (place.height - tall) // 2, place.width, tall)
    name, line, digits, news = stack(block, 0.34, 1.5 * unit, 0.66, 3 * unit, gap=unit * 2 // 3)
    board.text(name, MODES["title"].title, name.height / unit, board.theme.accent)
    board.text(line, LINE, 1.3)
    board.panel(digits)
    if state.net is Net.FAILED:
        board.text(digits.inset(unit // 2), state.net_error, 1.2, board.theme.bad)
        board.text(news, "There’s no network, but you can still draw", 1, valign=0.0)
        return digits
    _digits(board, state, digits.inset(unit // 2))
    status = net_line(state) or "The network is awake"
    silence = f". {SILENCE}" if state.silent else ""
    board.text(news, f"{status}{silence}", 1, board.theme.muted, valign=0.0)
    return digits


def _digits(board: Board, state: State, inner: Rect) -> None:
    """Add two rows of five digits, drawn one after the other."""
    now = state.now % (10 * SECONDS + PAUSE_SECONDS)
    rows = stack(inner, 0.5, 0.5, gap=board.unit // 2)
    cells = [cell for row in rows for cell in split(row, *[0.2] * 5)]
    for digit, cell in enumerate(cells):
        spot = square(cell)
        whole = later(glyph(digit), digit * SECONDS)
        drawn = whole if state.settings.reduced_motion else until(whole, now)
        board.ink(spot, drawn, spot.width * 0.055, pen_down=drawn != whole)


def _menu(board: Board, state: State, place: Rect) -> None:
    gap = board.unit * 2 // 3 if place.height > ROOMY * board.unit else board.unit // 4
    entries: list[tuple[str, str, Event]] = []
    for name, mode in menu().items():
        best = state.records.best(name)
        second = mode.description if best is None else f"{mode.description}. Best: {best}"
        entries.append((mode.title, second, Go(name)))
    entries.append(("Quit", "Until next time", Do.QUIT))
    rows = stack(place, *[1 / len(entries)] * len(entries), gap=gap)
    for number, (row, (label, second, event)) in enumerate(zip(rows, entries, strict=True), 1):
        board.button(row, "", event)
        board.rekey(str(number))
        _entry(board, row, (label, second, str(number)))


def _entry(board: Board, row: Rect, texts: tuple[str, str, str]) -> None:
    inner = Rect(row.x + board.unit, row.y, row.width - 2 * board.unit, row.height)
    words, number = split(inner, 0.999, 2 * board.unit)
    upper, lower = stack(words, 0.54, 0.46)
    board.text(upper, texts[0], 1.5, valign=0.8)
    board.text(lower, texts[1], 1, board.theme.muted, valign=0.2)
    board.text(number, texts[2], 1.2, board.theme.muted, align=1.0)
