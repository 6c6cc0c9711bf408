"""Readings made up for the tests of the rules."""

from game.core.values.readings import FoundDigit, NumberReading, Reading, Strokes


def reading(digit: int, confidence: float = 1.0, digit_probability: float = 1.0) -> Reading:
    """What a network says that sees the digit with this confidence."""
    others = (1 - confidence) / 9
    probabilities = tuple(confidence if d == digit else others for d in range(10))
    return Reading(probabilities, bytes(784), digit_probability >= 0.5, digit_probability)


def number(text: str, strokes: Strokes = ()) -> NumberReading:
    """What a network says that sees these digits side by side; a dash is no digit."""
    digits = tuple(
        FoundDigit(
            reading(0, digit_probability=0.1) if sign == "-" else reading(int(sign)),
            (0.1 + 0.4 * at, 0.2, 0.4 + 0.4 * at, 0.8),
        )
        for at, sign in enumerate(text)
    )
    return NumberReading(digits, 0.9, strokes)
