"""The game "Think of a digit": the network buzzes in as soon as it is sure of the drawing."""

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import ClassVar

from game.core.events import Digit, Do, Event, Go
from game.core.rules.guessing_game import GuessingGame
from game.core.rules.rounds import (
    SEEN_SECONDS,
    Moment,
    PadView,
    Round,
    Thought,
    clocked,
    legible,
)
from game.core.rules.sketch import Sketch, ink
from game.core.state import Help, State
from game.core.wording import a

ROUNDS = 10
SURE = 0.9
"""Minimum probability at which the network buzzes in."""
HOLD_SECONDS = 1.0
"""How long it has to stay sure of the same digit; many digits begin as a 1 or a 0."""
LIKELY = 0.4
"""Minimum probability at which the network guesses a finished drawing."""
PAUSE_SECONDS = 3.0
"""Seconds without drawing after which the drawing counts as finished."""
STARTLE_SECONDS = 0.5
"""Time after a buzz in which Enter is ignored: it was meant for the drawing."""
RESULT_SECONDS = 3.0

MACHINE_POINTS = 100
INK_LIMIT = 5.0
MISSED_POINTS = 50
"""Points of the player if the network fails to guess."""
WELL_DRAWN_POINTS = 50
"""Extra points if the network then reads the finished drawing correctly."""


READ_LATE_POINTS = MISSED_POINTS + WELL_DRAWN_POINTS


class Phase(Enum):
    """Phases of a round."""

    DRAWING = "drawing"
    BUZZED = "buzzed"
    GIVEN_UP = "given up"
    RESULT = "result"


@dataclass(frozen=True)
class ThinkGame(GuessingGame):
    """One game of ten rounds."""

    view: ClassVar[str] = "think"
    keeps_misread: ClassVar[bool] = True
    help: ClassVar[Help] = (
        ("The game", "Draw any digit. The network buzzes in, and you say if it’s right"),
        ("It gets", f"{MACHINE_POINTS} points at most for a right guess, fewer with more ink"),
        (
            "You get",
            f"{MISSED_POINTS} points if it fails, {READ_LATE_POINTS} if it reads it later",
        ),
        ("No points", "for a scribble, or a digit that still looks like the guess"),
    )

    phase: Phase = Phase.DRAWING
    seconds: float = 0.0
    """Seconds since the first stroke of the round."""
    held: float = 0.0
    rested: float = 0.0
    """Seconds since the pen was lifted."""
    waited: float = 0.0
    """Seconds since the phase began."""
    thought: Thought = field(default_factory=Thought)
    trace: tuple[Moment, ...] = ()
    guess: int | None = None
    guess_seconds: float = 0.0
    guess_ink: float = 0.0
    machine_score: int = 0
    machine_points: int = 0
    """Points of the network in the round whose result is shown."""
    rounds: tuple[Round, ...] = ()
    mode: str = "think"

    @property
    def network_score(self) -> int:
        """Points of the network, as the review shows them."""
        return self.machine_score

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
        """Whether the pen may draw: not after the network has given up."""
        return self.phase in {Phase.DRAWING, Phase.BUZZED} or self.seen

    @property
    def erasable(self) -> bool:
        """Whether ink may be removed: only until the network guesses."""
        return self.phase is Phase.DRAWING

    def tick(self, state: State, seconds: float) -> State:
        """Advance the clock of the round."""
        return replace(state, screen=tick(self, seconds, state.pad))

    def begin_stroke(self, state: State) -> State:
        """Start the next round if the result of this one has been seen."""
        if not self.seen:
            return state
        screen = accept(self, state.pad)
        return replace(state, screen=screen, sketch=Sketch(), reading=None)

    def handle(self, state: State, event: Event) -> State | Go:
        """Handle "accept" and the player's answer."""
        match event:
            case Do.ACCEPT:
                return replace(state, screen=accept(self, state.pad))
            case Digit(digit):
                return replace(state, screen=answer(self, digit, state.pad))
        return super().handle(state, event)

    @property
    def score(self) -> int:
        """The player's points."""
        return sum(played.points for played in self.rounds)

    @property
    def seen(self) -> bool:
        """Whether the result has been shown long enough for a stroke to start the next round."""
        waited = self.phase is Phase.RESULT and self.waited >= SEEN_SECONDS
        return waited and len(self.rounds) < ROUNDS

    @property
    def over(self) -> bool:
        """Whether the last round has been played and shown."""
        return len(self.rounds) >= ROUNDS and self.phase is not Phase.RESULT

    @property
    def asks(self) -> bool:
        """Whether the network waits for an answer."""
        return self.phase in {Phase.BUZZED, Phase.GIVEN_UP}


def tick(game: ThinkGame, seconds: float, pad: PadView) -> ThinkGame:
    """Advance the game; the clock starts with the first stroke and waits for the network."""
    if not pad.net_ready:
        return game
    game = replace(game, waited=game.waited + seconds)
    if game.phase is Phase.RESULT:
        return _next(game) if game.waited >= RESULT_SECONDS else game
    if not pad.strokes:
        return replace(game, thought=Thought("Think of a digit and draw it"))
    before, game = game.trace, replace(_traced(game, pad), seconds=game.seconds + seconds)
    if game.phase is not Phase.DRAWING:
        return game
    held = game.held if _best(before) == _best(game.trace) else 0.0
    return _drawing(replace(game, held=held), seconds, pad)


def _drawing(game: ThinkGame, seconds: float, pad: PadView) -> ThinkGame:
    seen = _seen(pad)
    game = replace(
        game,
        held=0.0 if seen is None else game.held + seconds,
        rested=0.0 if pad.pen_down else game.rested + seconds,
        thought=game.thought.after(seconds, pad.reading),
    )
    if game.held >= HOLD_SECONDS:
        return _asking(game, seen, pad)
    return done(game, pad) if game.rested >= PAUSE_SECONDS else game


def _best(trace: tuple[Moment, ...]) -> int | None:
    """Return the most probable digit of the last reading."""
    return trace[-1][1].index(max(trace[-1][1])) if trace else None


def _seen(pad: PadView) -> int | None:
    """Return the digit that the network is sure of, or None."""
    reading = pad.reading
    if reading is None or not reading.is_digit or reading.confidence < SURE:
        return None
    return reading.digit


def done(game: ThinkGame, pad: PadView) -> ThinkGame:
    """Guess at the finished drawing, or give up if no digit is probable enough."""
    if game.phase is not Phase.DRAWING or not pad.strokes:
        return game
    return _asking(game, _likely(pad), pad)


def _likely(pad: PadView) -> int | None:
    """Return the best reading of a finished drawing, or None if it can hardly be read."""
    reading = pad.reading
    if reading is None or not legible(reading) or reading.confidence < LIKELY:
        return None
    return reading.digit


def _asking(game: ThinkGame, guess: int | None, pad: PadView) -> ThinkGame:
    said = "I give up. What is it?" if guess is None else f"It’s {a(guess)}! Am I right?"
    return replace(
        game,
        guess=guess,
        phase=Phase.GIVEN_UP if guess is None else Phase.BUZZED,
        waited=0.0,
        guess_seconds=game.seconds,
        guess_ink=ink(pad.strokes),
        thought=Thought(said, 0.0),
    )


def accept(game: ThinkGame, pad: PadView) -> ThinkGame:
    """Accept the guess, finish the drawing, or leave the result."""
    if game.phase is Phase.BUZZED and game.guess is not None:
        return answer(game, game.guess, pad) if game.waited >= STARTLE_SECONDS else game
    return _next(game) if game.phase is Phase.RESULT else done(game, pad)


def answer(game: ThinkGame, digit: int, pad: PadView) -> ThinkGame:
    """Take the player's answer."""
    if not game.asks:
        return game
    guessed = game.guess == digit
    disputed = not guessed and game.guess is not None and _seen(pad) == game.guess
    machine = round(MACHINE_POINTS * max(0.0, 1 - game.guess_ink / INK_LIMIT)) if guessed else 0
    played = Round(
        digit=digit,
        guess=game.guess,
        points=0 if guessed or disputed else _player_points(digit, pad),
        seconds=game.guess_seconds,
        ink=game.guess_ink,
        strokes=clocked(pad.strokes, pad.now, game.seconds),
        trace=game.trace,
        disputed=disputed,
    )
    return replace(
        game,
        phase=Phase.RESULT,
        waited=0.0,
        machine_points=machine,
        machine_score=game.machine_score + machine,
        rounds=(*game.rounds, played),
    )


def _player_points(digit: int, pad: PadView) -> int:
    """Return the points for a digit that was not guessed; a scribble gets none."""
    if pad.reading is None or not pad.reading.is_digit:
        return 0
    return MISSED_POINTS + (WELL_DRAWN_POINTS if pad.reading.digit == digit else 0)


def _traced(game: ThinkGame, pad: PadView) -> ThinkGame:
    now = pad.reading.probabilities if pad.reading else (0.0,) * 10
    if game.trace and game.trace[-1][1] == now:
        return game
    return replace(game, trace=(*game.trace, (game.seconds, now)))


def _next(game: ThinkGame) -> ThinkGame:
    return ThinkGame(machine_score=game.machine_score, rounds=game.rounds)
