"""My digits: how well the network reads this player, digit by digit."""

from game.core.events import Go
from game.core.language import mark, tr, written
from game.core.state import Screen, State
from game.core.values.records import Hand, hand, weakest
from game.core.wording import UNREADABLE, percent, seconds
from game.view.layout import REST, rows, split, stack
from game.view.scene import Rect
from game.view.screens.board import Board
from game.view.theme import mix

COLUMNS = {
    mark("Digit"): 0.13,
    mark("Drawn"): 0.19,
    mark("Guessed"): 0.29,
    mark("Time"): 0.22,
    mark("Ink"): 0.17,
}
"""Columns of the table, and their fractions of its width."""


def scene(board: Board, state: State, _screen: Screen) -> None:
    """Add the tables, or only the first in a window that is too small for both."""
    board.head(tr("My digits"))
    line = board.line
    tables, button = stack(board.frame.body, REST, 2.6 * line, gap=line)
    hands = [hand(state.records, digit) for digit in range(10)]
    if board.frame.wide and tables.width < 32 * line:  # room for one
        _statistics(board, hands, tables)
    else:
        cut = split if board.frame.wide else stack
        left, right = cut(tables, 0.45, 0.55, gap=2 * line)
        _statistics(board, hands, left)
        _confusions(board, hands, right)
    if state.records.trials:
        names = ", ".join(str(digit) for digit in weakest(state.records))
        text = tr("Practise your weakest: {digits}", digits=names)
        board.button(button, text, Go("drill"), "return", chosen=True)
        board.hint(tr("Rows: what you drew. Columns: what it saw; under ? it had no idea"))
    else:
        board.button(button, tr("Play Draw it"), Go("draw"), "return", chosen=True)
        board.hint(tr("Nothing here yet. Play a game to fill these tables"))


def _statistics(board: Board, hands: list[Hand], place: Rect) -> None:
    """Add how often each digit was drawn and guessed, and how much time and ink it took."""
    texts = [
        [
            str(one.digit),
            str(one.count),
            percent(one.accuracy) if one.count else "–",
            seconds(one.seconds) if one.right else "–",
            written(one.ink, ".1f") if one.right else "–",
        ]
        for one in hands
    ]
    _table(
        board,
        board.panel(place, 2 / 3),
        list(COLUMNS.values()),
        [[tr(name) for name in COLUMNS], *texts],
        1.0,
    )


def _confusions(board: Board, hands: list[Hand], place: Rect) -> None:
    """Add how often each digit was read as which; the more often, the stronger the colour."""
    theme, shares = board.theme, [1 / 12] * 12
    inner = board.panel(place, 2 / 3)
    for one, row in zip(hands, rows(inner, 11)[1:], strict=True):
        for said, (cell, count) in enumerate(
            zip(split(row, *shares)[1:], one.read_as, strict=True)
        ):
            colour = theme.good if said == one.digit else theme.bad
            shade = mix(theme.paper, colour, count / max(one.count, 1) * 0.3)
            board.fill(cell.inset(1), shade, board.line // 4)
    texts = [[str(one.digit), *(str(count or "") for count in one.read_as)] for one in hands]
    _table(board, inner, shares, [["", *"0123456789", UNREADABLE], *texts], 0.5)


def _table(
    board: Board, place: Rect, shares: list[float], lines: list[list[str]], align: float
) -> None:
    """Add rows of texts; the first row is the heading, and the first column names the digit."""
    theme = board.theme
    for at, (row, texts) in enumerate(zip(rows(place, len(lines)), lines, strict=True)):
        colours = [theme.muted] * len(texts) if at == 0 else [theme.accent, *[theme.ink] * 12]
        height = 1 if at == 0 else min(1.2, row.height / board.line)
        for cell, text, colour in zip(split(row, *shares), texts, colours, strict=False):
            apart = min(board.line // 3, cell.width // 8)
            board.text(cell.inset(apart // 2, 0), text, height, colour, align=align)
