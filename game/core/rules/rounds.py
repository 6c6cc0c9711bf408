"""What both guessing games share: a finished round, and the net's thoughts during one."""

from dataclasses import dataclass

from game.core.events import Reading
from game.core.rules.sketch import Strokes, later
from game.core.wording import a

Moment = tuple[float, tuple[float, ...]]
"""Seconds since the round began, and the ten probabilities from then on."""

THOUGHT_SECONDS = 0.5
"""How long a thought stays at least."""

SEEN_SECONDS = 0.8
"""How long a result stands before a stroke is taken for the next round's first."""


@dataclass(frozen=True)
class PadView:
    """What a game judges: the strokes on the pad and what the network reads in them."""

    strokes: Strokes = ()
    pen_down: bool = False
    reading: Reading | None = None
    net_ready: bool = True
    now: float = 0.0
    """The time, by the clock that the strokes' times were taken from."""


@dataclass(frozen=True)
class Round:
    """A round that is over, with all that the review shows of it."""

    digit: int
    """What was asked for, or what the player says it was."""
    guess: int | None
    """What the network said; None when it did not know, or not in time."""
    points: int
    seconds: float
    """Until the guess, or until the end of the round."""
    ink: float
    """Drawn until then; see `sketch.ink`."""
    strokes: Strokes = ()
    """Times count from the beginning of the round, as those of `trace` and `seconds` do."""
    trace: tuple[Moment, ...] = ()
    disputed: bool = False
    """The player denied a guess that the finished drawing surely shows: it teaches nothing."""

    @property
    def right(self) -> bool:
        """Whether the network guessed it."""
        return self.guess == self.digit

    @property
    def end(self) -> float:
        """When the last stroke, reading or guess of the round was over."""
        drawn = [point[2] for stroke in self.strokes for point in stroke]
        return max([*drawn, self.seconds, *(moment[0] for moment in self.trace)])

    @property
    def read_last(self) -> int | None:
        """The digit that the network read in the finished drawing; None without a reading."""
        probabilities = self._last_probabilities
        return probabilities.index(max(probabilities)) if probabilities else None

    @property
    def read_instead(self) -> int | None:
        """The most probable wrong digit of the last reading; None without a reading.

        If the network misread the finished drawing, this is what it read (`read_last`). Otherwise
        it is the runner-up.
        """
        probabilities = self._last_probabilities
        wrong = [digit for digit in range(10) if digit != self.digit]
        return max(wrong, key=lambda digit: probabilities[digit]) if probabilities else None

    @property
    def _last_probabilities(self) -> tuple[float, ...]:
        """The ten probabilities of the last reading; empty if the pad was empty or unread."""
        last = self.trace[-1][1] if self.trace else ()
        return last if any(last) else ()


def clocked(strokes: Strokes, now: float, seconds: float) -> Strokes:
    """The strokes by the round's clock, which shows so many seconds `now`.

    What was drawn while the clock still stood is there from its beginning; where it never went,
    the first stroke is the beginning.
    """
    first = min((stroke[0][2] for stroke in strokes), default=0.0)
    return later(strokes, seconds - now if seconds else -first, earliest=0.0)


@dataclass(frozen=True)
class Thought:
    """What the network thinks aloud."""

    text: str = ""
    seconds: float = THOUGHT_SECONDS
    """How long it has been thinking so."""

    def after(self, seconds: float, reading: Reading | None) -> "Thought":
        """The thought some time later: another one only after the last has stayed long enough."""
        age = self.seconds + seconds
        text = thought(reading)
        if text == self.text or age < THOUGHT_SECONDS:
            return Thought(self.text, age)
        return Thought(text, 0.0)


def thought(reading: Reading | None) -> str:
    """What the reading makes the network say."""
    if reading is None:
        return "I am watching …"
    if not reading.is_digit:
        return "That is no digit yet …"
    first, second = sorted(range(10), key=lambda digit: -reading.probabilities[digit])[:2]
    if reading.confidence < 0.4:
        return f"Hmm … {a(first)}? Or {a(second)}?"
    if reading.confidence < 0.8:
        return f"I see {a(first)} … or {a(second)} …"
    return f"I see {a(first)} …"
