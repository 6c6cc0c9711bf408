"""The screens: functions from the state and the window's size to a scene."""

from game.layout import Size
from game.rules.draw_game import DrawGame
from game.rules.pad import Pad
from game.rules.review import Review
from game.rules.think_game import ThinkGame
from game.scene import Scene
from game.screens.digits import digits
from game.screens.draw import draw
from game.screens.options import options
from game.screens.overlay import helped, offered, paused
from game.screens.review import review
from game.screens.sketchpad import sketchpad
from game.screens.think import think
from game.screens.title import title
from game.state import Digits, Options, State


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
