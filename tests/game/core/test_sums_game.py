"""The rules of "Sums"."""

import random
from collections.abc import Iterable
from dataclasses import replace

import pytest

from game.core import events
from game.core.effects import PlaySound, StoreRecords
from game.core.events import Choose, Digit, Do, Event, Go, Set, Tick
from game.core.modes.review import Page
from game.core.modes.sums.game import (
    GAME_SECONDS,
    HOLD_SECONDS,
    IGNORE_SECONDS,
    OVERTIME_REST_SECONDS,
    POINTS,
    PRAISE_SECONDS,
    PROBLEMS,
    Phase,
    SumsGame,
)
from game.core.modes.sums.review import SumsReview
from game.core.modes.sums.setup import MySums, Setup
from game.core.state import Net, State
from game.core.update import state_after, update
from game.core.values.mood import Mood
from game.core.values.readings import FoundSign, NumberReading
from game.core.values.settings import Settings
from game.core.values.sketch import NUMBER_WIDTH
from game.core.values.sums import Operation, Plan, Problem
from tests.readings import number

FIFTY_SIX = Problem(Operation.TIMES, 7, 8)
STEP = 0.05


def game(plan: Plan | None = None, **settings: object) -> State:
    """A game whose first problem is 7 × 8."""
    chosen = Settings(sums=plan or Plan((Operation.TIMES,), 2), **settings)
    state = state_after(State(net=Net.READY, settings=chosen, seed=3), Go("sums-game"))
    assert isinstance(state.screen, SumsGame)
    return replace(state, screen=replace(state.screen, problem=FIFTY_SIX))


def passed(state: State, seconds: float) -> State:
    return state_after(state, *[Tick(STEP)] * round(seconds / STEP))


BOX = 0.3, 0.6, 0.4, 0.7


def written(state: State, text: str, found: NumberReading | None = None) -> State:
    """Something is written and read as the text, with the pen lifted."""
    state = state_after(state, events.Press(1.0, 0.2), Tick(0.2), events.Move(1.0, 0.8))
    state = state_after(state, events.Lift())
    read = replace(found or number(text), strokes=state.sketch.strokes)
    return state_after(state, events.NumberRead(read))


def solved(state: State) -> State:
    """The problem is answered right, and what follows is shown."""
    state = written(state, str(state.screen.problem.answer))
    return passed(state, HOLD_SECONDS + PRAISE_SECONDS + 3 * STEP)


def asked(state: State, text: str = "54") -> State:
    return passed(state_after(written(state, text), Do.ACCEPT), IGNORE_SECONDS + STEP)


def test_the_right_answer_is_taken_once_it_was_read_for_half_a_second() -> None:
    state = written(game(), "56")
    assert passed(state, HOLD_SECONDS - 2 * STEP).screen.phase is Phase.WRITING
    state = passed(state, HOLD_SECONDS + STEP)
    assert (state.screen.phase, state.screen.score) == (Phase.RIGHT, 2 * POINTS)
    assert state.feeling.mood is Mood.DELIGHTED
    state = passed(state, PRAISE_SECONDS + STEP)
    assert state.screen.phase is Phase.WRITING
    assert state.screen.problem.fact != FIFTY_SIX
    assert state.sketch.strokes == ()
    assert state.sketch.width == NUMBER_WIDTH


@pytest.mark.parametrize("said", ["5", "54", "560", "65", "-6"])
def test_nothing_else_is_taken_however_long_it_stays(said: str) -> None:
    found = number(said)
    if "-" in said:  # which is illegible
        unread = replace(found.digits[0].reading, digit_probability=0.001)
        found = replace(found, digits=(replace(found.digits[0], reading=unread), *found.digits[1:]))
    state = passed(written(game(), said, found), 5.0)
    assert (state.screen.phase, state.screen.rounds) == (Phase.WRITING, ())


@pytest.mark.parametrize("sign", [FoundSign(",", 1, BOX), FoundSign("-", 0, BOX)])
def test_an_answer_with_a_sign_is_no_whole_number_and_is_written_again(sign: FoundSign) -> None:
    state = written(game(), "56", replace(number("56"), signs=(sign,)))
    state = passed(state_after(passed(state, 3.0), Do.ACCEPT, Digit(6)), 3.0)
    assert state.screen.rounds == ()
    assert passed(written(state_after(state, Do.CLEAR), "56"), 1.0).screen.phase is Phase.RIGHT


def test_an_answer_is_not_taken_while_the_pen_goes_on() -> None:
    state = written(game(), "5")
    state = state_after(state, events.Press(2.0, 0.2), events.Move(2.0, 0.8))
    read = replace(number("56"), strokes=state.sketch.strokes)
    assert passed(state_after(state, events.NumberRead(read)), 3.0).screen.rounds == ()


@pytest.mark.parametrize(("doubt", "phase"), [(0.4, Phase.RIGHT), (0.3, Phase.WRITING)])
def test_of_two_likely_digits_the_right_one_counts(doubt: float, phase: Phase) -> None:
    five, four = number("54").digits
    others = (0.0,) * 4
    unsure = replace(four.reading, probabilities=(*others, 1 - doubt, 0.0, doubt, 0.0, 0.0, 0.0))
    found = replace(number("54"), digits=(five, replace(four, reading=unsure)))
    assert passed(written(game(), "54", found), 1.0).screen.phase is phase


def test_a_leading_zero_does_no_harm() -> None:
    assert passed(written(game(), "056"), 1.0).screen.phase is Phase.RIGHT


def test_a_wrong_answer_counts_only_when_the_player_says_so_twice() -> None:
    state = state_after(written(game(), "54"), Do.ACCEPT, Do.ACCEPT)
    assert (state.screen.phase, state.screen.rounds) == (Phase.ASKED, ())
    after, effects = update(passed(state, IGNORE_SECONDS + STEP), Do.ACCEPT)
    (played,) = after.screen.rounds
    assert (after.screen.phase, played.guess, played.points) == (Phase.WRONG, 54, 0)
    (stored,) = [effect for effect in effects if isinstance(effect, StoreRecords)]
    assert [one.right for one in stored.added.attempts] == [False]
    assert after.records.boxes == {FIFTY_SIX: 1}
    assert PlaySound("wrong") in effects
    assert passed(after, 60.0).screen.phase is Phase.WRONG  # it waits for the reader
    assert state_after(after, Do.ACCEPT).screen.phase is Phase.WRITING


@pytest.mark.parametrize("begun", [written(game(), "54"), asked(game())])
def test_a_misread_digit_is_corrected_by_one_key_at_no_cost(begun: State) -> None:
    state = state_after(begun, Digit(6))
    assert (state.screen.phase, state.screen.score) == (Phase.RIGHT, 2 * POINTS)
    assert state.records.boxes == {FIFTY_SIX: 3}
    later = state_after(passed(written(game(), "54"), 20.0), Digit(6))
    assert later.screen.seconds == pytest.approx(0.2, abs=2 * STEP)


def test_the_key_goes_where_its_digit_is_the_most_probable() -> None:
    found = number("77")
    first, second = (one.reading for one in found.digits)
    doubted = replace(second, probabilities=(0.0, 0.4, *first.probabilities[2:7], 0.6, 0.0, 0.0))
    digits = found.digits[0], replace(found.digits[1], reading=doubted)
    state = written(game(), "77", replace(found, digits=digits))
    assert state_after(state, Digit(7)).screen.answer(state) == "77"
    wrong = state_after(state, Digit(1))
    assert (wrong.screen.answer(wrong), wrong.screen.rounds) == ("71", ())
    both = state_after(wrong, Digit(5))
    assert both.screen.answer(both) == "51"
    on = state_after(both, events.Press(2.5, 0.5), events.Lift())
    assert on.screen.answer(on) == ""  # what was corrected is another drawing


def test_a_number_that_was_misread_is_written_again_and_the_time_given_back() -> None:
    state = passed(written(game(), "54"), 10.0)
    again = state_after(passed(state_after(state, Do.ACCEPT), 1.0), Do.CLEAR)
    assert (again.screen.phase, again.sketch.strokes) == (Phase.WRITING, ())
    assert again.screen.seconds < 1.0
    assert passed(written(again, "56"), 1.0).screen.phase is Phase.RIGHT


def test_who_is_done_before_it_is_read_is_asked_once_it_is() -> None:
    state = state_after(game(), events.Press(1.0, 0.2), events.Lift(), Do.ACCEPT)
    state = passed(state, 5.0)
    assert (state.screen.phase, state.screen.seconds) == (Phase.WRITING, 0)  # the clock waits too
    read = replace(number("54"), strokes=state.sketch.strokes)
    assert passed(state_after(state, events.NumberRead(read)), 0.1).screen.phase is Phase.ASKED


def test_who_is_asked_may_write_on() -> None:
    state = state_after(asked(game(), "5"), events.Press(2.0, 0.5), events.Lift())
    assert (state.screen.phase, len(state.sketch.strokes)) == (Phase.WRITING, 2)


def test_who_does_not_know_is_shown_the_answer() -> None:
    state = state_after(game(), Do.SKIP)
    assert (state.screen.phase, state.screen.rounds[0].guess) == (Phase.WRONG, None)
    assert state.records.boxes == {FIFTY_SIX: 1}


def test_thinking_counts_until_the_pen_comes_down_and_the_clock_starts_with_it() -> None:
    state = passed(game(), 7.0)
    assert state.screen.seconds == 0
    state = passed(written(state, "56"), HOLD_SECONDS + STEP)
    assert state.records.attempts[0].seconds == pytest.approx(7.0)
    assert state.records.boxes == {FIFTY_SIX: 1}  # right, but slow
    assert state.screen.seconds == pytest.approx(HOLD_SECONDS + 0.2, abs=3 * STEP)
    state = passed(state, PRAISE_SECONDS + STEP)
    before = state.screen.seconds
    assert passed(state, 3.0).screen.seconds == pytest.approx(before + 3.0, abs=2 * STEP)


def test_when_the_time_is_up_an_answer_that_is_begun_may_be_finished() -> None:
    state = passed(solved(game()), GAME_SECONDS - 3.0)
    late = written(passed(state, 1.9), str(state.screen.problem.answer))
    assert passed(late, 1.0).screen.right_count == 2
    idle = passed(written(state, "1"), 3.0 + OVERTIME_REST_SECONDS)
    assert (idle.screen.phase, idle.screen.right_count) == (Phase.TIME_UP, 1)
    review = state_after(idle, Do.ACCEPT).screen
    assert isinstance(review, SumsReview)
    assert [one.right for one in review.rounds] == [True]


def test_who_solved_none_in_time_sees_the_problem_without_a_cross() -> None:
    state = passed(written(game(), "5"), GAME_SECONDS + 1.0)
    review = state_after(state, Do.ACCEPT).screen
    assert [(one.problem, one.counts) for one in review.rounds] == [(FIFTY_SIX, False)]
    assert state.records.attempts == ()


@pytest.mark.parametrize("timer", ["normal", "off"])
def test_without_a_clock_there_are_ten_problems(timer: str) -> None:
    plan = Plan((Operation.TIMES,), 2, timed=timer == "off")
    state = game(plan, timer=timer)
    assert state.screen.seconds_left is None
    state = passed(state, 2 * GAME_SECONDS)
    for _ in range(PROBLEMS - 1):
        state = solved(state)
        assert state.screen.phase is Phase.WRITING
    state = passed(solved(state), 10.0)  # the last one waits for the reader
    assert state.screen.phase is Phase.RIGHT
    review = state_after(state, Do.ACCEPT)
    assert (review.screen.score, review.screen.best_ever) == (PROBLEMS * 2 * POINTS, True)
    named = state_after(review, Do.ACCEPT, events.Typed("Ada"), Do.ACCEPT)
    assert named.screen.page is Page.SCORES
    assert named.records.name == "Ada"
    assert [one.points for one in named.records.top("sums")] == [200]


def test_what_was_missed_comes_first_in_the_review() -> None:
    state = game(Plan((Operation.TIMES,), 2, timed=False))
    for _ in range(PROBLEMS - 1):
        state = solved(state)
    state = state_after(asked(state, "1"), Do.ACCEPT, Do.ACCEPT)
    assert [one.right for one in state.screen.rounds] == [False] + [True] * (PROBLEMS - 1)


def test_the_choices_are_kept_and_start_the_game() -> None:
    state = state_after(State(net=Net.READY), Go("sums"))
    state = state_after(
        state,
        Set("operation", "÷"),
        Set("operation", "+"),
        Choose(7),
        Digit(3),
        Set("clock", "off"),
    )
    plan = Plan((Operation.DIVIDED,), 3, (2, 5, 7, 10), timed=False)
    assert state.settings.sums == plan
    started = state_after(state, Do.ACCEPT)
    assert isinstance(started.screen, SumsGame)
    assert started.screen.plan == plan
    assert started.seed == state.seed + 1
    mine = state_after(state, Go("my-sums"))
    assert isinstance(mine.screen, MySums)
    assert isinstance(state_after(mine, Do.BACK).screen, Setup)
    practised = state_after(mine, Choose(8))
    assert practised.settings.sums == replace(plan, tables=(8,))
    assert isinstance(practised.screen, Setup)


def happening(rng: random.Random) -> Iterable[Event]:
    """Something that a player or the machine may do."""
    x, y = rng.uniform(0, NUMBER_WIDTH), rng.random()
    match rng.randrange(8):
        case 0:
            return (events.Press(x, y), Tick(0.1), events.Move(x, 1 - y), events.Lift())
        case 1:
            return (Digit(rng.randrange(10)),)
        case 2:
            keys = [Do.ACCEPT, Do.ACCEPT, Do.CLEAR, Do.UNDO, Do.REDO, Do.SKIP, Do.PAUSE, Do.BACK]
            return (rng.choice(keys),)
        case _:
            return (Tick(rng.choice([0.05, 0.2, 1.0, 5.0])),)


@pytest.mark.parametrize("seed", range(2))
def test_whatever_happens_the_score_and_the_boxes_are_those_of_the_answers(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - chaos, not a secret
    state, ended = game(Plan((Operation.TIMES,), 1, timed=seed % 2 == 0)), 0
    for _ in range(800):
        for event in happening(rng):
            before, state = state, state_after(state, event)
            if isinstance(state.screen, SumsReview):
                ended += 1
                state = replace(game(), records=state.records)
            assert isinstance(state.screen, SumsGame)
            assert state.screen.score == POINTS * state.screen.plan.level * state.screen.right_count
            assert len(state.records.attempts) - len(before.records.attempts) in {0, 1}
            assert state.sketch.width == NUMBER_WIDTH
        if state.sketch.strokes and rng.random() < 0.7:
            said = str(rng.choice([state.screen.problem.answer, rng.randrange(100)]))
            read = replace(number(said), strokes=state.sketch.strokes)
            state = state_after(state, events.NumberRead(read))
    assert state.records.attempts
    assert ended
