"""Where the units of the network lie in their layers, and which one an arrow key leads to."""

import math
from functools import cache

from game.core.values.insight import INPUT, Insight, Unit

ARROWS = {"right": (1, 0), "left": (-1, 0), "down": (0, 1), "up": (0, -1)}
"""Columns and rows by which the arrow keys move."""


def neighbour(insight: Insight, unit: Unit | None, right: int, down: int) -> Unit:
    """Return the unit beside another one; that of the guess if there is no other."""
    widths = insight.widths
    if unit is None or unit.layer == INPUT:
        return Unit(len(widths) - 1, insight.guess)
    layer, across = unit.layer, columns(widths, unit.layer)
    row, column = divmod(unit.index, across)
    in_row = min(across, widths[layer] - row * across)
    row, column = row + down, column + right
    if not 0 <= column < in_row:
        layer = min(max(layer + right, 0), len(widths) - 1)
        if layer == unit.layer:
            return unit
        row = row * rows(widths, layer) // rows(widths, unit.layer)
        column = 0 if right > 0 else columns(widths, layer) - 1
    row = min(max(row, 0), rows(widths, layer) - 1)
    return Unit(layer, min(row * columns(widths, layer) + column, widths[layer] - 1))


def columns(widths: tuple[int, ...], layer: int) -> int:
    """Return how many units lie side by side; the answers lie one below the other."""
    return 1 if layer == len(widths) - 1 else grid_columns(widths[layer])


def rows(widths: tuple[int, ...], layer: int) -> int:
    """Return how many rows of units a layer has."""
    return -(-widths[layer] // columns(widths, layer))


@cache
def grid_columns(units: int) -> int:
    """Return how many units of a layer lie side by side in its grid.

    The grid is about square or higher, and its last row is full if the number allows it.
    """
    root = math.isqrt(units)
    whole = next(count for count in range(root, 0, -1) if units % count == 0)
    return whole if 2 * whole > root else math.ceil(math.sqrt(units))
