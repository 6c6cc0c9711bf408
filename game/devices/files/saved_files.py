"""The drawings and pictures that the player saves: painted, listed and deleted."""

import json
from collections import deque
from datetime import date
from itertools import count
from pathlib import Path

import pygame

from game.core.events import Event, Notice, SavedFilesFound
from game.core.language import tr
from game.core.values.rounds import Round
from game.core.values.sketch import Sketch, Strokes
from game.devices.conversions import drawing_arrays
from game.devices.files.opening import on_sheet, problem_of
from game.view.painting.ink_layer import picture
from game.view.painting.paint import Painter
from mnist_jax.support.errors import InputError, reason
from mnist_jax.support.files import write_whole

SAVED_HEIGHT = 1024
"""Height of a saved picture, in pixels."""

SAVED_LINES = "drawings.ndjson"
"""The file with a line for each saved drawing."""

MOST_LISTED = 12
"""How many of the saved drawings are listed, the latest ones."""


def picture_of_day(day: date, rounds: tuple[Round, ...], *, is_timed: bool) -> pygame.Surface:
    """Return the picture of a day that players show to others; see `today.card`."""
    from game.view.screens.today import CARD_SIDE, card

    picture = pygame.Surface((CARD_SIDE, CARD_SIDE), 0, 32)
    Painter(picture).show(card(day, rounds, is_timed=is_timed))
    return picture


def save_picture(folder: Path, name: str, picture: pygame.Surface) -> Notice:
    """Save a picture as `name`.png; return a notice that says so, or why it failed."""
    try:
        return saved_notice(_written(folder, name, picture))
    except OSError as error:
        return _not_saved(error)


def save(folder: Path, name: str, sketch: Sketch, word: str, radius: float) -> Notice:
    """Save the drawing as `name`.png and a line of `SAVED_LINES`, and return a notice.

    If the file exists, a number is added to the name.
    """
    from mnist_jax.ink.ndjson import as_line

    try:
        path = _written(folder, name, painted(sketch, radius))
        with (folder / SAVED_LINES).open("a", encoding="utf-8") as file:
            file.write(as_line(word, drawing_arrays(sketch.strokes), picture=path.name) + "\n")
    except OSError as error:
        return _not_saved(error)
    return saved_notice(path)


def _written(folder: Path, name: str, picture: pygame.Surface) -> Path:
    """Write the picture under the first free name, and return its path."""
    from PIL import Image

    folder.mkdir(parents=True, exist_ok=True)
    path = free_path(folder, name, ".png")
    pixels = pygame.image.tobytes(picture, "RGB")
    Image.frombytes("RGB", picture.get_size(), pixels).save(path)  # pygame would stop all threads
    return path


def free_path(folder: Path, name: str, suffix: str) -> Path:
    """Return a free path in the folder, with a number after the name if that is taken."""
    names = (f"{name}{f'-{number}' * (number > 1)}{suffix}" for number in count(1))
    return next(path for path in map(folder.joinpath, names) if not path.exists())


def saved_notice(path: Path) -> Notice:
    """Return the notice that a file was saved."""
    return Notice(tr("Saved as {name} in {folder}", name=path.name, folder=_shown(path.parent)))


def _not_saved(error: OSError) -> Notice:
    return Notice(
        tr(
            "The drawing can’t be saved: {reason}. Check the folder, then save again",
            reason=reason(error),
        )
    )


def delete(folder: Path, word: str, strokes: Strokes) -> Notice:
    """Delete the latest saved drawing with this label and these strokes, and return a notice.

    The strokes are as `list_drawings` returned them. Older versions of the game did not write down
    which picture belongs to a drawing; such a picture stays.
    """
    from mnist_jax.ink.drawing_files import read_drawings

    path = folder / SAVED_LINES
    try:
        lines = [line for line in path.read_bytes().splitlines(keepends=True) if line.strip()]
        drawings = [(one.word, on_sheet(one)) for one in read_drawings(path, digits_only=False)]
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
        return Notice(problem_of(error, path))
    except OSError as error:
        return Notice(
            tr("The drawing can’t be deleted: {reason}. Check the folder", reason=reason(error))
        )
    except ValueError:
        return Notice(tr("The drawing is not in its file any more"))
    return Notice(tr("The drawing and its picture are deleted"))


def painted(sketch: Sketch, radius: float) -> pygame.Surface:
    """Return a picture of the sheet, `SAVED_HEIGHT` pixels high, to which `radius` is relative."""
    size = round(sketch.width * SAVED_HEIGHT), SAVED_HEIGHT
    return picture(sketch.strokes, size, radius * SAVED_HEIGHT)


def list_drawings(folder: Path) -> Event:
    """Return the latest saved drawings, the newest first, or a notice if there are none."""
    from mnist_jax.ink.drawing_files import read_drawings

    path = folder / SAVED_LINES
    if not path.exists():
        return Notice(tr("No drawing is saved yet. Press Save to keep one"))
    try:
        saved = deque(read_drawings(path, digits_only=False), MOST_LISTED)
    except InputError as error:
        return Notice(problem_of(error, path))
    sheets = [(one.word, on_sheet(one)) for one in reversed(saved)]
    return SavedFilesFound(tuple((word, strokes) for word, strokes in sheets if strokes))


def _shown(folder: Path) -> str:
    """Return the folder as it is named to the player, without what is above its parent."""
    return f"{folder.parent.name}/{folder.name}"
