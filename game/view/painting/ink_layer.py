"""Strokes as pixels: those of a pad, cached between frames, and pictures of their own."""

import numpy as np
import pygame

from game.core.values.sketch import Stroke, Strokes, is_continued
from game.view.glyphs import glyph
from game.view.painting.pen import Pen
from game.view.scene import Ink, Rect
from game.view.theme import NORMAL, Colour


class InkLayer:
    """A surface of the size of an `Ink` item, with the strokes drawn so far."""

    def __init__(self, item: Ink) -> None:
        """Create an empty surface for the item."""
        self._size = item.rect.width, item.rect.height
        self._paper = pygame.Surface(self._size, 0, 32)
        """What the strokes are drawn on."""
        self._paper.fill(item.paper)
        if item.below:
            ground = InkLayer(item.below)
            ground.update(item.below)
            ground.show(self._paper, 0, 0)
        self._surface = self._paper.copy()
        self._pen = Pen(item.radius, item.ink, item.paper)
        self._strokes: Strokes = ()
        self._points: list[np.ndarray] = []
        self._open = False
        """Whether the last stroke is drawn without its tail."""

    def update(self, item: Ink) -> pygame.Rect:
        """Draw what is new in the item; return the part of the surface that changed."""
        old, new = self._strokes, item.strokes
        kept = _common(old, new)
        dirty = self._tail_area()
        if self._open and kept == len(old) - 1 and is_continued(old[kept:], new[kept:]):
            dirty.append(self._grow(new[kept]))
            dirty += [self._begin(stroke) for stroke in new[kept + 1 :]]
        elif kept < len(old):
            dirty.append(self._redraw(old, new, kept))
        else:
            dirty += [self._begin(stroke) for stroke in new[kept:]]
        if self._open and not item.pen_down:
            self._close()
        self._strokes = new
        dirty += self._tail_area()
        whole = dirty[0].unionall(dirty[1:]) if dirty else pygame.Rect(0, 0, 0, 0)
        return whole.clip(self._surface.get_rect())

    def show(self, surface: pygame.Surface, x: int, y: int) -> None:
        """Blit the layer, with the current stroke up to the pen."""
        surface.blit(self._surface, (x, y))
        if self._open:
            self._pen.stamp(surface, self._pen.tail(self._points[-1]) + np.array([x, y]))

    def _begin(self, stroke: Stroke) -> pygame.Rect:
        if self._open:
            self._close()
        self._points.append(np.empty((0, 2)))
        self._open = True
        return self._grow(stroke)

    def _grow(self, stroke: Stroke) -> pygame.Rect:
        known = len(self._points[-1])
        points = np.concatenate([self._points[-1], self._pixels(stroke[known:])])
        self._points[-1] = points
        if len(points) > 1:
            self._pen.stamp(self._surface, self._pen.line(points, max(known, 1)))
        return self._area(points[max(0, known - 2) :])

    def _close(self) -> None:
        self._pen.stamp(self._surface, self._pen.tail(self._points[-1]))
        self._open = False

    def _redraw(self, old: Strokes, new: Strokes, kept: int) -> pygame.Rect:
        last = _common(old[:kept:-1], new[:kept:-1])
        ended = len(old) - last
        fresh = [self._pixels(stroke) for stroke in new[kept : len(new) - last]]
        changed = [*self._points[kept:ended], *fresh]
        self._points[kept:ended] = fresh
        self._open = False
        area = self._area(np.concatenate(changed))
        self._surface.set_clip(area)
        self._surface.blit(self._paper, (0, 0))
        for points in self._points:
            if area.colliderect(self._area(points)):
                self._pen.stamp(self._surface, self._pen.whole(points))
        self._surface.set_clip(None)
        return area

    def _tail_area(self) -> list[pygame.Rect]:
        return [self._area(self._points[-1][-2:])] if self._open else []

    def _pixels(self, stroke: Stroke) -> np.ndarray:
        return np.array([point[:2] for point in stroke]) * self._size[1]

    def _area(self, points: np.ndarray) -> pygame.Rect:
        reach = self._pen.reach
        left, top = np.floor(points.min(0)).astype(int) - reach
        right, bottom = np.ceil(points.max(0)).astype(int) + reach
        return pygame.Rect(left, top, right - left, bottom - top)


def icon() -> pygame.Surface:
    """Return the window's icon: a digit, drawn with the game's pen."""
    return picture(glyph(2), (64, 64), 0.08 * 64, NORMAL.accent)


def picture(
    strokes: Strokes, size: tuple[int, int], radius: float, colour: Colour = NORMAL.ink
) -> pygame.Surface:
    """Return the strokes on paper of this size, drawn with a pen of this radius in pixels."""
    item = Ink(
        Rect(0, 0, *size), strokes, pen_down=False, radius=radius, ink=colour, paper=NORMAL.paper
    )
    layer, surface = InkLayer(item), pygame.Surface(size, 0, 32)
    layer.update(item)
    layer.show(surface, 0, 0)
    return surface


def _common(old: Strokes, new: Strokes) -> int:
    """Return how many strokes the two have in common at the start."""
    for number, (before, after) in enumerate(zip(old, new, strict=False)):
        if before is not after and before != after:
            return number
    return min(len(old), len(new))
