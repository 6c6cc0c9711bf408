"""What the network has read: one digit, or a number with the place of each of its digits."""

from dataclasses import dataclass

Strokes = tuple[tuple[tuple[float, float, float], ...], ...]


@dataclass(frozen=True)
class Reading:
    """What the network reads in a drawing of one digit."""

    probabilities: tuple[float, ...]
    """Probabilities of the digits 0 to 9."""
    image: bytes
    """The 28x28 pixels that the network reads, rows first, 0 paper to 255 ink."""
    is_digit: bool = True
    """Whether the network takes the drawing for a digit, knowing nothing else about it."""
    digit_probability: float = 1.0
    """Probability that the drawing is a digit at all."""

    @property
    def digit(self) -> int:
        """The most probable digit."""
        return self.probabilities.index(max(self.probabilities))

    @property
    def confidence(self) -> float:
        """Probability of the most probable digit."""
        return max(self.probabilities)


@dataclass(frozen=True)
class FoundDigit:
    """One digit of a number, and where it was found."""

    reading: Reading
    box: tuple[float, float, float, float]
    """Left, top, right and bottom of its ink, in units of the pad."""


@dataclass(frozen=True)
class NumberReading:
    """What the network reads in a drawing of a number."""

    digits: tuple[FoundDigit, ...]
    """The digits from left to right."""
    probability: float
    """Probability that the whole number is right."""
    strokes: Strokes = ()
    """The drawing that was read; the pen may have gone on since."""

    @property
    def text(self) -> str:
        """The digits as text, such as "4072"."""
        return "".join(str(found.reading.digit) for found in self.digits)

    @property
    def is_number(self) -> bool:
        """Whether each of its parts is taken for a digit."""
        return all(found.reading.is_digit for found in self.digits)
