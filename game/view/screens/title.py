"""The title screen: the name, animated digits and the menu."""

from game.core.events import Do, Event, Go
from game.core.modes.table import MODES, menu
from game.core.state import Net, Screen, State
from game.core.values.sketch import later, until
from game.view.glyphs import SECONDS, glyph
from game.view.layout import REST, centred, grid, rows, split, square, stack
from game.view.scene import FRAME_SECONDS, Rect
from game.view.screens.board import Board
from game.view.screens.companion import Look, end_of, stand
from game.view.screens.sheet import net_line

PAUSE_SECONDS = 3.0
"""Pause after the tenth digit before the animation starts again."""


def scene(board: Board, state: State, _screen: Screen) -> None:
    """Add the title to the board.

    Its paper lies within the sketchpad's, so that a stroke begun here continues there.
    """
    if not state.settings.reduced_motion:
        board.next_frame = 2 * FRAME_SECONDS
    frame, line = board.frame, board.line
    whole = Rect(frame.bar.x, frame.bar.y, frame.bar.width, frame.body.bottom - frame.bar.y)
    if frame.wide:
        name, entries = split(whole, 0.5, 0.5, gap=3 * line, mirrored=board.left_handed)
        entries = centred(entries, entries.width, min(36 * line, entries.height))
    else:
        name, entries = stack(whole, 0.4, 0.6, gap=line)
    board.pad, _ = board.stage()
    paper = board.pad.inset(-line // 2)
    board.touch = _name(board, state, name.within(name._replace(x=paper.x, width=paper.width)))
    _menu(board, state, entries)
    board.hint("Choose with the mouse, the arrow keys and Enter, or a number. F1 for help")


def _name(board: Board, state: State, place: Rect) -> Rect:
    """Add the name, the digits and the news; return the paper where a stroke can start."""
    line, theme = board.line, board.theme
    tall = min(place.height, 30 * line, max(place.width, 16 * line))
    block = centred(place, place.width, tall)
    head, words, digits, news = stack(block, 0.48, 1.5 * line, 0.52, 3 * line, gap=line * 2 // 3)
    side = min(head.height, max(head.width // 4, head.width - 15 * line))
    name, right = split(head, REST, side, gap=line)
    board.text(name, MODES["title"].title, name.height / line, theme.accent)
    board.text(words, "Draw a digit right here. A small network reads it.", 1.3)
    inner = board.panel(digits, 0.5)
    stood = right._replace(y=head.bottom - side, height=side)
    if state.net is Net.FAILED:
        stand(board, state, stood)
        board.text(inner, state.net_error, 1.2, theme.bad)
        board.text(
            news, "It can’t read, but you can draw, and watch new networks learn", 1, valign=0.0
        )
        return digits
    pen = _digits(board, state, inner)
    stand(board, state, stood, pen)
    status = net_line(state) or "The network is awake"
    silence = ". No audio device found, so the game is silent" if state.silent else ""
    board.text(news, f"{status}{silence}", 1, theme.muted, valign=0.0)
    return digits


def _digits(board: Board, state: State, inner: Rect) -> Look | None:
    """Add two rows of five digits, drawn one after the other; return where the pen is."""
    now, pen = state.now % (10 * SECONDS + PAUSE_SECONDS), None
    for digit, cell in enumerate(grid(inner, 5, 2, board.line // 2)):
        spot = square(cell)
        whole = later(glyph(digit), digit * SECONDS)
        drawn = whole if state.settings.reduced_motion else until(whole, now)
        board.ink(spot, drawn, spot.width * 0.055, pen_down=drawn != whole)
        if drawn and now < 10 * SECONDS and not state.settings.reduced_motion:
            pen = end_of(drawn, spot)
    return pen


def _menu(board: Board, state: State, place: Rect) -> None:
    """Add the modes by their numbers, and apart from them, by no number, how to quit."""
    line, muted = board.line, board.theme.muted
    place, foot = stack(place, REST, 1.9 * line, gap=line // 2)
    *_, leave = split(foot, REST, 8 * line)
    gap = line * 2 // 3 if place.height > 24 * line else line // 4
    entries: list[tuple[str, str, Event]] = []
    for name, mode in menu().items():
        best = state.records.best(name)
        text = mode.description if best is None else f"{mode.description}. Best: {best}"
        entries.append((mode.title, text, Go(name)))
    places = rows(place, len(entries), gap)
    for number, (row, (label, text, event)) in enumerate(zip(places, entries, strict=True), 1):
        board.button(row, "", event, str(number))
        words, key = split(row.inset(line, 0), REST, 2 * line)
        if row.height < 2.5 * line:
            board.text(words, label, 1.5)
        else:
            upper, lower = stack(words, 0.54, 0.46)
            board.text(upper, label, 1.5, valign=0.8)
            board.text(lower, text, 1, muted, valign=0.2)
        board.text(key, str(number), 1.2, muted, align=1.0)
    board.button(leave, "Quit", Do.QUIT, "escape")
