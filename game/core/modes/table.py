"""The table of all modes; `Screen` in `game/core/state.py` says how to add one."""

from collections.abc import Callable
from typing import NamedTuple

from game.core.modes.digits import Digits
from game.core.modes.draw import DrawGame
from game.core.modes.inside import Inside
from game.core.modes.learning import Learning
from game.core.modes.options import Options
from game.core.modes.sketchpad import Pad
from game.core.modes.think import ThinkGame
from game.core.state import Screen, State, Title


class Mode(NamedTuple):
    """A way to play; the title's menu and the command line offer those with a description."""

    start: Callable[[State], Screen]
    title: str
    description: str = ""


MODES: dict[str, Mode] = {
    "title": Mode(Title.start, "Inkling"),
    "sketchpad": Mode(Pad.start, "Sketchpad", "Draw freely and watch it think"),
    "draw": Mode(DrawGame.start, "Draw it", "Six digits against the clock"),
    "drill": Mode(DrawGame.drill, "Drill"),
    "think": Mode(ThinkGame.start, "Think of a digit", "It guesses yours; stump it"),
    "inside": Mode(Inside.start, "Look inside", "How does it know?"),
    "learn": Mode(Learning.start, "Watch it learn", "From guessing to reading"),
    "digits": Mode(Digits.start, "My digits", "How well it reads your hand"),
    "settings": Mode(Options.start, "Settings", "Sound, colours, text, keys"),
}
"""The modes by the name that `Go` and `--mode` use, in the order of the menu."""


def menu() -> dict[str, Mode]:
    """Return the modes that the title offers."""
    return {name: mode for name, mode in MODES.items() if mode.description}
