"""The table of all modes; `Screen` in `game/core/state.py` says how to add one."""

from pkgutil import resolve_name
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from game.core.state import Screen, State


class Mode(NamedTuple):
    """A mode; the title's menu offers it if it has a description."""

    starts_by: str
    """`module:function` in `game.core` that returns its screen; imported when the mode starts."""
    title: str
    description: str = ""

    def start(self, state: "State") -> "Screen":
        """Return the screen of the mode in its initial state."""
        screen: Screen = resolve_name(f"game.core.{self.starts_by}")(state)
        return screen


MODES: dict[str, Mode] = {
    "title": Mode("state:Title.start", "Inkling"),
    "sketchpad": Mode("modes.sketchpad:Pad.start", "Sketchpad", "Draw freely and watch it think"),
    "draw": Mode("modes.draw:DrawGame.start", "Draw it", "Six digits against the clock"),
    "today": Mode("modes.today:start", "Today’s six", "The same for everybody, once a day"),
    "two": Mode("modes.draw:DrawGame.two", "Two players", "The same six digits, in turn"),
    "drill": Mode("modes.draw:DrawGame.drill", "Drill of your weakest digits"),
    "think": Mode("modes.think:ThinkGame.start", "Think of a digit", "It guesses yours; stump it"),
    "inside": Mode("modes.inside:Inside.start", "Look inside", "How does it know?"),
    "learn": Mode("modes.learning:Learning.start", "Watch it learn", "From guessing to reading"),
    "digits": Mode("modes.review:Digits.start", "My digits", "How well it reads your hand"),
    "settings": Mode("modes.options:Options.start", "Settings", "Sound, colours, text, keys"),
}
"""The modes by the name that `Go` and `--mode` use, in the order of the menu."""


def menu() -> dict[str, Mode]:
    """Return the modes that the title offers."""
    return {name: mode for name, mode in MODES.items() if mode.description}
