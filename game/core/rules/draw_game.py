"""The game "Draw it": the player draws six given digits, and the network guesses meanwhile."""

import random
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import takewhile
from typing import ClassVar

from game.core.events import Do, Event, Go
from game.core.readings import Reading
from game.core.rules.guessing_game import GuessingGame
from game.core.rules.records import weakest
from game.core.rules.rounds import (
    SEEN_SECONDS,
    Moment,
    PadView,
    Round,
    Thought,
    clocked,
    legible,
)
from game.core.rules.settings import NORMAL_SECONDS, SECONDS
from game.core.rules.sketch import Sketch, ink
from game.core.state import Help, State
from game.core.wording import a

ROUNDS = 6
SURE = 0.8
"""Probability of the given digit from which the network is sure."""
HOLD_SECONDS = 0.4
"""How long it has to stay sure."""
LIKELY = 0.5
"""Probability of the given digit from which the network believes a finished drawing."""
REST_SECONDS = 1.0
"""How long the pen has to rest until a drawing counts as finished."""
GRACE_SECONDS = 1.0
"""Time to finish the current stroke after the guess."""
RESULT_SECONDS = 3.0

TIME_POINTS = 100
INK_POINTS = 50
INK_LIMIT = 5.0
"""Amount of ink, in sides of the drawing, from which there are no points for ink."""
STREAK_POINTS = 20
STREAK_LIMIT = 5


class Phase(Enum):
    """Phases of a round."""

    CARD = "card"
    DRAWING = "drawing"
    GRACE = "grace"
    RESULT = "result"


@dataclass(frozen=True)
class Points:
    """Points of a round, by reason."""

    time: int = 0
    ink: int = 0
    streak: int = 0

    @property
    def total(self) -> int:
        """Sum of the points."""
        return self.time + self.ink + self.streak


@dataclass(frozen=True)
class DrawGame(GuessingGame):
    """One game; `digits` are those that are still to be drawn, the current one first."""

    view: ClassVar[str] = "draw"
    help: ClassVar[Help] = (
        ("The game", "Draw the digit on the card until the network is sure of it"),
        ("Time", f"{TIME_POINTS} points at first, none after {NORMAL_SECONDS:.0f} seconds"),
        ("Ink", f"{INK_POINTS} points at most: the shorter your lines, the more"),
        ("Streak", f"{STREAK_POINTS} points more for each digit guessed in a row before it"),
    )

    digits: tuple[int, ...]
    limit: float | None = NORMAL_SECONDS
    """Seconds that a round may take; None for no limit."""
    phase: Phase = Phase.CARD
    seconds: float = 0.0
    """Seconds on the clock of the round."""
    held: float = 0.0
    """Seconds for which the network has been sure of the digit."""
    rested: float = 0.0
    """Seconds for which the pen has rested and the digit has been likely."""
    waited: float = 0.0
    """Seconds since the phase began."""
    thought: Thought = field(default_factory=Thought)
    trace: tuple[Moment, ...] = ()
    guessed: bool = False
    guess_seconds: float = 0.0
    guess_ink: float = 0.0
    streak: int = 0
    points: Points = field(default_factory=Points)
    """Points of the round whose result is shown."""
    rounds: tuple[Round, ...] = ()
    mode: str = "draw"

    @classmethod
    def start(cls, state: State) -> "DrawGame":
        """Return a game of six different digits, chosen by the seed."""
        chance = random.Random(state.seed)  # noqa: S311 - not used for security
        digits = tuple(chance.sample(range(10), ROUNDS))
        return cls(digits, SECONDS[state.settings.timer])

    @classmethod
    def drill(cls, state: State) -> "DrawGame":
        """Return a game of the digits that this player's records show to be the weakest."""
        return cls(weakest(state.records), SECONDS[state.settings.timer], mode="drill")

    @property
    def showing_result(self) -> bool:
        """Whether the result of a round is shown."""
        return self.phase is Phase.RESULT

    @property
    def page_key(self) -> tuple[object, ...]:
        """The phase; see `Screen.page_key`."""
        return (self.phase,)

    @property
    def drawable(self) -> bool:
        """Whether the pen may draw: not on a result, until it has been seen."""
        return self.phase is not Phase.RESULT or self.seen

    @property
    def erasable(self) -> bool:
        """Whether ink may be removed: not after the network has guessed."""
        return self.drawable and self.phase not in {Phase.GRACE, Phase.RESULT}

    def tick(self, state: State, seconds: float) -> State:
        """Advance the clock of the round."""
        return replace(state, screen=tick(self, seconds, state.pad))

    def begin_stroke(self, state: State) -> State:
        """Start the clock, or the next round if its predecessor's result has been seen."""
        if self.seen:
            state = replace(state, sketch=Sketch(), reading=None)
        return replace(state, screen=begin(onward(self) if self.seen else self))

    def handle(self, state: State, event: Event) -> State | Go:
        """Accept the result, or skip the digit."""
        match event:
            case Do.ACCEPT:
                return replace(state, screen=onward(self))
            case Do.SKIP:
                return replace(state, screen=skip(self, state.pad))
        return super().handle(state, event)

    @property
    def asked(self) -> int:
        """The digit to draw."""
        return self.digits[0]

    @property
    def score(self) -> int:
        """Points of all rounds that are over."""
        return sum(played.points for played in self.rounds)

    @property
    def streak_ended(self) -> int:
        """Length of the streak that the last round ended."""
        *before, last = self.rounds
        return 0 if last.right else len(list(takewhile(lambda one: one.right, reversed(before))))

    @property
    def seconds_left(self) -> float | None:
        """Seconds left on the clock; None without a limit."""
        return None if self.limit is None else max(0.0, self.limit - self.seconds)

    @property
    def elapsed(self) -> float:
        """Seconds since the clock started, including the grace time, during which it stands."""
        return self.seconds + (self.waited if self.phase is Phase.GRACE else 0.0)

    @property
    def seen(self) -> bool:
        """Whether the result has been shown long enough for a stroke to start the next round."""
        waited = self.phase is Phase.RESULT and self.waited >= SEEN_SECONDS
        return waited and len(self.digits) > 1

    @property
    def over(self) -> bool:
        """Whether the last round has been played and shown."""
        return not self.digits


def begin(game: DrawGame) -> DrawGame:
    """Start the clock with the first stroke."""
    return replace(game, phase=Phase.DRAWING, waited=0.0) if game.phase is Phase.CARD else game


def onward(game: DrawGame) -> DrawGame:
    """Go from the result to the next card."""
    return _next(game) if game.phase is Phase.RESULT else game


def skip(game: DrawGame, pad: PadView) -> DrawGame:
    """Give up the round."""
    return _ended(game, pad) if game.phase in {Phase.CARD, Phase.DRAWING} else game


def tick(game: DrawGame, seconds: float, pad: PadView) -> DrawGame:
    """Advance the game; the clock waits for the network."""
    if game.phase is Phase.CARD or not pad.net_ready:
        return game
    if game.phase is not Phase.RESULT:
        game = _traced(game, pad)
    game = replace(game, waited=game.waited + seconds)
    if game.phase is Phase.RESULT:
        return _next(game) if game.waited >= RESULT_SECONDS else game
    if game.phase is Phase.GRACE:
        over = not pad.pen_down or game.waited >= GRACE_SECONDS
        return _ended(game, pad) if over else game
    return _drawing(game, seconds, pad)


def _drawing(game: DrawGame, seconds: float, pad: PadView) -> DrawGame:
    game = replace(
        game,
        seconds=game.seconds + seconds,
        held=game.held + seconds if _sure(game, pad.reading) else 0.0,
        rested=game.rested + seconds if _likely(game, pad) else 0.0,
        thought=game.thought.after(seconds, pad.reading),
    )
    if game.held >= HOLD_SECONDS or game.rested >= REST_SECONDS:
        return replace(
            game,
            phase=Phase.GRACE,
            waited=0.0,
            guessed=True,
            guess_seconds=game.seconds,
            guess_ink=ink(pad.strokes),
            thought=Thought(f"Oh, I know: it’s {a(game.asked)}!", 0.0),
        )
    if game.seconds_left == 0:
        return _ended(game, pad)
    return game


def _sure(game: DrawGame, reading: Reading | None) -> bool:
    return reading is not None and reading.is_digit and reading.probabilities[game.asked] >= SURE


def _likely(game: DrawGame, pad: PadView) -> bool:
    """Return whether the digit is the best reading of what may be a finished drawing."""
    reading = pad.reading
    if reading is None or pad.pen_down or not legible(reading):
        return False
    return reading.probabilities[game.asked] >= LIKELY


def _traced(game: DrawGame, pad: PadView) -> DrawGame:
    now = pad.reading.probabilities if pad.reading else (0.0,) * 10
    if game.trace and game.trace[-1][1] == now:
        return game
    return replace(game, trace=(*game.trace, (game.elapsed, now)))


def _ended(game: DrawGame, pad: PadView) -> DrawGame:
    streak = game.streak + 1 if game.guessed else 0
    points = _points(game, streak) if game.guessed else Points()
    played = Round(
        digit=game.asked,
        guess=game.asked if game.guessed else None,
        points=points.total,
        seconds=game.guess_seconds if game.guessed else game.seconds,
        ink=game.guess_ink if game.guessed else ink(pad.strokes),
        strokes=clocked(pad.strokes, pad.now, game.elapsed),
        trace=game.trace,
    )
    return replace(
        game,
        phase=Phase.RESULT,
        waited=0.0,
        streak=streak,
        points=points,
        rounds=(*game.rounds, played),
    )


def _points(game: DrawGame, streak: int) -> Points:
    """Return the points of the round; they do not depend on the time limit."""
    return Points(
        time=round(TIME_POINTS * max(0.0, 1 - game.guess_seconds / NORMAL_SECONDS)),
        ink=round(INK_POINTS * max(0.0, 1 - game.guess_ink / INK_LIMIT)),
        streak=STREAK_POINTS * min(streak - 1, STREAK_LIMIT),
    )


def _next(game: DrawGame) -> DrawGame:
    return DrawGame(
        game.digits[1:],
        game.limit,
        streak=game.streak,
        rounds=game.rounds,
        mode=game.mode,
    )
