"""The game "Today's six": "Draw it" with the same digits for everybody on one day, once a day."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from game.core.effects import SaveDay
from game.core.events import Do, Event, Go
from game.core.language import mark
from game.core.modes.draw import DrawGame
from game.core.modes.review import Page, Review
from game.core.state import Help, Outcome, Response, Screen, State
from game.core.values.days import (
    DailyRound,
    days_in_a_row,
    digits_of,
    last_days,
    rounds_of,
    stored_round,
)
from game.core.values.records import Records
from game.core.values.rounds import Round
from game.core.values.settings import SECONDS


@dataclass(frozen=True, kw_only=True)
class TodayGame(DrawGame):
    """The game of one day, even if midnight passes while it is played."""

    mode: str = "today"
    is_scored: bool = False
    day: date

    def record(self, played: Round) -> Records:
        """Return what a finished round adds to the records, which show that it was played."""
        return super().record(played).plus(Records(daily=(stored_round(self.day, played),)))

    def review(self, state: State) -> "DayResult":
        """Return the result of the day."""
        shown = result_of(state.records.daily, self.day, self.rounds)
        return replace(shown, is_over=state.today != self.day, is_timed=self.limit is not None)


@dataclass(frozen=True, kw_only=True)
class DayResult(Review):
    """The result of a day, and the days before it; its drawings can be watched again."""

    scene_name: ClassVar[str] = "today"
    help: ClassVar[Help] = (
        (mark("The row"), mark("A jar for each day you played: the fuller, the more were guessed")),
        (mark("Picture"), mark("Save it to show around: your six drawings, time and points")),
        (mark("Next"), mark("At midnight. A game that you leave goes on until then")),
    )

    mode: str = "today"
    is_scored: bool = False
    page: Page = Page.DAY
    day: date
    last_days: tuple[tuple[date, int | None], ...] = ()
    """The last days up to this one; see `days.last_days`."""
    days_in_a_row: int = 0
    is_over: bool = False
    """Whether another day has begun, with other digits."""

    @property
    def page_key(self) -> tuple[object, ...]:
        """The page, and whether it offers the next digits; see `Screen.page_key`."""
        return self.page, self.is_over

    @property
    def is_feast(self) -> bool:
        """Whether there is something to celebrate: all digits were guessed."""
        return all(played.right for played in self.rounds)

    @property
    def seconds_drawn(self) -> float:
        """The time of all rounds together."""
        return sum(played.seconds for played in self.rounds)

    def handle(self, state: State, event: Event) -> Response:
        """Save the result as a picture, go back from a drawing, or go on."""
        match event, self.page:
            case ((Do.ACCEPT | Do.BACK), Page.DRAWINGS):
                return replace(self, page=Page.DAY)
            case Do.SAVE, Page.DAY:
                return state, (SaveDay(self.day, self.rounds, self.is_timed),)
            case Do.ACCEPT, Page.DAY:
                return Go("today" if self.is_over else "title")
        return super().handle(state, event)

    def after_event(self, before: State, state: State) -> Outcome:
        """Notice that another day has begun."""
        del before
        is_over = state.today != self.day
        return replace(state, screen=replace(self, is_over=is_over))


def start(state: State) -> Screen:
    """Return today's game, with what is left of it, or its result if nothing is."""
    played = rounds_of(state.records.daily, state.today)
    drawn = {one.digit for one in played}
    left = tuple(digit for digit in digits_of(state.today) if digit not in drawn)
    if not left:
        shown = result_of(state.records.daily, state.today, played)
        return replace(shown, is_timed=SECONDS[state.settings.timer] is not None)
    return TodayGame(left, SECONDS[state.settings.timer], rounds=played, day=state.today)


def result_of(daily: tuple[DailyRound, ...], day: date, rounds: tuple[Round, ...]) -> DayResult:
    """Return the result of a day that had these rounds."""
    return DayResult(
        rounds=rounds,
        score=sum(one.points for one in rounds),
        day=day,
        last_days=last_days(daily, day),
        days_in_a_row=days_in_a_row(daily, day),
    )
