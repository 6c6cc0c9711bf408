"""What covers the screen: the pause, behind which no drawing can be seen, help, saved drawings."""

from game.core.events import Choose, Do, Go
from game.core.rules import draw_game, think_game
from game.core.rules.draw_game import DrawGame
from game.core.rules.settings import NORMAL_SECONDS
from game.core.rules.think_game import ThinkGame
from game.core.state import State
from game.view.layout import Size, grid, split, stack
from game.view.scene import Rect, Scene
from game.view.screens.board import Board

Lines = tuple[tuple[str, str], ...]

MISSED = think_game.MISSED_POINTS
READ = MISSED + think_game.WELL_DRAWN_POINTS

DRAW_RULES: Lines = (
    ("The game", "Draw the digit on the card until the network is sure of it"),
    ("Time", f"{draw_game.TIME_POINTS} points at once, none after {NORMAL_SECONDS:.0f} seconds"),
    ("Ink", f"{draw_game.INK_POINTS} points at most: the shorter the pen’s way, the more"),
    ("Streak", f"{draw_game.STREAK_POINTS} points more for each guessed digit before, in a row"),
)
THINK_RULES: Lines = (
    ("The game", "Draw any digit; the network buzzes in, and you say if it is right"),
    (
        "It gets",
        f"{think_game.MACHINE_POINTS} points at most for a right guess, fewer with more ink",
    ),
    ("You get", f"{MISSED} points if it fails, {READ} if it then reads the finished digit"),
    ("No points", "for a scribble, or a digit that still looks like the guess"),
)

DRAWING: Lines = (
    ("Draw", "left button, or a finger, on the paper"),
    ("Clear", "right button, Backspace or {clear}"),
    ("Undo, redo", "{undo} and {redo}, or Ctrl Z and Ctrl Y"),
)
FILES: Lines = (
    ("Say what it is", "0 to 9: kept as that in your data folder. The last one counts"),
    ("Open", "{open}: a saved drawing. Or drop a picture or .ndjson file here"),
    ("Save", "{save}: a PNG and a line of .ndjson"),
)
ALWAYS: Lines = (
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
    """The help: the rules of the game that is played, and what the keys do."""
    board = Board(state, size)
    board.head("Help")
    sheets = _help(state)
    rows = sum(map(len, sheets))
    place = board.middle(46, 34)
    shares = [len(lines) / rows for lines in sheets]
    *places, go = stack(
        place, *(min(share, 0.999) for share in shares), 2.6 * board.unit, gap=board.unit
    )
    for lines, sheet in zip(sheets, places, strict=True):
        _lines(board, state, lines, sheet)
    board.button(go, "Go on", Do("accept"), "return", chosen=True)
    board.hint("Enter goes on")
    return board.scene()


def _help(state: State) -> tuple[Lines, ...]:
    """What the help says, sheet by sheet."""
    match state.screen:
        case DrawGame():
            return DRAW_RULES, (*DRAWING, *ALWAYS)
        case ThinkGame():
            return THINK_RULES, (*DRAWING, *ALWAYS)
    return ((*DRAWING, *FILES, *ALWAYS),)


def _lines(board: Board, state: State, lines: Lines, sheet: Rect) -> None:
    board.panel(sheet)
    keys = {action: key.upper() for action, key in state.settings.keys}
    rows = stack(sheet.inset(board.unit * 2 // 3), *[1 / len(lines)] * len(lines))
    for (name, text), row in zip(lines, rows, strict=True):
        left, right = split(row, 0.22, 0.78, gap=board.unit)
        board.text(left, name, 1.1, board.theme.accent)
        board.text(right, text.format(**keys), 1.1)


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
