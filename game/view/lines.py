"""Anti-aliased lines of any width, whole or dashed: links over anything, and curves on paper."""

from collections.abc import Sequence

import numpy as np
import pygame
from pygame import gfxdraw

from game.view.scene import Link, Place, Plot

DASH = 8
"""Length of a dash and of the gap after it, in radii of the line."""

FINER = 2
"""How many times larger curves are drawn; scaled down they are smooth."""


def draw_link(surface: pygame.Surface, link: Link) -> None:
    """Draw a straight line."""
    ends = [link.start, link.end]
    for first, *_, last in dashes(ends, max(4.0, DASH * link.radius)) if link.dashed else [ends]:
        along = pygame.Vector2(last) - first
        if along.length() < 1:
            continue
        across = along.normalize().rotate(90) * link.radius
        corners = [first - across, last - across, last + across, first + across]
        gfxdraw.filled_polygon(surface, corners, link.colour)
        gfxdraw.aapolygon(surface, corners, link.colour)


def plotted(item: Plot) -> pygame.Surface:
    """Return the plot in the size of its rectangle."""
    size = FINER * item.rect.width, FINER * item.rect.height
    large = pygame.Surface(size, 0, 32)
    large.fill(item.paper)
    for curve in item.curves:
        whole = [(x * size[0], y * size[1]) for x, y in curve.points]
        thickness = max(1, round(2 * FINER * curve.radius))
        for points in dashes(whole, 2 * thickness) if curve.dashed else [whole]:
            pygame.draw.lines(large, curve.colour, False, points, thickness)  # noqa: FBT003
            for point in points:  # round ends and corners
                pygame.draw.circle(large, curve.colour, point, (thickness - 1) / 2)
    return pygame.transform.smoothscale(large, item.rect[2:])


def dashes(points: Sequence[Place], length: float) -> list[list[Place]]:
    """Cut a line into dashes of this length, with gaps of the same length."""
    x, y = np.transpose(points)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
    pieces = []
    for begin in np.arange(0.0, along[-1], 2 * length):
        end = min(begin + length, along[-1])
        at = [begin, *along[(along > begin) & (along < end)], end]
        places = np.stack([np.interp(at, along, x), np.interp(at, along, y)], axis=-1)
        pieces.append([(right, down) for right, down in places.tolist()])
    return pieces
