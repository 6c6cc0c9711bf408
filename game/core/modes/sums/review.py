"""The review of the sums: every problem with its answer, those that were not right first."""

from dataclasses import dataclass, field, replace
from typing import ClassVar

from game.core.modes.review import Page, Review
from game.core.state import State
from game.core.values.mood import Mood
from game.core.values.rounds import Round
from game.core.values.sketch import Sketch, shifted
from game.core.values.sums import Problem


@dataclass(frozen=True)
class AnsweredProblem(Round):
    """A problem that was answered; `digit` is its answer and `guess` what the player wrote."""

    problem: Problem = field(kw_only=True)
    counts: bool = field(default=True, kw_only=True)
    """Whether it counts as right or wrong: not if the game ended before any answer."""


@dataclass(frozen=True)
class SumsReview(Review):
    """The review of a game."""

    scene_name: ClassVar[str] = "sums.review"

    rounds: tuple[AnsweredProblem, ...]

    def mood(self, state: State) -> Mood | None:
        """Return the mood: wrong answers do not change it if at least one was right."""
        if self.page is not Page.DRAWINGS:
            return super().mood(state)
        return Mood.DELIGHTED if self.score else Mood.AWAKE


def answered_problem(
    state: State, problem: Problem, said: int | None, points: int, *, counts: bool = True
) -> AnsweredProblem:
    """Return the problem with its answer `said`, and the pad's strokes, timed from the first one.

    `said` is None if the player gave no answer.
    """
    strokes = state.lifted.sketch.strokes
    strokes = shifted(strokes, -strokes[0][0][2], 0.0) if strokes else ()
    seconds = strokes[-1][-1][2] if strokes else 0.0
    return AnsweredProblem(
        problem.answer, said, points, seconds, 0.0, strokes, problem=problem, counts=counts
    )


def reviewed(state: State, rounds: tuple[AnsweredProblem, ...]) -> State:
    """Return the state with the review of a game of these rounds; there is at least one."""
    ordered = tuple(sorted(rounds, key=lambda answered: answered.right))
    return replace(state.with_pad(Sketch()), screen=SumsReview.of(state, "sums", ordered))
