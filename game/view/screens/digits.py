"""My digits: how well the network reads this player, digit by digit."""

from game.core.events import Do, Go
from game.core.language import formatted, mark, tr
from game.core.modes.digits import Digits
from game.core.state import State
from game.core.values.records import DigitStatistics, statistics_of, weakest
from game.core.values.teaching import FEWEST_DRAWINGS, Teaching
from game.core.wording import UNREADABLE, percent, seconds
from game.view.layout import REST, columns, rows, split, stack
from game.view.scene import Rect
from game.view.screens.parts.board import Board
from game.view.theme import mix

COLUMNS = {
    mark("Digit"): 0.13,
    mark("Drawn"): 0.19,
    mark("Guessed"): 0.29,
    mark("Time"): 0.22,
    mark("Ink"): 0.17,
}
"""Columns of the table, and their fractions of its width."""


def scene(board: Board, state: State, screen: Digits) -> None:
    """Add the tables, or only the first in a window that is too small for both.

    Below them is what the network has learnt, or could learn, of the player's hand.
    """
    board.head(tr("My digits"))
    line = board.line
    count, gap = screen.offers + screen.knows_hand, line // 2
    height = 2.6 * line if board.frame.wide or not count else 5.2 * line + gap
    tables, words, buttons = stack(board.frame.body, REST, 1.8 * line, height, gap=gap)
    if board.frame.wide:
        button, *others = columns(buttons, 1 + count, gap)
    else:
        button, *below = rows(buttons, 1 + (count > 0), gap)
        others = columns(below[0], count, gap) if below else []
    board.text(words, teaching_text(state.teaching), 1.3, align=0.5)
    if screen.offers:
        board.button(others[0], tr("Let it learn"), Do.ADD)
    if screen.knows_hand:
        board.button(others[-1], tr("Take it back"), Do.REMOVE)
    statistics = [statistics_of(state.records, digit) for digit in range(10)]
    if board.frame.wide and tables.width < 32 * line:  # room for one
        _statistics(board, statistics, tables)
    else:
        cut = split if board.frame.wide else stack
        left, right = cut(tables, 0.45, 0.55, gap=2 * line)
        _statistics(board, statistics, left)
        _confusions(board, statistics, right)
    if state.records.trials:
        names = ", ".join(str(digit) for digit in weakest(state.records))
        text = tr("Practise your weakest: {digits}", digits=names)
        board.button(button, text, Go("drill"), "return", chosen=True)
    else:
        board.button(button, tr("Play Draw it"), Go("draw"), "return", chosen=True)
    if state.teaching.offer:
        count = state.teaching.offer.drawings
        board.hint(
            tr("Measured on {count} digits of yours, each left out while it learnt", count=count)
        )
    elif state.records.trials:
        board.hint(tr("Rows: what you drew. Columns: what it saw; under ? it had no idea"))
    else:
        board.hint(tr("Nothing here yet. Play a game to fill these tables"))


def teaching_text(teaching: Teaching) -> str:
    """Return what the network has learnt, or could learn, of the player's hand."""
    used, offer, found = teaching.used, teaching.offer, teaching.found
    if offer and used:
        return tr(
            "After learning again, it would read {gain} more of 100 digits, instead of {known}",
            gain=offer.gain,
            known=used.gain,
        )
    if offer:
        if offer.gain == 0:
            return tr("It would be surer of what you write")
        return tr("It would read {gain} more of 100 digits of yours", gain=offer.gain)
    if used:
        if used.gain == 0:
            return tr("It knows your hand, and is surer of what you write")
        return tr(
            "It knows your hand, and reads {gain} more of 100 digits of yours", gain=used.gain
        )
    if teaching.is_studying:
        return tr("It is looking at how you write …")
    if found and found.drawings >= FEWEST_DRAWINGS:
        return tr("Learning from your {count} digits would not help it", count=found.drawings)
    return tr("From {least} digits of yours, it can learn your hand", least=FEWEST_DRAWINGS)


def _statistics(board: Board, statistics: list[DigitStatistics], place: Rect) -> None:
    """Add how often each digit was drawn and guessed, and how much time and ink it took."""
    texts = [
        [
            str(one.digit),
            str(one.count),
            percent(one.accuracy) if one.count else "–",
            seconds(one.seconds) if one.right else "–",
            formatted(one.ink, ".1f") if one.right else "–",
        ]
        for one in statistics
    ]
    _table(
        board,
        board.panel(place, 2 / 3),
        list(COLUMNS.values()),
        [[tr(name) for name in COLUMNS], *texts],
        1.0,
    )


def _confusions(board: Board, statistics: list[DigitStatistics], place: Rect) -> None:
    """Add how often each digit was read as which; the more often, the stronger the colour."""
    theme, shares = board.theme, [1 / 12] * 12
    inner = board.panel(place, 2 / 3)
    for one, row in zip(statistics, rows(inner, 11)[1:], strict=True):
        for said, (cell, count) in enumerate(
            zip(split(row, *shares)[1:], one.read_as, strict=True)
        ):
            colour = theme.good if said == one.digit else theme.bad
            shade = mix(theme.paper, colour, count / max(one.count, 1) * 0.3)
            board.fill(cell.inset(1), shade, board.line // 4)
    texts = [[str(one.digit), *(str(count or "") for count in one.read_as)] for one in statistics]
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
