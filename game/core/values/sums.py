"""Problems of arithmetic: what a player chooses to practise, and how well each fact is known.

A fact moves through Leitner's boxes: up when it is answered quickly, down when slowly, and back to
the first one when wrong (S. Leitner, "So lernt man lernen", 1972). Low boxes are asked more often.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from game.core.wording import FIXED_SPACE

HIGHEST_NUMBERS = {1: 10, 2: 20, 3: 100}
"""The highest numbers of sums and differences at each level."""

HIGHEST_TABLES = {1: 5, 2: 10, 3: 12}
"""The highest factor in the chosen times tables at each level."""

LEVELS = tuple(HIGHEST_NUMBERS)
TABLES = tuple(range(1, 13))
"""The times tables that can be chosen."""

BOXES = 5
NEW_BOX = 2
"""The box that a fact is in before its first answer."""

FREQUENCIES = {1: 8, 2: 4, 3: 3, 4: 2, 5: 1}
"""How often a problem comes from each box, relative to the other boxes that hold a fact."""

UNSEEN = 4
"""The same for the facts that were never asked."""

APART = 3
"""Least number of other problems between two of the same fact, if there are enough facts."""

SLOW_SECONDS, SLOW_SECONDS_LARGE = 5.0, 12.0
"""Time to think beyond which an answer is slow; the second one where both numbers are large."""

LARGE = 20
"""Sums and differences of numbers beyond this are worked out rather than known by heart."""


class Operation(StrEnum):
    """An operation, by the sign that is shown and stored."""

    PLUS = "+"
    MINUS = "\N{MINUS SIGN}"
    TIMES = "×"
    DIVIDED = "÷"


@dataclass(frozen=True, order=True)
class Problem:
    """Two numbers and what to do with them."""

    operation: Operation
    first: int
    second: int

    @property
    def answer(self) -> int:
        """The answer, which is never negative."""
        match self.operation:
            case Operation.PLUS:
                return self.first + self.second
            case Operation.MINUS:
                return self.first - self.second
            case Operation.TIMES:
                return self.first * self.second
        return self.first // self.second

    @property
    def is_valid(self) -> bool:
        """Whether the answer is a whole number, which is not negative."""
        if self.operation is Operation.DIVIDED and (not self.second or self.first % self.second):
            return False
        return min(self.first, self.second, self.answer) >= 0

    @property
    def text(self) -> str:
        """The problem as it is shown, such as "7 × 8"."""
        return FIXED_SPACE.join((str(self.first), self.operation.value, str(self.second)))

    @property
    def equation(self) -> str:
        """The problem with its answer, such as "7 × 8 = 56"."""
        return FIXED_SPACE.join((self.text, "=", str(self.answer)))

    @property
    def fact(self) -> "Problem":
        """The fact behind it: 8 × 7 and 7 × 8 are the same fact."""
        if self.operation in {Operation.PLUS, Operation.TIMES} and self.first > self.second:
            return Problem(self.operation, self.second, self.first)
        return self

    @property
    def slow_seconds(self) -> float:
        """Time to think beyond which an answer is slow."""
        is_large = self.operation in {Operation.PLUS, Operation.MINUS} and (
            max(self.first, self.answer) > LARGE
        )
        return SLOW_SECONDS_LARGE if is_large else SLOW_SECONDS


@dataclass(frozen=True)
class Attempt:
    """One answer that counted."""

    problem: Problem
    right: bool
    seconds: float
    """Time to think: until the pen first touched the paper."""


@dataclass(frozen=True)
class Plan:
    """What a player practises."""

    operations: tuple[Operation, ...] = (Operation.PLUS,)
    """One or more, in the order of `Operation`."""
    level: int = 1
    tables: tuple[int, ...] = (2, 5, 10)
    """One or more of `TABLES`, in order."""
    timed: bool = True
    """Whether the game is against the clock; without one it has a number of problems."""

    @property
    def is_valid(self) -> bool:
        """Whether each choice is one that the game offers."""
        return (
            _chosen(self.operations, Operation)
            and _chosen(self.tables, TABLES)
            and self.level in LEVELS
        )

    def toggled(self, choice: Operation | int) -> "Plan":
        """Return the plan with an operation or a table added, or removed unless it is the last."""
        if isinstance(choice, Operation):
            operations = tuple(sorted({*self.operations} ^ {choice}, key=list(Operation).index))
            return replace(self, operations=operations or self.operations)
        tables = tuple(sorted({*self.tables} ^ {choice}))
        return replace(self, tables=tables or self.tables)

    @property
    def uses_tables(self) -> bool:
        """Whether the chosen tables make a difference."""
        return bool({Operation.TIMES, Operation.DIVIDED} & {*self.operations})


def _chosen(chosen: Sequence[object], offered: Iterable[object]) -> bool:
    return bool(chosen) and list(chosen) == [one for one in offered if one in chosen]


@lru_cache(maxsize=32)
def problems(operation: Operation, level: int, tables: tuple[int, ...]) -> tuple[Problem, ...]:
    """Return all problems of an operation at a level, each in every order of its numbers."""
    pairs: Iterable[tuple[int, int]]
    match operation:
        case Operation.PLUS:
            least, low, high = ((1, 2, 10), (1, 11, 20), (10, 21, 100))[level - 1]
            pairs = (
                (first, second)
                for first in range(least, high)
                for second in range(max(least, low - first), high - first + 1)
            )
        case Operation.MINUS:
            least, low, high = ((1, 1, 10), (1, 11, 20), (10, 21, 100))[level - 1]
            pairs = (
                (first, second)
                for first in range(low, high + 1)
                for second in range(least, first + 1)
            )
        case _:
            factors = range(1, HIGHEST_TABLES[level] + 1)
            products = {(one, other) for one in tables for other in factors}
            if operation is Operation.TIMES:
                pairs = sorted(products | {(other, one) for one, other in products})
            else:
                pairs = ((one * other, one) for one, other in sorted(products))
    return tuple(Problem(operation, first, second) for first, second in pairs)


def boxes(attempts: Iterable[Attempt]) -> dict[Problem, int]:
    """Return the box of each fact that was answered, from 1, wrong the last time, to `BOXES`."""
    found: dict[Problem, int] = {}
    for attempt in attempts:
        fact, problem = attempt.problem.fact, attempt.problem
        box = found.get(fact, NEW_BOX)
        if not attempt.right:
            found[fact] = 1
        elif attempt.seconds > problem.slow_seconds:
            found[fact] = max(1, box - 1)
        else:
            found[fact] = min(BOXES, box + 1)
    return found


def next_problem(
    plan: Plan, known: Mapping[Problem, int], asked: Sequence[Problem], seed: int
) -> Problem:
    """Return the problem to ask now: of a random operation, from a random box.

    Args:
        plan: what the player practises.
        known: the box of each fact; see `boxes`.
        asked: the problems of this game so far; the latest facts are not asked again at once.
        seed: the same seed gives the same problems.
    """
    chance = random.Random(f"{seed} {len(asked)}")  # noqa: S311 - not used for security
    operation = chance.choice(plan.operations)
    latest = {problem.fact for problem in asked[-APART:]}
    every = problems(operation, plan.level, plan.tables)
    drawn_from: dict[int, list[Problem]] = defaultdict(list)
    for problem in [one for one in every if one.fact not in latest] or every:
        drawn_from[known.get(problem.fact, 0)].append(problem)
    frequencies = [FREQUENCIES.get(box, UNSEEN) for box in drawn_from]
    (box,) = chance.choices(list(drawn_from), frequencies)
    return chance.choice(drawn_from[box])
