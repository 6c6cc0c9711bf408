"""What covers the screen: the pause, behind which no drawing can be seen, help, saved drawings."""

from game.events import Choose, Do, Go
from game.layout import Size, grid, split, stack
from game.scene import Scene
from game.screens.board import Board
from game.state import State

HELP = (
    ("Draw", "left button, or a finger, on the paper"),
    ("Clear", "right button, Backspace or {clear}"),
    ("Undo, redo", "{undo} and {redo}, or Ctrl Z and Ctrl Y"),
    ("Say what it is", "0 to 9: kept in your data folder to learn from"),
    ("Open", "{open}: a saved drawing. Or drop a picture or .ndjson file here"),
    ("Save", "{save}: a PNG and a line of .ndjson"),
    ("Pause", "P or Esc in a game; it pauses too when you look away"),
    ("Choose", "Tab, arrows and Enter, or the number beside it"),
    ("Fullscreen", "F11"),
)


def paused(state: State, size: Size) -> Scene:
    """The pause of a game."""
    board = Board(state, size)
    board.head("Paused")
    place = board.middle(30, 15)
    head, line, first, second = stack(
        place, 4 * board.unit, 2 * board.unit, 3 * board.unit, 3 * board.unit, gap=board.unit
    )
    board.text(head, "Paused", 3, board.theme.accent, align=0.5)
    board.text(line, "The clock stands, and the drawing is covered.", 1.2, align=0.5)
    board.button(first, "Go on", Do("accept"), "return", chosen=True)
    board.button(second, "Leave the game", Go("title"))
    board.hint("Enter goes on")
    return board.scene()


def helped(state: State, size: Size) -> Scene:
    """The help."""
    board = Board(state, size)
    board.head("Help")
    place = board.middle(46, 28)
    sheet, go = stack(place, 0.999, 2.6 * board.unit, gap=board.unit)
    board.sheet(sheet)
    keys = {action: key.upper() for action, key in state.settings.keys}
    for (name, text), row in zip(
        HELP, stack(sheet.inset(board.unit), *[1 / len(HELP)] * len(HELP)), strict=True
    ):
        left, right = split(row, 0.3, 0.7, gap=board.unit)
        board.text(left, name, 1.1, board.theme.accent)
        board.text(right, text.format(**keys), 1.1)
    board.button(go, "Go on", Do("accept"), "return", chosen=True)
    board.hint("Enter goes on")
    return board.scene()


def offered(state: State, size: Size) -> Scene:
    """The drawings that were saved last."""
    board = Board(state, size)
    board.head("Saved drawings")
    across, down = (4, 3) if board.frame.wide else (3, 4)
    cells = grid(board.frame.body, across, down, gap=board.unit)
    for number, ((word, strokes), cell) in enumerate(zip(state.offered, cells, strict=False)):
        board.card(cell, strokes, word, Choose(number))
    board.hint("Choose a drawing to lay it on the pad. Undo brings back what was there")
    return board.scene()
