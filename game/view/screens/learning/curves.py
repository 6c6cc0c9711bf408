"""The curves: how many drawings are read right, and how wrong the networks are."""

import math
from collections.abc import Sequence
from itertools import pairwise

from game.core.values.progress import GUESSING_LOSS, ROUND
from game.core.values.progress import Curve as Progress
from game.view.layout import REST, split, stack
from game.view.scene import Curve, Plot, Rect
from game.view.screens.board import Board

HIGHEST_LOSS = 3.0
"""Loss at the upper edge; a larger one runs along it."""
Points = tuple[tuple[float, float], ...]


def plots(board: Board, networks: Sequence[Progress], places: list[Rect]) -> None:
    """Add both plots, or the first if there is one place; each has a curve for each network."""
    seen = max((curve[-1].seen for curve in networks), default=0)
    end = max(8 * ROUND, seen)
    accuracy = [tuple((p.seen / end, _y(p.accuracy)) for p in curve) for curve in networks]
    loss = [tuple((p.seen / end, _y(_share(p.loss))) for p in curve) for curve in networks]
    shares = {_y(1.0): "100 %", _y(0.5): "50 %", _y(0.0): "0 %"}
    losses = {_y(_share(GUESSING_LOSS)): "guessing", _y(0.0): "perfect"}
    shown = (
        (f"Read right, after {seen:,} drawings", shares, accuracy),
        ("Loss: how wrong it is", losses, loss),
    )
    for place, (title, levels, curves) in zip(places, shown, strict=False):
        _plot(board, place, title, levels, curves)


def _share(loss: float) -> float:
    """Return the share of the plot's height that a loss reaches."""
    return min(loss / HIGHEST_LOSS, 1.0) if math.isfinite(loss) else 1.0


def _y(share: float) -> float:
    """Return where a share of the height is, so that lines at both edges are seen whole."""
    return 0.97 - 0.94 * share


def _plot(
    board: Board, place: Rect, title: str, levels: dict[float, str], curves: Sequence[Points]
) -> None:
    """Add a plot with a line at each level, and the number of each network at its curve's end.

    The curves differ in colour, and the first is thick and the last dashed.
    """
    line, theme, several = board.line, board.theme, len(curves) > 1
    colours = theme.accent, theme.ink, theme.muted
    head, rest = stack(board.panel(place, 0.5), 1.2 * line, REST, gap=line // 3)
    board.text(head, title, 1, theme.muted)
    scale, plot, ends = split(rest, 4 * line, REST, line if several else 1, gap=line // 3)
    plot = Rect(plot.x, plot.y + line // 2, plot.width, max(1, plot.height - line))
    lines = [Curve(((0.0, at), (1.0, at)), theme.edge, 1.0) for at in levels]
    begun = [points for points in curves if len(points) > 1]
    for points, colour, width in zip(begun, colours, (2.0, 1.0, 1.5), strict=False):
        radius = max(1.0, line / 14) * width
        lines.append(Curve(points, colour, radius, dashed=colour == colours[-1]))
    board.add(Plot(plot, tuple(lines), theme.paper))
    for at, label in levels.items():
        board.text(
            _around(board, scale, plot.y + at * plot.height), label, 1, theme.muted, align=1.0
        )
    if several:
        middles = [plot.y + points[-1][1] * plot.height for points in begun]
        for number, middle in enumerate(_apart(middles, line, plot.bottom)):
            spot = _around(board, ends, middle)
            board.text(spot, str(number + 1), 1, colours[number], align=0.5)


def _around(board: Board, column: Rect, middle: float) -> Rect:
    """Return the place in a column for a label with its middle at this height."""
    top = round(middle) - board.line * 2 // 3
    return Rect(column.x, top, column.width, board.line * 4 // 3)


def _apart(middles: list[float], least: int, bottom: int) -> list[float]:
    """Move the positions until no two are closer than `least`, keeping their order."""
    order = sorted(range(len(middles)), key=lambda number: middles[number])
    moved = list(middles)
    for one, other in pairwise(order):
        moved[other] = max(moved[other], moved[one] + least)
    for number in reversed(order):
        moved[number] = min(moved[number], bottom)
        bottom = round(moved[number]) - least
    return moved
