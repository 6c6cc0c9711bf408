"""What covers the screen: the pause, behind which no drawing can be seen, and the help."""

from game.events import Do, Go
from game.layout import Size, split, stack
from game.scene import Scene
from game.screens.board import Board
from game.state import State

HELP = (
    ("Draw", "left button, or a finger, on the paper"),
    ("Clear", "right button, Backspace or {clear}"),
    ("Undo, redo", "{undo} and {redo}, or Ctrl Z and Ctrl Y"),
    ("Say what it is", "0 to 9: kept in your data folder to learn from"),
    ("Open", "drop a picture or an .ndjson file on the window"),
    ("Save", "{save}: a PNG and a line of .ndjson"),
    ("Pause", "P or Esc in a game; it pauses too when you look away"),
    ("Choose", "Tab, arrows and Enter, or the number beside it"),
    ("Fullscreen", "F11"),
)


def paused(state: State, size: Size) -> Scene:
    """The pause of a game."""
    board = Board(state, size)
    board.head(state, "Paused")
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
    board.head(state, "Help")
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
