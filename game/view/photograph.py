"""A photo as pixels, and the ink that was found in it as a layer to blit over it."""

from functools import lru_cache

import numpy as np
import pygame

from game.core.values.readings import Photo
from game.view.theme import Colour

VEIL = 150
"""Opacity of 255 with which paper covers the photo, so that the ink stands out."""

Size = tuple[int, int]


@lru_cache(maxsize=2)
def plain(photo: Photo, size: Size) -> pygame.Surface:
    """Return the photo at this size."""
    pixels = pygame.image.frombuffer(photo.pixels, (photo.width, photo.height), "RGB")
    return pygame.transform.smoothscale(pixels, size)


@lru_cache(maxsize=2)
def ink(photo: Photo, size: Size, colours: tuple[Colour, Colour]) -> pygame.Surface:
    """Return the ink in the first colour on a veil of the second, at this size."""
    mask = np.frombuffer(photo.ink, np.uint8).reshape(photo.height, photo.width)
    layer = pygame.Surface((photo.width, photo.height), pygame.SRCALPHA, 32)
    layer.fill(colours[1])
    pygame.surfarray.pixels3d(layer)[mask.T > 0] = colours[0]
    pygame.surfarray.pixels_alpha(layer)[:] = np.maximum(mask.T, VEIL)
    return pygame.transform.smoothscale(layer, size)
