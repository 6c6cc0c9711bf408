"""A finished round of a game, and what the network says during one."""

from dataclasses import dataclass

from game.core.language import tr, with_article
from game.core.values.readings import Reading
from game.core.values.sketch import Strokes

ROUNDS = 6
"""Rounds of "Draw it", and digits of a day in "Today's six"."""

SEEN_SECONDS = 0.8
"""How long a result is shown before a stroke can begin what follows."""

IGNORE_SECONDS = 0.5
"""How long Enter is ignored after a question appeared: it was meant for the drawing."""

TracePoint = tuple[float, tuple[float, ...]]
"""Seconds since the round began, and the ten probabilities from then on."""

THOUGHT_SECONDS = 0.5
"""Least time for which a message is shown."""

LEGIBLE = 0.02
"""The games read a drawing as a digit if its probability of being one is at least this.

They ask for digits, so this is far less than the network demands of a drawing that may be anything.
"""


@dataclass(frozen=True)
class Round:
    """A finished round, with everything that the review shows of it."""

    digit: int
    """The digit that was asked for, or that the player says it was."""
    guess: int | None
    """The network's guess; None if it made none in time."""
    points: int
    seconds: float
    """Seconds until the guess, or until the end of the round."""
    ink: float
    """Amount of ink until then; see `sketch.ink`."""
    strokes: Strokes = ()
    """Times are in seconds of the round, as in `trace` and `seconds`."""
    trace: tuple[TracePoint, ...] = ()
    disputed: bool = False
    """The player rejected a guess that the finished drawing supports, so nothing is recorded."""
    refused: bool = False
    """The network takes the finished drawing for no digit, so it is not kept as the player's."""
    knows_hand: bool = False
    """Whether the network that read it had been taught the player's hand."""

    @property
    def right(self) -> bool:
        """Whether the network guessed it."""
        return self.guess == self.digit

    @property
    def is_trial(self) -> bool:
        """Whether it tells how the player writes the digit."""
        return bool(self.strokes) and not (self.disputed or self.refused)

    @property
    def end(self) -> float:
        """Time of the last stroke, reading or guess."""
        drawn = [point[2] for stroke in self.strokes for point in stroke]
        return max([*drawn, self.seconds, *(point[0] for point in self.trace)])

    @property
    def read_last(self) -> int | None:
        """The digit that the network read in the finished drawing; None without a reading."""
        probabilities = self._last_probabilities
        return probabilities.index(max(probabilities)) if probabilities else None

    @property
    def taken_for(self) -> int | None:
        """The guess or, without one, the other digit that the finished drawing looked like."""
        if self.guess is None and self.read_last != self.digit:
            return self.read_last
        return self.guess

    @property
    def best_wrong_digit(self) -> int | None:
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


def digit_read(reading: Reading | None, least: float, *, expected: bool = False) -> int | None:
    """Return the digit that was read with at least this probability; None if there is none.

    If no digit is `expected`, the drawing must also pass the network's own, stricter test.
    """
    if reading is None or reading.confidence < least:
        return None
    legible = expected and reading.digit_probability >= LEGIBLE
    return reading.digit if legible or reading.is_digit else None


@dataclass(frozen=True)
class Thought:
    """What the network says while it watches."""

    text: str = ""
    seconds: float = THOUGHT_SECONDS
    """How long it has said so; the default allows the first message to change at once."""

    def after(self, seconds: float, reading: Reading | None) -> "Thought":
        """Return the message some time later; it changes only after `THOUGHT_SECONDS`."""
        age = self.seconds + seconds
        text = thought(reading)
        if text == self.text or age < THOUGHT_SECONDS:
            return Thought(self.text, age)
        return Thought(text, 0.0)


def thought(reading: Reading | None) -> str:
    """Return what the network says about a reading."""
    if reading is None:
        return tr("I am watching …")
    if digit_read(reading, 0.0, expected=True) is None:
        return tr("That is no digit yet …")
    first, second = sorted(range(10), key=lambda digit: -reading.probabilities[digit])[:2]
    if reading.confidence < 0.4:
        return tr("Hmm … {first}? Or {second}?", first=first, second=second)
    if reading.confidence < 0.8:
        return tr("I see {first} … or {second} …", first=first, second=second)
    if not reading.is_digit:
        return with_article("Is that a {digit}?", first)
    return with_article("I see a {digit} …", first)
