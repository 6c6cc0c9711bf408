"""Straight, anti-aliased lines of any width over anything, whole or dashed."""

import math

import pygame
from pygame import gfxdraw

from game.view.scene import Link

DASH = 8
"""Length of a dash and of the gap after it, in radii of the line."""


def draw_link(surface: pygame.Surface, link: Link) -> None:
    """Draw the line."""
    (x0, y0), (x1, y1) = link.start, link.end
    length = math.hypot(x1 - x0, y1 - y0)
    if length < 1:
        return
    along = (x1 - x0) / length, (y1 - y0) / length
    step = max(4.0, DASH * link.radius) if link.dashed else length
    at = 0.0
    while at < length:
        ends = at, min(at + step, length)
        _draw(surface, link, along, ends)
        at += 2 * step


def _draw(
    surface: pygame.Surface, link: Link, along: tuple[float, float], ends: tuple[float, float]
) -> None:
    """Draw the piece between two distances from the start."""
    across = -along[1] * link.radius, along[0] * link.radius
    corners = [
        (
            link.start[0] + along[0] * distance + side * across[0],
            link.start[1] + along[1] * distance + side * across[1],
        )
        for distance, side in ((ends[0], -1), (ends[1], -1), (ends[1], 1), (ends[0], 1))
    ]
    gfxdraw.filled_polygon(surface, corners, link.colour)
    gfxdraw.aapolygon(surface, corners, link.colour)
