"""The ways of writing: which one of each digit is taught."""

from game.core.events import Choose
from game.core.language import mark, tr
from game.core.modes.writing.shelf import ALL_FORMS, Forms
from game.core.state import State
from game.core.values.writing import Form
from game.view.layout import REST, grid, split, stack
from game.view.scene import Rect
from game.view.screens.parts.board import Board
from game.view.screens.writing.parts import network_line, small_model

LABELS: dict[Form, str] = {
    (1, "short-flag"): mark("1 with a short flag"),
    (1, "stick"): mark("1 as a plain line"),
    (1, "long-flag"): mark("1 with a long flag"),
    (1, "flag-and-foot"): mark("1 with a foot"),
    (2, "round"): mark("2 with a corner"),
    (2, "loop"): mark("2 with a loop"),
    (3, "round"): mark("Round 3"),
    (3, "flat-top"): mark("3 with a flat top"),
    (4, "open"): mark("Open 4"),
    (4, "closed"): mark("Closed 4"),
    (5, "cap-last"): mark("5 with its roof last"),
    (5, "one-stroke"): mark("5 in one stroke"),
    (7, "plain"): mark("Plain 7"),
    (7, "crossed"): mark("7 with a bar"),
    (7, "serif"): mark("7 with a hook"),
    (7, "crossed-serif"): mark("7 with a hook and a bar"),
    (8, "from-the-right"): mark("8 in one stroke"),
    (8, "two-rings"): mark("8 of two rings"),
    (9, "straight-stem"): mark("Plain 9"),
    (9, "tail-curved"): mark("9 with a curved tail"),
}
"""The names of the ways of writing."""


def scene(board: Board, state: State, _screen: Forms) -> None:
    """Add the ways of writing to the board."""
    board.head(tr("Ways of writing"))
    cells = grid(board.frame.body, 4, 5, gap=board.line * 2 // 3)  # those of a digit in a row
    for number, (form, cell) in enumerate(zip(ALL_FORMS, cells, strict=True)):
        _card(board, state, form, number, cell)
    board.hint(network_line(state) or tr("Choose how each digit is taught"))


def _card(board: Board, state: State, form: Form, number: int, cell: Rect) -> None:
    """Add a way of writing; the one that is taught has a ring around it."""
    digit, name = form
    chosen = state.settings.forms[digit] == name
    focused = board.target(cell, Choose(number))
    if chosen or focused:
        board.ring(cell, board.theme.ink if focused else board.theme.accent)
    inner = board.panel(cell, 0.3)
    if inner.width > 1.4 * inner.height:
        figure, words = split(inner, inner.height, REST, gap=board.line // 2)
    else:
        figure, words = stack(inner, REST, 2.4 * board.line)
    small_model(board, figure, state.forms.get(form, ()))
    board.text(words, tr(LABELS[form]))
