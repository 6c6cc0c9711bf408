"""The table of all modes; `Screen` in `game/core/state.py` says how to add one."""

from pkgutil import resolve_name
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from game.core.state import Screen, State


class Mode(NamedTuple):
    """A mode; the title offers it if it has a description."""

    starts_by: str
    """`module:function` in `game.core` that returns its screen; imported when the mode starts."""
    title: str
    description: str = ""
    is_small: bool = False
    """Whether the title offers it by a small button, and not by a tile with a number."""

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
    "sums": Mode("modes.sums.setup:Setup.start", "Sums", "Write the answers; learn your tables"),
    "sums-game": Mode("modes.sums.game:SumsGame.start", "Sums"),
    "my-sums": Mode("modes.sums.setup:MySums.start", "My sums"),
    "write": Mode("modes.writing.shelf:Shelf.start", "Write it", "Learn to write the digits"),
    "forms": Mode("modes.writing.shelf:Forms.start", "Ways of writing"),
    "inside": Mode("modes.inside:Inside.start", "Look inside", "How does it know?"),
    "learn": Mode("modes.learning:Learning.start", "Watch it learn", "From guessing to reading"),
    "page": Mode("modes.page:PageSheet.start", "A page of numbers"),
    "players": Mode(
        "modes.players:WhoPlays.start",
        "Who plays",
        "Each has scores, stars and drawings",
        is_small=True,
    ),
    "digits": Mode(
        "modes.digits:Digits.start", "My digits", "How well it reads your hand", is_small=True
    ),
    "settings": Mode(
        "modes.options:Options.start", "Settings", "Sound, colours, text, keys", is_small=True
    ),
}
"""The modes by the name that `Go` and `--mode` use, in the order of the menu."""


def menu(*, small: bool = False) -> dict[str, Mode]:
    """Return the modes that the title offers by tiles, or by small buttons."""
    return {
        name: mode for name, mode in MODES.items() if mode.description and mode.is_small is small
    }
