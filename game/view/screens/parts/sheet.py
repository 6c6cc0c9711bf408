"""The parts of the sheets to draw on: tabs, paper, photos, tools, and what the network says."""

from game.core.events import Do, Go, Sheet, Tool
from game.core.language import mark, tr
from game.core.modes.sketchpad import Pad
from game.core.state import Net, State
from game.core.values.mood import Mood
from game.core.values.readings import Box
from game.view.layout import REST, centred, columns, grid, split, stack
from game.view.scene import FRAME_SECONDS, Photograph, Rect
from game.view.screens.parts.board import Board

MOST_DIGITS = 12
"""How many digits of a number are shown large, each with the image that the network sees."""

SHEETS = {"digit": mark("One digit"), "number": mark("A number")}

TOOLS = {"pen": mark("Pen"), "eraser": mark("Eraser"), "strokes": mark("Erase line")}

Verdict = tuple[str, str, str]
"""What the network says of a drawing: a symbol, a line and a smaller second line."""

LOOK_SECONDS, FADE_SECONDS = 0.5, 0.5
"""Time for which a photo is shown unchanged, and time in which the ink found in it appears."""

PHOTO_HINT = mark("In colour: what was taken for ink. Draw, or press Clear, to put the photo away.")


def tabs(board: Board, state: State) -> None:
    """Add the top row with a tab for each sheet, and one to look inside the network.

    While a photo covers the sheet, its own tab puts the photo away.
    """
    between = board.bar()
    place = centred(between, min(between.width, 32 * board.line), between.height)
    *sheets, inside = columns(place, len(SHEETS) + 1, gap=board.line // 3)
    is_inside = state.screen.only_sheet != ""
    for (name, label), cell in zip(SHEETS.items(), sheets, strict=True):
        current = name == state.settings.sheet and not is_inside
        key = "" if name == state.settings.sheet else state.settings.key("sheet")
        board.button(cell, tr(label), Sheet(name), key, chosen=current)
    key = state.settings.key("inside")
    board.button(inside, tr("Look inside"), Go("inside"), key, chosen=is_inside)


def paper(
    board: Board, state: State, pad: Rect, radius: float, invitation: str, *, faint: bool = False
) -> None:
    """Add the pad with its drawing or photo, or with an invitation while it is empty.

    A `faint` drawing is pale, so that something can lie over it.
    """
    board.panel(pad.inset(-board.line // 2))
    if state.photo:
        place = on_pad(state.photo.place, pad)
        place = place._replace(width=max(1, place.width), height=max(1, place.height)).within(pad)
        theme, share = board.theme, ink_share(state)
        if share < 1:
            board.next_frame = FRAME_SECONDS
        board.add(Photograph(place, state.photo, share, theme.accent, theme.paper))
    else:
        sketch, colour = state.sketch, board.theme.edge if faint else None
        thick = radius * pad.height
        board.ink(pad, sketch.strokes, thick, pen_down=sketch.pen_down, colour=colour)
    shown = "" if state.sketch.strokes or state.photo else invitation
    place = centred(pad, pad.width, 2 * board.line)
    board.text(place, shown, 1.5, board.theme.muted, align=0.5)
    board.pen_down = state.sketch.pen_down
    if state.drawable:
        board.pad = pad


def ink_share(state: State) -> float:
    """Return how far the ink of the photo has appeared, from 0 to 1."""
    if state.settings.reduced_motion:
        return 1.0
    share = (state.now - state.photo_at - LOOK_SECONDS) / FADE_SECONDS
    return round(12 * min(max(share, 0.0), 1.0)) / 12  # in 12 steps


def on_pad(box: Box, pad: Rect) -> Rect:
    """Return a box in units of the pad in pixels of the window."""
    left, top, right, bottom = (round(edge * pad.height) for edge in box)
    return Rect(pad.x + left, pad.y + top, right - left, bottom - top)


def invitation(state: State, screen: Pad, digit_or_number: str) -> str:
    """Return the text on an empty sheet, which says so if an eraser is chosen."""
    if screen.tool == "pen":
        return digit_or_number
    key = state.settings.key("pen").upper()
    return tr("Nothing to erase. {key} takes the pen", key=key)


def tools(board: Board, state: State, screen: Pad, place: Rect, across: int, down: int) -> None:
    """Add a grid of buttons for the tools."""
    cells = grid(place, across, down, gap=board.line // 2)
    for name, label in TOOLS.items():
        chosen = screen.tool == name
        board.button(cells.pop(0), tr(label), Tool(name), state.settings.key(name), chosen=chosen)
    board.commands(cells[:3], "undo", "redo", "clear")
    size = tr("Size {number}", number=screen.width + 1)
    board.button(cells[3], size, Do.WIDTH, state.settings.key("width"))
    board.commands(cells[4:6], "save", "open")


def waiting(state: State) -> Verdict | None:
    """Return the verdict while there is no network, or while it reads a photo; otherwise None."""
    if state.net is Net.FAILED:
        return "!", tr("No network"), tr("You can still draw")
    if state.net is Net.LOADING:
        return "…", tr("Waking up"), tr("Start drawing, I’ll be right there")
    if state.photo and not (state.reading or state.number):
        return "…", tr("Looking at the photo"), tr("What is taken for ink will be in colour")
    return None


def verdict_while_drawing(state: State, verdict: Verdict) -> Verdict:
    """Return the verdict, or another one while a drawing that is no digit yet is being drawn."""
    if state.sketch.pen_down and state.feeling.mood is Mood.WATCHING:
        return "…", tr("I’m watching"), tr("Lift the pen when it is done")
    return verdict


def net_line(state: State) -> str:
    """Return why the network is not ready, in a sentence; "" once it is."""
    if state.net is Net.FAILED:
        return tr("There’s no network; the title says why. You can still draw")
    return tr("The network is waking up …") if state.net is Net.LOADING else ""


def show_verdict(
    board: Board, verdict: Verdict, place: Rect, width: int, lines: float, align: float = 0.5
) -> None:
    """Add the symbol of a verdict at the left, and both lines beside it.

    In a place that is narrow but high, the lines are below the symbol.

    Args:
        board: where they are added.
        verdict: the symbol and the lines.
        place: the place for all of them.
        width: width of the symbol's part, in pixels.
        lines: height of the first line, in lines of text.
        align: the symbol's; see `scene.Text`.
    """
    symbol, first, second = verdict
    has_answer = symbol not in {"!", "…", "?"}
    colour = board.theme.accent if has_answer else board.theme.muted
    if place.width - width < 9 * board.line < 3.5 * place.height:
        large, words = stack(place, REST, min(4.4 * board.line, place.height * 3 // 4))
        lines = min(lines, 1.3)
    else:
        large, words = split(place, width, REST, gap=board.line)
    upper, lower = stack(words, 0.5, 0.5)
    board.text(large, symbol, large.height * 1.2 / board.line, colour, align=align)
    board.text(upper, first, lines, valign=1.0)
    board.text(lower, second, 1, board.theme.muted, valign=0.0)
