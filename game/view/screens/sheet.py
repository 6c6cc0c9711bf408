"""What both sheets of the sketchpad share: tabs, paper, tools, and what is said of an answer."""

from game.core.events import Do, Go, Sheet, Tool
from game.core.modes.sketchpad import Pad
from game.core.state import Net, State
from game.view.layout import columns
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

TABS_WIDTH = 32
"""Width of the three tabs, in lines."""


def tabs(board: Board, state: State) -> None:
    """Add the top row with a tab for each sheet, and one to look inside the network.

    While a photo covers the sheet neither is chosen: its own tab puts the photo away.
    """
    between = board.bar()
    width = min(between.width, TABS_WIDTH * board.unit)
    place = Rect(between.x + (between.width - width) // 2, between.y, width, between.height)
    *sheets, inside = columns(place, len(SHEETS) + 1, gap=board.unit // 3)
    is_inside = state.screen.only_sheet != ""
    for (name, label), cell in zip(SHEETS.items(), sheets, strict=True):
        current = name == state.settings.sheet and not is_inside
        key = "" if name == state.settings.sheet else state.settings.key("sheet")
        board.button(cell, label, Sheet(name), key, chosen=current and not state.photo)
    key = state.settings.key("inside")
    board.button(inside, "Look inside", Go("inside"), key, chosen=is_inside)


def paper(
    board: Board, state: State, pad: Rect, radius: float, invitation: str, *, faint: bool = False
) -> None:
    """Add the pad with its drawing or photo, or with an invitation while it is empty.

    A `faint` drawing is pale, so that something can lie over it.
    """
    board.panel(pad.inset(-board.unit // 2))
    if state.photo:
        photo_on(board, state, state.photo, pad)
    else:
        sketch, colour = state.sketch, board.theme.edge if faint else board.theme.ink
        thick = radius * pad.height
        board.ink(pad, sketch.strokes, thick, pen_down=sketch.pen_down, colour=colour)
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
