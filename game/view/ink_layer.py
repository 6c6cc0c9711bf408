"""The strokes of one pad as pixels, kept from frame to frame."""

import numpy as np
import pygame

from game.core.rules.sketch import Stroke, Strokes
from game.view.pen import Pen
from game.view.scene import Ink


class InkLayer:
    """A sheet of paper of the size of an `Ink` item, and what is drawn on it so far."""

    def __init__(self, item: Ink) -> None:
        """An empty sheet for the item."""
        self._size = item.rect.width, item.rect.height
        self._paper = item.paper
        self._sheet = pygame.Surface(self._size, 0, 32)
        self._sheet.fill(item.paper)
        self._pen = Pen(item.radius, item.ink, item.paper)
        self._strokes: Strokes = ()
        self._points: list[np.ndarray] = []
        self._open = False
        """The last stroke is on the sheet without its tail."""

    def update(self, item: Ink) -> pygame.Rect:
        """Draw what is new in the item; the part of the sheet that looks different afterwards."""
        old, new = self._strokes, item.strokes
        kept = _common(old, new)
        dirty = self._tail_area()
        if kept == len(old):
            dirty += [self._begin(stroke) for stroke in new[kept:]]
        elif self._open and kept == len(old) - 1 and _continue(old[kept:], new[kept:]):
            dirty.append(self._grow(new[kept]))
            dirty += [self._begin(stroke) for stroke in new[kept + 1 :]]
        else:
            dirty.append(self._mend(old, new, kept))
        if self._open and not item.pen_down:
            self._close()
        self._strokes = new
        dirty += self._tail_area()
        whole = dirty[0].unionall(dirty[1:]) if dirty else pygame.Rect(0, 0, 0, 0)
        return whole.clip(self._sheet.get_rect())

    def show(self, surface: pygame.Surface, x: int, y: int) -> None:
        """Lay the sheet on the surface, the stroke that is being drawn up to the pen."""
        surface.blit(self._sheet, (x, y))
        if self._open:
            self._pen.stamp(surface, self._pen.tail(self._points[-1]) + np.array([x, y]))

    def _begin(self, stroke: Stroke) -> pygame.Rect:
        if self._open:
            self._close()
        points = self._pixels(stroke)
        self._points.append(points)
        self._open = True
        if len(points) > 1:
            self._pen.stamp(self._sheet, self._pen.line(points))
        return self._area(points)

    def _grow(self, stroke: Stroke) -> pygame.Rect:
        known = len(self._points[-1])
        points = np.concatenate([self._points[-1], self._pixels(stroke[known:])])
        self._points[-1] = points
        self._open = True
        self._pen.stamp(self._sheet, self._pen.line(points, known))
        return self._area(points[max(0, known - 2) :])

    def _close(self) -> None:
        self._pen.stamp(self._sheet, self._pen.tail(self._points[-1]))
        self._open = False

    def _mend(self, old: Strokes, new: Strokes, kept: int) -> pygame.Rect:
        """Draw the part of the sheet anew where strokes between the first and last ones changed."""
        last = _common(old[:kept:-1], new[:kept:-1])
        ended = len(old) - last
        fresh = [self._pixels(stroke) for stroke in new[kept : len(new) - last]]
        changed = [*self._points[kept:ended], *fresh]
        self._points[kept:ended] = fresh
        self._open = False
        area = self._area(np.concatenate(changed))
        self._sheet.set_clip(area)
        self._sheet.fill(self._paper)
        for points in self._points:
            if area.colliderect(self._area(points)):
                self._pen.stamp(self._sheet, self._pen.whole(points))
        self._sheet.set_clip(None)
        return area

    def _tail_area(self) -> list[pygame.Rect]:
        return [self._area(self._points[-1][-2:])] if self._open else []

    def _pixels(self, stroke: Stroke) -> np.ndarray:
        return np.array([point[:2] for point in stroke]) * self._size

    def _area(self, points: np.ndarray) -> pygame.Rect:
        reach = self._pen.reach
        left, top = np.floor(points.min(0)).astype(int) - reach
        right, bottom = np.ceil(points.max(0)).astype(int) + reach
        return pygame.Rect(left, top, right - left, bottom - top)


def _common(old: Strokes, new: Strokes) -> int:
    """How many strokes the two begin with in common."""
    for number, (before, after) in enumerate(zip(old, new, strict=False)):
        if before is not after and before != after:
            return number
    return min(len(old), len(new))


def _continue(old: Strokes, new: Strokes) -> bool:
    """Whether the one stroke is the beginning of the first of the new ones."""
    return bool(new) and len(new[0]) > len(old[0]) and new[0][: len(old[0])] == old[0]
