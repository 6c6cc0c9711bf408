"""Show scenes, of which a new one can move into the place of the one before."""

import pygame

from game.view.painting.paint import Painter
from game.view.scene import Scene


class TurningPainter:
    """Paints scenes on one surface; a scene that moves in pushes the picture before it away."""

    def __init__(self, surface: pygame.Surface) -> None:
        """Store the surface; the first scene is in its place at once."""
        self._surface = surface
        self._painter = Painter(surface)
        self._is_new = True
        self._before: pygame.Surface | None = None
        """The picture that is pushed away; the painter then has a surface of its own."""

    def show(self, scene: Scene) -> list[pygame.Rect]:
        """Paint the scene and return the parts of the surface that may have changed."""
        is_new, self._is_new = self._is_new, False
        if (not scene.turned and self._before is None) or is_new:
            return self._painter.show(scene)
        if self._before is None:
            self._before = self._surface.copy()
            self._painter = Painter(self._surface.copy())
        self._painter.show(scene)
        width = self._surface.get_width()
        x = round(scene.turned * width)
        self._surface.blit(self._before, (x - width if x > 0 else x + width, 0))
        self._surface.blit(self._painter.surface, (x, 0))
        if not scene.turned:
            self._painter.surface, self._before = self._surface, None
        return [self._surface.get_rect()]
