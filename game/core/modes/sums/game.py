"""The game "Sums": problems whose answers are written by hand.

A right answer is taken as soon as it is read. A wrong one counts only after the player has
confirmed it. A digit that was misread is corrected with its key.
"""

from dataclasses import dataclass, replace
from enum import Enum
from typing import ClassVar, Self

from game.core.effects import PlaySound
from game.core.events import Digit, Do, Event
from game.core.language import mark
from game.core.modes.sums.review import AnsweredProblem, answered_problem, reviewed
from game.core.state import Help, Net, Outcome, Response, Screen, State
from game.core.values.answers import corrected, legible, may_be
from game.core.values.mood import Mood
from game.core.values.records import Records
from game.core.values.rounds import IGNORE_SECONDS
from game.core.values.sketch import NUMBER_WIDTH, Sketch, Strokes
from game.core.values.sums import Attempt, Plan, Problem, next_problem

GAME_SECONDS = 60.0
PROBLEMS = 10
"""Problems of a game without a clock."""
HOLD_SECONDS = 0.5
"""How long the network has to read the right answer, with the pen lifted, until it is taken."""
PRAISE_SECONDS = 0.9
"""How long a right answer is shown until the next problem follows."""
OVERTIME_SECONDS, OVERTIME_REST_SECONDS = 10.0, 2.0
"""Most time for finishing an answer when the clock has run out, and the time without drawing that
ends it earlier."""
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
    """The same when this answer was begun."""
    thinking: float = 0.0
    """Seconds from when the problem was shown until the pen touched the paper."""
    has_begun: bool = False
    """Whether something was written for this problem."""
    is_submitted: bool = False
    """Whether the player pressed Done before the answer was read."""
    held: float = 0.0
    """Seconds for which the right answer has been read."""
    waited: float = 0.0
    """Seconds since the phase began."""
    correction: str = ""
    """The answer as the player corrected it, digit by digit; "" if they did not."""
    corrected_strokes: Strokes = ()
    """The drawing that `correction` is about; it says nothing of a later one."""
    rounds: tuple[AnsweredProblem, ...] = ()

    @classmethod
    def start(cls, state: State) -> "SumsGame":
        """Return a game of what the player chose to practise."""
        plan = chosen_plan(state)
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
        return sum(answered.points for answered in self.rounds)

    @property
    def right_count(self) -> int:
        """How many answers were right."""
        return sum(answered.right for answered in self.rounds)

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
        is_corrected = self.correction and self.corrected_strokes == number.strokes
        return self.correction if is_corrected else number.text

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
        """Return the game some time later in an answer, which may be taken, or end the game.

        The clock waits while the network reads what was written.
        """
        strokes = state.sketch.strokes
        waits = strokes and not state.sketch.pen_down and not state.number_is_read
        held = self.held + seconds if self.is_right(state) else 0.0
        game = replace(self, seconds=self.seconds + (0.0 if waits else seconds), held=held)
        if held >= HOLD_SECONDS:
            return game.answered(state, game.problem.answer)
        if game.is_submitted and state.number_is_read:
            return game.judged(state)
        rest = state.now - strokes[-1][-1][2] if strokes else OVERTIME_REST_SECONDS
        may_finish = rest < OVERTIME_REST_SECONDS and game.seconds < GAME_SECONDS + OVERTIME_SECONDS
        if game.plan.timed and game.is_over and not (may_finish or waits or held):
            return replace(game, phase=Phase.TIME_UP, waited=0.0)
        return game

    def begin_stroke(self, state: State) -> State:
        """Start the clock, and go on with an answer that the player was asked for."""
        game = replace(self, phase=Phase.WRITING, has_begun=True, is_submitted=False)
        if not state.sketch.strokes:
            game = replace(game, seconds_before=self.seconds)
        return replace(state, screen=game)

    def handle(self, state: State, event: Event) -> Response:
        """Take or correct an answer, show it, or go on."""
        match event, self.phase:
            case Digit(digit), Phase.WRITING | Phase.ASKED if answer := self.answer(state):
                return self._corrected(state, answer, digit)
            case Do.ACCEPT, Phase.WRITING if state.sketch.strokes:
                return replace(state.lifted, screen=self.judged(state.lifted))
            case Do.ACCEPT, Phase.ASKED if self.waited >= IGNORE_SECONDS:
                answer = self.answer(state)
                return self.answered(state, int(answer)) if answer else self
            case Do.CLEAR, Phase.ASKED:
                again = replace(self, phase=Phase.WRITING, seconds=self.seconds_before)
                return replace(state.with_pad(Sketch(width=NUMBER_WIDTH)), screen=again)
            case Do.SKIP, Phase.WRITING | Phase.ASKED:
                return self.answered(state, None)
            case Do.ACCEPT, Phase.RIGHT | Phase.WRONG if not self.is_over:
                return self.next_problem(state)
            case Do.ACCEPT, Phase.RIGHT | Phase.WRONG | Phase.TIME_UP:
                unsolved = (answered_problem(state, self.problem, None, 0, counts=False),)
                return reviewed(state, self.rounds or unsolved)
        return super().handle(state, event)

    def _corrected(self, state: State, answer: str, digit: int) -> Self:
        """Return the game after the player named a digit that was misread.

        If the answer is then right, the time since it was written is given back.
        """
        number, strokes = state.number, state.sketch.strokes
        if number is None:
            return self
        correction = corrected(number, answer, digit, self.problem.answer)
        if int(correction) != self.problem.answer:
            return replace(self, correction=correction, corrected_strokes=strokes)
        spent = self.seconds_before + strokes[-1][-1][2] - strokes[0][0][2]
        game = replace(self, seconds=min(self.seconds, spent))
        return game.answered(state, self.problem.answer)

    def judged(self, state: State) -> Self:
        """Return the game after the player pressed Done.

        A right answer is taken, and the player is asked about any other. One that is not read yet
        is judged later, and one that cannot be read changes nothing.
        """
        if not state.number_is_read:
            return replace(self, is_submitted=True)
        if self.is_right(state):
            return self.answered(state, self.problem.answer)
        phase = Phase.ASKED if self.answer(state) else self.phase
        return replace(self, phase=phase, is_submitted=False, waited=0.0)

    def answered(self, state: State, said: int | None) -> Self:
        """Return the game after an answer that counts; `said` is None if the player skipped it."""
        right = said == self.problem.answer
        played = answered_problem(
            state, self.problem, said, POINTS * self.plan.level if right else 0
        )
        phase = Phase.RIGHT if right else Phase.WRONG
        return replace(self, phase=phase, waited=0.0, rounds=(*self.rounds, played))

    def next_problem(self, state: State) -> Self:
        """Return the game with another problem; what the player knows less comes more often."""
        asked = [answered.problem for answered in self.rounds]
        problem = next_problem(self.plan, state.records.boxes, asked, self.seed)
        return type(self)(self.plan, problem, self.seed, seconds=self.seconds, rounds=self.rounds)

    def mood(self, state: State) -> Mood | None:
        """Return the mood after an answer; the creature is never sad about a wrong one."""
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


def chosen_plan(state: State) -> Plan:
    """Return what the player chose to practise, without a clock if the settings have none."""
    plan = state.settings.sums
    return replace(plan, timed=plan.timed and state.settings.timer != "off")
