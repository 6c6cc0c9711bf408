"""The screens: functions that add what the window shows to a board.

Each mode names a module here as its `scene_name`; the function `scene` of that module takes the
board, the state and the mode.
"""

from importlib import import_module

from game.core.state import State
from game.view.layout import Size
from game.view.scene import Scene
from game.view.screens.overlay import confirm_delete, help_screen, paused, saved_drawings
from game.view.screens.parts.board import Board

OVERLAYS = {
    "pause": paused,
    "help": help_screen,
    "open": saved_drawings,
    "delete": saved_drawings,
    "confirm": confirm_delete,
}


def view(state: State, size: Size) -> Scene:
    """Return what the window shows."""
    board = Board(state, size)
    if state.overlay:
        OVERLAYS[state.overlay](board, state)
    else:
        module = import_module(f"{__name__}.{state.screen.scene_name}")
        module.scene(board, state, state.screen)
    return board.scene()
