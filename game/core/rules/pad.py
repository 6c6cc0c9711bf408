"""The sketchpad: free drawing, read as you draw."""

from dataclasses import dataclass, replace
from typing import ClassVar

from game.core.events import Digit, Do, Event, Go, Offered, Tool
from game.core.rules.sketch import lift
from game.core.state import Left, Screen, State
from game.core.wording import a

WIDTHS = (0.009, 0.016, 0.026)
"""Radii of the pen, in units of the pad. The network reads the line, whatever its width."""

MARGIN = 0.15
"""Share of the pad left free on each side of a drawing from a file."""

UNDRAWN = "Only what is drawn here can be kept. Draw a digit first"
"""Shown if there is no drawing to keep."""


@dataclass(frozen=True)
class Pad(Screen):
    """The sketchpad with its tools."""

    view: ClassVar[str] = "sketchpad"
    keeps_drawing: ClassVar[bool] = True
    drawable: ClassVar[bool] = True
    erasable: ClassVar[bool] = True

    tool: str = "pen"
    """"pen", "eraser" for whole strokes, or "rubber" for parts of them."""
    width: int = 1
    """Index of the pen's radius in `WIDTHS`."""

    @property
    def current_tool(self) -> str:
        """The chosen tool."""
        return self.tool

    def leave(self, state: State) -> State:
        """Keep the drawing for the next visit."""
        return replace(state, left=Left(lift(state.sketch), state.picture))

    def handle(self, state: State, event: Event) -> State | Go:
        """Change the tool or its width, label the drawing, or offer saved drawings."""
        match event:
            case Do("width"):
                return replace(state, screen=other_width(self))
            case Tool(name):
                return replace(state.lifted, screen=replace(self, tool=name))
            case Digit(digit) if state.sketch.strokes:
                labelled = str(digit), state.sketch.strokes
                noted = state.noted(f"Kept as {a(digit)}. Clear the pad for another.")
                return replace(noted, labelled=labelled, kept=(*state.kept, labelled))
            case Digit():
                return state.noted(UNDRAWN)
            case Offered(drawings):
                return replace(state.lifted, overlay="open", offered=drawings)
        return super().handle(state, event)


def other_width(pad: Pad) -> Pad:
    """Return the pad with the next pen width."""
    return replace(pad, width=(pad.width + 1) % len(WIDTHS))
