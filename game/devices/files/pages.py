"""Pages of numbers: whether a photo or a drawing is one, its values, and its rows as CSV."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from game.core.events import Event, Notice, PageExists, PageSaved
from game.core.language import tr
from game.core.values.pages import Rows
from mnist_jax.support.errors import InputError, reason
from mnist_jax.support.files import write_whole

STROKE_SIDE, LONGEST_SIDE = 60, 1900
"""The longer side of a typical stroke in the picture of a drawing, and most of the whole drawing's
longer side, in pixels."""

MARGIN, LEAST_SIDE, PEN = 50, 1000, 5
"""The margin of that picture, its least side and the width of its lines, in pixels. In a smaller
picture, strokes would be long enough to be taken for the lines of a table."""


def shows_page(photo: np.ndarray, mask: np.ndarray | None) -> bool:
    """Return whether a photo seems to hold several numbers: by its ink, if that was found."""
    from mnist_jax.pages.columns import count_texts
    from mnist_jax.pages.layout import find_layout
    from mnist_jax.pages.level_page import level_page
    from mnist_jax.pages.page_pieces import page_pieces

    if mask is not None:
        return count_texts(page_pieces(mask)) > 1
    return sum(map(len, find_layout(level_page(photo).photo).rows)) > 1


def drawn_page(drawing: Sequence[np.ndarray]) -> np.ndarray:
    """Return a picture of the strokes of a drawing, black on white, `(height, width, 3)`."""
    from PIL import Image, ImageDraw

    points = np.concatenate(drawing)
    low, extent = points.min(axis=0), float(np.ptp(points, axis=0).max()) or 1.0
    usual = float(np.median([np.ptp(stroke, axis=0).max() for stroke in drawing])) or extent
    scale = min(STROKE_SIDE / usual, LONGEST_SIDE / extent)
    sides = np.ptp(points, axis=0) * scale
    paper = np.maximum(np.rint(sides).astype(int) + 2 * MARGIN, LEAST_SIDE)
    corner = (paper - sides) / 2
    image = Image.new("RGB", (int(paper[0]), int(paper[1])), "white")
    pen = ImageDraw.Draw(image)
    for stroke in drawing:
        places = [tuple(place) for place in ((stroke - low) * scale + corner).tolist()]
        pen.line(places, fill="black", width=PEN, joint="curve")
        for x, y in (places[0], places[-1]):
            pen.ellipse((x - PEN / 2, y - PEN / 2, x + PEN / 2, y + PEN / 2), fill="black")
    return np.asarray(image)


def save_page(picture: Path, rows: Rows, *, replaces: bool) -> Event:
    """Save the rows as CSV beside their picture, and return whether that worked.

    A file that exists is replaced only if it `replaces` one.
    """
    from mnist_jax.pages.output import rows_as_csv

    path = picture.with_suffix(".csv")
    try:
        if path.exists() and not replaces:
            return PageExists(str(picture), path.name)
        write_whole(path, rows_as_csv(rows).encode())
    except (InputError, OSError) as error:
        why = reason(error.__cause__ if isinstance(error.__cause__, OSError) else error)
        said = tr(
            "{name} can’t be saved beside the photo ({reason}). Fix that, then save again",
            name=path.name,
            reason=why,
        )
        return Notice(said)
    return PageSaved(str(picture), path.name, rows)
