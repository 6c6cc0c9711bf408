"""Overlays: the pause, which hides the drawing, the help and the saved drawings."""

from game.core.events import Choose, Do, Go
from game.core.modes.sketchpad import width_for
from game.core.state import Help, State
from game.view.layout import Size, grid, split, stack
from game.view.scene import Rect, Scene
from game.view.screens.board import Board

DRAWING: Help = (
    ("Draw", "left mouse button, or a finger, on the paper"),
    ("Clear", "right mouse button, Backspace or {clear}"),
    ("Undo, redo", "{undo} and {redo}, or Ctrl Z and Ctrl Y"),
)
FILES: Help = (
    ("Other sheet", "{sheet}: for one digit, or a wide one for a number of up to 12 digits"),
    ("Label it", "0 to 9: saved with that label in your data folder. The last one counts"),
    ("Open", "{open}: a saved drawing. Or drop a picture or drawing file here"),
    ("Save", "{save}: a PNG and a line of .ndjson"),
)
ALWAYS: Help = (
    ("Pause", "P or Esc in a game; it also pauses when you switch windows"),
    ("Choose", "Tab, arrows and Enter, or the number beside an entry"),
    ("Fullscreen", "F11"),
)


def paused(state: State, size: Size) -> Scene:
    """Return the pause screen of a game."""
    board = Board(state, size)
    board.head("Paused")
    place = board.middle(30, 15)
    head, line, first, second = stack(
        place, 4 * board.unit, 2 * board.unit, 3 * board.unit, 3 * board.unit, gap=board.unit
    )
    board.text(head, "Paused", 3, board.theme.accent, align=0.5)
    board.text(line, "The clock is stopped, and your drawing is hidden.", 1.2, align=0.5)
    board.button(first, "Continue", Do.ACCEPT, "return", chosen=True)
    board.button(second, "Leave the game", Go("title"))
    board.hint("Press Enter to continue")
    return board.scene()


def helped(state: State, size: Size) -> Scene:
    """Return the help: the rules of the current game, and the keys."""
    board = Board(state, size)
    board.head("Help")
    sections = _help(state)
    rows = sum(map(len, sections))
    place = board.middle(46, 34)
    shares = [len(lines) / rows for lines in sections]
    *places, go = stack(
        place, *(min(share, 0.999) for share in shares), 2.6 * board.unit, gap=board.unit
    )
    for lines, place in zip(sections, places, strict=True):
        _lines(board, state, lines, place)
    board.button(go, "Continue", Do.ACCEPT, "return", chosen=True)
    board.hint("Press Enter to continue")
    return board.scene()


def _help(state: State) -> tuple[Help, ...]:
    """Return the sections of the help."""
    if state.screen.help:
        return state.screen.help, (*DRAWING, *ALWAYS)
    return ((*DRAWING, *FILES, *ALWAYS),)


def _lines(board: Board, state: State, lines: Help, place: Rect) -> None:
    board.panel(place)
    keys = {action: key.upper() for action, key in state.settings.keys}
    rows = stack(place.inset(board.unit * 2 // 3), *[1 / len(lines)] * len(lines))
    for (name, text), row in zip(lines, rows, strict=True):
        left, right = split(row, 0.22, 0.78, gap=board.unit)
        board.text(left, name, 1.1, board.theme.accent)
        board.text(right, text.format(**keys), 1.1)


def offered(state: State, size: Size) -> Scene:
    """Return the latest saved drawings to choose from."""
    board = Board(state, size)
    board.head("Saved drawings")
    across, down = (4, 3) if board.frame.wide else (3, 4)
    cells = grid(board.frame.body, across, down, gap=board.unit)
    for number, ((word, strokes), cell) in enumerate(
        zip(state.saved_drawings, cells, strict=False)
    ):
        board.card(cell, strokes, word, Choose(number), width=width_for(word))
    board.hint("Choose a drawing to put it on the pad. Undo brings back the one before")
    return board.scene()
