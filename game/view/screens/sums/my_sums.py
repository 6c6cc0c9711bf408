"""My sums: the times table as a heat map that shows how well each product is known."""

from game.core.events import Choose, Do
from game.core.language import mark, tr
from game.core.modes.sums.setup import MySums
from game.core.state import State
from game.core.values.sums import BOXES, TABLES, Operation, Problem
from game.view.layout import REST, grid, split, stack, with_aspect
from game.view.scene import Rect
from game.view.screens.parts.board import Board
from game.view.screens.parts.companion import companion
from game.view.theme import Colour, mix

LEGEND = {
    0: mark("Not asked yet"),
    1: mark("Wrong or slow"),
    2: mark("Not sure yet"),
    3: mark("Nearly there"),
    4: mark("Known"),
    5: mark("Known by heart"),
}
"""What each of Leitner's boxes means (`game/core/values/sums.py`); 0 is what was never asked."""


def scene(board: Board, state: State, _screen: MySums) -> None:
    """Add the heat map to the board, its legend, and a sentence about what is known."""
    board.head(tr("My sums"))
    table, side = board.halves(board.frame.body, (0.64, 0.36), (0.6, 0.4))
    _table(board, state, table)
    speech, legend, button = stack(side, 0.45, 0.55, 2.4 * board.line, gap=board.line)
    board.text(companion(board, state, speech), _summary(state), 1.2, align=0.5)
    _legend(board, legend)
    board.button(button, tr("Practise"), Do.ACCEPT, "return", chosen=True)
    board.hint(tr("Press the number before a row to practise that table"))


def _table(board: Board, state: State, place: Rect) -> None:
    """Add a cell for each product, and before each row a button to practise it."""
    side, gap = len(TABLES) + 1, max(2, board.line // 6)
    cells = grid(with_aspect(place, min(1.5, place.width / place.height)), side, side, gap)
    lines = min(1.2, cells[0].height * 0.7 / board.line)
    board.text(cells[0], Operation.TIMES.value, lines, board.theme.muted, align=0.5)
    for first in TABLES:
        board.text(cells[first], str(first), lines, board.theme.muted, align=0.5)
        board.button(cells[first * side], str(first), Choose(first))
        for second in TABLES:
            problem = Problem(Operation.TIMES, first, second)
            box = state.records.boxes.get(problem.fact, 0)
            _cell(board, cells[first * side + second], box, str(problem.answer), lines)


def _cell(board: Board, cell: Rect, box: int, label: str, lines: float) -> None:
    """Add a label on the colour of a box, and a bar that is as long as the box is high."""
    theme = board.theme
    shades = [mix(theme.desk, theme.edge, 0.5), mix(theme.paper, theme.bad, 0.45)]
    shades += [mix(theme.paper, theme.good, share) for share in (0.12, 0.3, 0.5, 1.0)]
    colour = shades[box]  # no share of 0.75: neither text colour would have enough contrast there
    board.fill(cell, colour, cell.height // 6)
    text, bar = stack(cell, REST, max(3, cell.height // 6))
    ink = max(theme.ink, theme.paper, key=lambda one: abs(_light(one) - _light(colour)))
    board.text(text, label, lines, ink if box else theme.muted, align=0.5)
    if box:
        bar = bar.inset(cell.width // 8, 0)
        bar = bar._replace(y=bar.y - 1, width=round(bar.width * box / BOXES))
        board.fill(bar._replace(height=max(2, bar.height // 2)), ink)


def _light(colour: Colour) -> float:
    """Return about how light a colour is, from 0 to 255."""
    red, green, blue = colour
    return 0.3 * red + 0.6 * green + 0.1 * blue


def _legend(board: Board, place: Rect) -> None:
    """Add what each box means, in two columns below the table."""
    line = board.line
    across = 1 if board.frame.wide else 2
    rows = grid(place, across, len(LEGEND) // across, line // 3)
    for (box, said), row in zip(LEGEND.items(), rows, strict=True):
        height = min(row.height, round(1.8 * line))
        cell, words = split(row._replace(height=height), 2.4 * line, REST, gap=line // 2)
        _cell(board, cell, box, "", 1)
        board.text(words, tr(said), 1.1)


def _summary(state: State) -> str:
    """Return a sentence about how many products are known, and which are the weakest."""
    boxes = {
        fact: box for fact, box in state.records.boxes.items() if fact.operation is Operation.TIMES
    }
    if not boxes:
        return tr("Practise the times tables, and they fill with colour here.")
    known = sum(box >= 4 for box in boxes.values())
    weak = [fact.text for fact, box in boxes.items() if box == 1][-3:]
    next_ones = ", ".join(weak)
    match bool(known), bool(weak):
        case False, False:
            return tr("A good start! What you know turns green here.")
        case False, True:
            return tr("A good start! To practise next: {weak}.", weak=next_ones)
        case True, False:
            return tr("You know {count} of these facts.", count=known)
    return tr(
        "You know {count} of these facts. To practise next: {weak}.", count=known, weak=next_ones
    )
