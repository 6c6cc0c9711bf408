"""A number that was written as an answer: whether it is legible, and how it is corrected."""

from game.core.values.readings import NumberReading
from game.core.values.rounds import LEGIBLE

LIKELY = 0.35
"""Least probability of a digit for an answer to be taken although another digit is likelier.

Of 5,000 drawn numbers, none passed as the one that is larger by 1; with 0.2, one did.
"""


def legible(number: NumberReading) -> bool:
    """Return whether each part of the number may be a digit; signs are no part of an answer."""
    parts = number.digits
    likely = all(one.reading.digit_probability >= LEGIBLE for one in parts)
    return bool(parts) and not number.signs and likely


def may_be(number: NumberReading, wanted: int) -> bool:
    """Return whether a number may be the wanted one: each digit is likely enough at its place."""
    digits = f"{wanted:0{len(number.digits)}}"
    return len(digits) == len(number.digits) and all(
        found.reading.probabilities[int(digit)] >= LIKELY
        for found, digit in zip(number.digits, digits, strict=True)
    )


def corrected(number: NumberReading, answer: str, digit: int, wanted: int) -> str:
    """Return the answer with the digit in the place of one that was misread.

    It replaces the one that makes the answer the `wanted` one or, if there is none, the one where
    it is most probable relative to what was read. If all digits equal it, the answer stays.
    """
    places = [at for at, found in enumerate(answer) if found != str(digit)]
    choices = {at: f"{answer[:at]}{digit}{answer[at + 1 :]}" for at in places}
    for said in choices.values():
        if int(said) == wanted:
            return said
    return choices[max(places, key=lambda at: _likelihood(number, at, digit))] if places else answer


def _likelihood(number: NumberReading, place: int, digit: int) -> float:
    """Return the probability of a digit at a place, over that of the digit that was read there."""
    reading = number.digits[place].reading
    return reading.probabilities[digit] / reading.confidence
