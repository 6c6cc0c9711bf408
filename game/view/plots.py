"""Curves on paper, drawn larger and scaled down, so that they are smooth and quickly drawn."""

import pygame

from game.view.scene import Curve, Plot

FINER = 2
"""How many times larger they are drawn."""


def plotted(item: Plot) -> pygame.Surface:
    """Return the plot in the size of its rectangle."""
    size = item.rect.width, item.rect.height
    large = pygame.Surface((FINER * size[0], FINER * size[1]), 0, 32)
    large.fill(item.paper)
    for curve in item.curves:
        _draw(large, curve)
    return pygame.transform.smoothscale(large, size)


def _draw(surface: pygame.Surface, curve: Curve) -> None:
    width, height = surface.get_size()
    points = [(x * width, y * height) for x, y in curve.points]
    thickness = max(1, round(2 * FINER * curve.radius))
    if len(points) > 1:
        pygame.draw.lines(surface, curve.colour, False, points, thickness)  # noqa: FBT003
    for point in points:  # round ends and corners
        pygame.draw.circle(surface, curve.colour, point, (thickness - 1) / 2)
