"""The game "Sums": problems whose answers are written by hand.

An answer is taken as soon as it is read and right. A wrong one counts only when the player says
that it is the answer, and a digit that was misread is corrected with its key.
"""

from dataclasses import dataclass, replace
from enum import Enum
from typing import ClassVar, Self

from game.core.effects import PlaySound
from game.core.events import Digit, Do, Event
from game.core.language import mark
from game.core.modes.sums.review import Solved, reviewed, solution
from game.core.state import Help, Net, Outcome, Response, Screen, State
from game.core.values.answers import corrected, legible, may_be
from game.core.values.mood import Mood
from game.core.values.records import Records
from game.core.values.rounds import STARTLE_SECONDS
from game.core.values.sketch import NUMBER_WIDTH, Sketch, Strokes
from game.core.values.sums import Attempt, Plan, Problem, next_problem

GAME_SECONDS = 60.0
PROBLEMS = 10
"""Problems of a game without a clock."""
HOLD_SECONDS = 0.5
"""How long the right answer has to be read, with the pen lifted, until it is taken."""
PRAISE_SECONDS = 0.9
"""How long a right answer is shown until the next problem follows."""
LAST_SECONDS, LAST_REST_SECONDS = 10.0, 2.0
"""When the time is up, an answer that is begun may take so much longer, and rest for so long."""
POINTS = 10
"""Points for a right answer at the first level; twice and three times as many at the others."""


class Phase(Enum):
    """Phases of a problem."""

    WRITING = "writing"
    ASKED = "asked"
    """The player is asked whether what was read is the answer."""
    RIGHT = "right"
    WRONG = "wrong"
    TIME_UP = "time up"
    """The game is over, and the last problem has no answer."""


@dataclass(frozen=True)
class SumsGame(Screen):
    """One game, from the first problem on."""

    scene_name: ClassVar[str] = "sums.game"
    is_game: ClassVar[bool] = True
    only_sheet: ClassVar[str] = "number"
    help: ClassVar[Help] = (
        (mark("The game"), mark("Write the answer. As soon as the right one is read, it is taken")),
        (mark("Misread?"), mark("Press the digit that you wrote. It costs no time and no points")),
        (mark("Wrong?"), mark("It counts only if you press Enter twice. {skip} shows the answer")),
        (
            mark("Points"),
            mark("10 for a right answer, at level 2 they are 20, at level 3 they are 30"),
        ),
        (mark("My sums"), mark("What was wrong or slow is asked again sooner, until you know it")),
    )

    plan: Plan
    problem: Problem
    seed: int = 0
    phase: Phase = Phase.WRITING
    seconds: float = 0.0
    """Seconds on the clock, which starts with the first stroke of the game."""
    seconds_before: float = 0.0
    """The same when the pen began this answer."""
    thinking: float = 0.0
    """Seconds for which the problem was shown until the pen began."""
    has_begun: bool = False
    """Whether something was written for this problem."""
    is_done: bool = False
    """Whether the player said so before the answer was read."""
    held: float = 0.0
    """Seconds for which the right answer has been read."""
    waited: float = 0.0
    """Seconds since the phase began."""
    said: str = ""
    """The answer as the player corrected it, digit by digit."""
    said_of: Strokes = ()
    """The drawing that the player corrected."""
    rounds: tuple[Solved, ...] = ()

    @classmethod
    def start(cls, state: State) -> "SumsGame":
        """Return a game of what the player chose."""
        plan = chosen(state)
        return cls(plan, next_problem(plan, state.records.boxes, (), state.seed), state.seed)

    @property
    def page_key(self) -> tuple[object, ...]:
        """The phase and the problem; see `Screen.page_key`."""
        return self.phase, len(self.rounds)

    @property
    def drawable(self) -> bool:
        """Whether the pen may draw: also to go on with an answer that is asked for."""
        return self.phase in {Phase.WRITING, Phase.ASKED}

    @property
    def erasable(self) -> bool:
        """Whether ink may be removed."""
        return self.phase is Phase.WRITING

    @property
    def score(self) -> int:
        """The player's points."""
        return sum(solved.points for solved in self.rounds)

    @property
    def right_count(self) -> int:
        """How many answers were right."""
        return sum(solved.right for solved in self.rounds)

    @property
    def seconds_left(self) -> float | None:
        """Seconds left on the clock; None without one."""
        return max(0.0, GAME_SECONDS - self.seconds) if self.plan.timed else None

    @property
    def is_over(self) -> bool:
        """Whether no problem follows the one that is shown."""
        count = len(self.rounds)
        return self.seconds >= GAME_SECONDS if self.plan.timed else count >= PROBLEMS

    def answer(self, state: State) -> str:
        """Return the answer as it was read or corrected; "" while there is none."""
        number = state.number
        if number is None or not state.number_is_read or not legible(number):
            return ""
        return self.said if self.said and self.said_of == number.strokes else number.text

    def is_right(self, state: State) -> bool:
        """Return whether the right answer is read, perhaps with doubt, and the pen is lifted."""
        answer, number, wanted = self.answer(state), state.number, self.problem.answer
        if not answer or number is None or state.sketch.pen_down:
            return False
        return int(answer) == wanted or (answer == number.text and may_be(number, wanted))

    def tick(self, state: State, seconds: float) -> Self:
        """Return the game some time later; the clock stands while an answer is judged."""
        if state.net is not Net.READY:
            return self
        if self.phase is not Phase.WRITING:
            game = replace(self, waited=self.waited + seconds)
            goes_on = self.phase is Phase.RIGHT and game.waited >= PRAISE_SECONDS
            return game.next_problem(state) if goes_on and not game.is_over else game
        game = self._later(state, seconds) if self.has_begun or self.rounds else self
        return game if self.has_begun else replace(game, thinking=self.thinking + seconds)

    def _later(self, state: State, seconds: float) -> Self:
        """Return the game with the clock running, and what it takes or ends meanwhile.

        The clock waits while what was written is being read.
        """
        strokes = state.sketch.strokes
        waits = strokes and not state.sketch.pen_down and not state.number_is_read
        held = self.held + seconds if self.is_right(state) else 0.0
        game = replace(self, seconds=self.seconds + (0.0 if waits else seconds), held=held)
        if held >= HOLD_SECONDS:
            return game.solved(state, game.problem.answer)
        if game.is_done and state.number_is_read:
            return game.done(state)
        rest = state.now - strokes[-1][-1][2] if strokes else LAST_REST_SECONDS
        begun = rest < LAST_REST_SECONDS and game.seconds < GAME_SECONDS + LAST_SECONDS
        if game.plan.timed and game.is_over and not (begun or waits or held):
            return replace(game, phase=Phase.TIME_UP, waited=0.0)
        return game

    def begin_stroke(self, state: State) -> State:
        """Start the clock, and go on with an answer that the player was asked for."""
        game = replace(self, phase=Phase.WRITING, has_begun=True, is_done=False)
        if not state.sketch.strokes:
            game = replace(game, seconds_before=self.seconds)
        return replace(state, screen=game)

    def handle(self, state: State, event: Event) -> Response:
        """Take or correct an answer, show it, or go on."""
        match event, self.phase:
            case Digit(digit), Phase.WRITING | Phase.ASKED if answer := self.answer(state):
                return self._corrected(state, answer, digit)
            case Do.ACCEPT, Phase.WRITING if state.sketch.strokes:
                return replace(state.lifted, screen=self.done(state.lifted))
            case Do.ACCEPT, Phase.ASKED if self.waited >= STARTLE_SECONDS:
                answer = self.answer(state)
                return self.solved(state, int(answer)) if answer else self
            case Do.CLEAR, Phase.ASKED:
                again = replace(self, phase=Phase.WRITING, seconds=self.seconds_before)
                return replace(state.with_pad(Sketch(width=NUMBER_WIDTH)), screen=again)
            case Do.SKIP, Phase.WRITING | Phase.ASKED:
                return self.solved(state, None)
            case Do.ACCEPT, Phase.RIGHT | Phase.WRONG if not self.is_over:
                return self.next_problem(state)
            case Do.ACCEPT, Phase.RIGHT | Phase.WRONG | Phase.TIME_UP:
                unsolved = (solution(state, self.problem, None, 0, counts=False),)
                return reviewed(state, self.rounds or unsolved)
        return super().handle(state, event)

    def _corrected(self, state: State, answer: str, digit: int) -> Self:
        """Return the game after the player named a digit that was misread.

        If the answer is then right, the time since it was written is given back.
        """
        number, strokes = state.number, state.sketch.strokes
        if number is None:
            return self
        said = corrected(number, answer, digit, self.problem.answer)
        if int(said) != self.problem.answer:
            return replace(self, said=said, said_of=strokes)
        spent = self.seconds_before + strokes[-1][-1][2] - strokes[0][0][2]
        game = replace(self, seconds=min(self.seconds, spent))
        return game.solved(state, self.problem.answer)

    def done(self, state: State) -> Self:
        """Return the game after the player said that the answer is written, if it can be read."""
        if not state.number_is_read:
            return replace(self, is_done=True)
        if self.is_right(state):
            return self.solved(state, self.problem.answer)
        phase = Phase.ASKED if self.answer(state) else self.phase
        return replace(self, phase=phase, is_done=False, waited=0.0)

    def solved(self, state: State, said: int | None) -> Self:
        """Return the game after an answer that counts; None if the player had none."""
        right = said == self.problem.answer
        played = solution(state, self.problem, said, POINTS * self.plan.level if right else 0)
        phase = Phase.RIGHT if right else Phase.WRONG
        return replace(self, phase=phase, waited=0.0, rounds=(*self.rounds, played))

    def next_problem(self, state: State) -> Self:
        """Return the game with the next problem, which the boxes of the facts decide."""
        asked = [solved.problem for solved in self.rounds]
        problem = next_problem(self.plan, state.records.boxes, asked, self.seed)
        return type(self)(self.plan, problem, self.seed, seconds=self.seconds, rounds=self.rounds)

    def mood(self, state: State) -> Mood | None:
        """Return the mood after an answer; a wrong one is taken lightly."""
        del state
        return {
            Phase.ASKED: Mood.TORN,
            Phase.RIGHT: Mood.DELIGHTED,
            Phase.WRONG: Mood.AWAKE,
            Phase.TIME_UP: Mood.DELIGHTED if self.right_count else Mood.AWAKE,
        }.get(self.phase)

    def after_event(self, before: State, state: State) -> Outcome:
        """Record an answer that counts, and empty the paper for the next problem."""
        old = before.screen
        if not isinstance(old, SumsGame) or old.phase is self.phase:
            return state
        if len(self.rounds) > len(old.rounds):
            right = self.phase is Phase.RIGHT
            added = Records(attempts=(Attempt(self.problem, right, self.thinking),))
            state, stored = state.lifted.with_records(added)
            return state, (*stored, PlaySound("right" if right else "wrong"))
        if self.phase is Phase.WRITING and self.rounds and not self.has_begun:
            state = state.with_pad(Sketch(width=NUMBER_WIDTH))
        return state, (PlaySound("turn"),)


def chosen(state: State) -> Plan:
    """Return what the player chose, without a clock if the settings have none."""
    plan = state.settings.sums
    return replace(plan, timed=plan.timed and state.settings.timer != "off")
