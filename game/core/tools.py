"""The tools that change the drawing on a pad: the pen, two erasers, undo, redo and clear."""

from collections.abc import Callable
from dataclasses import replace

from game.core import events
from game.core.events import Event
from game.core.values import eraser, sketch
from game.core.values.sketch import Sketch

CHANGES: dict[events.Do, Callable[[Sketch], Sketch]] = {
    events.Do.UNDO: sketch.undo,
    events.Do.REDO: sketch.redo,
    events.Do.CLEAR: sketch.clear,
}


def drawn(before: Sketch, event: Event, now: float, tool: str) -> Sketch:
    """Return the drawing after the pointer used a tool."""
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
