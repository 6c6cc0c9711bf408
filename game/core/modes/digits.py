"""The screen of the player's statistics: how well the network reads each digit."""

from dataclasses import dataclass
from typing import ClassVar

from game.core.state import Screen


@dataclass(frozen=True)
class Digits(Screen):
    """How the network reads this player's handwriting."""

    scene_name: ClassVar[str] = "digits"
