"""Draw images: grey ones, those of positive and negative values, photos, and ink over photos."""

from functools import lru_cache

import numpy as np
import pygame

from game.core.values.readings import Photo
from game.view.layout import Size
from game.view.scene import LEAST_WITH_GAP, Pixels, Signed
from game.view.theme import Colour

HATCH = 3
"""Stripes per pixel of a hatched image, if there is room for them."""

LEAST_STRIPE = 3
"""Smallest distance between two stripes, in pixels of the screen."""

OPACITY_EXPONENT = 0.6
"""Exponent of the opacity of a signed pixel: below 1, small values remain visible."""

VEIL = 150
"""Opacity, out of 255, of the paper over a photo, so that the ink stands out."""


def grey(item: Pixels) -> pygame.Surface:
    """Return the image in the size of its rectangle."""
    size = item.across, len(item.image) // item.across
    surface = pygame.image.frombuffer(item.image, size, "P")
    surface.set_palette(_shades(item.paper, item.ink))
    if item.gap is None:
        return pygame.transform.scale(surface, item.rect[2:])
    scaled = pygame.Surface(item.rect[2:], 0, 32)
    scaled.blit(pygame.transform.scale(surface, item.rect[2:]), (0, 0))
    width, height = item.rect.width, item.rect.height
    side = width // item.across
    if side >= LEAST_WITH_GAP and width == side * item.across:
        for edge in range(side - 1, max(width, height), side):
            scaled.fill(item.gap, (edge, 0, 1, height))
            scaled.fill(item.gap, (0, edge, width, 1))
    return scaled


@lru_cache(maxsize=8)
def _shades(paper: Colour, ink: Colour) -> list[Colour]:
    return [tuple(shade) for shade in np.linspace(paper, ink, 256).astype(int).tolist()]


def signed(item: Signed) -> tuple[pygame.Surface, pygame.Surface]:
    """Return the positive pixels, and the negative ones with their hatching."""
    values = np.frombuffer(item.values, np.uint8).reshape(-1, item.across).T.astype(float) - 128
    opacity = 255 * (np.abs(values) / 127).clip(0, 1) ** OPACITY_EXPONENT
    size = item.rect[2:]
    positive, negative = (
        pygame.transform.scale(translucent(colour, np.where(shown, opacity, 0)), size)
        for colour, shown in ((item.positive, values > 0), (item.negative, values < 0))
    )
    distance = max(LEAST_STRIPE, round(size[0] / item.across / HATCH))
    side = 1 << (max(size) - 1).bit_length()  # few sizes, so that most are cached
    negative.blit(_stripes(side, distance), (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    return positive, negative


def translucent(colour: Colour, opacity: np.ndarray) -> pygame.Surface:
    """Return a surface of one colour; the opacity of its pixels is from 0 to 255."""
    surface = pygame.Surface(opacity.shape, pygame.SRCALPHA, 32)
    surface.fill(colour)
    pygame.surfarray.pixels_alpha(surface)[:] = np.rint(opacity)
    return surface


@lru_cache(maxsize=8)
def _stripes(side: int, distance: int) -> pygame.Surface:
    """Return white diagonal stripes, and nothing between them, on a square."""
    at = np.arange(side)
    is_striped = (at[:, None] + at) % distance < (distance + 1) // 2
    return translucent((255, 255, 255), 255 * is_striped)


@lru_cache(maxsize=2)
def photo(photo: Photo, size: Size) -> pygame.Surface:
    """Return the photo in this size."""
    pixels = pygame.image.frombuffer(photo.pixels, (photo.width, photo.height), "RGB")
    return pygame.transform.smoothscale(pixels, size)


@lru_cache(maxsize=2)
def photo_ink(photo: Photo, size: Size, ink: Colour, paper: Colour) -> pygame.Surface:
    """Return the ink that was found in a photo, on a veil of paper, in this size."""
    mask = np.frombuffer(photo.ink, np.uint8).reshape(photo.height, photo.width)
    layer = pygame.Surface((photo.width, photo.height), pygame.SRCALPHA, 32)
    layer.fill(paper)
    pygame.surfarray.pixels3d(layer)[mask.T > 0] = ink
    pygame.surfarray.pixels_alpha(layer)[:] = np.maximum(mask.T, VEIL)
    return pygame.transform.smoothscale(layer, size)
