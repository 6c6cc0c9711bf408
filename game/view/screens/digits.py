"""My digits: how well the network reads this player, digit by digit."""

from game.core.events import Go
from game.core.state import Screen, State
from game.core.values.records import Hand, hand, weakest
from game.core.wording import percent, seconds
from game.view.layout import Size, split, stack
from game.view.scene import Rect, Scene
from game.view.screens.board import Board
from game.view.theme import mixed

COLUMNS = {"Digit": 0.13, "Drawn": 0.19, "Guessed": 0.29, "Time": 0.22, "Ink": 0.17}
"""Columns of the table, and their fractions of its width."""

ROOMY = 32
"""Width in lines from which both tables fit side by side."""


def scene(state: State, size: Size, _: Screen) -> Scene:
    """Return the tables for a window of this size, or only the first if it is too small."""
    board = Board(state, size)
    board.head("My digits")
    line = board.unit
    tables, keys = stack(board.frame.body, 0.999, 2.6 * line, gap=line)
    hands = [hand(state.records, digit) for digit in range(10)]
    if board.frame.wide and tables.width < ROOMY * line:
        _table(board, hands, tables)
    else:
        cut = split if board.frame.wide else stack
        left, right = cut(tables, 0.45, 0.55, gap=2 * line)
        _table(board, hands, left)
        _matrix(board, hands, right)
    if state.records.trials:
        names = ", ".join(str(digit) for digit in weakest(state.records))
        board.button(keys, f"Practise your weakest: {names}", Go("drill"), "return", chosen=True)
        board.hint("Rows: what you drew. Columns: what it guessed; the last one is no guess at all")
    else:
        board.button(keys, "Play Draw it", Go("draw"), "return", chosen=True)
        board.hint("Nothing here yet. Play a game to fill these tables")
    return board.scene()


def _table(board: Board, hands: list[Hand], place: Rect) -> None:
    unit, theme = board.unit, board.theme
    board.panel(place)
    head, *rows = stack(place.inset(unit * 2 // 3), *[1 / 11] * 11)
    for cell, name in zip(split(head, *COLUMNS.values()), COLUMNS, strict=True):
        board.text(cell, name, 1, theme.muted, align=1.0)
    for one, row in zip(hands, rows, strict=True):
        shown = (
            str(one.digit),
            str(one.count),
            percent(one.accuracy) if one.count else "–",
            seconds(one.seconds) if one.right else "–",
            f"{one.ink:.1f}" if one.right else "–",
        )
        cells = split(row, *COLUMNS.values())
        for number, (cell, text) in enumerate(zip(cells, shown, strict=True)):
            colour = theme.accent if number == 0 else theme.ink
            board.text(cell, text, min(1.2, row.height / unit), colour, align=1.0)


def _matrix(board: Board, hands: list[Hand], place: Rect) -> None:
    """Add the confusion matrix: how often each digit was read as which."""
    unit, theme = board.unit, board.theme
    board.panel(place)
    head, *rows = stack(place.inset(unit * 2 // 3), *[1 / 11] * 11)
    for cell, name in zip(split(head, *[1 / 12] * 12), (" ", *"0123456789", "–"), strict=True):
        board.text(cell, name.strip(), 1, theme.muted, align=0.5)
    for one, row in zip(hands, rows, strict=True):
        name, *cells = split(row, *[1 / 12] * 12)
        board.text(name, str(one.digit), min(1.2, row.height / unit), theme.accent, align=0.5)
        for said, (cell, count) in enumerate(zip(cells, one.read_as, strict=True)):
            share = count / max(one.count, 1)
            colour = theme.good if said == one.digit else theme.bad
            board.fill(cell.inset(1), mixed(theme.paper, colour, share * 0.3), unit // 4)
            board.text(cell, str(count) if count else "", 1, align=0.5)
