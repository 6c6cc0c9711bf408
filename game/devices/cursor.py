"""The pointer that the arrow keys and the stick of a game pad move, as a hand moves a mouse."""

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
"""Speed of the pen as a key goes down and once it was held, in heights of the pad per second."""

QUICKENING_SECONDS = 1.0
"""Time in which a held key reaches the full speed."""

TAP = 0.012
"""Distance by which a key moves the pen at once; a touch of the key draws a short line."""

DEAD_ZONE = 0.25
"""Share of a stick's way in which it counts as released: few sticks return to their middle."""

STICK_SPEED = 0.9
"""Speed of the pointer if a stick is tilted all the way, in heights of the window per second."""


@dataclass
class Cursor:
    """Where the pointer is, and what moves it."""

    place: Place | None = None
    """In pixels of the window; None before it was moved."""
    shown: bool = False
    """Whether it was used since the mouse or a finger was."""
    leaves_pad: bool = False
    """Whether a stick moved it last, which moves it in the whole window, and not on the pad."""
    held: set[str] = field(default_factory=set)
    """Arrow keys that are held."""
    held_seconds: float = 0.0
    """Seconds for which at least one of them has been held."""
    stick: Place = (0.0, 0.0)
    """How far the stick is tilted to the right and down, from -1 to 1."""
    game_pads: dict[int, pygame.joystick.JoystickType] = field(default_factory=dict)
    """Those that are connected; they send events as long as they are kept."""

    @property
    def moves(self) -> bool:
        """Whether anything moves it."""
        return bool(self.held) or self.stick != (0.0, 0.0)

    def press(self, arrow: str, pad: Rect) -> Place:
        """Begin to hold an arrow key, and return where a touch of it moves the pen."""
        if not self.held:
            self.held_seconds = 0.0
        self.held.add(arrow)
        self.leaves_pad = False
        x, y = ARROWS[arrow]
        return self.by(TAP * x * pad.height, TAP * y * pad.height, pad)

    def carried(self, seconds: float, pad: Rect) -> Place:
        """Return where held keys move the pen in some more seconds."""
        x, y = (sum(ARROWS[arrow][axis] for arrow in self.held) for axis in (0, 1))
        before, self.held_seconds = self.held_seconds, self.held_seconds + seconds
        way = (_way(self.held_seconds) - _way(before)) * pad.height / (math.hypot(x, y) or 1.0)
        return self.by(way * x, way * y, pad)

    def tilted(self, seconds: float, size: Size) -> Place:
        """Return where the stick moves the pointer in some more seconds; gently, it is slow."""
        self.leaves_pad = True
        way = STICK_SPEED * math.hypot(*self.stick) * seconds * size[1]
        return self.by(way * self.stick[0], way * self.stick[1], Rect(0, 0, *size))

    def steer(self, event: pygame.event.Event) -> None:
        """Tilt the stick, or take the cross as one, or note a game pad that comes or goes."""
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

    def by(self, x: float, y: float, limits: Rect) -> Place:
        """Move by so many pixels within the limits, and return the place; show the pointer."""
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


def _way(seconds: float) -> float:
    """Return how far the pen has come with a key held so long, in heights of the pad."""
    slow = min(seconds, QUICKENING_SECONDS)
    gained = (FASTEST - SLOWEST) * slow**2 / (2 * QUICKENING_SECONDS)
    return SLOWEST * slow + gained + FASTEST * (seconds - slow)
