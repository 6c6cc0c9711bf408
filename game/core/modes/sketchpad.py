"""The sketchpad: free drawing, read as you draw."""

from dataclasses import dataclass, replace
from typing import ClassVar

from game.core.effects import ListSavedFiles, PlaySound, SaveFile, StoreDrawing
from game.core.events import Digit, Do, Event, Offered, Sheet, Tool
from game.core.state import Response, Screen, State, split_outcome
from game.core.values.mood import Mood
from game.core.values.sketch import NUMBER_WIDTH, undo
from game.core.wording import a

WIDTHS = (0.009, 0.016, 0.026)
"""Radii of the pen, in units of the pad. The network reads the line, whatever its width."""

MARGIN = 0.15
"""Share of the pad left free on each side of a drawing from a file."""

UNDRAWN = "Only what is drawn here can be kept. Draw a digit first"
"""Shown if there is no drawing to keep."""

NOT_LABELLED = "Digit keys say what a single digit was. A number is saved as it was read"
"""Shown if a digit key is pressed on the sheet for numbers."""


@dataclass(frozen=True)
class Pad(Screen):
    """The sketchpad with its tools."""

    scene_name: ClassVar[str] = "sketchpad"
    keeps_drawing: ClassVar[bool] = True
    drawable: ClassVar[bool] = True
    erasable: ClassVar[bool] = True

    tool: str = "pen"
    """"pen", "eraser" for whole strokes, or "rubber" for parts of them."""
    width: int = 1
    """Index of the pen's radius in `WIDTHS`."""

    def mood(self, state: State) -> Mood | None:
        """Return the mood after the player said what the drawing was."""
        said, strokes = state.labelled
        if not (strokes and state.reading and strokes == state.sketch.strokes):
            return None
        return Mood.DELIGHTED if said == str(state.reading.digit) else Mood.SHEEPISH

    def handle(self, state: State, event: Event) -> Response:
        """Change the tool, its width or the sheet; label, save or open a drawing."""
        match event:
            case Do.SAVE if not state.sketch.strokes:
                return state.with_notice(UNDRAWN)
            case Do.SAVE:
                return state, (SaveFile(state.sketch, state.word, WIDTHS[self.width]),)
            case Do.OPEN:
                return state, (ListSavedFiles(),)
            case Do.WIDTH:
                return replace(self, width=(self.width + 1) % len(WIDTHS))
            case Tool(name):
                return replace(state.lifted, screen=replace(self, tool=name))
            case Sheet(name) if state.photo and name == state.settings.sheet:
                return state.with_pad(undo(state.sketch))
            case Sheet(name):
                return on_sheet(state, name)
            case Digit() if state.shows_number:
                return state.with_notice(NOT_LABELLED)
            case Digit(digit) if state.sketch.strokes:
                labelled = str(digit), state.sketch.strokes
                said = f"Kept as {a(digit)}. Clear the pad for another."
                kept = replace(state, labelled=labelled).with_notice(said)
                return kept, (StoreDrawing(*labelled), PlaySound("kept"))
            case Digit():
                return state.with_notice(UNDRAWN)
            case Offered(drawings):
                return replace(state.lifted, overlay="open", saved_drawings=drawings)
        return super().handle(state, event)


def on_sheet(state: State, name: str) -> State:
    """Return the sketchpad with the sheet of this name, and what lies on it."""
    if name == state.settings.sheet:
        return state.lifted
    state, _ = split_outcome(state.screen.leave(state))
    pad = state.sheets[name]
    settings = replace(state.settings, sheet=name)
    return replace(state.with_pad(pad.sketch, pad.photo), settings=settings)


def sheet_for(word: str) -> str:
    """Return the sheet for a drawing with this word: several digits need the one for numbers."""
    return "number" if len(word) > 1 and word.isascii() and word.isdecimal() else "digit"


def width_for(word: str) -> float:
    """Return the width of the sheet for a drawing with this word, in units of its height."""
    return NUMBER_WIDTH if sheet_for(word) == "number" else 1.0
