"""Go from one mode to another, and open files on the sketchpad."""

from dataclasses import replace

from game.core.effects import Effects
from game.core.events import Go, Opened
from game.core.modes.sketchpad import on_sheet
from game.core.modes.table import MODES
from game.core.state import Outcome, SheetContent, State, separated
from game.core.values.sketch import changed


def navigate(state: State, go: Go) -> Outcome:
    """Return the state in another mode; one that `keeps_drawing` gets its drawing back."""
    state, effects = separated(state.screen.leave(state))
    screen = MODES[go.where].start(state)
    sheet = go.sheet or screen.only_sheet or state.settings.sheet
    pad = state.sheets[sheet] if screen.keeps_drawing else SheetContent()
    arrived = replace(
        state,
        screen=screen,
        settings=replace(state.settings, sheet=sheet),
        overlay="",
        overlay_before_help="",
        sketch=pad.sketch,
        photo=pad.photo,
        reading=None,
        number=None,
        seed=state.seed + 1 if screen.is_game else state.seed,
        focus=None,
    )
    return arrived, effects


def open_file(state: State, file: Opened) -> Outcome:
    """Put the strokes or the photo of a file on the sketchpad, unless a game is being played."""
    if state.screen.is_game:
        return state.with_notice(f"Leave the game first, then open {file.name}")
    effects: Effects = ()
    if not state.screen.keeps_drawing or state.screen.only_sheet not in {"", file.sheet}:
        state, effects = separated(navigate(state, Go("sketchpad")))
    state = on_sheet(replace(state, overlay="", overlay_before_help=""), file.sheet)
    sketch = changed(state.sketch, file.strokes)
    opened = replace(state, sketch=sketch, photo=file.photo, photo_at=state.now)
    opened = replace(opened, reading=None, number=None).with_notice(f"Opened {file.name}")
    return opened, effects
