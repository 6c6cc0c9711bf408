"""What each key does."""

import pygame

from game.core import events
from game.core.events import Do, Event
from game.devices.cursor import ARROWS
from game.view.scene import Scene

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

STEPS = {"tab": 1, "down": 1, "right": 1, "shift+tab": -1, "up": -1, "left": -1}


def key_name(event: pygame.event.Event) -> str:
    """Return the key's name as in the settings: "u", "ctrl+shift+z", "shift+tab"."""
    name = pygame.key.name(event.key)
    name = {"enter": "return", "[enter]": "return"}.get(name, name)
    name = name.strip("[]") if len(name) == 3 else name  # digits of the keypad
    if event.unicode == "?" or (name == "/" and event.mod & pygame.KMOD_SHIFT):
        return "?"
    ctrl = event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META)
    shift = event.mod & pygame.KMOD_SHIFT and (ctrl or name in {"tab", *ARROWS})
    return ("ctrl+" if ctrl else "") + ("shift+" if shift else "") + name


def key_events(pressed: pygame.event.Event, scene: Scene, focus: int | None) -> list[Event]:
    """Return what a key does, apart from the pen that keys move.

    On a screen with paper, Tab goes from it to the buttons and back.
    """
    name = key_name(pressed)
    if scene.waiting and name != "escape":
        return [events.Rebind(scene.waiting, name)]
    focused = scene.targets[focus] if focus is not None and focus < len(scene.targets) else None
    if focused and name in {"return", "space"}:
        return [focused.event]
    of_targets = {target.key: target.event for target in reversed(scene.targets)}
    keys = FIXED | dict(scene.arrows) | of_targets
    if scene.pen_down is not None and focus is not None and name in {"tab", "shift+tab"}:
        return [events.Focus(None)]
    if name in STEPS and name not in keys and scene.targets:
        begin = -1 if focus is None and STEPS[name] > 0 else focus or 0
        return [events.Focus((begin + STEPS[name]) % len(scene.targets))]
    return [keys[name]] if name in keys else []
