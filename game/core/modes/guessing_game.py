"""What the guessing games share: a clock, rounds that are recorded as they end, and the review."""

from abc import abstractmethod
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, ClassVar, Self

from game.core.effects import Effects, PlaySound, StoreDrawing, StudyHand
from game.core.events import Do, Event
from game.core.modes import review
from game.core.state import Net, Outcome, Response, Screen, State
from game.core.values.mood import Mood
from game.core.values.records import Records, Trial
from game.core.values.rounds import SEEN_SECONDS, Round, Thought, TracePoint
from game.core.values.sketch import Sketch, ink, shifted
from game.core.values.teaching import FEWEST_DRAWINGS

COUNT_SECONDS = 0.75
"""How long the points of a result are counted up, each kind in an equal part of it."""

FLY_SECONDS = 0.35
"""How long they then fly to the score."""

LANDED_SECONDS = COUNT_SECONDS + FLY_SECONDS
"""Seconds after which the points of a result have reached the score."""


class Phase(Enum):
    """Phases of a round; no game has all of them."""

    CARD = "card"
    """The digit to draw is shown, and the clock stands."""
    DRAWING = "drawing"
    GRACE = "grace"
    """The network has guessed right, and the stroke can be finished."""
    BUZZED = "buzzed"
    """The network has guessed, and the player says whether it is right."""
    GIVEN_UP = "given up"
    """The network makes no guess, and the player says what it was."""
    RESULT = "result"


@dataclass(frozen=True, kw_only=True)
class GuessingGame(Screen):
    """A game of several rounds, in each of which the network guesses a digit."""

    is_game: ClassVar[bool] = True

    mode: str
    """The mode under which scores are recorded."""
    is_scored: bool = True
    players: int = 1
    """How many players draw each digit, one after the other."""
    phase: Phase = Phase.DRAWING
    seconds: float = 0.0
    """Seconds on the clock of the round."""
    sure_seconds: float = 0.0
    """Seconds for which the network has been sure of the digit."""
    rest_seconds: float = 0.0
    """Seconds for which the drawing may have been finished."""
    waited: float = 0.0
    """Seconds since the phase began."""
    thought: Thought = field(default_factory=Thought)
    trace: tuple[TracePoint, ...] = ()
    guess: int | None = None
    guess_seconds: float = 0.0
    guess_ink: float = 0.0
    network_score: int | None = None
    """The network's points, in games where it scores."""
    rounds: tuple[Round, ...] = ()
    """The rounds that have ended."""

    @property
    @abstractmethod
    def rounds_left(self) -> int:
        """Rounds left, counting the one whose result is shown."""

    @abstractmethod
    def play(self, state: State, seconds: float) -> Self:
        """Return the game some time later in a round."""

    @abstractmethod
    def next_round(self) -> Self:
        """Return the game at the beginning of the next round."""

    @property
    def asked(self) -> int | None:
        """The digit to draw; None if the player chooses."""
        return None

    @property
    def page_key(self) -> tuple[object, ...]:
        """The phase; see `Screen.page_key`."""
        return (self.phase,)

    @property
    def drawable(self) -> bool:
        """Whether the pen may draw: not once the network gave up, or while a result is new."""
        return self.phase not in {Phase.GIVEN_UP, Phase.RESULT} or self.next_by_stroke

    @property
    def erasable(self) -> bool:
        """Whether ink may be removed: only until the network guesses."""
        return self.phase in {Phase.CARD, Phase.DRAWING}

    @property
    def score(self) -> int:
        """The player's points."""
        return sum(played.points for played in self.rounds)

    @property
    def elapsed(self) -> float:
        """Seconds on the clock, and those of the grace time, during which it stands still."""
        return self.seconds + (self.waited if self.phase is Phase.GRACE else 0.0)

    @property
    def waits_for_answer(self) -> bool:
        """Whether the player has to say what was drawn."""
        return self.phase in {Phase.BUZZED, Phase.GIVEN_UP}

    @property
    def next_by_stroke(self) -> bool:
        """Whether the result has been shown long enough for a stroke to start the next round.

        It never does where another player takes the pen: that takes longer, and costs no time.
        """
        is_seen = self.phase is Phase.RESULT and self.waited >= SEEN_SECONDS
        return is_seen and self.rounds_left > 1 and self.players == 1

    def tick(self, state: State, seconds: float) -> Self:
        """Return the game some time later; the clock waits for the network.

        A result waits for the player.
        """
        if self.phase is Phase.CARD:
            return replace(self, waited=self.waited + seconds)
        if state.net is not Net.READY:
            return self
        if self.phase is not Phase.RESULT:
            return self.play(state, seconds)
        return replace(self, waited=self.waited + seconds)

    def dealt(self, phase: Phase, **changes: Any) -> Self:
        """Return the game at the beginning of a round in this phase, with other `changes`."""
        return replace(
            self,
            phase=phase,
            seconds=0.0,
            sure_seconds=0.0,
            rest_seconds=0.0,
            waited=0.0,
            thought=Thought(),
            trace=(),
            guess=None,
            guess_seconds=0.0,
            guess_ink=0.0,
            **changes,
        )

    def begin_stroke(self, state: State) -> State:
        """Start the clock, or the next round if the last result was shown long enough."""
        screen = self
        if self.next_by_stroke:
            screen = self.next_round()
            state = state.with_pad(Sketch())
        if screen.phase is Phase.CARD:
            screen = replace(screen, phase=Phase.DRAWING, waited=0.0)
        return replace(state, screen=screen)

    def handle(self, state: State, event: Event) -> Response:
        """Go from a result to the next round."""
        if event == Do.ACCEPT and self.phase is Phase.RESULT:
            return self.next_round()
        return super().handle(state, event)

    def traced(self, state: State) -> Self:
        """Return the game with what the network reads now in its trace."""
        now = state.reading.probabilities if state.reading else (0.0,) * 10
        if self.trace and self.trace[-1][1] == now:
            return self
        return replace(self, trace=(*self.trace, (self.elapsed, now)))

    def guessed(self, state: State, phase: Phase, said: str, guess: int | None = None) -> Self:
        """Return the game in the phase that follows a guess, or the lack of one."""
        return replace(
            self,
            phase=phase,
            waited=0.0,
            guess=guess,
            guess_seconds=self.seconds,
            guess_ink=ink(state.sketch.strokes),
            thought=Thought(said, 0.0),
        )

    def ended(
        self,
        state: State,
        digit: int,
        scored: int,
        *,
        disputed: bool = False,
        refused: bool = False,
        **changes: Any,
    ) -> Self:
        """Return the game with a finished round of a digit, and other `changes`.

        Args:
            state: the state, with the drawing.
            digit: the digit that was asked for, or that the player says it was.
            scored: the player's points.
            disputed: see `Round.disputed`.
            refused: see `Round.refused`.
            changes: other fields of the game that change.
        """
        drawn, clock = state.sketch.strokes, self.elapsed
        first = min((stroke[0][2] for stroke in drawn), default=0.0)
        # What was drawn before the clock started counts as drawn at its start.
        strokes = shifted(drawn, clock - state.now if clock else -first, earliest=0.0)
        played = Round(
            digit=digit,
            guess=self.guess,
            points=scored,
            seconds=self.guess_seconds,
            ink=self.guess_ink,
            strokes=strokes,
            trace=self.trace,
            disputed=disputed,
            refused=refused,
            knows_hand=state.teaching.used is not None,
        )
        rounds = (*self.rounds, played)
        return replace(self, phase=Phase.RESULT, waited=0.0, rounds=rounds, **changes)

    def mood(self, state: State) -> Mood | None:
        """Return the mood after a guess or a result."""
        del state
        match self.phase:
            case Phase.GRACE | Phase.BUZZED:
                return Mood.BLURTING
            case Phase.GIVEN_UP:
                return Mood.PUZZLED
            case Phase.RESULT:
                return Mood.DELIGHTED if self.rounds[-1].right else Mood.SHEEPISH
        return None

    def after_event(self, before: State, state: State) -> Outcome:
        """Record rounds that ended, clear the pad after a result, and end the game."""
        old = before.screen
        if not isinstance(old, GuessingGame) or type(old) is not type(self):
            return state
        effects: Effects = ()
        for played in self.rounds[len(old.rounds) :]:
            state, stored = self._recorded(state.lifted, played)
            effects += stored
        result_ended = old.phase is Phase.RESULT and self.phase is not Phase.RESULT
        if result_ended and state.sketch is before.sketch:  # unless a stroke began the next round
            state = state.with_pad(Sketch())
        if self.rounds_left == 0:
            reviewed = replace(state.with_pad(Sketch()), screen=self.review(state))
            return reviewed, (*effects, StudyHand(FEWEST_DRAWINGS))
        if len(self.rounds) > len(old.rounds):
            effects += (PlaySound(self.result_sound),)
        elif self.phase is not old.phase:
            guessed = self.phase in {Phase.BUZZED, Phase.GRACE}
            effects += (PlaySound("buzz" if guessed else "turn"),)
        elif landed(old, self) and not state.settings.reduced_motion:
            effects += (PlaySound("points"),)
        return state, effects

    @property
    def result_sound(self) -> str:
        """The sound of a result."""
        return "right" if self.rounds[-1].right else "wrong"

    @property
    def gained(self) -> int:
        """The points that fly to the scores in the result that is shown."""
        return self.rounds[-1].points

    def record(self, played: Round) -> Records:
        """Return what a finished round adds to the records."""
        if not self._shows_hand(played):
            return Records()
        trial = Trial(played.digit, played.taken_for, played.seconds, played.ink)
        return Records(trials=(trial,))

    def _shows_hand(self, played: Round) -> bool:
        """Return whether a round tells how the player writes.

        It does not if no digit was drawn, or if the answer contradicts the drawing. Two players
        have two hands, which the statistics of one hand would mix.
        """
        return self.players == 1 and played.is_trial

    def _recorded(self, state: State, played: Round) -> tuple[State, Effects]:
        effects: Effects = ()
        if (added := self.record(played)) != Records():
            state, effects = state.with_records(added)
        if self._shows_hand(played):
            effects += (StoreDrawing(str(played.digit), played.strokes),)
        return state, effects

    def review(self, state: State) -> review.Review:
        """Return the review after the last round."""
        shown = review.Review.of(
            state,
            self.mode,
            self.rounds,
            is_scored=self.is_scored,
            players=self.players,
            is_timed=state.settings.timer != "off",
            network_score=self.network_score,
        )
        return replace(shown, page=review.Page.WINNER) if self.players > 1 else shown.at(0)


def landed(old: GuessingGame, new: GuessingGame) -> bool:
    """Return whether points of a result have reached the score since `old`."""
    is_result = old.phase is new.phase is Phase.RESULT and new.gained > 0
    return is_result and old.waited < LANDED_SECONDS <= new.waited
