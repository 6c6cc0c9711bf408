"""Who plays: the players of this machine, and the digits that a class shares."""

import random
import unicodedata
from dataclasses import dataclass, replace

from game.core.language import tr

FIRST = "1"
"""Key of the first player, who is there from the start and has no name yet."""

GUEST = ""
"""Key of a player of whom nothing is stored."""


@dataclass(frozen=True)
class Player:
    """One player of this machine."""

    key: str
    """Identifies the player, as two may have the same name: a number, or `GUEST`."""
    name: str = ""
    best: tuple[tuple[str, int], ...] = ()
    """The points of the best game of each mode, by the mode's name."""

    @property
    def shown_name(self) -> str:
        """The name, or what a player without one is called."""
        if self.key == GUEST:
            return tr("Guest")
        return self.name or tr("Player {number}", number=self.key)

    def points(self, mode: str) -> int | None:
        """Return the points of the best game of a mode; None if there is none."""
        return dict(self.best).get(mode)


Players = tuple[Player, ...]


def player_after(players: Players, key: str) -> Player | None:
    """Return whose turn it is after a player; None if there is nobody else."""
    keys = [one.key for one in players]
    at = keys.index(key) + 1 if key in keys else 0
    others = [one for one in (*players[at:], *players[:at]) if one.key != key]
    return others[0] if others else None


@dataclass(frozen=True)
class Shared:
    """The word of a class: whoever types the same word gets the same digits."""

    word: str
    begun: tuple[tuple[str, str], ...] = ()
    """The games that were begun, each by its player's key and its mode."""

    def seed(self, player: str, mode: str) -> int:
        """Return the seed of a player's next game: the same for everybody's first, second, ….

        It is the same however the word is spaced and capitalised.
        """
        word = " ".join(unicodedata.normalize("NFKC", self.word).casefold().split())
        chance = random.Random(f"{word} {mode} {self.begun.count((player, mode))}")  # noqa: S311
        return chance.getrandbits(40)

    def after(self, player: str, mode: str) -> "Shared":
        """Return it after the player has begun another game."""
        return replace(self, begun=(*self.begun, (player, mode)))
