"""Metrics of a network on pages whose rows are known.

A folder of them holds photos, `NAME.jpg` or `NAME.png`, each beside `NAME.json`: an object with
`kind`, a name of any kind of page, and `rows`, a list of rows of texts as `read_page` returns them.
"""

import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from mnist_jax.model import Network
from mnist_jax.pages.page import read_page
from mnist_jax.support.errors import InputError, reason

Rows = list[list[str]]

PHOTOS = (".jpg", ".png")
"""Ends of the names of photos."""

EXAMPLE = '{"kind": "list", "rows": [["12", ""], ["-3,5"]]}'


class LabelledPage(NamedTuple):
    """A page whose rows are known."""

    photo: Path
    kind: str
    rows: Rows


class Score(NamedTuple):
    """How much was read right on pages."""

    pages: int = 0
    shapes: int = 0
    """Pages with as many rows as they have, and as many texts in each."""
    cells: int = 0
    right: int = 0
    """Texts that are read as they are, at their places; of a page of another shape none counts."""

    def __add__(self, other: tuple[Any, ...]) -> "Score":
        """Return the sum of both."""
        return Score(*map(int.__add__, self, other))

    @property
    def report(self) -> dict[str, float]:
        """The shares of shapes and of cells that are right, and of how many."""
        return {
            "shape_accuracy": self.shapes / self.pages,
            "count": self.pages,
            "accuracy": self.right / max(self.cells, 1),
            "cells": self.cells,
        }


def labelled_pages(folder: Path) -> list[LabelledPage]:
    """Return the pages in a folder, by name.

    Raises:
        InputError: there are none, or one has no rows that can be read, or no photo.
    """
    pages = [_labelled(path) for path in sorted(folder.glob("*.json"))]
    if not pages:
        raise InputError(
            "{folder}: holds no pages; give a folder of photos, each beside a .json file of its "
            "rows",
            folder=folder,
        )
    return pages


def _labelled(path: Path) -> LabelledPage:
    photos = [path.with_suffix(suffix) for suffix in PHOTOS]
    there = [photo for photo in photos if photo.is_file()]
    if not there:
        raise InputError("{path}: has no photo beside it; add {photo}", path=path, photo=photos[0])
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            "{path}: cannot be read as JSON ({reason})", path=path, reason=reason(error)
        ) from error
    match found:
        case {"kind": str(kind), "rows": [*rows]} if all(map(_is_row, rows)):
            return LabelledPage(there[0], kind, rows)
    raise InputError("{path}: is no page; expected {example}", path=path, example=EXAMPLE)


def _is_row(row: object) -> bool:
    return isinstance(row, list) and all(isinstance(text, str) for text in row)


def pages_report(network: Network, pages: Iterable[LabelledPage]) -> dict[str, Any]:
    """Return the shares of shapes and of cells that are read right, of all and of each kind.

    On a page that cannot be read nothing is right.
    """
    scores: dict[str, Score] = {}
    for page in pages:
        try:
            read = read_page(network, page.photo).rows
        except InputError:
            read = ()
        score = _score(page.rows, [[text.text for text in row] for row in read])
        scores[page.kind] = scores.get(page.kind, Score()) + score
    every = sum(scores.values(), Score())
    return every.report | {"kinds": {kind: score.report for kind, score in scores.items()}}


def _score(rows: Rows, read: Rows) -> Score:
    shape = [*map(len, read)] == [*map(len, rows)]
    right = [text == other for text, other in zip(chain(*rows), chain(*read), strict=shape)]
    return Score(1, int(shape), sum(map(len, rows)), sum(right) if shape else 0)
