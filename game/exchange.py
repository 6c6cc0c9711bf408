"""Files that the player saves and opens: pictures, and lines of `.ndjson`."""

from pathlib import Path

import pygame

from game.events import Event, Notice, Opened
from game.ink_layer import InkLayer
from game.reader import Reader
from game.rules.sketch import Strokes
from game.scene import Ink, Rect
from game.theme import NORMAL
from mnist_jax.errors import InputError

SAVED_SIDE = 1024
"""Of a saved picture, in pixels."""

MARGIN = 0.15
"""Share of the pad left free on each side of a drawing that is laid on it."""


def save(folder: Path, name: str, strokes: Strokes, word: str, radius: float) -> str:
    """Save the drawing as `name`.png and as a line of drawings.ndjson; what to tell the player."""
    from mnist_jax.drawing import as_drawing, as_line

    side = Rect(0, 0, SAVED_SIDE, SAVED_SIDE)
    item = Ink(side, strokes, False, radius * SAVED_SIDE, NORMAL.ink, NORMAL.paper)  # noqa: FBT003
    layer, surface = InkLayer(item), pygame.Surface(side[2:], 0, 32)
    layer.update(item)
    layer.show(surface, 0, 0)
    line = as_line(word, as_drawing([[point[:2] for point in stroke] for stroke in strokes]))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        pygame.image.save(surface, folder / f"{name}.png")
        with (folder / "drawings.ndjson").open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    except (OSError, pygame.error) as error:
        return f"The drawing can’t be saved: {error}"
    return f"Saved as {name}.png in {folder}"


def opened(path: Path, reader: Reader) -> Event:
    """What opening the file brings: strokes on the pad, a read picture, or why neither."""
    try:
        if path.suffix in {".ndjson", ".gz"}:
            return Opened(path.name, _strokes(path))
        from game.picture import read_picture

        reading = reader.read_picture(read_picture(path))
    except InputError as error:
        return Notice(str(error))
    return Opened(path.name, reading=reading) if reading else Notice("The network is not awake yet")


def _strokes(path: Path) -> Strokes:
    """The first drawing of the file, laid on the pad."""
    from game.replay import fitted
    from mnist_jax.drawing import read_drawings

    first = next(read_drawings(path, digits_only=False), None)
    if first is None:
        raise InputError(f"{path.name} holds no drawing; one a line is wanted")
    return tuple(
        tuple((float(x), float(y), 0.0) for x, y in stroke)
        for stroke in fitted(first.drawing, MARGIN)
    )
