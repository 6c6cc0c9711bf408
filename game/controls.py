"""Pointer and keyboard: pygame's events become the game's."""

from dataclasses import dataclass

import pygame

from game import events
from game.events import Event
from game.scene import Rect, Scene

KEYS: dict[tuple[int, bool], Event] = {
    (pygame.K_u, False): events.Undo(),
    (pygame.K_z, True): events.Undo(),
    (pygame.K_y, True): events.Redo(),
    (pygame.K_c, False): events.Clear(),
    (pygame.K_BACKSPACE, False): events.Clear(),
    (pygame.K_DELETE, False): events.Clear(),
    (pygame.K_ESCAPE, False): events.Quit(),
}
"""Which key, with or without Ctrl, does what."""


@dataclass
class Controls:
    """Remembers which pointer draws, so that a second one does not disturb it."""

    pen: str | int | None = None
    """"mouse", the number of a finger, or None while nothing draws."""

    def translate(
        self, event: pygame.event.Event, scene: Scene, size: tuple[int, int]
    ) -> list[Event]:
        """What the event means for the game that shows the scene in a window of the size."""
        if event.type in (pygame.QUIT, pygame.WINDOWCLOSE):
            return [events.Quit()]
        if event.type == pygame.KEYDOWN:
            return _key(event)
        if event.type == pygame.WINDOWFOCUSLOST:
            return self._lift(self.pen)
        if event.type in (pygame.FINGERDOWN, pygame.FINGERMOTION, pygame.FINGERUP):
            place = event.x * size[0], event.y * size[1]
            return self._pointer(_FINGER[event.type], event.finger_id, place, scene.pad)
        if event.type in _MOUSE and not event.touch:
            return self._mouse(event, scene.pad)
        return []

    def _mouse(self, event: pygame.event.Event, pad: Rect | None) -> list[Event]:
        if event.type == pygame.MOUSEMOTION:
            if self.pen == "mouse" and not event.buttons[0]:  # went up where nobody saw it
                return self._lift("mouse")
        elif event.button == pygame.BUTTON_RIGHT and event.type == pygame.MOUSEBUTTONDOWN:
            return [events.Clear()]
        elif event.button != pygame.BUTTON_LEFT:
            return []
        return self._pointer(_MOUSE[event.type], "mouse", event.pos, pad)

    def _pointer(
        self, phase: str, pointer: str | int, place: tuple[float, float], pad: Rect | None
    ) -> list[Event]:
        if pad is None:
            return []
        x, y = (place[0] + 0.5 - pad.x) / pad.width, (place[1] + 0.5 - pad.y) / pad.height
        if phase == "down" and self.pen is None and pad.holds(*place):
            self.pen = pointer
            return [events.Press(x, y)]
        if pointer != self.pen or phase == "down":
            return []
        return self._lift(pointer) if phase == "up" else [events.Move(x, y)]

    def _lift(self, pointer: str | int | None) -> list[Event]:
        if pointer is None or pointer != self.pen:
            return []
        self.pen = None
        return [events.Lift()]


_MOUSE = {
    pygame.MOUSEBUTTONDOWN: "down",
    pygame.MOUSEMOTION: "move",
    pygame.MOUSEBUTTONUP: "up",
}
_FINGER = {pygame.FINGERDOWN: "down", pygame.FINGERMOTION: "move", pygame.FINGERUP: "up"}


def _key(event: pygame.event.Event) -> list[Event]:
    ctrl = bool(event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META))
    found = KEYS.get((event.key, ctrl))
    return [found] if found else []
