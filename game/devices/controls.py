"""Pointer and keyboard: translate pygame's events into the game's."""

import math
from dataclasses import dataclass, field

import pygame

from game.core import events
from game.core.events import Do, Event
from game.core.values.insight import Unit
from game.view.lettering import writable
from game.view.scene import Scene, Target

FIXED: dict[str, Event] = {
    "escape": Do.BACK,
    "p": Do.PAUSE,
    "f1": Do.HELP,
    "?": Do.HELP,
    "f11": events.Change("fullscreen"),
    "ctrl+z": Do.UNDO,
    "ctrl+y": Do.REDO,
    "ctrl+shift+z": Do.REDO,
    "backspace": Do.CLEAR,
    "delete": Do.CLEAR,
    "return": Do.ACCEPT,
    "space": Do.ACCEPT,
    **{str(digit): events.Digit(digit) for digit in range(10)},
}
"""Keys that have the same meaning on every screen."""

RELEASED_MOTIONS = 3
"""Consecutive motions without a pressed button after which the mouse stops drawing."""

REPEAT_DELAY, REPEAT_SECONDS = 0.4, 0.05
"""Seconds until a held Backspace repeats, and between its repetitions."""

STEPS = {"tab": 1, "down": 1, "right": 1, "shift+tab": -1, "up": -1, "left": -1}


@dataclass
class Controls:
    """Translates events, and remembers which pointer draws or presses so that others do not."""

    pen: str | int | None = None
    """"mouse", the id of a finger, or None while nothing draws."""
    pressed: dict[str | int, tuple[Target, tuple[object, ...]]] = field(default_factory=dict)
    """What each pointer pressed, and the page at that time. The press counts if the pointer is
    released on the same target of the same page."""
    uncertain: list[Event] = field(default_factory=list)
    """Consecutive motions of the drawing mouse that were reported without a pressed button."""
    clicked: bool = False
    """Whether the last press was on a target, and not on the pad."""
    early: tuple[float, float] | None = None
    """Position of a motion with a pressed button that arrived before the press itself."""
    repeat_in: float | None = None
    """Seconds until a held Backspace deletes the next character."""
    composing: bool = False
    """Whether an input method is composing text, and therefore receives the keys."""

    def translate(
        self,
        event: pygame.event.Event,
        scene: Scene,
        size: tuple[int, int],
        focus: int | None = None,
        *,
        seen: bool = True,
    ) -> list[Event]:
        """Return the game's events for one of pygame's, given the scene and the window's size.

        On a page that is not `seen` yet, targets cannot be pressed, and no second press of a double
        click reaches the pad; a pen that was drawing goes on.
        """
        if event.type in {pygame.QUIT, pygame.WINDOWCLOSE}:
            return [Do.QUIT]
        if event.type in {pygame.KEYDOWN, pygame.KEYUP, pygame.WINDOWFOCUSLOST}:
            deletes = event.type == pygame.KEYDOWN and event.key == pygame.K_BACKSPACE
            self.repeat_in = REPEAT_DELAY if deletes and not self.composing else None
        if event.type in {pygame.KEYDOWN, pygame.TEXTINPUT, pygame.TEXTEDITING}:
            return self._keyboard(event, scene, focus)
        if event.type == pygame.WINDOWFOCUSLOST:
            return [*self._lift(self.pen), Do.FOCUS_LOST]
        if event.type in _FINGER:
            place = event.x * size[0], event.y * size[1]
            return self._pointer(_FINGER[event.type], event.finger_id, place, scene, seen=seen)
        if event.type in _MOUSE and not event.touch:
            return self._mouse(event, scene, seen=seen)
        return []

    def repeated(self, seconds: float, scene: Scene) -> list[Event]:
        """Return the repetitions of a held Backspace after some more seconds of typing."""
        if self.repeat_in is None or not scene.typing:
            return []
        count = max(0, math.floor((seconds - self.repeat_in) / REPEAT_SECONDS) + 1)
        self.repeat_in += count * REPEAT_SECONDS - seconds
        return [Do.CLEAR] * count

    def _keyboard(self, event: pygame.event.Event, scene: Scene, focus: int | None) -> list[Event]:
        """Return text events while a name is typed, and key events otherwise.

        While an input method composes text, Enter, Backspace and the arrows are its own.
        """
        if not scene.typing:
            self.composing = False
            return _key(event, scene, focus) if event.type == pygame.KEYDOWN else []
        if event.type == pygame.KEYDOWN:
            arrives_as_text = event.unicode and event.unicode.isprintable()
            return [] if self.composing or arrives_as_text else _key(event, scene, focus)
        self.composing = event.type == pygame.TEXTEDITING and bool(event.text)
        if event.type == pygame.TEXTEDITING:
            return [events.Composing(writable(event.text))]
        return [events.Typed(writable(event.text))]

    def _mouse(self, event: pygame.event.Event, scene: Scene, *, seen: bool) -> list[Event]:
        if event.type == pygame.MOUSEMOTION:
            if self.pen == "mouse" and not event.buttons[0]:
                # Several in a row mean that the release was missed, and they are dropped; fewer
                # that SDL reports the press late, and they are drawn with the next motion.
                self.uncertain += _moved(event.pos, scene)
                return self._lift("mouse") if len(self.uncertain) >= RELEASED_MOTIONS else []
            self.early = event.pos if self.pen is None and event.buttons[0] else None
            moved = self._pointer("move", "mouse", event.pos, scene, seen=seen)
            self.uncertain = []
            return moved
        if event.button == pygame.BUTTON_RIGHT and event.type == pygame.MOUSEBUTTONDOWN:
            return [Do.CLEAR] if scene.pad else []
        if event.button != pygame.BUTTON_LEFT:
            return []
        early, self.early = self.early, None
        done = self._pointer(_MOUSE[event.type], "mouse", event.pos, scene, seen=seen)
        if early and self.pen == "mouse":  # SDL reported the first motion before the press
            done += _moved(early, scene)
        return done

    def _pointer(
        self,
        phase: str,
        pointer: str | int,
        place: tuple[float, float],
        scene: Scene,
        *,
        seen: bool,
    ) -> list[Event]:
        if phase == "down":
            return self._down(pointer, place, scene, seen=seen)
        if pointer == self.pen:
            moves: list[Event] = [*self.uncertain, *_moved(place, scene)]
            return [*moves, *self._lift(pointer)] if phase == "up" else moves
        unit = _unit_at(place, scene)
        if phase == "up" and pointer in self.pressed:
            target, page = self.pressed.pop(pointer)
            unchanged = page == scene.page and target in scene.targets
            return [target.event] if unchanged and target.rect.holds(*place) else []
        if phase == "up" and unit:
            return [events.Pin(unit)]
        return [events.Point(unit)] if scene.cells else []

    def _down(
        self, pointer: str | int, place: tuple[float, float], scene: Scene, *, seen: bool
    ) -> list[Event]:
        if not seen and self.clicked:
            return []
        for target in scene.targets:
            if target.rect.holds(*place):
                self.clicked = True
                if seen:
                    self.pressed[pointer] = target, scene.page
                return [events.Focus(None)]
        self.clicked = False
        if self.pen is None and scene.touch and scene.touch.holds(*place):
            self.pen = pointer
            self.uncertain = []
            moved = _moved(place, scene)
            return [events.Press(moved[0].x, moved[0].y)]
        unit = _unit_at(place, scene)
        return [events.Focus(None), events.Point(unit)] if unit else []

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
    """Return a move to the place, in units of the pad's height; nothing without a pad."""
    pad = scene.pad
    if pad is None:
        return []
    x, y = ((at + 0.5 - edge) / pad.height for at, edge in zip(place, pad[:2], strict=True))
    return [events.Move(x, y)]


def _unit_at(place: tuple[float, float], scene: Scene) -> Unit | None:
    return next((unit for cells in scene.cells if (unit := cells.at(*place))), None)


def key_name(event: pygame.event.Event) -> str:
    """Return the key's name as in the settings: "u", "ctrl+shift+z", "shift+tab"."""
    name = pygame.key.name(event.key)
    name = {"enter": "return", "[enter]": "return"}.get(name, name)
    name = name.strip("[]") if len(name) == 3 else name  # digits of the keypad
    if event.unicode == "?" or (name == "/" and event.mod & pygame.KMOD_SHIFT):
        return "?"
    ctrl = event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META)
    shift = event.mod & pygame.KMOD_SHIFT and (ctrl or name == "tab")
    return ("ctrl+" if ctrl else "") + ("shift+" if shift else "") + name


def _key(pressed: pygame.event.Event, scene: Scene, focus: int | None) -> list[Event]:
    name = key_name(pressed)
    if scene.waiting and name != "escape":
        return [events.Rebind(scene.waiting, name)]
    focused = scene.targets[focus] if focus is not None and focus < len(scene.targets) else None
    if focused and name in {"return", "space"}:
        return [focused.event]
    of_targets = {target.key: target.event for target in reversed(scene.targets)}
    keys = FIXED | dict(scene.arrows) | of_targets
    if name in STEPS and name not in keys and scene.targets:
        begin = -1 if focus is None and STEPS[name] > 0 else focus or 0
        return [events.Focus((begin + STEPS[name]) % len(scene.targets))]
    return [keys[name]] if name in keys else []
