"""Records kept between games: scores, how each drawn digit was read, and which sums were right."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from game.core.values import sums
from game.core.values.days import DailyRound, merged
from game.core.values.sums import Attempt, Problem

TOP = 10
NAME_LENGTH = 20
TRIALS_KEPT = 5000
"""How many of the latest trials are kept, and how many attempts at sums."""

MOST_STARS = 3
"""Stars that a digit has at most."""


@dataclass(frozen=True, order=True)
class Score:
    """One finished game."""

    points: int
    name: str
    """Who played, in scores that versions without players wrote; otherwise "", for the player."""
    mode: str
    number: str = ""
    """The seed of the game, which tells games with equal names and points apart."""
    knows_hand: bool = False
    """Whether the network that read it had been taught the player's hand."""


@dataclass(frozen=True)
class Trial:
    """One digit drawn in a game."""

    digit: int
    guess: int | None
    """The digit that the network took it for; None if it made no guess and saw no other digit."""
    seconds: float
    ink: float


@dataclass(frozen=True)
class Records:
    """Scores, best first, and the latest trials and attempts at sums, oldest first."""

    scores: tuple[Score, ...] = ()
    trials: tuple[Trial, ...] = ()
    name: str = ""
    """The player's name; "" until they gave one."""
    attempts: tuple[Attempt, ...] = ()
    """The sums that were answered."""
    stars: tuple[int, ...] = (0,) * 10
    """The most stars that each digit got in a lesson of writing."""
    daily: tuple[DailyRound, ...] = ()
    """What was played of "Today's six", the earliest day first."""

    def top(self, mode: str) -> tuple[Score, ...]:
        """Return the best scores of a mode, best first."""
        return self._top.get(mode, ())

    @cached_property
    def _top(self) -> dict[str, tuple[Score, ...]]:
        """The best scores of each mode: every frame of the title asks for those of all modes."""
        by_mode: dict[str, list[Score]] = {}
        for score in self.scores:
            by_mode.setdefault(score.mode, []).append(score)
        return {mode: tuple(scores[:TOP]) for mode, scores in by_mode.items()}

    def best(self, mode: str) -> int | None:
        """Return the points of the best game of a mode."""
        return next((score.points for score in self.top(mode)), None)

    def plus(self, added: "Records") -> "Records":
        """Return these records and the added ones; an added name replaces the one before."""
        scores = self.scores
        for score in added.scores:
            scores = _with_score(scores, score)
        trials = (*self.trials, *added.trials)[-TRIALS_KEPT:]
        attempts = (*self.attempts, *added.attempts)[-TRIALS_KEPT:]
        stars = tuple(map(max, self.stars, added.stars))
        name = added.name or self.name
        return Records(scores, trials, name, attempts, stars, merged(self.daily, added.daily))

    @cached_property
    def boxes(self) -> dict[Problem, int]:
        """The box of each fact that was answered; see `sums.boxes`."""
        return sums.boxes(self.attempts)

    def ranks(self, mode: str, points: int) -> bool:
        """Return whether these points are among the best."""
        top = self.top(mode)
        return points > 0 and (len(top) < TOP or points > top[-1].points)


def _with_score(scores: tuple[Score, ...], score: Score) -> tuple[Score, ...]:
    """Return the scores, best first, with one more at its place, unless they have it already."""
    at = bisect_left(scores, True, key=lambda kept: kept < score)  # noqa: FBT003
    known = scores[max(0, at - 1) : at] == (score,)
    return scores if known else (*scores[:at], score, *scores[at:])


@dataclass(frozen=True)
class DigitStatistics:
    """How the network reads one player's handwriting of a digit."""

    digit: int
    count: int = 0
    right: int = 0
    seconds: float = 0.0
    """Mean time to the guess, over the drawings that were guessed correctly."""
    ink: float = 0.0
    """Mean ink until the guess, over the same drawings."""
    read_as: tuple[int, ...] = (0,) * 11
    """How often each digit was guessed; the eleventh entry counts drawings without a guess."""

    @property
    def accuracy(self) -> float:
        """Share of the drawings that were guessed correctly."""
        return self.right / self.count if self.count else 0.0


def statistics_of(records: Records, digit: int) -> DigitStatistics:
    """Return the statistics of a digit."""
    trials = [trial for trial in records.trials if trial.digit == digit]
    right = [trial for trial in trials if trial.guess == digit]
    guessed = Counter(trial.guess for trial in trials)
    return DigitStatistics(
        digit,
        count=len(trials),
        right=len(right),
        seconds=sum(trial.seconds for trial in right) / max(len(right), 1),
        ink=sum(trial.ink for trial in right) / max(len(right), 1),
        read_as=tuple(guessed[said] for said in (*range(10), None)),
    )


def weakest(records: Records, count: int = 3) -> tuple[int, ...]:
    """Return the digits that the network reads worst; one never drawn counts as half right."""
    statistics = [statistics_of(records, digit) for digit in range(10)]
    statistics.sort(key=lambda one: (one.accuracy if one.count else 0.5, -one.seconds, one.count))
    return tuple(one.digit for one in statistics[:count])
