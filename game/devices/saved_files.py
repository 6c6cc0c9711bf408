"""Drawings and photos in files: pictures, lines of `.ndjson`, and other digital ink."""

import json
from collections import deque
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pygame

from game.core.events import Event, Notice, Offered, Opened
from game.core.language import tr
from game.core.modes.sketchpad import MARGIN, sheet_for, width_for
from game.core.values.readings import Photo
from game.core.values.rounds import Round
from game.core.values.sketch import Sketch, Strokes
from game.devices.conversions import core_photo, drawing_arrays
from game.devices.pages import drawn_page, plain_photo, shows_page
from game.view.ink_layer import picture
from game.view.paint import Painter
from mnist_jax.support.errors import InputError, reason
from mnist_jax.support.files import checked_input, write_whole

if TYPE_CHECKING:
    from mnist_jax.ink.strokes import Drawing, LabelledDrawing

SAVED_HEIGHT = 1024
"""Height of a saved picture, in pixels."""

SAVED_LINES = "drawings.ndjson"
"""The file with a line for each saved drawing."""

MOST_STROKES, MOST_POINTS, MOST_INK = 1_000, 20_000, 100.0
"""What a drawing may have at most to be opened, its ink in heights of the sheet.

It is painted in one frame, and again whenever something in it is undone.
"""

HALF = 128
"""Darker pixels of a painted drawing are ink."""

OFFERED = 12
"""How many saved drawings can be chosen from."""


def picture_of_day(day: date, rounds: tuple[Round, ...], *, is_timed: bool) -> pygame.Surface:
    """Return the picture of a day to show around; see `today.card`."""
    from game.view.screens.today import CARD_SIDE, card

    picture = pygame.Surface((CARD_SIDE, CARD_SIDE), 0, 32)
    Painter(picture).show(card(day, rounds, is_timed=is_timed))
    return picture


def save_picture(folder: Path, name: str, picture: pygame.Surface) -> Notice:
    """Save a picture as `name`.png; return what to say of it."""
    try:
        return _saved(_written(folder, name, picture))
    except OSError as error:
        return _not_saved(error)


def save(folder: Path, name: str, sketch: Sketch, word: str, radius: float) -> Notice:
    """Save the drawing as `name`.png and a line of `SAVED_LINES`; return what to say of it.

    If the file exists, a number is added to the name.
    """
    from mnist_jax.ink.ndjson import as_line

    try:
        path = _written(folder, name, painted(sketch, radius))
        with (folder / SAVED_LINES).open("a", encoding="utf-8") as file:
            file.write(as_line(word, drawing_arrays(sketch.strokes), picture=path.name) + "\n")
    except OSError as error:
        return _not_saved(error)
    return _saved(path)


def _written(folder: Path, name: str, picture: pygame.Surface) -> Path:
    """Write the picture under the first free name, and return its path."""
    from PIL import Image

    folder.mkdir(parents=True, exist_ok=True)
    free = (folder / f"{name}{f'-{number}' * (number > 1)}.png" for number in count(1))
    path = next(one for one in free if not one.exists())
    pixels = pygame.image.tobytes(picture, "RGB")
    Image.frombytes("RGB", picture.get_size(), pixels).save(path)  # pygame would stop all threads
    return path


def _saved(path: Path) -> Notice:
    return Notice(tr("Saved as {name} in {folder}", name=path.name, folder=_shown(path.parent)))


def _not_saved(error: OSError) -> Notice:
    return Notice(
        tr(
            "The drawing can’t be saved: {reason}. Check the folder, then save again",
            reason=reason(error),
        )
    )


def delete(folder: Path, word: str, strokes: Strokes) -> Notice:
    """Delete the latest saved drawing that `offered` gives as these; return what to say of it.

    Older versions of the game did not note which picture belongs to it; that one stays.
    """
    from mnist_jax.ink.drawing_files import read_drawings

    path = folder / SAVED_LINES
    try:
        lines = [line for line in path.read_bytes().splitlines(keepends=True) if line.strip()]
        drawings = [(one.word, _on_sheet(one)) for one in read_drawings(path, digits_only=False)]
        at = len(drawings) - 1 - drawings[::-1].index((word, strokes))
        others = lines[:at] + lines[at + 1 :]
        if others:
            write_whole(path, b"".join(others))
        else:
            path.unlink()
        name = Path(str(json.loads(lines[at]).get("picture", ""))).name
        if not name:
            said = tr("Deleted. Its picture is still in {folder}", folder=_shown(folder))
            return Notice(said)
        (folder / name).unlink(missing_ok=True)
    except InputError as error:
        return _notice(error, path)
    except OSError as error:
        return Notice(
            tr("The drawing can’t be deleted: {reason}. Check the folder", reason=reason(error))
        )
    except ValueError:
        return Notice(tr("The drawing is not in its file any more"))
    return Notice(tr("The drawing and its picture are deleted"))


def painted(sketch: Sketch, radius: float) -> pygame.Surface:
    """Return the sheet with its drawing, `SAVED_HEIGHT` pixels high; the pen is in its units."""
    size = round(sketch.width * SAVED_HEIGHT), SAVED_HEIGHT
    return picture(sketch.strokes, size, radius * SAVED_HEIGHT)


def offered(folder: Path) -> Event:
    """Return the latest saved drawings, the newest first, or a notice if there are none."""
    from mnist_jax.ink.drawing_files import read_drawings

    path = folder / SAVED_LINES
    if not path.exists():
        return Notice(tr("No drawing is saved yet. Press Save to keep one"))
    try:
        saved = deque(read_drawings(path, digits_only=False), OFFERED)
    except InputError as error:
        return _notice(error, path)
    sheets = [(one.word, _on_sheet(one)) for one in reversed(saved)]
    return Offered(tuple((word, strokes) for word, strokes in sheets if strokes))


def opened(path: Path) -> Event:
    """Return what is in the file, or a notice with the error."""
    try:
        return contents(path)
    except InputError as error:
        return _notice(error, path)
    except Exception as error:  # noqa: BLE001 - the libraries for pictures may raise anything
        return Notice(
            tr(
                "{name} can’t be looked at ({reason}); try another file",
                name=path.name,
                reason=type(error).__name__,
            )
        )


def contents(path: Path, *, may_be_page: bool = True) -> Opened:
    """Return the file's first drawing, or its photo; as a page if it seems to hold several numbers.

    Raises:
        InputError: the file cannot be read, or contains neither.
    """
    return _drawing_in(path, may_be_page=may_be_page) or _photo_in(path, may_be_page=may_be_page)


def find_photo(picture: Path | np.ndarray) -> Photo:
    """Return a photo, from a file or an array, with the ink that was found in it.

    Raises:
        InputError: it is not a picture, or it shows no ink.
    """
    from mnist_jax.ink.pictures.find_ink import find_ink

    return core_photo(find_ink(picture))


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
    """Return the file's first drawing, if it promises one; one with a number's label is no page."""
    from mnist_jax.ink.strokes import is_number

    first = first_drawing(path)
    if first is None:
        return None
    if may_be_page and not is_number(first.word):
        picture = drawn_page(fitted(first.drawing, 1.0))
        if shows_page(picture, picture[:, :, 0] < HALF):
            return Opened(path.name, photo=plain_photo(picture), page=str(path))
    strokes = _on_sheet(first)
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
    """Return the file's first drawing, or None if neither its content nor its name promises one.

    Raises:
        InputError: the file cannot be read, or holds no drawing though it promises one.
    """
    from mnist_jax.ink.drawing_files import drawing_format, read_drawings

    checked_input(path, "give a picture or a file of drawings")
    if not (drawing_format(path) or path.suffix.lower() in {".ndjson", ".gz"}):
        return None
    first = next(read_drawings(path, digits_only=False), None)
    if first is None:
        raise InputError("{name} holds no drawing; give a file with at least one", name=path.name)
    return first


def _shown(folder: Path) -> str:
    """Return the folder as it is named to the player, without what is above its parent."""
    return f"{folder.parent.name}/{folder.name}"


def _notice(error: InputError, path: Path) -> Notice:
    """Return the error as a notice, with the file's name instead of its path."""
    return Notice(str(error).replace(str(path), path.name))


def _on_sheet(labelled: "LabelledDrawing") -> Strokes | None:
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
