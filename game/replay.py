"""A hand that plays drawings on the pad, pixel by pixel as a mouse would.

The pointer events go through pygame's own queue, so everything between the mouse and the screen
takes part.
"""

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

import numpy as np
import pygame

from game.app import App
from game.scene import Rect
from mnist_jax.drawing import Drawing, LabelledDrawing

MARGIN = 0.15
"""Share of the pad left free on each side of a drawing."""


class Replay:
    """Draws one drawing after the other and counts which of them the screen reads right."""

    def __init__(self, drawings: Iterable[LabelledDrawing], pixels_per_frame: int) -> None:
        """Take the drawings, and how far the pointer moves within one frame."""
        self.correct = 0
        self.count = 0
        self._drawings = iter(drawings)
        self._word = ""
        self._pixels_per_frame = pixels_per_frame
        self._events: Iterator[pygame.event.Event] = iter(())

    def play(self, app: App) -> None:
        """Post the pointer events of the next frame."""
        events = list(islice(self._events, self._pixels_per_frame))
        if not events:
            self._judge(app)
            events = self._next(app)
        for event in events:
            pygame.event.post(event)

    def _judge(self, app: App) -> None:
        if self._word:
            reading = app.state.reading
            self.count += 1
            self.correct += reading is not None and str(reading.digit) == self._word

    def _next(self, app: App) -> list[pygame.event.Event]:
        """Events that empty the pad for the next drawing, or that leave the game."""
        labelled = next(self._drawings, None)
        if labelled is None:
            return [pygame.event.Event(pygame.QUIT)]
        self._word = labelled.word
        if pad := app.scene.pad:
            self._events = pointer_events(labelled.drawing, pad)
        return [
            _button(pygame.MOUSEBUTTONDOWN, (0, 0), 3),
            _button(pygame.MOUSEBUTTONUP, (0, 0), 3),
        ]


def pointer_events(drawing: Drawing, pad: Rect) -> Iterator[pygame.event.Event]:
    """What pygame reports when the drawing is drawn on the pad with a mouse."""
    for stroke in scaled(drawing, pad):
        first, *others = path(stroke)
        yield _button(pygame.MOUSEBUTTONDOWN, first)
        last = first
        for place in others:
            relative = place[0] - last[0], place[1] - last[1]
            yield pygame.event.Event(
                pygame.MOUSEMOTION, pos=place, rel=relative, buttons=(1, 0, 0), touch=False
            )
            last = place
        yield _button(pygame.MOUSEBUTTONUP, last)


def scaled(drawing: Drawing, pad: Rect) -> list[np.ndarray]:
    """The drawing in the middle of the pad, its longer side filling it up to the margin."""
    points = np.concatenate(drawing)
    points = points / (np.abs(points).max() or 1.0)  # huge coordinates stay finite
    low, extent = points.min(0), np.ptp(points, axis=0)
    scale = (1 - 2 * MARGIN) * pad.width / (extent.max() or 1.0)
    centre = np.array([pad.x + pad.width / 2, pad.y + pad.height / 2])
    moved = (points - low - extent / 2) * scale + centre
    return np.split(moved, np.cumsum([len(stroke) for stroke in drawing])[:-1])


def path(stroke: np.ndarray) -> list[tuple[int, int]]:
    """The pixels on the way along the stroke, each a neighbour of the one before."""
    corners = np.rint(stroke).astype(int)
    places = [corners[:1]]
    for begin, end in pairwise(corners):
        steps = np.abs(end - begin).max()
        way = np.arange(1, steps + 1)[:, None] / max(steps, 1)
        places.append(np.rint(begin + way * (end - begin)).astype(int))
    return [(int(x), int(y)) for x, y in np.concatenate(places)]


def _button(kind: int, place: tuple[int, int], button: int = 1) -> pygame.event.Event:
    return pygame.event.Event(kind, pos=place, button=button, touch=False)
