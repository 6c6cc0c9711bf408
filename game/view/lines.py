"""Anti-aliased lines of any width: straight ones over anything, and curves on paper."""

import math

import pygame
from pygame import gfxdraw

from game.view.scene import Link, Plot

DASH = 8
"""Length of a dash and of the gap after it, in radii of the line."""

FINER = 2
"""How many times larger curves are drawn; scaled down they are smooth."""


def draw_link(surface: pygame.Surface, link: Link) -> None:
    """Draw a straight line, whole or dashed."""
    start, end = pygame.Vector2(link.start), pygame.Vector2(link.end)
    length = start.distance_to(end)
    if length < 1:
        return
    along = (end - start) / length
    across = along.rotate(90) * link.radius
    step = max(4.0, DASH * link.radius) if link.dashed else length
    for dash in range(math.ceil(length / (2 * step))):
        first = start + 2 * dash * step * along
        last = start + min((2 * dash + 1) * step, length) * along
        corners = [first - across, last - across, last + across, first + across]
        gfxdraw.filled_polygon(surface, corners, link.colour)
        gfxdraw.aapolygon(surface, corners, link.colour)


def plotted(item: Plot) -> pygame.Surface:
    """Return the plot in the size of its rectangle."""
    width, height = FINER * item.rect.width, FINER * item.rect.height
    large = pygame.Surface((width, height), 0, 32)
    large.fill(item.paper)
    for curve in item.curves:
        points = [(x * width, y * height) for x, y in curve.points]
        thickness = max(1, round(2 * FINER * curve.radius))
        if len(points) > 1:
            pygame.draw.lines(large, curve.colour, False, points, thickness)  # noqa: FBT003
        for point in points:  # round ends and corners
            pygame.draw.circle(large, curve.colour, point, (thickness - 1) / 2)
    return pygame.transform.smoothscale(large, item.rect[2:])
