"""The game "Think of a digit": the network buzzes in as soon as it is sure of the drawing."""

from dataclasses import dataclass, replace
from typing import ClassVar

from game.core.events import Digit, Do, Event
from game.core.language import mark, tr, with_article
from game.core.modes.guessing_game import GuessingGame, Phase
from game.core.state import Help, Response, State
from game.core.values.rounds import IGNORE_SECONDS, Thought, digit_read
from game.core.values.settings import PACE

ROUNDS = 10
SURE = 0.9
"""Minimum probability at which the network buzzes in."""
HOLD_SECONDS = 1.0
"""How long it has to stay sure of the same digit; many digits begin as a 1 or a 0."""
LIKELY = 0.4
"""Minimum probability at which the network guesses a finished drawing."""
PAUSE_SECONDS = 3.0
"""Seconds without drawing after which the drawing counts as finished; more at a slow pace."""

NETWORK_POINTS = 100
INK_LIMIT = 5.0
MISSED_POINTS = 50
"""Points of the player if the network fails to guess."""
LATE_POINTS = 100
"""The same if the network then reads the finished drawing correctly."""


@dataclass(frozen=True, kw_only=True)
class ThinkGame(GuessingGame):
    """One game of ten rounds."""

    scene_name: ClassVar[str] = "think"
    help: ClassVar[Help] = (
        (
            mark("The game"),
            mark("Draw any digit. The network buzzes in, and you say if it’s right"),
        ),
        (mark("It gets"), mark("100 points at most for a right guess, fewer with more ink")),
        (mark("You get"), mark("50 points if it fails, 100 if it reads it later")),
        (
            mark("No points"),
            mark("Scribbles, and digits that still look like the guess"),
        ),
    )

    mode: str = "think"
    network_score: int = 0
    seen: int | None = None
    """The digit that the network is sure of at the moment."""
    network_points: int = 0
    """Points of the network in the round whose result is shown."""

    @property
    def rounds_left(self) -> int:
        """Rounds left, counting the one whose result is shown."""
        return ROUNDS - len(self.rounds) + (self.phase is Phase.RESULT)

    @property
    def gained(self) -> int:
        """The player's points of the round, or the network's."""
        return self.rounds[-1].points or self.network_points

    def handle(self, state: State, event: Event) -> Response:
        """Confirm the guess, finish the drawing, go on, or take the player's answer."""
        match event:
            case Do.ACCEPT if self.phase is Phase.BUZZED and self.guess is not None:
                return self if self.waited < IGNORE_SECONDS else self._answered(state, self.guess)
            case Do.ACCEPT if self.phase is Phase.DRAWING:
                return self.finished(state)
            case Digit(digit) if self.waits_for_answer:
                return self._answered(state, digit)
        return super().handle(state, event)

    def next_round(self) -> "ThinkGame":
        """Return the game with an empty pad."""
        return self.dealt(Phase.DRAWING, seen=None, network_points=0)

    def play(self, state: State, seconds: float) -> "ThinkGame":
        """Return the game some time later in a round; the clock starts with the first stroke."""
        game = replace(self, waited=self.waited + seconds)
        if not state.sketch.strokes:
            return replace(game, thought=Thought(tr("Think of a digit and draw it")))
        game = replace(game.traced(state), seconds=self.seconds + seconds)
        if game.phase is not Phase.DRAWING:
            return game
        seen = digit_read(state.reading, SURE)
        sure_seconds = self.sure_seconds if seen == self.seen else 0.0
        game = replace(
            game,
            seen=seen,
            sure_seconds=0.0 if seen is None else sure_seconds + seconds,
            rest_seconds=0.0 if state.sketch.pen_down else self.rest_seconds + seconds,
            thought=self.thought.after(seconds, state.reading),
        )
        pause = PAUSE_SECONDS / PACE[state.settings.timer]
        over = game.sure_seconds >= HOLD_SECONDS or game.rest_seconds >= pause
        return game.finished(state) if over else game

    def finished(self, state: State) -> "ThinkGame":
        """Guess the drawing, or give up if no digit is probable enough; then the player answers.

        Nothing happens before something is drawn, and the network has looked at it.
        """
        if not state.sketch.strokes or state.reading is None:
            return self
        guess = digit_read(state.reading, LIKELY, expected=True)
        if guess is None:
            return self.guessed(state, Phase.GIVEN_UP, tr("I give up. What is it?"))
        asked = with_article("It’s a {digit}! Am I right?", guess)
        return self.guessed(state, Phase.BUZZED, asked, guess)

    def _answered(self, state: State, digit: int) -> "ThinkGame":
        """Take the answer; a scribble, or a digit that looks like the guess, brings no points."""
        right = self.guess == digit
        seen = digit_read(state.reading, SURE)
        disputed = not right and seen is not None and seen == self.guess
        points = round(NETWORK_POINTS * max(0.0, 1 - self.guess_ink / INK_LIMIT)) if right else 0
        drawn = None if right or disputed else digit_read(state.reading, 0.0)
        missed_points = LATE_POINTS if drawn == digit else MISSED_POINTS
        return self.ended(
            state,
            digit,
            0 if drawn is None else missed_points,
            disputed=disputed,
            refused=not right and not disputed and drawn is None and state.reading is not None,
            network_points=points,
            network_score=self.network_score + points,
        )
