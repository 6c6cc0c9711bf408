"""A lesson of "Write it": a digit is shown, traced, copied and written by heart."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import ClassVar

from game.core.effects import Ask, FindForms, PlaySound, ReadTurned
from game.core.events import Choose, Digit, Do, Event, Go, TurnedRead
from game.core.language import mark
from game.core.state import Help, Net, Outcome, Response, Screen, State
from game.core.values.mood import Mood
from game.core.values.readings import Turned
from game.core.values.records import MOST_STARS, Records
from game.core.values.rounds import SEEN_SECONDS, digit_read
from game.core.values.sketch import Sketch, Strokes
from game.core.values.writing import FORMS, Verdict, reading_verdict, trace_verdict

LOOK_SECONDS = 1.0
"""Pause before a digit is written, and after it."""

REST_SECONDS = 1.2
"""How long the pen has to rest until a drawing with enough strokes is judged."""

LONG_REST_SECONDS = 3.5
"""The same if it has fewer strokes than the model: another one may follow."""

HELP: Help = (
    (
        mark("The lesson"),
        mark("Watch how a digit is written, trace it, copy it, then write it by heart"),
    ),
    (mark("Stars"), mark("One for a good trace, one for a good copy, and one by heart")),
    (mark("Turned"), mark("A digit in a mirror, or on its head, is recognised as such")),
    (mark("F2 to F5"), mark("Go to another part of the lesson")),
    (mark("0 to 9"), mark("Choose another digit")),
    (mark("For parents"), mark("The ways of writing: a 7 with a bar, a closed 4, a 1 with a foot")),
)


class Step(Enum):
    """The parts of a lesson, in their order."""

    WATCH = "watch"
    TRACE = "trace"
    COPY = "copy"
    BY_HEART = "by heart"


STEPS = tuple(Step)


class Writing(Screen):
    """What the screens of this mode share: they ask how digits are written."""

    help: ClassVar[Help] = HELP

    def question(self, state: State) -> Ask | None:
        """Ask how the digits are written, once."""
        return None if state.forms else FindForms()


@dataclass(frozen=True)
class Lesson(Writing):
    """The lesson of one digit."""

    scene_name: ClassVar[str] = "writing.lesson"

    digit: int
    step: Step = Step.WATCH
    waited: float = 0.0
    """Seconds since the step or the attempt began, or since the verdict."""
    rest_seconds: float = 0.0
    """Seconds for which the pen has been up and the drawing has not changed."""
    finished: bool = False
    """Whether the drawing is to be judged as soon as the network has read it."""
    turned: Turned | None = None
    verdict: Verdict | None = None
    """The verdict on the attempt; None until it was judged."""
    passed: frozenset[Step] = frozenset()
    """The steps that brought a star, in this lesson or an earlier one."""
    star_is_new: bool = False
    """Whether the attempt brought one of them."""

    @classmethod
    def of_digit(cls, state: State, digit: int) -> "Lesson":
        """Return the lesson of a digit, with the stars from earlier lessons.

        Only their number is stored, so they count for the first steps.
        """
        return cls(digit, passed=frozenset(STEPS[1 : 1 + state.records.stars[digit]]))

    @property
    def page_key(self) -> tuple[object, ...]:
        """The step, and whether it is over; see `Screen.page_key`."""
        return self.digit, self.step, self.verdict is not None

    @property
    def drawable(self) -> bool:
        """Whether the pen may draw: when it is the player's turn, or to try again."""
        again = self.verdict is None or (not self.goes_on and self.waited >= SEEN_SECONDS)
        return self.step is not Step.WATCH and again

    @property
    def erasable(self) -> bool:
        """Whether ink may be removed."""
        return self.step is not Step.WATCH and self.verdict is None

    @property
    def goes_on(self) -> bool:
        """Whether the attempt was good."""
        return self.verdict is not None and self.verdict.is_passed

    @property
    def is_over(self) -> bool:
        """Whether the last step was passed."""
        return self.goes_on and self.step is STEPS[-1]

    @property
    def is_completed(self) -> bool:
        """Whether the attempt brought the last star."""
        return self.star_is_new and len(self.passed) == MOST_STARS

    def model(self, state: State) -> Strokes:
        """Return the digit as it is taught, with the times of a slow pen; () until it is known."""
        return state.forms.get((self.digit, state.settings.forms[self.digit]), ())

    def tick(self, state: State, seconds: float) -> "Lesson":
        """Return the lesson some time later."""
        model = self.model(state)
        if not model:
            return self
        rest = 0.0 if state.sketch.pen_down else self.rest_seconds + seconds
        lesson = replace(self, waited=self.waited + seconds, rest_seconds=rest)
        if self.step is Step.WATCH:
            shown_until = LOOK_SECONDS + model[-1][-1][2] + LOOK_SECONDS
            return lesson.at(Step.TRACE) if lesson.waited >= shown_until else lesson
        if self.verdict is not None or not state.sketch.strokes:
            return lesson
        over = lesson.rest_left(state) <= 0
        return lesson.judged(state) if over or self.finished else lesson

    def rest_left(self, state: State) -> float:
        """Return how much longer the pen has to rest until the drawing is judged."""
        enough = len(state.sketch.strokes) >= len(self.model(state))
        return (REST_SECONDS if enough else LONG_REST_SECONDS) - self.rest_seconds

    def at(self, step: Step) -> "Lesson":
        """Return the lesson at the beginning of a step."""
        return Lesson(self.digit, step, passed=self.passed)

    def begin_stroke(self, state: State) -> State:
        """After a verdict, try again on an empty pad; before one, go on with the drawing."""
        if self.verdict is None:
            return replace(state, screen=replace(self, finished=False))
        return replace(state.with_pad(Sketch()), screen=self.at(self.step))

    def handle(self, state: State, event: Event) -> Response:
        """Have the drawing judged, or go to another step or digit."""
        match event:
            case TurnedRead(turned):
                return replace(self, turned=turned)
            case Do.BACK:
                return Go("write")
            case Digit(digit):
                return _on_empty_pad(state, Lesson.of_digit(state, digit))
            case Choose(number) if self.model(state):
                return _on_empty_pad(state, self.at(STEPS[min(max(number, 0), len(STEPS) - 1)]))
            case Do.ACCEPT if self.is_over:
                following = (self.digit + 1) % len(FORMS)
                return _on_empty_pad(state, Lesson.of_digit(state, following))
            case Do.ACCEPT if self.model(state) and (self.step is Step.WATCH or self.goes_on):
                return _on_empty_pad(state, self.at(STEPS[STEPS.index(self.step) + 1]))
            case Do.ACCEPT if self.verdict is not None:
                return _on_empty_pad(state, self.at(self.step))
            case Do.ACCEPT if self.erasable and state.sketch.strokes:
                return replace(state.lifted, screen=replace(self, finished=True))
        return super().handle(state, event)

    def judged(self, state: State) -> "Lesson":
        """Return the lesson with the verdict on the drawing, if it can be given yet."""
        verdict = self._verdict(state)
        if verdict is None:
            return replace(self, finished=True)
        judged = replace(self, verdict=verdict, waited=0.0)
        if not verdict.is_passed or self.step in self.passed:
            return judged
        return replace(judged, passed=self.passed | {self.step}, star_is_new=True)

    def _verdict(self, state: State) -> Verdict | None:
        drawn = state.sketch.strokes
        if self.step is Step.TRACE:
            return trace_verdict(self.model(state), drawn)
        if state.unread or not state.reading or not self.turned or self.turned.strokes != drawn:
            return None
        return reading_verdict(self.digit, state.reading, self.turned)

    def question(self, state: State) -> Ask | None:
        """Ask what the drawing is, and once the pen is lifted what it is when it is turned."""
        if not state.forms or self.step in {Step.WATCH, Step.TRACE}:
            return super().question(state)
        drawn = state.sketch.strokes
        if state.unread or state.net is not Net.READY or state.sketch.pen_down or not drawn:
            return state.unread
        known = self.turned is not None and self.turned.strokes == drawn
        return None if known else ReadTurned(drawn)

    def mood(self, state: State) -> Mood | None:
        """Return the mood while the creature shows the digit, and before and after the verdict."""
        if self.verdict is not None:
            return self._mood_of_verdict(self.verdict)
        if self.step is Step.WATCH:
            return Mood.WATCHING
        if not state.sketch.strokes:
            return None
        read = digit_read(state.reading, 0.0, expected=True)
        return Mood.NEARLY_SURE if read == self.digit else Mood.WATCHING

    def _mood_of_verdict(self, verdict: Verdict) -> Mood:
        if verdict.is_passed:
            return Mood.BEST_EVER if self.is_completed else Mood.DELIGHTED
        return Mood.SHEEPISH if verdict is Verdict.OTHER else Mood.PUZZLED

    def after_event(self, before: State, state: State) -> Outcome:
        """Begin the pen's rest anew after every change of the drawing, and store a new star."""
        old = before.screen
        if state.sketch.strokes is not before.sketch.strokes:
            state = replace(state, screen=replace(self, rest_seconds=0.0))
        if not isinstance(old, Lesson) or self.verdict is None or old.verdict is not None:
            return state
        sound = "best" if self.is_completed else "right"
        effects = (PlaySound(sound if self.goes_on else "turn"),)
        if not self.star_is_new:
            return state, effects
        stars = tuple(len(self.passed) if one == self.digit else 0 for one in FORMS)
        kept, stored = state.with_records(Records(stars=stars))
        return kept, (*effects, *stored)


def _on_empty_pad(state: State, lesson: Lesson) -> State:
    return replace(state.with_pad(Sketch()), screen=lesson)
