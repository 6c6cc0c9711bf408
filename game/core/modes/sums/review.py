"""The review of the sums: every problem with its answer, those that were not right first."""

from dataclasses import dataclass, field, replace
from typing import ClassVar

from game.core.modes.review import Page, Review
from game.core.state import State
from game.core.values.mood import Mood
from game.core.values.rounds import Round
from game.core.values.sketch import Sketch, later
from game.core.values.sums import Problem


@dataclass(frozen=True)
class Solved(Round):
    """A problem that was answered; `digit` is its answer and `guess` what the player wrote."""

    problem: Problem = field(kw_only=True)
    counts: bool = field(default=True, kw_only=True)
    """Whether it was answered at all: not if the time was up before."""


@dataclass(frozen=True)
class SumsReview(Review):
    """The review of a game."""

    scene_name: ClassVar[str] = "sums.review"

    rounds: tuple[Solved, ...]

    def mood(self, state: State) -> Mood | None:
        """Return the mood: whatever was missed, the creature is glad of what was right."""
        if self.page is not Page.DRAWINGS:
            return super().mood(state)
        return Mood.DELIGHTED if self.score else Mood.AWAKE


def solution(
    state: State, problem: Problem, said: int | None, points: int, *, counts: bool = True
) -> Solved:
    """Return the problem as it was answered, with the strokes in seconds since the first."""
    strokes = state.lifted.sketch.strokes
    strokes = later(strokes, -strokes[0][0][2], 0.0) if strokes else ()
    seconds = strokes[-1][-1][2] if strokes else 0.0
    return Solved(
        problem.answer, said, points, seconds, 0.0, strokes, problem=problem, counts=counts
    )


def reviewed(state: State, rounds: tuple[Solved, ...]) -> State:
    """Return the state with the review of a game of these rounds; there is at least one."""
    ordered = tuple(sorted(rounds, key=lambda solved: solved.right))
    return replace(state.with_pad(Sketch()), screen=SumsReview.of(state, "sums", ordered))
