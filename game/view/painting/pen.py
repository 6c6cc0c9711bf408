"""The pen on the screen: smooth, gapless, anti-aliased strokes, drawn as they grow.

A stroke is stamped: a soft round sprite is blitted along it in steps far smaller than itself.
Stamps are combined by the darker (on dark paper the lighter) of two pixels, so crossings do not
add up and a stamp can be repeated. Only new points are stamped, so many strokes cost no more than
few.
"""

import math
from functools import lru_cache
from itertools import product

import numpy as np
import pygame

from game.view.theme import Colour

PHASES = 4
"""Number of subpixel positions with a sprite of their own, in each direction."""

BEND = 2.5
"""Distance from a corner at which the line starts to bend, in radii."""


class Pen:
    """A round pen of one size and colour."""

    def __init__(self, radius: float, ink: Colour, paper: Colour) -> None:
        """Set the radius in pixels; ink is darker than paper in all channels or in none."""
        self.radius = max(radius, 0.6)
        self.reach = math.ceil(self.radius) + 2
        """Pixels beyond a stroke's points that its ink can touch."""
        self._sprites = _sprites(self.radius, ink, paper)
        darker = sum(ink) < sum(paper)
        self._blending = pygame.BLEND_RGB_MIN if darker else pygame.BLEND_RGB_MAX

    def stamp(self, surface: pygame.Surface, centres: np.ndarray) -> None:
        """Stamp ink at each of the `(n, 2)` positions, in pixels of the surface."""
        steps = np.rint((centres - self.reach) * PHASES).astype(int)
        whole, phase = np.divmod(steps, PHASES)
        chosen = phase[:, 1] * PHASES + phase[:, 0]
        sprites, area = self._sprites, self._sprites[0].get_rect()
        stamps = zip(chosen.tolist(), whole.tolist(), strict=True)
        surface.blits(
            [(sprites[number], place, area, self._blending) for number, place in stamps],
            doreturn=False,
        )

    def line(self, points: np.ndarray, first: int = 1) -> np.ndarray:
        """Return the positions to stamp for a stroke from its point `first` on.

        The line bends within `BEND` radii of its points and ends after the last bend. The rest up
        to the last point is the `tail`, which changes when the stroke goes on.
        """
        near = points[max(0, first - 2) :]
        steps = len(near) - 1
        starts, controls, ends = _curves(near, BEND * self.radius)
        new = np.arange(min(1, first - 1), steps)
        pieces = np.concatenate([new, new + steps])
        return _along(starts[pieces], controls[pieces], ends[pieces], self.radius / 4)

    def tail(self, points: np.ndarray) -> np.ndarray:
        """Return the positions to stamp for the end of a stroke, or for a dot."""
        end = points[-1:]
        if len(points) == 1:
            return end
        *_, bends = _curves(points[-2:], BEND * self.radius)
        return _along(bends[-1:], end, end, self.radius / 4)

    def whole(self, points: np.ndarray) -> np.ndarray:
        """Return the positions to stamp for a whole stroke."""
        line = self.line(points) if len(points) > 1 else points
        return np.concatenate([line, self.tail(points)])


@lru_cache(maxsize=64)
def _sprites(radius: float, ink: Colour, paper: Colour) -> list[pygame.Surface]:
    """Return a disc of ink for every subpixel position, rows first."""
    reach = math.ceil(radius) + 2
    side = 2 * reach + 1
    grid = np.arange(side) + 0.5 - reach
    offsets = np.arange(PHASES) / PHASES
    sprites = []
    for down, right in product(offsets, offsets):
        distance = np.hypot((grid - right)[:, None], grid - down)
        cover = np.clip(radius + 0.5 - distance, 0.0, 1.0)[:, :, None]
        pixels = np.array(paper) + cover * np.subtract(ink, paper)
        sprite = pygame.Surface((side, side), 0, 32)
        pygame.surfarray.blit_array(sprite, np.rint(pixels).astype(np.uint8))
        sprites.append(sprite)
    return sprites


def _curves(points: np.ndarray, bend: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return starts, controls and ends of quadratic curves: the bends, then the straight parts."""
    step = np.diff(points, axis=0)
    length = np.maximum(np.hypot(*step.T), 1e-9)
    share = np.minimum(0.5, bend / length)[:, None]
    enter, leave = points[:-1] + step * share, points[1:] - step * share
    before = np.concatenate([points[:1], leave[:-1]])
    starts = np.concatenate([before, enter])
    controls = np.concatenate([points[:-1], (enter + leave) / 2])
    return starts, controls, np.concatenate([enter, leave])


def _along(
    starts: np.ndarray, controls: np.ndarray, ends: np.ndarray, spacing: float
) -> np.ndarray:
    """Return positions along quadratic curves, at most about `spacing` apart, ends included."""
    length = np.hypot(*(controls - starts).T) + np.hypot(*(ends - controls).T)
    counts = np.ceil(length / spacing).astype(int) + 1
    curve = np.repeat(np.arange(len(counts)), counts)
    step = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    t = (step / np.maximum(counts[curve] - 1, 1))[:, None]
    begin, bend, end = starts[curve], controls[curve], ends[curve]
    places: np.ndarray = begin + 2 * t * (bend - begin) + t**2 * (begin - 2 * bend + end)
    return places
