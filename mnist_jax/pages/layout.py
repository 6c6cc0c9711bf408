"""Find where the texts of a level page are, row by row, in tables and elsewhere."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from mnist_jax.ink.pictures.contrast import Mask, thresholded
from mnist_jax.ink.pictures.files import Photo
from mnist_jax.pages.cells import Table, find_tables
from mnist_jax.pages.columns import Spot, texts_in
from mnist_jax.pages.page_ink import PageInk, page_ink
from mnist_jax.pages.page_lines import Line, level_lines, on_lines, separators
from mnist_jax.pages.page_pieces import Pieces, page_pieces, without_print
from mnist_jax.pages.rows import find_rows

SHORTEST_LINE, LONGEST_STROKE = 0.08, 2.0
"""A printed line is at least so long: in longer sides of the page, and in heights of a digit, as
strokes of digits are shorter."""

SHORTEST_RUN = 0.6
"""Least length of the runs of ink that a line is made of, as a share of the shortest line."""

OVER, LONGEST_GAP = 0.05, 0.6
"""A digit that reaches back over the left line of its cell by more than the first may belong to the
number before it, if the gap between them is at most the second; in heights of a digit."""


class Layout(NamedTuple):
    """The texts of a page."""

    rows: list[list[Spot]]
    """From top to bottom, each from left to right."""
    pieces: Pieces


def find_layout(photo: Photo) -> Layout:
    """Return where the texts of a level page are."""
    ink = page_ink(photo)
    shortest = SHORTEST_LINE * max(photo.shape)
    printed, mask, pieces = _parted(ink, shortest)
    if shortest < LONGEST_STROKE * pieces.digit_height:
        printed, mask, pieces = _parted(ink, LONGEST_STROKE * pieces.digit_height)
    tables = find_tables(*printed, pieces.digit_height, mask.shape)
    pieces = without_print(mask, pieces, [line for table in tables for line in table.inner])
    free = np.ones(len(pieces.number), dtype=bool)
    rows = [row for table in tables for row in _rows_of(table, pieces, free)]
    index = np.flatnonzero(free)
    loose = [index[row].tolist() for row in find_rows(pieces.chosen(free))]
    middles = [float(np.median(pieces.middle[row, 1])) for row in loose]
    rows += zip(middles, texts_in(pieces, loose), strict=True)
    return Layout([spots for _, spots in sorted(rows, key=lambda row: row[0])], pieces)


def _parted(ink: PageInk, shortest: float) -> tuple[tuple[list[Line], list[Line]], Mask, Pieces]:
    """Return the level and the plumb lines, and the other ink with its pieces."""
    faint, run = ink.faint, int(SHORTEST_RUN * shortest)
    across, down = level_lines(faint, run, shortest), level_lines(faint.T, run, shortest)
    down += separators(faint, across, run // 2, shortest)
    mask = thresholded(np.where(on_lines(faint, across, down), 0, ink.contrast), ink.floor)
    return (across, down), mask, page_pieces(mask)


def _rows_of(
    table: Table, pieces: Pieces, free: Bool[np.ndarray, " pieces"]
) -> list[tuple[float, list[Spot]]]:
    """Return the rows of a table, each after its middle, and mark its pieces as used.

    A row of boxes is one text.
    """
    is_boxes = table.is_boxes(pieces.digit_height)
    cells: dict[tuple[int, int], list[int]] = {}
    for index in np.flatnonzero(free).tolist():
        place = table.cell(pieces.middle[index].tolist(), pieces.digit_height)
        if place:
            cells.setdefault((place[0], 0 if is_boxes else place[1]), []).append(index)
            free[index] = False
    xs = table.xs[[0, -1]] if is_boxes else table.xs
    _give_back(cells, pieces, xs)
    rows = []
    for row, (top, bottom) in enumerate(pairwise(table.ys.tolist())):
        spots = [
            Spot(cells.get((row, column), []), (left, top, right, bottom))
            for column, (left, right) in enumerate(pairwise(xs.tolist()))
        ]
        rows.append(((top + bottom) / 2, spots))
    return rows


def _give_back(
    cells: dict[tuple[int, int], list[int]], pieces: Pieces, xs: Float[np.ndarray, " columns_and_1"]
) -> None:
    """Move pieces that reach back over a line to the cell before, if its text is the closer one."""
    h = pieces.digit_height
    left, right = pieces.box[:, 0], pieces.box[:, 2]
    for (row, column), here in cells.items():
        before = cells.get((row, column - 1), [])
        rest = [piece for piece in here if left[piece] >= xs[column] - OVER * h]
        begin = left[rest].min(initial=np.inf)
        for piece in {*here} - {*rest}:
            gap = left[piece] - right[before].max(initial=-np.inf)
            if gap < min(begin - right[piece], LONGEST_GAP * h):
                here.remove(piece)
                before.append(piece)
