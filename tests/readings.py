"""Readings made up for the tests of the rules."""

from game.core.events import Reading


def reading(digit: int, confidence: float = 1.0, digit_probability: float = 1.0) -> Reading:
    """What a network says that sees the digit with this confidence."""
    others = (1 - confidence) / 9
    probabilities = tuple(confidence if d == digit else others for d in range(10))
    return Reading(probabilities, bytes(784), digit_probability >= 0.5, digit_probability)
