"""The game "Today's six": the digits of each day, and the rounds that were played."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256

from game.core.values.rounds import ROUNDS, Round

SHOWN_DAYS = 7
"""How many days are shown with a result."""

DRAWN_DAYS = 3
"""For how many of the latest days the drawings are kept; of earlier ones only the points are."""


@dataclass(frozen=True)
class DailyRound:
    """A finished round of one day."""

    day: str
    """The player's date when the game began, as 2026-11-30."""
    played: Round


def digits_of(day: date) -> tuple[int, ...]:
    """Return the digits of a day, which are the same on all machines and in all versions."""
    order = {digit: sha256(f"{day.isoformat()} {digit}".encode()).digest() for digit in range(10)}
    return tuple(sorted(order, key=order.__getitem__)[:ROUNDS])


def rounds_of(daily: Iterable[DailyRound], day: date) -> tuple[Round, ...]:
    """Return the rounds that were played on a day, in their order."""
    return tuple(one.played for one in daily if one.day == day.isoformat())


def merged(kept: tuple[DailyRound, ...], added: tuple[DailyRound, ...]) -> tuple[DailyRound, ...]:
    """Return all rounds, the earliest day first; if a digit was drawn twice on a day, the first.

    That happens if two games play the same day at once.
    """
    if not added:
        return kept
    first: dict[tuple[str, int], DailyRound] = {}
    for one in (*kept, *added):
        first.setdefault((one.day, one.played.digit), one)
    drawn = sorted({one.day for one in first.values()})[-DRAWN_DAYS:]
    rounds = sorted(first.values(), key=lambda one: one.day)
    return tuple(one if one.day in drawn else _without_drawing(one) for one in rounds)


def stored_round(day: date, played: Round) -> DailyRound:
    """Return a finished round as it is stored: with its drawing, but without its trace."""
    strokes = tuple(
        tuple((round(x, 4), round(y, 4), round(then, 3)) for x, y, then in stroke)
        for stroke in played.strokes
    )
    return DailyRound(day.isoformat(), replace(played, strokes=strokes, trace=()))


def _without_drawing(one: DailyRound) -> DailyRound:
    return replace(one, played=replace(one.played, strokes=())) if one.played.strokes else one


def last_days(daily: Iterable[DailyRound], last: date) -> tuple[tuple[date, int | None], ...]:
    """Return the days up to the `last`, each with how many digits were guessed.

    A day that was not played has None.
    """
    guessed: dict[str, int] = {}
    for one in daily:
        guessed[one.day] = guessed.get(one.day, 0) + one.played.right
    days = [last - timedelta(back) for back in reversed(range(SHOWN_DAYS))]
    return tuple((day, guessed.get(day.isoformat())) for day in days)


def days_in_a_row(daily: Iterable[DailyRound], day: date) -> int:
    """Return on how many days in a row the player has played, up to this one."""
    days, count = {one.day for one in daily}, 0
    while (day - timedelta(count)).isoformat() in days:
        count += 1
    return count
