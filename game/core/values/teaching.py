"""Teaching the network the player's hand: what it gains, or would gain."""

from dataclasses import dataclass

FEWEST_DRAWINGS = 10
"""From fewer drawings the network learns nothing."""

MOST_DRAWINGS = 1000
"""How many of the latest labelled drawings are kept, which is about two megabytes."""


@dataclass(frozen=True)
class Taught:
    """A network that learnt from the player's drawings, judged by those that were left out."""

    drawings: int
    """Number of different drawings."""
    before: int = 0
    """How many of them the network that ships misreads."""
    after: int = 0
    """How many of them are misread by a network that learnt from the others."""
    helps: bool = False
    """Whether learning helps: more are read right, or as many with more certainty."""

    @property
    def gain(self) -> int:
        """How many more of 100 drawings are read right."""
        return round(100 * (self.before - self.after) / max(self.drawings, 1))


@dataclass(frozen=True)
class Teaching:
    """The network that reads the player's hand, and one that might read it better."""

    used: Taught | None = None
    """The network that reads; None for the one that ships."""
    found: Taught | None = None
    """The network that the player may adopt, or why there is none."""
    is_studying: bool = False
    """Whether a network is being taught."""

    @property
    def offer(self) -> Taught | None:
        """The network that the player may adopt; None if there is none."""
        return self.found if self.found and self.found.helps else None

    def with_found(self, found: Taught | None) -> "Teaching":
        """Return what is known after teaching; None if there was nothing new to learn from.

        Equal drawings give equal networks, so one that is judged alike is the one in use.
        """
        found = found or self.found
        return Teaching(self.used, None if found == self.used else found)

    def with_used(self, used: Taught | None) -> "Teaching":
        """Return what is known once another network reads; the one before can be adopted again."""
        found = self.found if used else self.used or self.found
        return Teaching(used, None if found == used else found, self.is_studying)
