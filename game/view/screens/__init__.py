"""The screens: functions from the state and the window's size to a scene."""

from game.core.rules.draw_game import DrawGame
from game.core.rules.pad import Pad
from game.core.rules.review import Review
from game.core.rules.think_game import ThinkGame
from game.core.state import Digits, Options, State
from game.view.layout import Size
from game.view.scene import Scene
from game.view.screens.digits import digits
from game.view.screens.draw import draw
from game.view.screens.options import options
from game.view.screens.overlay import helped, offered, paused
from game.view.screens.review import review
from game.view.screens.sketchpad import sketchpad
from game.view.screens.think import think
from game.view.screens.title import title


def view(state: State, size: Size) -> Scene:
    """What the window shows."""
    if state.overlay:
        return {"pause": paused, "help": helped, "open": offered}[state.overlay](state, size)
    match state.screen:
        case Pad() as screen:
            return sketchpad(state, size, screen)
        case DrawGame() as game:
            return draw(state, size, game)
        case ThinkGame() as game:
            return think(state, size, game)
        case Review() as shown:
            return review(state, size, shown)
        case Options() as screen:
            return options(state, size, screen)
        case Digits():
            return digits(state, size)
    return title(state, size)
