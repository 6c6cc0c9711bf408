"""The sketchpad: free drawing, read as you draw."""

from dataclasses import dataclass, replace
from itertools import groupby
from typing import ClassVar

from game.core.effects import Order, PlaySound, SaveFile, StoreDrawing
from game.core.events import Choose, Digit, Do, Event, Go, SavedFilesFound, Sheet, Tool
from game.core.language import mark, tr, with_article
from game.core.state import Outcome, Response, Screen, State, split_outcome
from game.core.values.mood import Mood
from game.core.values.readings import Box, NumberReading
from game.core.values.sheets import MARGIN
from game.core.values.sketch import Stroke, Strokes, bounds, undo

WIDTHS = (0.009, 0.016, 0.026)
"""Radii of the pen, in units of the pad. They do not change what the network reads."""

TINY = 1e-3
"""A distance too small to be seen, in units of the pad."""

UNDRAWN = mark("Only what is drawn here can be kept. Draw a digit first")
"""Shown if there is no drawing to keep."""

NOT_LABELLED = mark("Digit keys say what a single digit was. A number is saved as it was read")
"""Shown if a digit key is pressed on the sheet for numbers."""

ANOTHER = mark("Clear the pad and draw another")
"""What the player can do once a drawing is read or kept."""


@dataclass(frozen=True)
class Pad(Screen):
    """The sketchpad with its tools."""

    scene_name: ClassVar[str] = "sketchpad"
    keeps_drawing: ClassVar[bool] = True
    drawable: ClassVar[bool] = True

    tool: str = "pen"
    """"pen", "eraser" for parts of strokes, or "strokes" for whole ones."""
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
                return state.with_notice(tr(UNDRAWN))
            case Do.SAVE:
                return state, (SaveFile(state.sketch, state.word, WIDTHS[self.width]),)
            case Do.OPEN:
                return state, (Order.LIST_SAVED_FILES,)
            case Do.WIDTH:
                return replace(self, width=(self.width + 1) % len(WIDTHS))
            case Tool(name):
                return replace(state.lifted, screen=replace(self, tool=name))
            case Sheet(name) if state.photo and name == state.settings.sheet:
                return state.with_pad(undo(state.sketch))
            case Sheet(name):
                return on_sheet(state, name)
            case Digit(digit):
                return _labelled(state, digit)
            case Choose(index) if state.photo and state.number and state.number.digits:
                digits = state.number.digits
                part = state.photo.part(digits[index % len(digits)].box)
                return Go("inside", "digit", photo=part)
            case Choose(number) if state.shows_number and state.number:
                return Go("inside", "digit", digit_alone(state.number, number))
            case SavedFilesFound(drawings):
                return replace(state.lifted, overlay="open", saved_drawings=drawings)
        return super().handle(state, event)


def digit_alone(number: NumberReading, index: int) -> Strokes:
    """Return the strokes of one digit of a number, in the middle of a sheet for a digit.

    Of a stroke that runs through several digits, these are the parts within the digit's box.
    """
    boxes = [found.box for found in number.digits]
    own = boxes[index % len(boxes)]
    parts: list[Stroke] = []
    for stroke in number.strokes:
        homes = [box for box in boxes if all(_holds(box, *point[:2]) for point in stroke)]
        if homes:
            parts += [stroke] if own == homes[0] else []
            continue
        runs = groupby(stroke, key=lambda point: _holds(own, *point[:2]))
        parts += [tuple(run) for inside, run in runs if inside]
    if not parts:
        return ()
    left, top, right, bottom = bounds(tuple(parts))
    scale = min(1.0, (1 - 2 * MARGIN) / max(right - left, bottom - top, TINY))
    x, y = (left + right) / 2, (top + bottom) / 2
    return tuple(
        tuple((0.5 + (at - x) * scale, 0.5 + (down - y) * scale, then) for at, down, then in part)
        for part in parts
    )


def _holds(box: Box, x: float, y: float) -> bool:
    left, top, right, bottom = box
    return left - TINY <= x <= right + TINY and top - TINY <= y <= bottom + TINY


def _labelled(state: State, digit: int) -> Outcome:
    """Keep the drawing with the player's label, or say why it cannot be kept."""
    if state.shows_number:
        return state.with_notice(tr(NOT_LABELLED))
    if not state.sketch.strokes:
        return state.with_notice(tr(UNDRAWN))
    labelled = str(digit), state.sketch.strokes
    kept = replace(state, labelled=labelled)
    return kept.with_notice(". ".join(said_of_label(kept))), (
        StoreDrawing(*labelled),
        PlaySound("kept"),
    )


def said_of_label(state: State) -> tuple[str, ...]:
    """Return two sentences in answer to the player's label of the drawing; () if it has none."""
    word, strokes = state.labelled
    if not strokes or strokes != state.sketch.strokes:
        return ()
    digit, reading = int(word), state.reading
    kept = with_article("Kept as a {digit}", digit)
    if reading is None or not reading.is_digit:
        return kept, tr(ANOTHER)
    if reading.digit == digit:
        kept = with_article("Kept as a {digit}, as I saw it", digit)
        return kept, tr(ANOTHER)
    saw = with_article("You say {word}, I saw a {digit}", reading.digit, word=word)
    return saw, kept


def on_sheet(state: State, name: str) -> State:
    """Return the sketchpad with the sheet of this name, and what lies on it."""
    if name == state.settings.sheet:
        return state.lifted
    state, _ = split_outcome(state.screen.leave(state))
    pad = state.sheets[name]
    return state.with_pad(pad.sketch, pad.photo).with_settings(sheet=name)
