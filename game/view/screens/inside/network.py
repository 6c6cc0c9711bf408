"""The network from left to right: the image, the hidden layers as grids of units, the answers."""

import math
from collections.abc import Sequence
from functools import cache

from game.core.events import Point
from game.core.language import plural, tr
from game.core.modes.inside import Inside
from game.core.values.insight import INPUT, Insight, Unit
from game.core.values.readings import FRAME_SIDE
from game.core.wording import UNREADABLE, percent
from game.view import layout
from game.view.layout import REST, centred, split, stack
from game.view.scene import LEAST_WITH_GAP, Cells, Curve, Links, Rect
from game.view.screens.parts.board import Board
from game.view.screens.sketchpad.digit import bar
from game.view.theme import mix

ARROWS = {"right": (1, 0), "left": (-1, 0), "down": (0, 1), "up": (0, -1)}
"""Columns and rows by which the arrow keys move with Shift; without it they move the pen."""


def network(board: Board, screen: Inside, insight: Insight, place: Rect, *, is_digit: bool) -> None:
    """Add the image, the layers, the answers, and links to the unit that is shown."""
    widths = insight.widths
    gap = min(2 * board.line, place.width // (4 * len(widths) + 4))
    shares = [1.0] * len(widths) + [1.3]  # the bars need more
    *places, answers = split(place, *(share / sum(shares) for share in shares), gap=gap)
    units = [plural("{count} unit", "{count} units", width) for width in widths[:-1]]
    names = [tr("28×28 pixels"), *units]
    images = [insight.question.image, *insight.layers]
    for layer, (column, name, image) in enumerate(zip(places, names, images, strict=True), INPUT):
        caption, grid = stack(column, 1.2 * board.line, REST, gap=board.line // 3)
        board.text(caption, name, 1, board.theme.muted, align=0.5)
        shown = bytes(len(image)) if insight.is_blank else image
        board.cells.append(_layer(board, layer, shown, grid))
    board.cells.append(_answers(board, insight, answers, is_digit=is_digit))
    board.arrows = tuple(
        (f"shift+{key}", Point(neighbour(board.cells, insight.guess, screen.shown, *step)))
        for key, step in ARROWS.items()
    )
    _links(board, screen, insight, place)


def _layer(board: Board, layer: int, bright: bytes, place: Rect) -> Cells:
    across = FRAME_SIDE if layer == INPUT else grid_columns(len(bright))
    down = -(-len(bright) // across)
    side, theme = min(place.width / across, place.height / down), board.theme
    side = int(side) if side >= LEAST_WITH_GAP else side
    rect = centred(place, round(side * across), round(side * down))
    cells = Cells(rect, layer, across, len(bright))
    board.outline(rect.inset(-1))
    missing = across * down - len(bright)
    gap = None if layer == INPUT else mix(theme.night, theme.quiet, 0.4)
    board.picture(rect, bright + bytes(missing), across, gap=gap)
    if missing:  # the last row is not full
        last = cells.place(len(bright) - 1)
        empty = Rect(last.right, last.y, rect.right - last.right, last.height)
        board.fill(empty, theme.desk)
    return cells


def _answers(board: Board, insight: Insight, place: Rect, *, is_digit: bool) -> Cells:
    """Add a bar for each digit, and below them how sure it is that there is none.

    In a narrow place there are only the percentages.
    """
    grid = place.inset(board.line // 3, 0)
    has_bars = grid.width >= 6 * board.line
    if has_bars:
        height = min(1.2 * board.line, place.height / 12)  # no more than the rows that follow
        question, grid = stack(grid, height, REST)
        asked = tr("Which digit?") if is_digit else tr("If it were one")
        board.text(question, asked, 1, board.theme.muted)
    probabilities = list(insight.probabilities)
    if insight.digit_probability is not None:
        probabilities.append(1 - insight.digit_probability)
    places = layout.rows(grid, len(probabilities))
    for at, (row, share) in enumerate(zip(places, probabilities, strict=True)):
        shown = 0.0 if insight.is_blank else share
        if at == 10:
            _none(board, row, shown)
        elif has_bars:
            best = is_digit and at == insight.guess and not insight.is_blank
            bar(board, row, str(at), shown, best=best, largest=1)
        else:
            lines = min(row.height / board.line, 1)
            board.text(row, str(at), lines)
            board.text(row, percent(shown), lines, align=1.0)
    return Cells(grid, len(insight.layers), 1, len(probabilities))


def _none(board: Board, row: Rect, probability: float) -> None:
    """Add how sure the network is that there is no digit, set off from the digits by its paper."""
    theme, lines = board.theme, min(row.height / board.line, 1)
    board.fill(row, theme.paper, board.line // 4)
    words = row.inset(board.line // 4, 0)
    label = tr("No digit") if words.width >= 6 * board.line else UNREADABLE
    board.text(words, label, lines, theme.muted)
    board.text(words, percent(probability), lines, align=1.0)


def _links(board: Board, screen: Inside, insight: Insight, place: Rect) -> None:
    """Add a ring around the unit that is shown, and lines from the units that give it most."""
    unit, found = screen.shown, insight.unit
    sources = found.sources if found and found.unit == unit else ()
    largest = max((abs(given) for _, given in sources), default=1.0)
    links = [_link(board, source, unit, given / largest) for source, given in sources if unit]
    board.add(Links(place, tuple(links)))
    for one in [unit, *(source for source, _ in sources)] if unit else []:
        cell = board.cells[one.layer + 1].place(one.index)
        if one == unit or cell.width >= 0.4 * board.line:  # else its ring would hide others
            ring = cell.inset(-max(2, board.line // 8)).within(place)
            board.outline(ring, board.theme.accent)


def _link(board: Board, source: Unit, unit: Unit, given: float) -> Curve:
    start, end = (board.cells[one.layer + 1].place(one.index) for one in (source, unit))
    theme = board.theme
    middle = start.x + start.width / 2, start.y + start.height / 2
    radius = max(0.6, min(0.14 * board.line, 0.25 * start.width) * abs(given))
    colour = theme.good if given > 0 else theme.bad
    return Curve((middle, (end.x, end.y + end.height / 2)), colour, radius, dashed=given < 0)


def neighbour(
    layers: Sequence[Cells], guess: int, unit: Unit | None, right: int, down: int
) -> Unit:
    """Return the unit beside another one, `right` columns and `down` rows away.

    Beyond the first or last column it is in the next layer. Without a unit, or from a pixel, it is
    the answer that is the guess.
    """
    last = len(layers) - 1 + INPUT
    if unit is None or unit.layer == INPUT:
        return Unit(last, guess)
    cells = layers[unit.layer - INPUT]
    row, column = divmod(unit.index, cells.columns)
    in_row = min(cells.columns, cells.count - row * cells.columns)
    row, column = row + down, column + right
    if not 0 <= column < in_row:
        beside = layers[min(max(unit.layer + right, 0), last) - INPUT]
        if beside is cells:
            return unit
        row = row * beside.rows // cells.rows
        column = 0 if right > 0 else beside.columns - 1
        cells = beside
    row = min(max(row, 0), cells.rows - 1)
    return Unit(cells.layer, min(row * cells.columns + column, cells.count - 1))


@cache
def grid_columns(units: int) -> int:
    """Return how many units of a layer lie side by side in its grid.

    The grid is about square or higher, and its last row is full if the number allows it.
    """
    root = math.isqrt(units)
    whole = next(count for count in range(root, 0, -1) if units % count == 0)
    return whole if 2 * whole > root else math.ceil(math.sqrt(units))
