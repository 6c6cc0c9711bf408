"""From one mode to another, and what is taken along."""

from dataclasses import replace

from game.core.events import Go, Opened
from game.core.modes import MODES
from game.core.rules.pad import on_sheet
from game.core.rules.sketch import changed
from game.core.state import Left, State


def navigate(state: State, go: Go) -> State:
    """Return the state in another mode; only the sketchpad and its kin keep the drawing."""
    state = state.screen.leave(state)
    screen = MODES[go.where](state)
    sheet = go.sheet or screen.only_sheet or state.settings.sheet
    pad = state.left[sheet] if screen.keeps_drawing else Left()
    return replace(
        state,
        screen=screen,
        settings=replace(state.settings, sheet=sheet),
        overlay="",
        beneath="",
        sketch=pad.sketch,
        photo=pad.photo,
        reading=None,
        number=None,
        seed=state.seed + 1 if screen.is_game else state.seed,
        focus=None,
    )


def open_file(state: State, file: Opened) -> State:
    """Put the strokes or the photo of a file on the sketchpad, unless a game is being played."""
    if state.screen.is_game:
        return state.noted(f"Leave the game first, then open {file.name}")
    if not state.screen.keeps_drawing or state.screen.only_sheet not in {"", file.sheet}:
        state = navigate(state, Go("sketchpad"))
    state = on_sheet(replace(state, overlay="", beneath=""), file.sheet)
    sketch = changed(state.sketch, file.strokes)
    laid = replace(state, sketch=sketch, photo=file.photo, photo_at=state.now)
    return replace(laid, reading=None, number=None).noted(f"Opened {file.name}")
