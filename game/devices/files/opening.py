"""Open a file as a drawing, a photo or a page of numbers."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from game.core.events import Event, Notice, Opened
from game.core.language import tr
from game.core.values.sheets import MARGIN, sheet_for, width_for
from game.core.values.sketch import Strokes
from game.devices.conversions import core_photo, plain_photo
from game.devices.files.pages import drawn_page, shows_page
from mnist_jax.support.errors import InputError
from mnist_jax.support.files import checked_input

if TYPE_CHECKING:
    from mnist_jax.ink.strokes import Drawing, LabelledDrawing

MOST_STROKES, MOST_POINTS, MOST_INK = 1_000, 20_000, 100.0
"""Limits of a drawing that is opened; its ink is in heights of the sheet.

It has to be painted in one frame, and again whenever something in it is undone.
"""

INK_BELOW = 128
"""Darker pixels of a painted drawing are ink."""


def opened(path: Path) -> Event:
    """Return what is in the file, or a notice with the error."""
    try:
        return contents(path)
    except Exception as error:  # noqa: BLE001 - the libraries for pictures may raise anything
        return Notice(problem_of(error, path))


def contents(path: Path, *, may_be_page: bool = True) -> Opened:
    """Return the file's first drawing, or its photo; as a page if it seems to hold several numbers.

    Raises:
        InputError: the file cannot be read, or contains neither.
    """
    return _drawing_in(path, may_be_page=may_be_page) or _photo_in(path, may_be_page=may_be_page)


def problem_of(error: Exception, path: Path) -> str:
    """Return what to say of a file that cannot be opened, by its name instead of its path."""
    if isinstance(error, InputError):
        return str(error).replace(str(path), path.name)
    return tr(
        "{name} can’t be opened ({reason}); try another file",
        name=path.name,
        reason=type(error).__name__,
    )


def _photo_in(path: Path, *, may_be_page: bool) -> Opened:
    """Return the photo, with the ink that was found in it."""
    from mnist_jax.ink.pictures.files import load_photo
    from mnist_jax.ink.pictures.find_ink import find_ink

    pixels, _ = load_photo(path)
    try:
        found = find_ink(path)
    except InputError:
        if not (may_be_page and shows_page(pixels, None)):
            raise
        photo, is_page = plain_photo(pixels), True
    else:
        photo = core_photo(found)
        is_page = may_be_page and shows_page(pixels, found.mask)
    return Opened(path.name, photo=photo, sheet=photo.sheet, page=str(path) * is_page)


def _drawing_in(path: Path, *, may_be_page: bool) -> Opened | None:
    """Return the file's first drawing, or None if it is not a file of drawings.

    A drawing may be a page, unless its label says that it is a number.
    """
    from mnist_jax.ink.strokes import is_number

    first = first_drawing(path)
    if first is None:
        return None
    if may_be_page and not is_number(first.word):
        picture = drawn_page(fitted(first.drawing, 1.0))
        if shows_page(picture, picture[:, :, 0] < INK_BELOW):
            return Opened(path.name, photo=plain_photo(picture), page=str(path))
    strokes = on_sheet(first)
    if strokes is None:
        raise InputError(
            "{name}: its first drawing is too large for the pad; give one of at most "
            "{strokes:,} strokes and {points:,} points, and with less ink",
            name=path.name,
            strokes=MOST_STROKES,
            points=MOST_POINTS,
        )
    return Opened(path.name, strokes, sheet=sheet_for(first.word))


def first_drawing(path: Path) -> "LabelledDrawing | None":
    """Return the file's first drawing, or None if it is no file of drawings by content and name.

    Raises:
        InputError: the file cannot be read, or is a file of drawings without any.
    """
    from mnist_jax.ink.drawing_files import drawing_format, read_drawings

    checked_input(path, "give a picture or a file of drawings")
    if not (drawing_format(path) or path.suffix.lower() in {".ndjson", ".gz"}):
        return None
    first = next(read_drawings(path, digits_only=False), None)
    if first is None:
        raise InputError("{name} holds no drawing; give a file with at least one", name=path.name)
    return first


def on_sheet(labelled: "LabelledDrawing") -> Strokes | None:
    """Return the drawing centred on its sheet, or None if it is too large to be painted there."""
    strokes = fitted(labelled.drawing, width_for(labelled.word))
    ink = sum(np.hypot(*np.diff(stroke, axis=0).T).sum() for stroke in strokes)
    if len(strokes) > MOST_STROKES or sum(map(len, strokes)) > MOST_POINTS or ink > MOST_INK:
        return None
    return tuple(tuple((x, y, 0.0) for x, y in stroke.tolist()) for stroke in strokes)


def fitted(drawing: "Drawing", width: float) -> list[np.ndarray]:
    """Return the drawing in units of a pad of this width, as large as its margins allow."""
    points = np.concatenate(drawing)
    points = points / (np.abs(points).max() or 1.0)  # huge coordinates stay finite
    low, extent = points.min(0), np.ptp(points, axis=0)
    sheet = np.array([width, 1.0])
    scale = min(
        (room / side for room, side in zip(sheet - 2 * MARGIN, extent, strict=True) if side),
        default=1.0,
    )
    moved = sheet / 2 + (points - low - extent / 2) * scale
    return np.split(moved, np.cumsum([len(stroke) for stroke in drawing])[:-1])
