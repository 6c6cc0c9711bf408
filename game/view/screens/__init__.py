"""The screens: functions from the state and the window's size to a scene.

A mode is drawn by the module here that `Screen.scene_name` names; its function `scene` takes the
state, the size of the window and the mode.
"""

from importlib import import_module

from game.core.state import State
from game.view.layout import Size
from game.view.scene import Scene
from game.view.screens.overlay import helped, offered, paused

OVERLAYS = {"pause": paused, "help": helped, "open": offered}


def view(state: State, size: Size) -> Scene:
    """Return what the window shows."""
    if state.overlay:
        return OVERLAYS[state.overlay](state, size)
    module = import_module(f"{__name__}.{state.screen.scene_name}")
    scene: Scene = module.scene(state, size, state.screen)
    return scene
