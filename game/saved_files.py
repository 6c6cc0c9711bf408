"""Files that the player saves and opens: pictures, and lines of `.ndjson`."""

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from game.core.events import Event, Notice, Offered, Opened
from game.core.rules.pad import MARGIN
from game.core.rules.sketch import Strokes
from game.view.ink_layer import InkLayer
from game.view.scene import Ink, Rect
from game.view.theme import NORMAL
from mnist_jax.support.errors import InputError

if TYPE_CHECKING:
    from mnist_jax.ink.strokes import Drawing

SAVED_SIDE = 1024
"""Of a saved picture, in pixels."""

SAVED_LINES = "drawings.ndjson"
"""The file of all saved drawings, a line for each."""

OFFERED = 12
"""How many of the saved drawings are offered."""


def save(folder: Path, name: str, strokes: Strokes, word: str, radius: float) -> str:
    """Save the drawing as `name`.png and as a line of `SAVED_LINES`; what to tell the player.

    Where there is such a file, the name gets a number more.
    """
    from mnist_jax.ink.ndjson import as_line
    from mnist_jax.ink.strokes import as_drawing

    side = Rect(0, 0, SAVED_SIDE, SAVED_SIDE)
    item = Ink(side, strokes, False, radius * SAVED_SIDE, NORMAL.ink, NORMAL.paper)  # noqa: FBT003
    layer, surface = InkLayer(item), pygame.Surface(side[2:], 0, 32)
    layer.update(item)
    layer.show(surface, 0, 0)
    line = as_line(word, as_drawing([[point[:2] for point in stroke] for stroke in strokes]))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = _free(folder, name)
        pygame.image.save(surface, path)
        with (folder / SAVED_LINES).open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    except (OSError, pygame.error) as error:
        reason = getattr(error, "strerror", None) or error
        return f"The drawing can’t be saved: {reason}. See to the folder, then save again"
    return f"Saved as {path.name} in {folder.parent.name}/{folder.name}"


def _free(folder: Path, name: str) -> Path:
    path, number = folder / f"{name}.png", 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}.png"
    return path


def offered(folder: Path) -> Event:
    """The drawings that were saved last in the folder, the newest first, or why there is none."""
    from mnist_jax.ink.ndjson import read_drawings

    if not (folder / SAVED_LINES).exists():
        return Notice("No drawing is saved yet. Save keeps one")
    try:
        saved = deque(read_drawings(folder / SAVED_LINES, digits_only=False), OFFERED)
    except InputError as error:
        return _notice(error, folder / SAVED_LINES)
    return Offered(tuple((one.word, _laid(one.drawing)) for one in reversed(saved)))


def opened(path: Path) -> Event:
    """What opening the file brings: strokes or a picture on the pad, or why neither."""
    try:
        return contents(path)
    except InputError as error:
        return _notice(error, path)


def _notice(error: InputError, path: Path) -> Notice:
    """What is wrong with the file, which the player knows by its name."""
    return Notice(str(error).replace(str(path), path.name))


def contents(path: Path) -> Opened:
    """The file's first drawing, or its picture.

    Raises:
        InputError: the file cannot be read, or holds neither.
    """
    if path.suffix.lower() in {".ndjson", ".gz"}:
        return Opened(path.name, _first(path))
    from game.devices.picture import read_picture

    return Opened(path.name, picture=read_picture(path))


def _first(path: Path) -> Strokes:
    """The first drawing of the file, laid on the pad."""
    from mnist_jax.ink.ndjson import read_drawings

    first = next(read_drawings(path, digits_only=False), None)
    if first is None:
        raise InputError(f"{path.name} holds no drawing; one a line is wanted")
    return _laid(first.drawing)


def _laid(drawing: "Drawing") -> Strokes:
    """The drawing in the middle of the pad."""
    from game.replay import fitted

    return tuple(
        tuple((float(x), float(y), 0.0) for x, y in stroke) for stroke in fitted(drawing, MARGIN)
    )
