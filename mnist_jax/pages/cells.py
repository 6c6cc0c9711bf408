"""The cells of tables, between printed lines that cross."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from mnist_jax.pages.page_lines import Line

LOWEST_CELL = 1.15
"""Lower rows are those of squared paper; in heights of a digit."""

BOX = 2.2
"""Narrower cells in a single row are boxes for a digit each; in heights of a digit."""

EDGE = 0.05
"""Lines that come this close to two opposite edges are those of the paper; in sides of the page."""

FEWEST_LINES = 2
"""Fewest level lines, and plumb lines, of a table; the margin of ruled paper is one alone."""

COVERED = 0.6
"""Least share of a table's width, or height, that its lines cover on average."""

LEAST_BOUND = 0.4
"""Least share of a table's width, or height, that the lines between two rows, or columns, cover."""

FEWEST_LOOSE = 4
"""A table is a part of squared paper if at least so many level lines, and plumb lines, are in no
table, and more than it has itself."""


class Table(NamedTuple):
    """Lines that cross."""

    level: list[Line]
    plumb: list[Line]
    """Of the transposed page."""
    ys: Float[np.ndarray, " rows_and_1"]
    xs: Float[np.ndarray, " columns_and_1"]

    def cell(self, place: Sequence[float], over: float) -> tuple[int, int] | None:
        """Return row and column of the cell of a point, which may be beside the table by `over`."""
        x, y = place
        row = int(np.searchsorted(self.ys, y)) - 1
        column = int(np.searchsorted(self.xs, np.clip(x, self.xs[0] + 1e-6, self.xs[-1]))) - 1
        inside = self.xs[0] - over <= x <= self.xs[-1] + over
        return (row, column) if inside and 0 <= row < len(self.ys) - 1 else None

    def is_boxes(self, digit_height: float) -> bool:
        """Return whether this is a row of boxes with a digit in each."""
        widths = np.diff(self.xs)
        narrow = float(np.median(widths)) < BOX * digit_height
        return len(self.ys) == 2 and len(widths) >= 2 and narrow

    @property
    def inner(self) -> list[Line]:
        """The plumb lines between two columns."""
        return [line for line in self.plumb if self.xs[0] + 1 < line.height < self.xs[-1] - 1]


def find_tables(
    level: Sequence[Line], plumb: Sequence[Line], digit_height: float, shape: tuple[int, ...]
) -> list[Table]:
    """Return the tables of a page, from top to bottom."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    lines = [*level, *plumb]
    crossing = np.zeros((len(lines), len(lines)), dtype=bool)
    for one, across in enumerate(level):
        for two, down in enumerate(plumb, start=len(level)):
            crossing[one, two] = _cross(across, down, 0.4 * digit_height)
    count, group = connected_components(csr_matrix(crossing), directed=False)
    tables, loose = [], [0, 0]
    for each in range(count):
        members = np.flatnonzero(group == each).tolist()
        rows = [level[index] for index in members if index < len(level)]
        columns = [plumb[index - len(level)] for index in members if index >= len(level)]
        table = _table(rows, columns, digit_height) if rows and columns else None
        if table and _is_table(table, digit_height, shape):
            tables.append(table)
        else:
            loose = [loose[0] + len(rows), loose[1] + len(columns)]
    whole = [table for table in tables if not _is_paper(table, loose)]
    return sorted(whole, key=lambda table: float(table.ys[0]))


def _is_paper(table: Table, loose: list[int]) -> bool:
    """Return whether there are more level and plumb lines in no table than in this one."""
    sides = (len(table.level), len(table.plumb))
    return all(more >= max(FEWEST_LOOSE, own + 1) for own, more in zip(sides, loose, strict=True))


def _cross(across: Line, down: Line, near: float) -> bool:
    """Return whether a level and a plumb line cross, or nearly."""
    x, y = down.at(across.height), across.at(down.height)
    return (
        across.first - near <= x <= across.end + near and down.first - near <= y <= down.end + near
    )


def _table(rows: list[Line], columns: list[Line], digit_height: float) -> Table:
    near = 0.6 * digit_height
    rows, columns = _long(rows, near), _long(columns, near)
    ys, xs = _bounds(rows, _ends(columns), near), _bounds(columns, _ends(rows), near)
    return Table(rows, columns, ys, xs)


def _ends(lines: list[Line]) -> tuple[int, int]:
    return min(line.first for line in lines), max(line.end for line in lines)


def _long(lines: list[Line], near: float) -> list[Line]:
    """Return the lines that cover enough of their side of the table, as strokes of digits do not.

    What is `near` the same height counts as one line.
    """
    first, end = _ends(lines)
    heights, lengths = np.array([(line.height, len(line.heights)) for line in lines]).T
    covered = (np.abs(heights[:, None] - heights) < near) @ lengths
    kept = np.flatnonzero(covered >= LEAST_BOUND * (end - first)).tolist()
    return [lines[index] for index in kept] or lines


def _bounds(lines: list[Line], ends: tuple[int, int], near: float) -> Float[np.ndarray, " bounds"]:
    """Return where the lines are that are apart, and the ends of their others if they are, too."""
    ordered = np.sort([line.height for line in lines])
    kept = ordered[np.diff(ordered, prepend=-np.inf) > near]
    before = [end for end in ends[:1] if kept[0] - end > 2 * near]
    after = [end for end in ends[1:] if end - kept[-1] > 2 * near]
    return np.array([*before, *kept, *after])


def _is_table(table: Table, digit_height: float, shape: tuple[int, ...]) -> bool:
    """Return whether the lines are those of a table, not of ruled or squared paper."""
    if min(len(part) for part in table) < FEWEST_LINES:
        return False
    covered = [
        sum(len(line.heights) for line in lines) / (len(lines) * (bounds[-1] - bounds[0]))
        for lines, bounds in ((table.level, table.xs), (table.plumb, table.ys))
    ]
    low = np.median(np.diff(table.ys)) < LOWEST_CELL * digit_height
    whole = False
    for lines, length in ((table.level, shape[1]), (table.plumb, shape[0])):
        first, end = _ends(lines)
        whole |= first <= EDGE * length and end >= (1 - EDGE) * length
    return min(covered) >= COVERED and not (low or whole)
