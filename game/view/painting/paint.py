"""Paint scenes on a surface, repainting only what differs from the previous scene."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product, zip_longest

import numpy as np
import pygame
from pygame import gfxdraw

from game.view.painting import lettering, pixels
from game.view.painting.ink_layer import InkLayer
from game.view.scene import (
    Curve,
    Figure,
    Fill,
    Ink,
    Item,
    Links,
    Outline,
    Photograph,
    Pixels,
    Place,
    Rect,
    Scene,
    Signed,
    Text,
)
from game.view.theme import Colour

DASH = 4
"""Length of a dash of an outline or a link, and of the gap after it, in widths of the line."""

OVERSAMPLING, FINE_OVERSAMPLING, LARGE = 2, 3, 400
"""Figures are drawn this many times larger and then scaled down, to be smooth; the second number is
for those up to this width in pixels."""


class Painter:
    """Paints scenes on one surface; nothing else may paint on it."""

    def __init__(self, surface: pygame.Surface) -> None:
        """Store the surface; the first scene is painted in full."""
        self.surface = surface
        """It can be replaced by one that shows the same."""
        self._shown: tuple[Item, ...] = ()
        self._layers: dict[Rect, tuple[Ink, InkLayer]] = {}

    def show(self, scene: Scene) -> list[pygame.Rect]:
        """Paint the scene and return the parts of the surface that may have changed."""
        if scene.items == self._shown:
            return []
        dirty = self._dirty(scene.items)
        self._shown = scene.items
        rects = [pygame.Rect(item.rect) for item in scene.items]
        for part in dirty:
            for number in _visible(part, scene.items, part.collidelistall(rects)):
                self.surface.set_clip(part.clip(rects[number]))
                self._paint(scene.items[number])
        self.surface.set_clip(None)
        return dirty

    def _dirty(self, items: tuple[Item, ...]) -> list[pygame.Rect]:
        parts = self._update_layers([item for item in items if isinstance(item, Ink)])
        for before, after in zip_longest(self._shown, items):
            if before is after or before == after:
                continue
            # such ink already reported its changed parts above
            if not (isinstance(after, Ink) and _same_layer(before, after)):
                parts += [pygame.Rect(item.rect) for item in (before, after) if item]
        screen = self.surface.get_rect()
        return _disjoint([part for part in (p.clip(screen) for p in parts) if part])

    def _update_layers(self, inks: list[Ink]) -> list[pygame.Rect]:
        """Draw new strokes on every ink layer; return the parts that changed."""
        known, self._layers = self._layers, {}
        parts = []
        for item in inks:
            before, layer = known.get(item.rect, (None, None))
            if layer is None or not _same_layer(before, item):
                layer = InkLayer(item)
            if before != item:
                parts.append(layer.update(item).move(item.rect[:2]))
            self._layers[item.rect] = item, layer
        return parts

    def _paint(self, item: Item) -> None:
        surface, corner = self.surface, item.rect[:2]
        match item:
            case Fill():
                _fill(surface, item)
            case Text():
                surface.blits(lettering.text_images(item) if item.text else [], doreturn=False)
            case Ink():
                self._layers[item.rect][1].show(surface, *corner)
            case Outline():
                for edge in _edges(item):
                    surface.fill(item.colour, edge)
            case Pixels():
                surface.blit(pixels.grey(item), corner)
            case Signed():
                surface.blits([(layer, corner) for layer in pixels.signed(item)])
            case Photograph():
                _photograph(surface, item)
            case Links():
                for link in item.links:
                    _link(surface, link)
            case Figure():
                image = figure_image(item)
                surface.blit(image, corner, special_flags=pygame.BLEND_PREMULTIPLIED)


def _photograph(surface: pygame.Surface, item: Photograph) -> None:
    corner, size = item.rect[:2], item.rect[2:]
    surface.blit(pixels.photo(item.photo, size), corner)
    if item.share:
        ink = pixels.photo_ink(item.photo, size, item.ink, item.paper)
        ink.set_alpha(round(255 * item.share))
        surface.blit(ink, corner)


def _visible(part: pygame.Rect, items: tuple[Item, ...], numbers: list[int]) -> list[int]:
    """Return the indices of the items to paint, leaving out those hidden by a fill of the part."""
    for at in range(len(numbers) - 1, 0, -1):
        item = items[numbers[at]]
        if isinstance(item, Fill) and pygame.Rect(item.rect.inset(item.corner)).contains(part):
            return numbers[at:]
    return numbers


def _same_layer(before: Item | None, after: Ink) -> bool:
    return isinstance(before, Ink) and (
        (before.rect, before.radius, before.ink, before.paper, before.below)
        == (after.rect, after.radius, after.ink, after.paper, after.below)
    )


def _disjoint(parts: list[pygame.Rect]) -> list[pygame.Rect]:
    """Join overlapping rectangles until none overlap."""
    apart: list[pygame.Rect] = []
    for part in parts:
        joined = part
        while (met := joined.collidelist(apart)) >= 0:
            joined = joined.union(apart.pop(met))
        apart.append(joined)
    return apart


def _fill(surface: pygame.Surface, item: Fill) -> None:
    rect = pygame.Rect(item.rect)
    corner = min(item.corner, rect.width // 2, rect.height // 2)
    if item.corner < 2 or rect.width <= 0:
        surface.fill(item.colour, rect)
        return
    surface.fill(item.colour, rect.inflate(0, -2 * corner))
    surface.fill(item.colour, rect.inflate(-2 * corner, 0))
    disc = _disc(corner, item.colour)
    for right, low in product((0, 1), (0, 1)):
        x = rect.right - corner if right else rect.left
        y = rect.bottom - corner if low else rect.top
        surface.blit(disc, (x, y), (right * corner, low * corner, corner, corner))


def _edges(item: Outline) -> Iterator[Rect]:
    """Yield the pieces of the four edges: dashes, or whole edges."""
    (x, y, width, height), thick = item.rect, item.thickness
    dash = DASH * thick if item.dashed else max(width, height)
    for at in range(0, width, 2 * dash):
        for top in (y, y + height - thick):
            yield Rect(x + at, top, min(dash, width - at), thick)
    for at in range(0, height, 2 * dash):
        for left in (x, x + width - thick):
            yield Rect(left, y + at, thick, min(dash, height - at))


@lru_cache(maxsize=128)
def _disc(radius: int, colour: Colour) -> pygame.Surface:
    """Return an anti-aliased disc on a transparent background."""
    offset = np.arange(2 * radius) + 0.5 - radius
    cover = np.clip(radius + 0.5 - np.hypot(offset[:, None], offset), 0.0, 1.0)
    return pixels.translucent(colour, 255 * cover)


def _link(surface: pygame.Surface, link: Curve) -> None:
    length = max(4.0, 2 * DASH * link.radius)
    for first, *_, last in dashes(link.points, length) if link.dashed else [link.points]:
        along = pygame.Vector2(last) - first
        if along.length() < 1:
            continue
        across = along.normalize().rotate(90) * link.radius
        corners = [first - across, last - across, last + across, first + across]
        gfxdraw.filled_polygon(surface, corners, link.colour)
        gfxdraw.aapolygon(surface, corners, link.colour)


@lru_cache(maxsize=8)
def figure_image(item: Figure) -> pygame.Surface:
    """Return the figure in the size of its rectangle, its colours multiplied by their opacity."""
    finer = FINE_OVERSAMPLING if item.rect.width <= LARGE else OVERSAMPLING
    width, height = (finer * side for side in item.rect[2:])
    large = pygame.Surface((width, height), pygame.SRCALPHA, 32)
    for shape in item.shapes:
        points = [(x * width, y * height) for x, y in shape.points]
        if isinstance(shape, Curve):
            thickness = max(1, round(2 * finer * shape.radius))
            for line in dashes(points, 2 * thickness) if shape.dashed else [points]:
                pygame.draw.lines(large, shape.colour, False, line, thickness)  # noqa: FBT003
                for point in line:  # round ends and corners
                    pygame.draw.circle(large, shape.colour, point, (thickness - 1) / 2)
        else:
            pygame.draw.polygon(large, shape.colour, points)
    return pygame.transform.smoothscale(large, item.rect[2:])


def dashes(points: Sequence[Place], length: float) -> list[list[Place]]:
    """Cut a line into dashes of this length, with gaps of the same length."""
    x, y = np.transpose(points)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
    pieces = []
    for begin in np.arange(0.0, along[-1], 2 * length):
        end = min(begin + length, along[-1])
        stops = [begin, *along[(along > begin) & (along < end)], end]
        places = np.stack([np.interp(stops, along, x), np.interp(stops, along, y)], axis=-1)
        pieces.append([(right, down) for right, down in places.tolist()])
    return pieces
