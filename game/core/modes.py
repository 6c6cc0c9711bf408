"""The table of all modes; `Screen` in `state.py` says how to add one."""

from collections.abc import Callable

from game.core.rules.digits import Digits
from game.core.rules.draw_game import DrawGame
from game.core.rules.inside import Inside
from game.core.rules.learning.screen import Learning
from game.core.rules.options import Options
from game.core.rules.pad import Pad
from game.core.rules.think_game import ThinkGame
from game.core.state import Screen, State, Title

MODES: dict[str, Callable[[State], Screen]] = {
    "title": Title.start,
    "sketchpad": Pad.start,
    "draw": DrawGame.start,
    "drill": DrawGame.drill,
    "think": ThinkGame.start,
    "inside": Inside.start,
    "learn": Learning.start,
    "digits": Digits.start,
    "settings": Options.start,
}
"""How each mode starts, by the name that `Go` uses."""
