"""What is remembered between games: scores, and how each drawn digit was read."""

from dataclasses import dataclass, field, replace

MODES = ("draw", "think")
TOP = 10
NAME_LENGTH = 12
NOBODY = "Nobody"
"""Who plays without a name."""
TRIALS_KEPT = 5000


@dataclass(frozen=True, order=True)
class Score:
    """One finished game."""

    points: int
    name: str
    mode: str
    number: str = ""
    """Tells two games of equal name and points apart."""


@dataclass(frozen=True)
class Trial:
    """One digit that was drawn in a game."""

    digit: int
    guess: int | None
    seconds: float
    ink: float


@dataclass(frozen=True)
class Records:
    """All scores, the best first, and the last trials, the oldest first."""

    scores: tuple[Score, ...] = ()
    trials: tuple[Trial, ...] = ()
    name: str = ""
    """That a player gave last, to be offered again."""

    def top(self, mode: str) -> tuple[Score, ...]:
        """The best games of the mode, the best first."""
        return tuple(score for score in self.scores if score.mode == mode)[:TOP]

    def best(self, mode: str) -> int | None:
        """Points of the best game of the mode."""
        top = self.top(mode)
        return top[0].points if top else None

    def with_score(self, score: Score) -> "Records":
        """The records with one score more, and with the name of who made it."""
        scores = tuple(sorted({*self.scores, score}, reverse=True))
        return replace(self, scores=scores, name=self.name if score.name == NOBODY else score.name)

    def with_trials(self, trials: tuple[Trial, ...]) -> "Records":
        """The records with some trials more."""
        return replace(self, trials=(*self.trials, *trials)[-TRIALS_KEPT:])

    def ranks(self, mode: str, points: int) -> bool:
        """Whether a game with these points comes among the best."""
        top = self.top(mode)
        return points > 0 and (len(top) < TOP or points > top[-1].points)


@dataclass(frozen=True)
class Hand:
    """How the network gets along with one player's way to write a digit."""

    digit: int
    count: int = 0
    right: int = 0
    seconds: float = 0.0
    """To the guess, on average over those that were guessed."""
    ink: float = 0.0
    """The same."""
    read_as: tuple[int, ...] = field(default=(0,) * 11)
    """How often each digit was guessed; the eleventh counts the drawings not guessed at all."""

    @property
    def accuracy(self) -> float:
        """Share of the drawings that were guessed."""
        return self.right / self.count if self.count else 0.0


def hand(records: Records, digit: int) -> Hand:
    """What the trials say of the digit."""
    trials = [trial for trial in records.trials if trial.digit == digit]
    right = [trial for trial in trials if trial.guess == digit]
    read_as = [0] * 11
    for trial in trials:
        read_as[10 if trial.guess is None else trial.guess] += 1
    return Hand(
        digit,
        count=len(trials),
        right=len(right),
        seconds=sum(trial.seconds for trial in right) / max(len(right), 1),
        ink=sum(trial.ink for trial in right) / max(len(right), 1),
        read_as=tuple(read_as),
    )


def weakest(records: Records, count: int = 3) -> tuple[int, ...]:
    """The digits that the network gets least, those never drawn after those that went wrong.

    Of two that it gets equally well, the one that takes it longer, or was drawn less.
    """
    hands = [hand(records, digit) for digit in range(10)]

    def strength(one: Hand) -> tuple[float, float, int]:
        return one.accuracy if one.count else 0.5, -one.seconds, one.count

    return tuple(one.digit for one in sorted(hands, key=strength)[:count])
