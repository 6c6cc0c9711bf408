"""The network from left to right: the image, the hidden layers as grids of units, the answers."""

from itertools import chain

from game.core.events import Point
from game.core.modes.inside import Inside
from game.core.values.insight import INPUT, Insight, Unit
from game.core.values.readings import FRAME_SIDE
from game.core.wording import percent
from game.view import layout
from game.view.layout import split, stack
from game.view.pixels import LEAST_WITH_GAP
from game.view.scene import Cells, Link, Rect
from game.view.screens.board import Board
from game.view.screens.inside.units import ARROWS, columns, neighbour, rows
from game.view.screens.sketchpad import bar

ANSWER_SHARE = 1.3
"""Width of the column of answers, in widths of a layer's."""

ROOMY = 6
"""Width in lines from which the answers have bars."""

LINK_RADIUS = 0.14
"""Half the width of the strongest link, in lines."""

LINK_SHARE = 0.25
"""Largest such half, in sides of a unit, so that links from neighbours stay apart."""

RINGED = 0.4
"""Side of a unit in lines from which a ring shows that a link begins there."""


def network(board: Board, screen: Inside, insight: Insight, place: Rect) -> None:
    """Add the image, the layers, the answers, and links to the unit that is shown."""
    widths = insight.widths
    gap = min(2 * board.unit, place.width // (4 * len(widths) + 4))
    shares = [1.0] * len(widths) + [ANSWER_SHARE]
    *places, answers = split(place, *(share / sum(shares) for share in shares), gap=gap)
    names = ["28×28 pixels", *(f"{width} unit{'s' * (width > 1)}" for width in widths[:-1])]
    grids = [_grid(board, column, name) for column, name in zip(places, names, strict=True)]
    layers = [_input(board, insight, grids[0])]
    for layer, (bright, grid) in enumerate(zip(insight.layers, grids[1:], strict=True)):
        shown = bytes(len(bright)) if insight.is_blank else bright
        layers.append(_layer(board, widths, layer, shown, grid))
    layers.append(_answers(board, insight, answers))
    for cells in layers:
        board.cells(cells)
    board.arrows = tuple(
        (key, Point(neighbour(insight, screen.shown, *step))) for key, step in ARROWS.items()
    )
    _links(board, screen, insight, layers, place)


def _grid(board: Board, column: Rect, name: str) -> Rect:
    """Add the name of a layer; return the place below it."""
    caption, grid = stack(column, 1.2 * board.unit, 0.999, gap=board.unit // 3)
    board.text(caption, name, 1, board.theme.muted, align=0.5)
    return grid


def _input(board: Board, insight: Insight, place: Rect) -> Cells:
    rect = _fitted(place, FRAME_SIDE, FRAME_SIDE)
    board.picture(rect, insight.question.image)
    board.outline(rect.inset(-1), dashed=False)
    return Cells(rect, INPUT, FRAME_SIDE, FRAME_SIDE**2)


def _layer(board: Board, widths: tuple[int, ...], layer: int, bright: bytes, place: Rect) -> Cells:
    across, down = columns(widths, layer), rows(widths, layer)
    rect = _fitted(place, across, down)
    cells = Cells(rect, layer, across, widths[layer])
    board.outline(rect.inset(-1), dashed=False)
    board.units(rect, bright + bytes(across * down - len(bright)), across)
    if len(bright) < across * down:  # the last row is not full
        last = cells.place(len(bright) - 1)
        empty = Rect(last.right, last.y, rect.right - last.right, last.height)
        board.fill(empty, board.theme.desk)
    return cells


def _fitted(place: Rect, across: int, down: int) -> Rect:
    """Return the largest grid of square cells in the middle of a place; most in whole pixels."""
    cell = min(place.width / across, place.height / down)
    if cell >= LEAST_WITH_GAP:
        cell = int(cell)
    width, height = round(cell * across), round(cell * down)
    return Rect(
        place.x + (place.width - width) // 2, place.y + (place.height - height) // 2, width, height
    )


def _answers(board: Board, insight: Insight, place: Rect) -> Cells:
    """Add a bar for each digit, and one for what is no digit."""
    margin = board.unit // 3
    grid = Rect(place.x + margin, place.y, place.width - 2 * margin, place.height)
    probabilities = [(str(digit), share) for digit, share in enumerate(insight.probabilities)]
    if insight.digit_probability is not None:
        probabilities.append(("–", 1 - insight.digit_probability))
    places = layout.rows(grid, len(probabilities))
    for at, (row, (label, share)) in enumerate(zip(places, probabilities, strict=True)):
        shown = 0.0 if insight.is_blank else share
        if grid.width >= ROOMY * board.unit:
            best = at == insight.guess and not insight.is_blank
            bar(board, row, label, shown, best=best, largest=1)
        else:
            _figure(board, row, label, shown)
    return Cells(grid, len(insight.layers), 1, len(probabilities))


def _figure(board: Board, row: Rect, label: str, share: float) -> None:
    """Add a probability without its bar."""
    left, right = split(row, 0.25, 0.75)
    lines = min(row.height / board.unit, 1)
    board.text(left, label, lines)
    board.text(right, percent(share), lines, align=1.0)


def _links(
    board: Board, screen: Inside, insight: Insight, layers: list[Cells], place: Rect
) -> None:
    """Add a ring round the unit that is shown, and lines from the units that gave it most."""
    unit, found = screen.shown, insight.unit
    links: list[Link] = []
    if unit and found and found.unit == unit:
        largest = max((abs(given) for _, given in found.sources), default=1.0)
        links = [
            _link(board, layers, source, unit, given / largest) for source, given in found.sources
        ]
    board.links(place, tuple(links))
    ringed = [unit] if unit else []
    for one in chain(ringed, (source for source, _ in found.sources if links) if found else ()):
        cell = layers[one.layer + 1].place(one.index)
        if one == unit or cell.width >= RINGED * board.unit:
            ring = cell.inset(-max(2, board.unit // 8)).within(place)
            board.outline(ring, dashed=False, colour=board.theme.accent)


def _link(board: Board, layers: list[Cells], source: Unit, unit: Unit, given: float) -> Link:
    start, end = (
        layers[source.layer + 1].place(source.index),
        layers[unit.layer + 1].place(unit.index),
    )
    theme = board.theme
    return Link(
        (start.x + start.width / 2, start.y + start.height / 2),
        (end.x, end.y + end.height / 2),
        max(0.6, min(LINK_RADIUS * board.unit, LINK_SHARE * start.width) * abs(given)),
        theme.good if given > 0 else theme.bad,
        given < 0,
    )
