"""The sketchpad: the pad, its tools and what the network reads."""

from dataclasses import replace
from itertools import chain

from game.core.modes.sketchpad import WIDTHS, Pad
from game.core.state import Net, State
from game.core.values.readings import BLANK, FRAME_SIDE, Reading
from game.core.values.sketch import Strokes
from game.core.wording import a, percent
from game.view.layout import Size, Stage, columns, grid, rows, split, square, stack, stage
from game.view.scene import FRAME_SECONDS, Rect, Scene
from game.view.screens.board import Board
from game.view.screens.frame_animation import SECONDS, into_frame
from game.view.screens.number import found_digits, number_read, number_sheet
from game.view.screens.photo import HINT as PHOTO_HINT
from game.view.screens.photo import LOOKING, ink_share
from game.view.screens.sheet import NOT_READY, SURE, paper, tabs, tools

LOW_BAR = 0.75
"""Height in lines below which the labels of bars are hard to read."""

CAPTION = "What the network sees: your digit, cropped, scaled and centred in 28×28 pixels"
HINT = "Draw with the left button, clear with the right. Press 0 to 9 to say what it was."
MOVED_STROKES = 12
"""Drawings of more strokes are not animated: it would take too long."""


def scene(state: State, size: Size, screen: Pad) -> Scene:
    """Return the sketchpad for a window of this size."""
    if state.photo and ink_share(state) < 1:
        state = replace(state, reading=None, number=None)
    board = Board(state, size)
    tabs(board, state)
    sheet = number_sheet if state.shows_number else _digit_sheet
    sheet(board, state, screen)
    return board.scene()


def _digit_sheet(board: Board, state: State, screen: Pad) -> None:
    """Add the sheet for a digit and its panel; a photo on it may hold a number."""
    places = stage(board.frame, left_handed=state.settings.left_handed)
    paper(board, state, places.pad, WIDTHS[screen.width], "Draw a digit")
    board.hint(PHOTO_HINT if state.photo else HINT)
    if state.number and not state.reading:
        _number_panel(board, state, screen, places)
        return
    panel = _beside if board.frame.wide else _below
    panel(board, state, screen, places.panel)
    if state.number:
        found_digits(board, state.number.digits, places.pad)


def _number_panel(board: Board, state: State, screen: Pad, places: Stage) -> None:
    line, beside = board.unit, board.frame.wide
    upper, low = stack(places.panel, 0.999, (6.2 if beside else 4) * line, gap=line)
    across, down = (3, 3) if beside else (5, 2)
    tools(board, state, screen, grid(low, across, down, gap=line // 2))
    number_read(board, state, upper, places.pad)


def _beside(board: Board, state: State, screen: Pad, panel: Rect) -> None:
    line = board.unit
    foot = min(6 * line, panel.height // 5)
    head, middle, low, buttons = stack(panel, foot, 0.999, foot, 6.2 * line, gap=line)
    _guess(board, state, head)
    _read(board, state, middle)
    network_input(
        board,
        state,
        square(low, align=0.0),
        Rect(low.x + foot + line, low.y, low.width - foot - line, foot),
    )
    tools(board, state, screen, grid(buttons, 3, 3, gap=line // 2))


def _below(board: Board, state: State, screen: Pad, panel: Rect) -> None:
    line = board.unit
    upper, buttons = stack(panel, 0.999, 4 * line, gap=line)
    left, right = split(upper, 0.45, 0.55, gap=2 * line)
    head, low = stack(left, 0.4, 0.6, gap=line)
    image, caption = split(low, min(low.height, low.width // 2), 0.999, gap=line)
    _guess(board, state, head)
    network_input(board, state, square(image, valign=0.0), caption)
    _read(board, state, right)
    tools(board, state, screen, grid(buttons, 5, 2, gap=line // 2))


def verdict(state: State) -> tuple[str, str, str]:
    """Return the guess as a symbol, a line and a smaller second line."""
    reading = state.reading
    if state.net in NOT_READY:
        return NOT_READY[state.net]
    if reading is None and state.photo:
        return LOOKING
    if reading is None:
        return "?", "Your turn", "Draw a digit from 0 to 9"
    if not reading.is_digit:
        return "–", "That’s not a digit", f"It looks most like {a(reading.digit)}"
    if reading.confidence < SURE:
        return f"{reading.digit}?", "Not sure", f"Perhaps {a(reading.digit)}"
    return str(reading.digit), f"I see {a(reading.digit)}", "Clear the pad and draw another"


def _guess(board: Board, state: State, place: Rect) -> None:
    sign, line, second = verdict(state)
    unit = board.unit
    colour = board.theme.accent if state.reading else board.theme.muted
    large, words = split(place, place.height * 3 // 4, 0.999, gap=unit)
    upper, lower = stack(words, 0.55, 0.45)
    board.text(large, sign, large.height * 4 / 3 / unit, colour, align=0.5)
    board.text(upper, line, 2, valign=1.0)
    board.text(lower, second, 1, board.theme.muted, valign=0.0)


def _read(board: Board, state: State, place: Rect) -> None:
    """Add the probabilities, or the reason why there is no network."""
    if state.net is Net.FAILED:
        board.text(place, state.net_error, 1.2, board.theme.bad)
    else:
        bars(board, state.reading, place)


def bars(board: Board, reading: Reading | None, place: Rect) -> None:
    """Add the ten probabilities, the best highlighted, in two columns if one is too low."""
    probabilities = reading.probabilities if reading else (0.0,) * 10
    best = reading.digit if reading else None
    halves = 2 if place.height < 10 * LOW_BAR * board.unit else 1
    cells = [rows(column, 10 // halves) for column in columns(place, halves, board.unit)]
    for digit, row in enumerate(chain.from_iterable(cells)):
        bar(board, row, str(digit), probabilities[digit], best=digit == best)


def bar(
    board: Board, row: Rect, label: str, probability: float, *, best: bool, largest: float = 1.25
) -> None:
    """Add a probability as a bar and in percent, after its label; `largest` limits the text."""
    theme, unit = board.theme, board.unit
    lines = min(row.height / unit, largest)
    thick = max(4, round(unit * 0.6 * min(lines, 1.0)))
    name, track, number = split(row, unit, 0.999, 3.2 * unit, gap=unit // 2)
    board.text(name, label, lines, align=0.5)
    if track.width >= unit:
        track = Rect(track.x, row.y + (row.height - thick) // 2, track.width, thick)
        filled = Rect(track.x, track.y, round(track.width * probability), thick)
        board.fill(track, theme.edge, thick // 2)
        board.fill(filled, theme.accent if best else theme.quiet, thick // 2)
    board.text(number, percent(probability), lines, theme.ink if best else theme.muted, align=1.0)


def network_input(board: Board, state: State, image: Rect, caption: Rect) -> None:
    """Add the 28x28 pixels; after a stroke the drawing moves into them."""
    board.picture(image, state.reading.image if state.reading else BLANK)
    moved = _moving(state)
    if moved:
        board.next_frame = FRAME_SECONDS
        board.night_ink(image, moved, image.width * 0.9 / FRAME_SIDE)
    else:
        board.night_ink(Rect(image.x, image.y, 0, 0), (), 1.0)
    board.text(caption, CAPTION, 1, board.theme.muted)


def _moving(state: State) -> Strokes:
    strokes, sketch = state.sketch.strokes, state.sketch
    if state.settings.reduced_motion or sketch.pen_down or not state.reading:
        return ()
    if not 0 < len(strokes) <= MOVED_STROKES:
        return ()
    share = (state.now - strokes[-1][-1][2]) / SECONDS
    return into_frame(strokes, share) if 0 <= share < 1 else ()
