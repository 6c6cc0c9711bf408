"""Read a page of numbers: lists, tables and forms, as a photo, a scan or a screenshot."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from mnist_jax.ink.picture_files import Photo, load_photo, picture_name
from mnist_jax.ink.picture_ink import PictureInk
from mnist_jax.model import Network
from mnist_jax.numbers.reading import Box, NumberReading
from mnist_jax.pages.cells import Table, find_tables, is_boxes
from mnist_jax.pages.level_page import LevelPage, level_page
from mnist_jax.pages.page_ink import page_ink
from mnist_jax.pages.page_lines import level_lines, on_lines, separators
from mnist_jax.pages.page_pieces import Pieces, page_pieces, written
from mnist_jax.pages.rows import find_rows, texts_in
from mnist_jax.pictures import read_ink
from mnist_jax.support.errors import InputError

if TYPE_CHECKING:
    from PIL.Image import Image

PAGE_SIDE = 2000
"""Longer side of the picture that a page is read in."""

RUN, SHORTEST_LINE = 0.05, 0.08
"""Shortest run of ink, and shortest line, that are taken for printed; in longer sides."""

TRUSTED = 0.5


@dataclass(frozen=True, eq=False)
class PageText:
    """A text of a page: a number, or nothing in an empty cell."""

    reading: NumberReading | None
    corners: Float[np.ndarray, "4 2"]
    """Of its ink or cell, in pixels of the picture; from the top left one, clockwise."""
    text: str
    trusted: bool

    @property
    def box(self) -> Box:
        """Left, top, right and bottom, in pixels of the picture."""
        return tuple([*self.corners.min(axis=0).tolist(), *self.corners.max(axis=0).tolist()])


@dataclass(frozen=True, eq=False)
class Page:
    """What was read on a page."""

    rows: tuple[tuple[PageText, ...], ...]
    photo: Photo
    scale: float


@dataclass(frozen=True)
class _Spot:
    """Where a text is, and its pieces."""

    pieces: list[int]
    cell: tuple[float, float, float, float] | None = None


def read_page(network: Network, picture: "str | Path | Image | np.ndarray") -> Page:
    photo, scale = load_photo(picture, PAGE_SIDE, PAGE_SIDE)
    level = level_page(photo)
    layout, pieces = find_layout(level)
    rows = []
    for spots in layout:
        texts = [_read(network, spot, pieces, level, scale) for spot in spots]
        rows.append(tuple(text for text in texts if text is not None))
    rows = [row for row in rows if row]
    if not rows:
        raise InputError(f"{picture_name(picture)}: shows no numbers")
    return Page(tuple(rows), photo, scale)


def find_layout(level: LevelPage) -> tuple[list[list[_Spot]], Pieces]:
    ink = page_ink(level.photo)
    faint = ink.faint
    side = max(faint.shape)
    run, shortest = int(RUN * side), SHORTEST_LINE * side
    across, down = level_lines(faint, run, shortest), level_lines(faint.T, run, shortest)
    down = sorted([*down, *separators(faint, across, run // 2, shortest)], key=lambda line: line.height)
    mask = ink.strong(on_lines(faint, across, down))
    pieces = page_pieces(mask)
    tables = find_tables(across, down, pieces.digit_height, mask.shape)
    pieces = written(mask, pieces, [line for table in tables for line in table.inner])
    rows: list[tuple[float, list[_Spot]]] = []
    free = np.ones(len(pieces.number), dtype=bool)
    for table in tables:
        rows += _rows_of(table, pieces, free)
    bare = np.flatnonzero(free)
    loose = pieces.chosen(free)
    found = find_rows(loose)
    for row, texts in zip(found, texts_in(loose, found), strict=True):
        y = float(np.median(loose.middle[row, 1]))
        rows.append((y, [_Spot(bare[text].tolist()) for text in texts]))
    return [spots for _, spots in sorted(rows, key=lambda row: row[0])], pieces


def _rows_of(table: Table, pieces: Pieces, free: np.ndarray) -> list[tuple[float, list[_Spot]]]:
    cells: dict[tuple[int, int], list[int]] = {}
    for index, (x, y) in enumerate(pieces.middle.tolist()):
        place = table.cell(x, y, pieces.digit_height)
        if place and free[index]:
            cells.setdefault(place, []).append(index)
            free[index] = False
    rows = []
    for row, (top, bottom) in enumerate(zip(table.ys, table.ys[1:], strict=False)):
        spots = [
            _Spot(cells.get((row, column), []), (left, top, right, bottom))
            for column, (left, right) in enumerate(zip(table.xs, table.xs[1:], strict=False))
        ]
        if is_boxes(table, pieces):
            spots = [_Spot(sum((spot.pieces for spot in spots), []))]
        rows.append(((top + bottom) / 2, spots))
    return rows


def _read(
    network: Network, spot: _Spot, pieces: Pieces, level: LevelPage, scale: float
) -> PageText | None:
    large = (pieces.size[spot.pieces].max(axis=1, initial=0) > 0.4 * pieces.digit_height).any()
    if not spot.pieces or not large:
        if spot.cell is None:
            return None
        return PageText(None, _corners(spot.cell, level, scale), "", trusted=True)
    left, top = pieces.box[spot.pieces, :2].min(axis=0)
    right, bottom = pieces.box[spot.pieces, 2:].max(axis=0)
    part = slice(int(top), int(bottom)), slice(int(left), int(right))
    mask = np.isin(pieces.labels[part], pieces.number[spot.pieces])
    reading = read_ink(network, PictureInk(level.photo[part], mask, 1.0))
    corners = _corners((left, top, right, bottom), level, scale)
    trusted = reading.is_number and reading.probability >= TRUSTED
    return PageText(reading, corners, reading.text, trusted)


def _corners(
    box: tuple[float, float, float, float], level: LevelPage, scale: float
) -> Float[np.ndarray, "4 2"]:
    left, top, right, bottom = box
    corners = np.array([[left, top, 1], [right, top, 1], [right, bottom, 1], [left, bottom, 1]])
    back = corners @ np.linalg.inv(level.matrix).T
    return np.asarray(back[:, :2] / back[:, 2:] * scale)
