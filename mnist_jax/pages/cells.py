"""The cells of tables, between printed lines that cross."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from mnist_jax.pages.page_lines import Line
from mnist_jax.pages.page_pieces import Pieces

LOWEST_CELL = 1.15
"""Rows that are lower are those of squared paper; in heights of a digit."""

BOX = 2.2
"""Cells that are narrower, in one row, are boxes for a digit each."""


class Table(NamedTuple):
    """Lines that cross."""

    level: list[Line]
    plumb: list[Line]
    """Of the transposed page."""
    ys: Float[np.ndarray, " rows_and_1"]
    xs: Float[np.ndarray, " columns_and_1"]

    def cell(self, x: float, y: float, over: float) -> tuple[int, int] | None:
        """Return row and column of the cell of a point, perhaps a little `over` the edge."""
        row = int(np.searchsorted(self.ys, y)) - 1
        column = int(np.searchsorted(self.xs, np.clip(x, self.xs[0] + 1e-6, self.xs[-1]))) - 1
        inside = self.xs[0] - over <= x <= self.xs[-1] + over
        return (row, column) if inside and 0 <= row < len(self.ys) - 1 else None

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
    near = 0.4 * digit_height
    crossing = np.zeros((len(lines), len(lines)), dtype=bool)
    for one, across in enumerate(level):
        for two, down in enumerate(plumb, start=len(level)):
            x, y = down.at(across.height), across.at(down.height)
            crossing[one, two] = (
                across.first - near <= x <= across.end + near
                and down.first - near <= y <= down.end + near
            )
    count, group = connected_components(csr_matrix(crossing), directed=False)
    tables = []
    for each in range(count):
        members = np.flatnonzero(group == each)
        rows = [level[index] for index in members if index < len(level)]
        columns = [plumb[index - len(level)] for index in members if index >= len(level)]
        if rows and columns:
            table = _table(rows, columns, digit_height)
            if _is_table(table, digit_height, shape):
                tables.append(table)
    return sorted(tables, key=lambda table: float(table.ys[0]))


def _table(rows: list[Line], columns: list[Line], digit_height: float) -> Table:
    bounds = []
    for lines, others in ((rows, columns), (columns, rows)):
        places = [line.height for line in lines]
        ends = [min(line.first for line in others), max(line.end for line in others)]
        bounds.append(_apart(np.array([*places]), np.array(ends), 0.6 * digit_height))
    return Table(rows, columns, bounds[0], bounds[1])


def _apart(places: np.ndarray, ends: np.ndarray, least: float) -> np.ndarray:
    """Return the places that are apart from one another, and the ends if they are, too."""
    ordered = np.sort(places)
    kept = ordered[np.concatenate([[True], np.diff(ordered) > least])]
    before = ends[:1] if kept[0] - ends[0] > 2 * least else []
    after = ends[1:] if ends[1] - kept[-1] > 2 * least else []
    return np.concatenate([before, kept, after])


def _is_table(table: Table, digit_height: float, shape: tuple[int, ...]) -> bool:
    """Return whether the lines are those of a table, not of ruled or squared paper."""
    if len(table.ys) < 2 or len(table.xs) < 2:
        return False
    low = np.median(np.diff(table.ys)) < LOWEST_CELL * digit_height
    whole = np.median([len(line.heights) for line in table.level]) > 0.95 * shape[1]
    return not (low or whole)


def is_boxes(table: Table, pieces: Pieces) -> bool:
    """Return whether a table is a row of boxes with a digit in each."""
    widths = np.diff(table.xs) / pieces.digit_height
    return len(table.ys) == 2 and len(widths) >= 2 and float(np.median(widths)) < BOX
