"""Problems, and the boxes of what is known."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core.values.records import TRIALS_KEPT, Records
from game.core.values.sums import (
    APART,
    BOXES,
    LEVELS,
    TABLES,
    Attempt,
    Operation,
    Plan,
    Problem,
    boxes,
    next_problem,
    problems,
)

PLUS, MINUS, TIMES, DIVIDED = Operation
SEVEN_EIGHTS = Problem(TIMES, 7, 8)
SOME_TABLES = (2, 7)


@pytest.mark.parametrize(
    ("problem", "text", "equation"),
    [
        (Problem(PLUS, 3, 4), "3 + 4", "3 + 4 = 7"),
        (Problem(MINUS, 12, 12), "12 − 12", "12 − 12 = 0"),  # noqa: RUF001 - the minus sign
        (SEVEN_EIGHTS, "7 × 8", "7 × 8 = 56"),
        (Problem(DIVIDED, 56, 8), "56 ÷ 8", "56 ÷ 8 = 7"),
    ],
)
def test_a_problem_is_written_on_one_line(problem: Problem, text: str, equation: str) -> None:
    assert (problem.text, problem.equation) == (
        text.replace(" ", "\xa0"),
        equation.replace(" ", "\xa0"),
    )
    assert problem.is_valid


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("operation", Operation)
def test_every_level_has_problems_of_its_size(operation: Operation, level: int) -> None:
    found = problems(operation, level, SOME_TABLES)
    assert len(found) == len(set(found)) >= 10
    assert all(one.is_valid and one.operation is operation for one in found)
    largest = max(max(one.first, one.second, one.answer) for one in found)
    if operation in {PLUS, MINUS}:
        assert largest == (10, 20, 100)[level - 1]
    else:
        assert largest == 7 * (5, 10, 12)[level - 1]
        smaller = {min(one.first, one.second, one.answer) for one in found}
        assert max(smaller) <= 7


def test_the_tables_are_those_that_were_chosen_in_both_orders() -> None:
    found = problems(TIMES, 2, SOME_TABLES)
    assert {SEVEN_EIGHTS, Problem(TIMES, 8, 7)} <= {*found}
    assert all({one.first, one.second} & {*SOME_TABLES} for one in found)
    assert {one.second for one in problems(DIVIDED, 2, SOME_TABLES)} == {*SOME_TABLES}


@pytest.mark.parametrize(
    ("answers", "box"),
    [
        ((), None),
        (((True, 1.0),), 3),
        (((True, 1.0),) * 9, BOXES),
        (((True, 5.1),), 1),
        (((True, 1.0), (True, 1.0), (True, 5.1)), 3),
        (((True, 1.0), (True, 1.0), (False, 1.0)), 1),
    ],
)
def test_a_fact_goes_up_if_quick_down_if_slow_and_back_if_wrong(
    answers: tuple[tuple[bool, float], ...], box: int | None
) -> None:
    attempts = tuple(Attempt(SEVEN_EIGHTS, *one) for one in answers)
    assert boxes(attempts).get(SEVEN_EIGHTS) == box


def test_both_orders_are_one_fact_and_large_numbers_may_take_longer() -> None:
    turned = Attempt(Problem(TIMES, 8, 7), right=False, seconds=1.0)
    assert boxes((turned,)) == {SEVEN_EIGHTS: 1}
    assert Problem(MINUS, 8, 7).fact == Problem(MINUS, 8, 7)
    large = Problem(PLUS, 38, 47)
    assert boxes((Attempt(large, right=True, seconds=8.0),)) == {large: 3}


def test_what_was_wrong_comes_again_sooner_but_not_at_once() -> None:
    plan = Plan((TIMES,), 2, TABLES)
    known = {one.fact: 3 for one in problems(TIMES, 2, TABLES)} | {SEVEN_EIGHTS: 1}
    asked: list[Problem] = []
    for _ in range(300):
        asked.append(next_problem(plan, known, asked, seed=5))
    times = [at for at, one in enumerate(asked) if one.fact == SEVEN_EIGHTS]
    assert len(times) > 30
    assert min(after - before for before, after in pairwise(times)) > APART
    assert Counter(one.fact for one in asked).most_common(2)[1][1] < len(times) / 3


@settings(max_examples=25)
@given(
    st.integers(0, 2**40),
    st.sets(st.sampled_from(Operation), min_size=1),
    st.sampled_from(LEVELS),
    st.sets(st.sampled_from(TABLES), min_size=1),
)
def test_each_choice_has_a_game_and_the_same_seed_the_same_one(
    seed: int, operations: set[Operation], level: int, tables: set[int]
) -> None:
    plan = Plan(tuple(one for one in Operation if one in operations), level, tuple(sorted(tables)))
    assert plan.is_valid
    asked: list[Problem] = []
    for _ in range(5):
        problem = next_problem(plan, {}, asked, seed)
        assert problem == next_problem(plan, {}, asked, seed)
        assert problem in problems(problem.operation, level, plan.tables)
        assert problem.operation in operations
        asked.append(problem)


def test_the_last_operation_and_the_last_table_stay_chosen() -> None:
    plan = Plan((PLUS,), tables=(3,))
    assert plan.toggled(PLUS) == plan.toggled(3) == plan
    both = plan.toggled(DIVIDED).toggled(2).toggled(PLUS)
    assert (both.operations, both.tables) == ((DIVIDED,), (2, 3))
    assert both.uses_tables > plan.uses_tables


def test_records_of_two_games_add_up_and_the_latest_are_kept() -> None:
    wrong = Attempt(SEVEN_EIGHTS, right=False, seconds=1.0)
    right = Attempt(SEVEN_EIGHTS, right=True, seconds=1.0)
    records = Records(attempts=(wrong,)).plus(Records(attempts=(right, right)))
    assert records.boxes == {SEVEN_EIGHTS: 3}
    full = records.plus(Records(attempts=(right,) * TRIALS_KEPT))
    assert len(full.attempts) == TRIALS_KEPT
    assert wrong not in full.attempts
