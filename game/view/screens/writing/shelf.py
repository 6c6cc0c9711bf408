"""The ten digits to choose from, each with its stars."""

from game.core.events import Digit, Go
from game.core.language import tr
from game.core.modes.writing.shelf import Shelf
from game.core.state import State
from game.view.layout import REST, grid, split, stack
from game.view.scene import Rect
from game.view.screens.parts.board import Board
from game.view.screens.parts.companion import companion
from game.view.screens.writing.parts import network_line, small_model, stars


def scene(board: Board, state: State, _screen: Shelf) -> None:
    """Add the digits to the board."""
    board.head(tr("Write it"))
    line = board.line
    speech, tiles, foot = stack(board.frame.body, 6 * line, REST, 2.4 * line, gap=line)
    said = companion(board, state, speech, share=0.2)
    board.text(said, network_line(state) or tr("Which digit shall we write?"), 1.8)
    across, down = (5, 2) if board.frame.wide else (2, 5)
    for digit, cell in enumerate(grid(tiles, across, down, gap=line)):
        _tile(board, state, digit, cell)
    width = min(foot.width, 22 * line)
    _, button = split(foot, REST, width, mirrored=board.left_handed)
    board.button(button, tr("For parents: ways of writing …"), Go("forms"))
    board.hint(tr("Choose with the mouse, the finger or a number"))


def _tile(board: Board, state: State, digit: int, cell: Rect) -> None:
    """Add a digit as it is taught, or in print until that is known."""
    if board.target(cell, Digit(digit), str(digit)):
        board.ring(cell, board.theme.ink)
    inner = board.panel(cell, 0.4)
    strokes = state.forms.get((digit, state.settings.forms[digit]))
    beside = inner.width > 1.5 * inner.height
    cut = split if beside else stack
    figure, foot = cut(inner, 0.6, 0.4) if beside else cut(inner, REST, 1.6 * board.line)
    if strokes:
        small_model(board, figure, strokes)
    else:
        board.text(figure, str(digit), figure.height / board.line, board.theme.muted, align=0.5)
    stars(board, foot, state.records.stars[digit])
