"""The rules of "Today's six": the same digits for everybody, and once a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.effects import SaveDay, StoreRecords
from game.core.events import Choose, Do, Event, Go, NewDay, Tick
from game.core.modes.review import Page
from game.core.modes.today import DayResult, TodayGame
from game.core.state import Net, State, Title
from game.core.update import state_after, update
from game.core.values.days import (
    DRAWN_DAYS,
    DailyRound,
    days_in_a_row,
    digits_of,
    last_days,
    merged,
    rounds_of,
    stored_round,
)
from game.core.values.records import Records
from game.core.values.rounds import ROUNDS, Round
from game.core.values.settings import Settings
from tests.beginnings import DOT

DAY = date(2026, 11, 30)
TOMORROW, YESTERDAY = DAY + timedelta(1), DAY - timedelta(1)
AWAKE = State(net=Net.READY, today=DAY)
SKIPPED = (Do.SKIP, Do.ACCEPT)
GIVEN_UP = SKIPPED * ROUNDS


def played(day: date, *digits: int, strokes: object = DOT) -> tuple[DailyRound, ...]:
    return tuple(stored_round(day, Round(one, one, 90, 1.0, 1.0, strokes)) for one in digits)


def days_of(state: State) -> list[tuple[str, int]]:
    return [(one.day, one.played.digit) for one in state.records.daily]


def test_the_digits_of_a_day_are_the_same_everywhere_and_for_ever() -> None:
    assert digits_of(DAY) == (3, 4, 1, 0, 7, 2)
    assert digits_of(date(2027, 1, 1)) == digits_of(date(2027, 1, 1))
    months = [digits_of(DAY + timedelta(number)) for number in range(60)]
    assert len(set(months)) == 60
    assert all(len(set(digits)) == ROUNDS for digits in months)
    assert {digit for digits in months for digit in digits} == {*range(10)}


def test_a_day_is_played_once_and_then_its_result_is_shown() -> None:
    state = state_after(AWAKE, Go("today"))
    assert state.screen.digits == digits_of(DAY)
    state = state_after(state, *GIVEN_UP)
    assert (type(state.screen), state.screen.page) == (DayResult, Page.DAY)
    again = state_after(state, Do.ACCEPT, Go("today"))
    assert isinstance(again.screen, DayResult)
    assert days_of(again) == [(DAY.isoformat(), digit) for digit in digits_of(DAY)]


def test_each_round_is_stored_as_it_ends_with_its_drawing() -> None:
    drawn = state_after(AWAKE, Go("today"), Tick(1.0))
    drawn = replace(drawn, sketch=replace(drawn.sketch, strokes=DOT))
    state, effects = update(drawn, Do.SKIP)
    (stored,) = [effect.added for effect in effects if isinstance(effect, StoreRecords)]
    assert stored.daily == state.records.daily
    assert [one.played.strokes for one in stored.daily] == [DOT]
    assert len(stored.trials) == 1


def test_a_game_that_was_left_goes_on_where_it_was_with_its_points() -> None:
    records = Records(daily=played(DAY, 3, 4))
    state = state_after(replace(AWAKE, records=records), Go("today"))
    assert (state.screen.asked, state.screen.score, state.screen.rounds_left) == (1, 180, 4)
    assert state.screen.streak == 2
    state = state_after(state, *SKIPPED, Go("title"), Go("today"))
    assert (state.screen.asked, len(state.screen.rounds)) == (0, 3)


def test_midnight_in_a_game_leaves_it_to_its_day_and_brings_the_next() -> None:
    state = state_after(AWAKE, Go("today"), *SKIPPED, NewDay(TOMORROW), *SKIPPED * (ROUNDS - 1))
    assert [one.digit for one in rounds_of(state.records.daily, DAY)] == [*digits_of(DAY)]
    assert (state.screen.day, state.screen.is_over) == (DAY, True)
    state = state_after(state, Do.ACCEPT)
    assert isinstance(state.screen, TodayGame)
    assert (state.screen.day, state.screen.digits) == (TOMORROW, digits_of(TOMORROW))


def test_a_result_on_the_screen_notices_midnight_as_a_new_page() -> None:
    state = state_after(AWAKE, Go("today"), *GIVEN_UP)
    after = state_after(state, NewDay(TOMORROW))
    assert after.page != state.page
    assert after.active_at == state.active_at  # nobody was there
    assert state_after(after, NewDay(DAY)).screen == state.screen
    assert isinstance(state_after(state, Do.ACCEPT).screen, Title)


def test_a_clock_that_is_set_back_plays_no_day_twice_and_loses_none() -> None:
    state = state_after(AWAKE, Go("today"), *GIVEN_UP, NewDay(YESTERDAY), Go("today"))
    assert state.screen.digits == digits_of(YESTERDAY)
    state = state_after(state, *GIVEN_UP, NewDay(DAY), Go("today"))
    assert isinstance(state.screen, DayResult)
    assert len(state.records.daily) == 2 * ROUNDS
    assert days_in_a_row(state.records.daily, DAY) == 2


@pytest.mark.parametrize(
    ("missed", "count"), [((), 4), ((2,), 2), ((1,), 1), ((0,), 0), ((0, 1, 2, 3), 0)]
)
def test_a_missed_day_ends_the_days_in_a_row(missed: tuple[int, ...], count: int) -> None:
    days = [DAY - timedelta(back) for back in range(4) if back not in missed]
    daily = merged((), sum((played(day, 1, 2) for day in days), ()))
    assert days_in_a_row(daily, DAY) == count
    guessed = [None if back in missed else 2 for back in range(4)]
    assert [count for _, count in reversed(last_days(daily, DAY))] == [*guessed, None, None, None]


rounds = st.builds(
    lambda day, digit, points: DailyRound(
        f"2026-11-{day:02}", Round(digit, digit, points, 1.0, 1.0, DOT)
    ),
    st.integers(1, 20),
    st.integers(0, 9),
    st.integers(0, 9),
)


@given(st.lists(rounds), st.lists(rounds))
def test_two_games_at_once_lose_no_round_and_count_none_twice(
    one: list[DailyRound], other: list[DailyRound]
) -> None:
    both = merged(merged((), tuple(one)), tuple(other))
    keys = [(kept.day, kept.played.digit) for kept in both]
    assert set(keys) == {(kept.day, kept.played.digit) for kept in (*one, *other)}
    assert len(set(keys)) == len(keys)
    assert [day for day, _ in keys] == sorted(day for day, _ in keys)
    assert merged(both, both) == both
    first = {(kept.day, kept.played.digit): kept.played.points for kept in reversed([*one, *other])}
    assert [kept.played.points for kept in both] == [first[key] for key in keys]
    drawn = {kept.day for kept in both if kept.played.strokes}
    assert drawn == {*sorted({day for day, _ in keys})[-DRAWN_DAYS:]}


@pytest.mark.parametrize(("timer", "is_timed"), [("long", True), ("off", False)])
def test_the_result_is_saved_and_its_drawings_watched(timer: str, *, is_timed: bool) -> None:
    state = state_after(replace(AWAKE, settings=Settings(timer=timer)), Go("today"), *GIVEN_UP)
    saved, effects = update(state, Do.SAVE)
    assert effects == (SaveDay(DAY, state.screen.rounds, is_timed),)
    assert saved == state
    watched = state_after(state, Choose(2))
    assert (watched.screen.page, watched.screen.chosen) == (Page.DRAWINGS, 2)
    back: Event
    for back in (Do.ACCEPT, Do.BACK):
        assert state_after(watched, back).screen.page is Page.DAY
