"""The player's settings, and the keys."""

from dataclasses import dataclass, field, replace

from game.core.language import tr
from game.core.values.players import FIRST
from game.core.values.sums import Plan
from game.core.values.writing import USUAL

CHOICES: dict[str, tuple[object, ...]] = {
    "volume": tuple(range(11)),
    "mute": (False, True),
    "timer": ("normal", "long", "off"),
    "text": ("normal", "large", "huge"),
    "reduced_motion": (False, True),
    "left_handed": (False, True),
    "click_draws": (False, True),
    "fullscreen": (False, True),
    "sheet": ("digit", "number"),
    "greeted": (False, True),
}
"""Values of each setting but the language, the colours and the mode, in the order in which they are
offered."""

SYSTEM = "system"
"""The language that the system is set to."""

NORMAL_SECONDS = 20.0
SECONDS = {"normal": NORMAL_SECONDS, "long": 40.0, "off": None}
PACE = {"normal": 1.0, "long": 0.5, "off": 0.5}
"""Pace of all that does not wait for the player, such as the creature and the notices: with a long
clock or none, there is no hurry."""

TEXT_SCALE = {"normal": 1.0, "large": 1.2, "huge": 1.4}

KEYS = {
    "undo": "u",
    "redo": "r",
    "clear": "c",
    "pen": "d",
    "eraser": "e",
    "strokes": "w",
    "width": "b",
    "sheet": "m",
    "save": "s",
    "open": "o",
    "skip": "n",
    "inside": "i",
}
"""Default key of each action."""


@dataclass(frozen=True)
class Settings:
    """The settings of this machine, for all its players."""

    volume: int = 5
    mute: bool = False
    timer: str = "normal"
    colours: str = "normal"
    """Name of the colour scheme; the view knows which there are."""
    text: str = "normal"
    reduced_motion: bool = False
    left_handed: bool = False
    click_draws: bool = False
    """Whether a click puts the pen down and the next one lifts it, so that nothing is held."""
    fullscreen: bool = False
    language: str = SYSTEM
    """The language, by its code, or `SYSTEM`."""
    sheet: str = "digit"
    """The sheet of the sketchpad: for one digit or for a number."""
    last: str = "draw"
    """Name of the mode that was played last, which "Play" starts."""
    player: str = FIRST
    """Key of the player who played last, and plays at the next start; see `Player`."""
    greeted: bool = False
    """Whether a player has gone on from the title; before that, it shows what to do."""
    sums: Plan = field(default_factory=Plan)
    """What is practised in "Sums"."""
    forms: tuple[str, ...] = USUAL
    """The way of writing that is taught of each digit; see `FORMS`."""
    keys: tuple[tuple[str, str], ...] = tuple(KEYS.items())

    def key(self, action: str) -> str:
        """Return the key of an action."""
        return dict(self.keys)[action]


def changed(settings: Settings, name: str, step: int = 1) -> Settings:
    """Return the settings with the next value of one setting, or the previous if `step` is -1."""
    choices = CHOICES[name]
    at = choices.index(getattr(settings, name))
    following = min(max(at + step, 0), len(choices) - 1) if name == "volume" else at + step
    chosen: dict[str, object] = {name: choices[following % len(choices)]}
    return replace(settings, **chosen)  # type: ignore[arg-type]


def refusal(key: str) -> str:
    """Return why the key cannot be assigned; "" if it can."""
    if key in {*"0123456789p?"}:
        return tr("{key} always means the same. Press another key, or Esc", key=key.upper())
    if len(key) == 1:
        return ""
    return tr("Only a letter or a sign can be chosen. Press another, or Esc")


def bound(settings: Settings, action: str, key: str) -> Settings:
    """Return the settings with another key for an action; if it was taken, the keys are swapped."""
    keys = dict(settings.keys)
    swapped = {other: keys[action] for other, used in keys.items() if used == key}
    return replace(settings, keys=tuple((keys | swapped | {action: key}).items()))
