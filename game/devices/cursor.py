"""The pointer that the arrow keys and game pads move, in place of a mouse."""

import math
from contextlib import suppress
from dataclasses import dataclass, field

import pygame

from game.view.layout import Size
from game.view.scene import Place, Rect

ARROWS: dict[str, Place] = {
    "left": (-1.0, 0.0),
    "right": (1.0, 0.0),
    "up": (0.0, -1.0),
    "down": (0.0, 1.0),
}
"""The direction in which each key moves the pen."""

SLOWEST, FASTEST = 0.12, 0.6
"""Speed of the pen when a key goes down, and when it has been held for `SPEED_UP_SECONDS`, in
heights of the pad per second."""

SPEED_UP_SECONDS = 1.0

TAP = 0.012
"""Distance by which a key moves the pen at once, in heights of the pad: a tap is a short line."""

DEAD_ZONE = 0.25
"""How far a stick may be tilted and counts as released: few return to their middle exactly."""

STICK_SPEED = 0.9
"""Speed of the pointer if a stick is tilted all the way, in heights of the window per second."""


@dataclass
class Cursor:
    """Where the pointer is, and what moves it."""

    place: Place | None = None
    """In pixels of the window; None before it was moved."""
    shown: bool = False
    """Whether it was used since the mouse or a finger was."""
    is_free: bool = False
    """Whether it may leave the pad: a stick moves it in the whole window, keys only on the pad."""
    held: set[str] = field(default_factory=set)
    """Arrow keys that are held."""
    held_seconds: float = 0.0
    """Seconds for which any of them has been held."""
    stick: Place = (0.0, 0.0)
    """How far the stick is tilted to the right and down, from -1 to 1."""
    game_pads: dict[int, pygame.joystick.JoystickType] = field(default_factory=dict)
    """The connected game pads by their ids; pygame sends events only of those that are kept."""

    @property
    def is_moving(self) -> bool:
        """Whether a key or a stick moves it now."""
        return bool(self.held) or self.stick != (0.0, 0.0)

    def press(self, arrow: str, pad: Rect) -> Place:
        """Hold an arrow key from now on, and move the pen by a tap; return the pen's place."""
        if not self.held:
            self.held_seconds = 0.0
        self.held.add(arrow)
        self.is_free = False
        x, y = ARROWS[arrow]
        return self.move_by(TAP * x * pad.height, TAP * y * pad.height, pad)

    def move_by_keys(self, seconds: float, pad: Rect) -> Place:
        """Move the pen as the held keys do in some more seconds, and return its place."""
        x, y = (sum(ARROWS[arrow][axis] for arrow in self.held) for axis in (0, 1))
        before, self.held_seconds = self.held_seconds, self.held_seconds + seconds
        heights = _distance(self.held_seconds) - _distance(before)
        pixels = heights * pad.height / (math.hypot(x, y) or 1.0)
        return self.move_by(pixels * x, pixels * y, pad)

    def move_by_stick(self, seconds: float, size: Size) -> Place:
        """Move the pointer as the stick does in some more seconds, and return its place.

        The speed grows with the square of the tilt, so that small movements are exact.
        """
        self.is_free = True
        pixels = STICK_SPEED * math.hypot(*self.stick) * seconds * size[1]
        return self.move_by(pixels * self.stick[0], pixels * self.stick[1], Rect(0, 0, *size))

    def steer(self, event: pygame.event.Event) -> None:
        """Follow the stick or the directional pad, and the game pads that come and go."""
        match event.type:
            case pygame.JOYAXISMOTION if event.axis < 2:
                tilt = 0.0 if abs(event.value) < DEAD_ZONE else event.value
                self.stick = (tilt, self.stick[1]) if event.axis == 0 else (self.stick[0], tilt)
            case pygame.JOYHATMOTION:
                self.stick = float(event.value[0]), float(-event.value[1])
            case pygame.JOYDEVICEADDED:
                with suppress(pygame.error):  # it may be gone already
                    added = pygame.joystick.Joystick(event.device_index)
                    self.game_pads[added.get_instance_id()] = added
            case pygame.JOYDEVICEREMOVED:
                self.game_pads.pop(event.instance_id, None)
                self.release()

    def move_by(self, x: float, y: float, limits: Rect) -> Place:
        """Show the pointer, move it by so many pixels within the limits, and return its place."""
        middle = limits.x + limits.width / 2, limits.y + limits.height / 2
        right, down = self.place or middle
        self.place = (
            min(max(right + x, limits.x), limits.right - 1.0),
            min(max(down + y, limits.y), limits.bottom - 1.0),
        )
        self.shown = True
        return self.place

    def release(self) -> None:
        """Let go of all keys and of the stick."""
        self.held.clear()
        self.stick = 0.0, 0.0


def _distance(seconds: float) -> float:
    """Return how far the pen moves while a key is held so long, in heights of the pad."""
    slow = min(seconds, SPEED_UP_SECONDS)
    gained = (FASTEST - SLOWEST) * slow**2 / (2 * SPEED_UP_SECONDS)
    return SLOWEST * slow + gained + FASTEST * (seconds - slow)
