"""Pointer and keyboard: pygame's events become the game's."""

from dataclasses import dataclass, field

import pygame

from game.core import events
from game.core.events import Do, Event
from game.view.scene import Scene, Target

FIXED: dict[str, Event] = {
    "escape": Do("back"),
    "p": Do("pause"),
    "f1": Do("help"),
    "?": Do("help"),
    "f11": events.Change("fullscreen"),
    "ctrl+z": Do("undo"),
    "ctrl+y": Do("redo"),
    "ctrl+shift+z": Do("redo"),
    "backspace": Do("clear"),
    "delete": Do("clear"),
    "return": Do("accept"),
    "space": Do("accept"),
    **{str(digit): events.Digit(digit) for digit in range(10)},
}
"""Keys that mean the same on every screen where they mean anything."""

UNHELD = 3
"""Motions without a button, in a row, after which the mouse no longer draws."""

RUB_DELAY, RUB_SECONDS = 0.4, 0.05
"""How long Backspace is held down until it rubs on, and then from letter to letter."""

STEPS = {"tab": 1, "down": 1, "right": 1, "shift+tab": -1, "up": -1, "left": -1}


@dataclass
class Controls:
    """Remembers which pointer draws or presses, so that a second one does not disturb it."""

    pen: str | int | None = None
    """"mouse", the number of a finger, or None while nothing draws."""
    pressed: dict[str | int, tuple[Target, tuple[object, ...]]] = field(default_factory=dict)
    """What each pointer went down on, and the page it was on; it is done if the pointer goes up
    there too, and nothing else has come to stand there meanwhile."""

    doubted: list[Event] = field(default_factory=list)
    """Motions in a row that say of the mouse that draws that its button is up."""

    early: tuple[float, float] | None = None
    """Where the mouse has just been with its button down, though no press was seen."""

    rubbing: float | None = None
    """Seconds until the Backspace that is held down rubs out the next letter."""

    def translate(
        self, event: pygame.event.Event, scene: Scene, size: tuple[int, int], focus: int | None
    ) -> list[Event]:
        """What the event means for the game that shows the scene in a window of the size."""
        if event.type in {pygame.QUIT, pygame.WINDOWCLOSE}:
            return [Do("quit")]
        if event.type in {pygame.KEYDOWN, pygame.KEYUP, pygame.WINDOWFOCUSLOST}:
            rubs = event.type == pygame.KEYDOWN and event.key == pygame.K_BACKSPACE
            self.rubbing = RUB_DELAY if rubs else None
        if event.type == pygame.KEYDOWN:
            return _key(event, scene, focus)
        if event.type == pygame.WINDOWFOCUSLOST:
            return [*self._lift(self.pen), Do("left")]
        if event.type in _FINGER:
            place = event.x * size[0], event.y * size[1]
            return self._pointer(_FINGER[event.type], event.finger_id, place, scene)
        if event.type in _MOUSE and not event.touch:
            return self._mouse(event, scene)
        return []

    def held(self, seconds: float, scene: Scene) -> list[Event]:
        """What a key that has been held down for some seconds more does again where one types."""
        done: list[Event] = []
        if self.rubbing is None or not scene.typing:
            return done
        self.rubbing -= seconds
        while self.rubbing <= 0:
            self.rubbing += RUB_SECONDS
            done.append(Do("clear"))
        return done

    def _mouse(self, event: pygame.event.Event, scene: Scene) -> list[Event]:
        if event.type == pygame.MOUSEMOTION:
            if self.pen == "mouse" and not event.buttons[0]:
                return self._unheld(event.pos, scene)
            self.early = event.pos if self.pen is None and event.buttons[0] else None
            moved = self._pointer("move", "mouse", event.pos, scene)
            self.doubted = []
            return moved
        if event.button == pygame.BUTTON_RIGHT and event.type == pygame.MOUSEBUTTONDOWN:
            return [Do("clear")] if scene.pad else []
        if event.button != pygame.BUTTON_LEFT:
            return []
        early, self.early = self.early, None
        done = self._pointer(_MOUSE[event.type], "mouse", event.pos, scene)
        if early and self.pen == "mouse":  # SDL sent the first motion before the press
            done += _moved(early, scene)
        return done

    def _unheld(self, place: tuple[float, float], scene: Scene) -> list[Event]:
        """The mouse draws, and moves without its button.

        Several times in a row: the button went up where nobody saw it, and these motions were not
        drawn. Less often: SDL has not taken in yet that the button went down, and they were.
        """
        self.doubted += _moved(place, scene)
        return self._lift("mouse") if len(self.doubted) >= UNHELD else []

    def _pointer(
        self, phase: str, pointer: str | int, place: tuple[float, float], scene: Scene
    ) -> list[Event]:
        if phase == "down":
            return self._down(pointer, place, scene)
        if pointer == self.pen:
            way: list[Event] = [*self.doubted, *_moved(place, scene)]
            return [*way, *self._lift(pointer)] if phase == "up" else way
        if phase == "up" and pointer in self.pressed:
            target, page = self.pressed.pop(pointer)
            stands = page == scene.page and target in scene.targets
            return [target.event] if stands and target.rect.holds(*place) else []
        return []

    def _down(self, pointer: str | int, place: tuple[float, float], scene: Scene) -> list[Event]:
        for target in scene.targets:
            if target.rect.holds(*place):
                self.pressed[pointer] = target, scene.page
                return [events.Focus(None)]
        if self.pen is None and scene.touch and scene.touch.holds(*place):
            self.pen = pointer
            self.doubted = []
            moved = _moved(place, scene)
            return [events.Press(moved[0].x, moved[0].y)]
        return []

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


def _moved(place: tuple[float, float], scene: Scene) -> list[events.Move]:
    """The place in units of the pad; nothing where there is none."""
    pad = scene.pad
    if pad is None:
        return []
    return [
        events.Move((place[0] + 0.5 - pad.x) / pad.width, (place[1] + 0.5 - pad.y) / pad.height)
    ]


def key_name(event: pygame.event.Event) -> str:
    """The key as the settings call it: "u", "ctrl+shift+z", "shift+tab"."""
    name = pygame.key.name(event.key)
    name = {"enter": "return", "[enter]": "return"}.get(name, name)
    name = name.strip("[]") if len(name) == 3 else name  # figures of the keypad
    if event.unicode == "?":
        return "?"
    ctrl = event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META)
    shift = event.mod & pygame.KMOD_SHIFT and (ctrl or name == "tab")
    return ("ctrl+" if ctrl else "") + ("shift+" if shift else "") + name


def _key(event: pygame.event.Event, scene: Scene, focus: int | None) -> list[Event]:
    name = key_name(event)
    if scene.waiting and name != "escape":
        return [events.Rebind(scene.waiting, name)]
    if scene.typing and len(event.unicode) == 1 and event.unicode.isprintable():
        return [events.Typed(event.unicode)]
    focused = scene.targets[focus] if focus is not None and focus < len(scene.targets) else None
    if focused and name in {"return", "space"}:
        return [focused.event]
    for target in scene.targets:
        if target.key == name:
            return [target.event]
    if name in STEPS and scene.targets:
        begin = -1 if focus is None and STEPS[name] > 0 else focus or 0
        return [events.Focus((begin + STEPS[name]) % len(scene.targets))]
    return [FIXED[name]] if name in FIXED else []
