"""Pointer, keyboard and game pad: translate pygame's events into the game's."""

import math
from dataclasses import dataclass, field, replace

import pygame

from game.core import events
from game.core.events import Do, Event
from game.core.values.insight import Unit
from game.devices.cursor import ARROWS, Cursor
from game.devices.keys import key_events, key_name
from game.view.layout import Size
from game.view.painting.lettering import writable
from game.view.scene import Rect, Scene, Target
from game.view.shapes import pencil

CURSOR = "cursor"
"""Stands for the pointer that keys and game pads move, beside "mouse" and the ids of fingers."""

RELEASED_MOTIONS = 3
"""Consecutive motions without a pressed button after which the mouse stops drawing."""

REPEAT_DELAY, REPEAT_SECONDS = 0.4, 0.05
"""Seconds until a held Backspace repeats, and between its repetitions."""


@dataclass
class Controls:
    """Translates events, and remembers which pointer draws or presses so that others do not."""

    pen: str | int | None = None
    """"mouse", `CURSOR`, the id of a finger, or None while nothing draws."""
    stays_down: bool = False
    """Whether the pen stays on the paper until a key or a click lifts it."""
    cursor: Cursor = field(default_factory=Cursor)
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
        size: Size,
        focus: int | None = None,
        *,
        seen: bool = True,
    ) -> list[Event]:
        """Return the game's events for one of pygame's, given the scene and the window's size.

        Args:
            event: pygame's event.
            scene: the scene that is shown.
            size: the window's size, in pixels.
            focus: index of the target with the keyboard focus.
            seen: whether the page has been shown long enough. If not, no target can be pressed, and
                the second press of a double click does not reach the pad; a pen that draws goes on.
        """
        if event.type in {pygame.QUIT, pygame.WINDOWCLOSE}:
            return [Do.QUIT]
        if event.type == pygame.KEYUP:
            self.cursor.held.discard(key_name(event).split("+")[-1])
        if event.type in {pygame.MOUSEBUTTONDOWN, pygame.FINGERDOWN}:
            self.cursor.shown = False
        if event.type in {pygame.KEYDOWN, pygame.KEYUP, pygame.WINDOWFOCUSLOST}:
            deletes = event.type == pygame.KEYDOWN and event.key == pygame.K_BACKSPACE
            self.repeat_in = REPEAT_DELAY if deletes and not self.composing else None
        if event.type in {pygame.KEYDOWN, pygame.TEXTINPUT, pygame.TEXTEDITING}:
            return self._keyboard(event, scene, focus)
        if event.type == pygame.WINDOWFOCUSLOST:
            self.cursor.release()
            return [*self._lift(self.pen), Do.FOCUS_LOST]
        if event.type in _GAME_PAD:
            return self._game_pad(event, scene, size, seen=seen)
        if event.type in _FINGER:
            place = event.x * size[0], event.y * size[1]
            return self._pointer(_FINGER[event.type], event.finger_id, place, scene, seen=seen)
        if event.type in _MOUSE and not event.touch:
            return self._mouse(event, scene, seen=seen)
        return []

    def timed(self, seconds: float, scene: Scene, size: Size) -> list[Event]:
        """Return what held arrow keys, a held stick or Backspace do in some more seconds."""
        if self.stays_down and not scene.pen_down:  # the game has lifted the pen
            self.pen, self.stays_down = None, False
        return [*self._moved_by_cursor(seconds, scene, size), *self._repeated(seconds, scene)]

    def shown(self, scene: Scene, size: Size) -> Scene:
        """Return the scene with the pencil that keys or a game pad move, if it is in use."""
        cursor = self.cursor
        if not cursor.shown or (scene.pen_down is None and not cursor.is_free):
            return scene
        limits = Rect(0, 0, *size) if cursor.is_free else scene.pad or Rect(0, 0, *size)
        place = cursor.move_by(0.0, 0.0, limits)
        drawn = pencil(place, min(size), scene.theme, pen_down=self.pen == CURSOR)
        return replace(scene, items=(*scene.items, drawn))

    def _moved_by_cursor(self, seconds: float, scene: Scene, size: Size) -> list[Event]:
        if self.cursor.stick != (0.0, 0.0):
            place = self.cursor.move_by_stick(seconds, size)
            return self._pointer("move", CURSOR, place, scene, seen=True)
        if not self.cursor.held or scene.pad is None or scene.pen_down is None:
            return []
        place = self.cursor.move_by_keys(seconds, scene.pad)
        return [*_moved(place, scene)] if self.pen == CURSOR else []

    def _pen_key(self, name: str, scene: Scene) -> list[Event]:
        """Move the pen by an arrow key, or put it down or lift it with Space.

        A pen that another pointer holds is not lifted.
        """
        if scene.pad is None:
            return []
        if name in ARROWS:
            place = self.cursor.press(name, scene.pad)
            return [*_moved(place, scene)] if self.pen == CURSOR else []
        if self.pen is not None:
            return self._lift(CURSOR)
        moved = _moved(self.cursor.move_by(0.0, 0.0, scene.pad), scene)
        self.pen, self.stays_down = CURSOR, True
        return [events.Press(moved[0].x, moved[0].y)]

    def _game_pad(
        self, event: pygame.event.Event, scene: Scene, size: Size, *, seen: bool
    ) -> list[Event]:
        """Move the pointer; the first button of a game pad presses and draws, as a mouse's does."""
        if event.type not in _BUTTON:
            self.cursor.steer(event)
            return self._lift(CURSOR) if event.type == pygame.JOYDEVICEREMOVED else []
        if event.button != 0:
            return []
        place = self.cursor.move_by(0.0, 0.0, Rect(0, 0, *size))
        return self._pointer(_BUTTON[event.type], CURSOR, place, scene, seen=seen)

    def _repeated(self, seconds: float, scene: Scene) -> list[Event]:
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
            if event.type != pygame.KEYDOWN:
                return []
            name, of_pen = key_name(event), focus is None and scene.pen_down is not None
            if of_pen and name in {"space", *ARROWS}:
                return self._pen_key(name, scene)
            return key_events(event, scene, focus)
        if event.type == pygame.KEYDOWN:
            arrives_as_text = event.unicode and event.unicode.isprintable()
            return [] if self.composing or arrives_as_text else key_events(event, scene, focus)
        self.composing = event.type == pygame.TEXTEDITING and bool(event.text)
        if event.type == pygame.TEXTEDITING:
            return [events.Composing(writable(event.text))]
        return [events.Typed(writable(event.text))]

    def _mouse(self, event: pygame.event.Event, scene: Scene, *, seen: bool) -> list[Event]:
        if event.type == pygame.MOUSEMOTION:
            if self.pen == "mouse" and not event.buttons[0] and not self.stays_down:
                # Several in a row mean that the release was missed, and they are dropped; fewer
                # that SDL reports the press late, and they are drawn with the next motion.
                self.uncertain += _moved(event.pos, scene)
                return self._lift("mouse") if len(self.uncertain) >= RELEASED_MOTIONS else []
            self.early = event.pos if self.pen is None and event.buttons[0] else None
            moved = self._pointer("move", "mouse", event.pos, scene, seen=seen)
            self.uncertain = []
            return moved
        if event.button == pygame.BUTTON_RIGHT and event.type == pygame.MOUSEBUTTONDOWN:
            return [Do.CLEAR] if scene.pen_down is not None else []
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
        """Return what a pointer does at a place; its `phase` is "down", "move" or "up"."""
        if phase == "down":
            return self._down(pointer, place, scene, seen=seen)
        if pointer == self.pen:
            moves: list[Event] = [*self.uncertain, *_moved(place, scene)]
            lifted = phase == "up" and not self.stays_down
            return [*moves, *self._lift(pointer)] if lifted else moves
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
        """Return what a press does: on a target, on the pad, or on a unit of the network."""
        ends = self.stays_down and pointer == self.pen
        lifted = self._lift(self.pen) if self.stays_down else []
        if not seen and self.clicked:
            return lifted
        for target in scene.targets:
            if target.rect.holds(*place):
                self.clicked = True
                if seen:
                    self.pressed[pointer] = target, scene.page
                return [*lifted, events.Focus(None)]
        self.clicked = False
        if ends:
            return lifted
        if self.pen is None and scene.touch and scene.touch.holds(*place):
            self.pen, self.stays_down = pointer, scene.clicks and pointer in {"mouse", CURSOR}
            self.uncertain = []
            moved = _moved(place, scene)
            return [*lifted, events.Press(moved[0].x, moved[0].y)]
        unit = _unit_at(place, scene)
        return [events.Focus(None), events.Point(unit)] if unit else []

    def _lift(self, pointer: str | int | None) -> list[Event]:
        """Lift the pen if this pointer draws."""
        if pointer is None or pointer != self.pen:
            return []
        self.pen, self.stays_down = None, False
        return [events.Lift()]


_MOUSE = {
    pygame.MOUSEBUTTONDOWN: "down",
    pygame.MOUSEMOTION: "move",
    pygame.MOUSEBUTTONUP: "up",
}
_FINGER = {pygame.FINGERDOWN: "down", pygame.FINGERMOTION: "move", pygame.FINGERUP: "up"}
_BUTTON = {pygame.JOYBUTTONDOWN: "down", pygame.JOYBUTTONUP: "up"}
_GAME_PAD = {
    *_BUTTON,
    pygame.JOYDEVICEADDED,
    pygame.JOYDEVICEREMOVED,
    pygame.JOYAXISMOTION,
    pygame.JOYHATMOTION,
}


def _moved(place: tuple[float, float], scene: Scene) -> list[events.Move]:
    """Return a move to the place, in units of the pad's height; nothing without a pad."""
    pad = scene.pad
    if pad is None:
        return []
    x, y = ((at + 0.5 - edge) / pad.height for at, edge in zip(place, pad[:2], strict=True))
    return [events.Move(x, y)]


def _unit_at(place: tuple[float, float], scene: Scene) -> Unit | None:
    return next((unit for cells in scene.cells if (unit := cells.at(*place))), None)
