"""Metrics of a network on pages whose rows are known.

A folder holds photos, `NAME.jpg` or `NAME.png`, each beside `NAME.json`: an object with `kind`, any
name for the kind of page, and `rows`, a list of rows of texts as `read_page` returns them.
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
"""Suffixes of photos."""

EXAMPLE = '{"kind": "list", "rows": [["12", ""], ["-3,5"]]}'


class LabelledPage(NamedTuple):
    """A page whose rows are known."""

    photo: Path
    kind: str
    rows: Rows


class Score(NamedTuple):
    """Counts of pages and texts, and of those that were read right."""

    pages: int = 0
    shapes: int = 0
    """Pages read with the right number of rows, and of texts in each row."""
    cells: int = 0
    right: int = 0
    """Texts that are read right, at their places; none of a page whose shape is wrong."""

    def __add__(self, other: tuple[Any, ...]) -> "Score":
        """Return the sum of both."""
        return Score(*map(int.__add__, self, other))

    @property
    def report(self) -> dict[str, float]:
        """Shares of pages with the right shape and of right texts, and the counts of all."""
        return {
            "shape_accuracy": self.shapes / self.pages,
            "count": self.pages,
            "accuracy": self.right / max(self.cells, 1),
            "cells": self.cells,
        }


def labelled_pages(folder: Path) -> list[LabelledPage]:
    """Return the pages in a folder, by name.

    Raises:
        InputError: there are no pages, or one has no photo or no valid `.json` file.
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
    existing = [photo for photo in photos if photo.is_file()]
    if not existing:
        raise InputError("{path}: has no photo beside it; add {photo}", path=path, photo=photos[0])
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            "{path}: cannot be read as JSON ({reason})", path=path, reason=reason(error)
        ) from error
    match found:
        case {"kind": str(kind), "rows": [*rows]} if all(map(_is_row, rows)):
            return LabelledPage(existing[0], kind, rows)
    raise InputError("{path}: is no page; expected {example}", path=path, example=EXAMPLE)


def _is_row(row: object) -> bool:
    return isinstance(row, list) and all(isinstance(text, str) for text in row)


def pages_report(network: Network, pages: Iterable[LabelledPage]) -> dict[str, Any]:
    """Return `Score.report` of all pages, and of each kind of page.

    On a page that cannot be read, nothing is right.
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
