"""What was read on pages, as CSV, as lines of text and as objects."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from mnist_jax.pages.page import Page
from mnist_jax.support.errors import MAX_MESSAGE, printable
from mnist_jax.support.languages import translated


def as_csv(pages: Iterable[Page]) -> str:
    """Return the rows of all pages, one after the other."""
    return rows_as_csv([text.text for text in row] for page in pages for row in page.rows)


def rows_as_csv(rows: Iterable[Sequence[str]]) -> str:
    """Return rows of texts as CSV."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()


def as_summary(name: str, page: Page) -> str:
    """Return how much was read: "photo.jpg: 24 texts in 8 rows, 2 doubtful, 3 left out"."""
    return translated(
        "{name}: {texts} texts in {rows} rows, {doubtful} doubtful, {left_out} left out",
        name=printable(name, MAX_MESSAGE),
        texts=sum(map(len, page.rows)),
        rows=len(page.rows),
        doubtful=page.doubtful,
        left_out=len(page.left_out),
    )


def as_lines(page: Page) -> str:
    """Return a line for each row, its texts apart by tabs, doubtful ones with a question mark."""
    marked = [[text.text + "?" * (not text.trusted) for text in row] for row in page.rows]
    return "\n".join(map("\t".join, marked))


def as_object(name: str, page: Page) -> dict[str, Any]:
    """Return a page as the object that `--json` prints."""
    return {
        "name": name,
        "rows": [
            [{"text": text.text, "trusted": text.trusted, "box": text.box} for text in row]
            for row in page.rows
        ],
        "left_out": [corners.tolist() for corners in page.left_out],
    }
