"""The sketchpad: its tools, and what they do to the drawing."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from game.core import events
from game.core.events import Event
from game.core.rules import eraser, sketch
from game.core.rules.sketch import Sketch

WIDTHS = (0.009, 0.016, 0.026)
"""Radii of the pen, in units of the pad. The network reads the pen's way, whatever its width."""

MARGIN = 0.15
"""Share of the pad left free on each side of what a file brings to it."""

UNDRAWN = "Only what is drawn here can be kept. Draw a digit first"
"""Said of a pad that is empty or has a picture on it."""

CHANGES: dict[str, Callable[[Sketch], Sketch]] = {
    "undo": sketch.undo,
    "redo": sketch.redo,
    "clear": sketch.clear,
}


@dataclass(frozen=True)
class Pad:
    """What lies beside the sketchpad."""

    tool: str = "pen"
    """Or "eraser" for whole strokes, or "rubber" for parts of them."""
    width: int = 1
    """Number of the pen's radius in `WIDTHS`."""


def other_width(pad: Pad) -> Pad:
    """The pen in its next width."""
    return replace(pad, width=(pad.width + 1) % len(WIDTHS))


def drawn(before: Sketch, event: Event, now: float, tool: str) -> Sketch:
    """The drawing after the pointer did something with the tool in hand."""
    match event, tool:
        case events.Lift(), "pen":
            return sketch.lift(before)
        case events.Lift(), _:
            return eraser.end(before)
        case events.Press(x, y), "pen":
            return sketch.press(before, (x, y, now))
        case events.Move(x, y), "pen":
            return sketch.move(before, (x, y, now))
        case events.Press(x, y), _:
            return _erased(eraser.begin(before), x, y, tool)
        case events.Move(x, y), _ if before.pen_down:
            return _erased(before, x, y, tool)
    return before


def _erased(before: Sketch, x: float, y: float, tool: str) -> Sketch:
    left = eraser.strokes_left if tool == "eraser" else eraser.parts_left
    return replace(before, strokes=left(before.strokes, x, y))
