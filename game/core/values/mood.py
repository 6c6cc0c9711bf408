"""The moods of the creature, and those that a reading of the drawing puts it in."""

from dataclasses import dataclass
from enum import Enum

from game.core.values.readings import NumberReading, Reading

SURE = 0.6
"""Probability from which a reading is shown without a question mark."""

CERTAIN = 0.9
"""Probability from which the creature blurts a digit out."""

MANY_STROKES = 8
"""A drawing of this many strokes that is no digit is a scribble."""

MUCH_INK = 0.2
"""A drawing that is no digit and fills this share of the image that the network reads is a
scribble, too; digits fill up to 0.16."""

HOLD_SECONDS = 0.25
"""Least time between two changes of mood that come from readings alone."""


class Mood(Enum):
    """What the creature's face shows; the value is its name."""

    ASLEEP = "asleep"
    """The network is loading."""
    AWAKE = "awake"
    """It waits for a drawing."""
    WATCHING = "watching"
    """The drawing cannot be read yet."""
    TORN = "torn"
    """No digit is probable enough."""
    NEARLY_SURE = "nearly sure"
    BLURTING = "blurting"
    """It says its guess."""
    DELIGHTED = "delighted"
    """Its guess was right."""
    SHEEPISH = "sheepish"
    """Its guess was wrong, or it cannot read at all."""
    PUZZLED = "puzzled"
    """The finished drawing is no digit."""
    DIZZY = "dizzy"
    """The drawing is a scribble."""
    YAWNING = "yawning"
    """Nothing has happened for some time."""
    DOZING = "dozing"
    """Nothing has happened for long."""
    BEST_EVER = "best ever"
    """The player's best score, or the end of a game of two players."""


FICKLE = {Mood.WATCHING, Mood.TORN, Mood.NEARLY_SURE, Mood.PUZZLED, Mood.DIZZY}
"""Moods that readings change; see `HOLD_SECONDS`."""


@dataclass(frozen=True)
class Feeling:
    """The mood, and since when."""

    mood: Mood = Mood.ASLEEP
    since: float = 0.0
    """Time of the game at which the mood began."""
    before: Mood = Mood.ASLEEP
    """The mood until then."""

    def after(self, mood: Mood, now: float) -> "Feeling":
        """Return the feeling after there was reason for a mood, which may have to wait."""
        hasty = {mood, self.mood} <= FICKLE and now - self.since < HOLD_SECONDS
        return self if mood is self.mood or hasty else Feeling(mood, now, self.mood)


def mood_of_reading(
    reading: Reading, strokes: int, *, pen_down: bool, legible: bool, may_blurt: bool
) -> Mood:
    """Return the mood that a reading causes.

    Args:
        reading: what the network reads.
        strokes: how many strokes it has read.
        pen_down: whether the last stroke is still being drawn.
        legible: whether the drawing counts as a digit.
        may_blurt: whether it may say its guess now; in a game, the rules decide when.
    """
    if not legible:
        if strokes >= MANY_STROKES or sum(reading.image) > 255 * MUCH_INK * len(reading.image):
            return Mood.DIZZY
        return Mood.WATCHING if pen_down else Mood.PUZZLED
    if reading.confidence < SURE:
        return Mood.TORN
    if pen_down or not may_blurt or reading.confidence < CERTAIN:
        return Mood.NEARLY_SURE
    return Mood.BLURTING


def mood_of_number(number: NumberReading, *, pen_down: bool) -> Mood:
    """Return the mood that the reading of a number causes."""
    if pen_down:
        return Mood.WATCHING
    if not (number.digits and number.is_number):
        return Mood.PUZZLED
    return Mood.TORN if number.probability < SURE else Mood.BLURTING
