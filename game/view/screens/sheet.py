"""What both sheets of the sketchpad share: tabs, paper, tools, and what is said of an answer."""

from game.core.events import Do, Sheet, Tool
from game.core.rules.pad import Pad
from game.core.state import Net, State
from game.view.layout import split
from game.view.scene import Rect
from game.view.screens.board import Board
from game.view.screens.photo import photo_on

SHEETS = {"digit": "One digit", "number": "A number"}

SURE = 0.6
"""Probability from which what was read is shown without a question mark."""

NOT_READY = {
    Net.FAILED: ("!", "No network", "You can still draw"),
    Net.LOADING: ("…", "Waking up", "Start drawing, I’ll be right there"),
}
"""The verdict without a network: a symbol, a line and a smaller second line."""

TABS_WIDTH = 20
"""Width of the two tabs, in lines."""


def tabs(board: Board, state: State) -> None:
    """Add the top row with a tab for each sheet; the key turns to the other one.

    While a photo covers the sheet neither is chosen: its own tab puts the photo away.
    """
    between = board.bar()
    width = min(between.width, TABS_WIDTH * board.unit)
    place = Rect(between.x + (between.width - width) // 2, between.y, width, between.height)
    for (name, label), cell in zip(
        SHEETS.items(), split(place, 0.5, 0.5, gap=board.unit // 3), strict=True
    ):
        current = name == state.settings.sheet
        key = "" if current else state.settings.key("sheet")
        board.button(cell, label, Sheet(name), key, chosen=current and not state.photo)


def paper(board: Board, state: State, pad: Rect, radius: float, invitation: str) -> None:
    """Add the pad with its drawing or photo, or with an invitation while it is empty."""
    board.panel(pad.inset(-board.unit // 2))
    if state.photo:
        photo_on(board, state, state.photo, pad)
    else:
        board.ink(pad, state.sketch.strokes, radius * pad.height, pen_down=state.sketch.pen_down)
    board.text(
        Rect(pad.x, pad.y + pad.height // 2 - board.unit, pad.width, 2 * board.unit),
        "" if state.sketch.strokes or state.photo else invitation,
        1.5,
        board.theme.muted,
        align=0.5,
    )
    board.pad(pad)


def tools(board: Board, state: State, screen: Pad, cells: list[Rect]) -> None:
    """Add the buttons of the tools, one in each cell."""
    settings = state.settings
    for name, label in (("pen", "Pen"), ("eraser", "Eraser"), ("rubber", "Rub out")):
        chosen = screen.tool == name
        board.button(cells.pop(0), label, Tool(name), settings.key(name), chosen=chosen)
    for what, label in (
        ("undo", "Undo"),
        ("redo", "Redo"),
        ("clear", "Clear"),
        ("width", f"Size {screen.width + 1}"),
        ("save", "Save"),
        ("open", "Open"),
    ):
        board.button(cells.pop(0), label, Do(what), settings.key(what))
