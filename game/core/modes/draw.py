"""The game "Draw it": the player draws six given digits, and the network guesses meanwhile."""

import math
import random
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import ClassVar, NamedTuple

from game.core.effects import PlaySound
from game.core.events import Do, Event
from game.core.language import mark, with_article
from game.core.modes.guessing_game import GuessingGame, Phase
from game.core.state import Help, Outcome, Response, State, split_outcome
from game.core.values.records import weakest
from game.core.values.rounds import ROUNDS, Round, digit_read
from game.core.values.settings import NORMAL_SECONDS, SECONDS

SURE = 0.8
"""Probability of the given digit from which the network is sure."""
HOLD_SECONDS = 0.4
"""How long the network has to stay sure."""
LIKELY = 0.5
"""Probability of the given digit from which the network believes a finished drawing."""
REST_SECONDS = 1.0
"""How long the pen has to rest until a drawing counts as finished."""
GRACE_SECONDS = 1.0
"""Time to finish the current stroke after the guess."""
TIME_POINTS = 100
INK_POINTS = 50
INK_LIMIT = 5.0
"""With this length of ink, in side lengths of the drawing, or more, ink earns no points."""
LAST_SECONDS = 3.0
"""Seconds left on the clock from which each is counted down with a sound."""
STREAK_POINTS = 20
STREAK_LIMIT = 5


class Points(NamedTuple):
    """Points of a round, by reason."""

    time: int = 0
    ink: int = 0
    streak: int = 0


@dataclass(frozen=True)
class DrawGame(GuessingGame):
    """One game; `digits` are those that are still to be drawn, the current one first."""

    scene_name: ClassVar[str] = "draw"
    help: ClassVar[Help] = (
        (mark("The game"), mark("Draw the digit on the card until the network is sure of it")),
        (mark("Time"), mark("100 points at first, none after 20 s or without a clock")),
        (mark("Ink"), mark("50 points at most: the shorter your lines, the more")),
        (mark("Streak"), mark("20 points more for each digit guessed in a row before it")),
    )

    digits: tuple[int, ...]
    limit: float | None = NORMAL_SECONDS
    """Seconds that a round may take; None for no limit."""
    mode: str = field(default="draw", kw_only=True)
    phase: Phase = field(default=Phase.CARD, kw_only=True)
    points: Points = field(default_factory=Points)
    """Points of the round whose result is shown."""

    @classmethod
    def start(cls, state: State) -> "DrawGame":
        """Return a game of six different digits, chosen by the seed."""
        chance = random.Random(state.seed)  # noqa: S311 - not used for security
        digits = tuple(chance.sample(range(10), ROUNDS))
        return cls(digits, SECONDS[state.settings.timer])

    @classmethod
    def drill(cls, state: State) -> "DrawGame":
        """Return a game of the digits that this player's records show to be the weakest."""
        limit = SECONDS[state.settings.timer]
        return cls(weakest(state.records), limit, mode="drill", is_scored=False)

    @classmethod
    def two(cls, state: State) -> "DrawGame":
        """Return a game in which two players draw the same digits in turn."""
        game = cls.start(state)
        digits = tuple(digit for digit in game.digits for _ in range(2))
        return replace(game, digits=digits, mode="two", is_scored=False, players=2)

    @property
    def asked(self) -> int:
        """The digit to draw."""
        return self.digits[0]

    @property
    def card(self) -> int:
        """The digit on the card: the one to draw now or, while a result is shown, next."""
        return self.digits[self._rounds_ahead]

    @property
    def card_player(self) -> int:
        """Index of the player who draws the digit on the card."""
        return (self.player + self._rounds_ahead) % self.players

    @property
    def _rounds_ahead(self) -> int:
        """How many rounds the card is ahead of the current one."""
        return int(self.phase is Phase.RESULT and self.rounds_left > 1)

    @property
    def player(self) -> int:
        """Index of the player who draws, or whose result is shown."""
        return (len(self.rounds) - (self.phase is Phase.RESULT)) % self.players

    @property
    def rounds_left(self) -> int:
        """Rounds left, counting the one whose result is shown."""
        return len(self.digits)

    @property
    def rounds_in_all(self) -> int:
        """How many rounds the game has."""
        return len(self.rounds) + len(self.digits) - (self.phase is Phase.RESULT)

    @property
    def streak(self) -> int:
        """How many of the player's digits in a row were guessed, up to the last."""
        return _streak(self.rounds[self.player :: self.players])

    @property
    def streak_ended(self) -> int:
        """Length of the streak that the last round ended."""
        own = self.rounds[self.player :: self.players]
        return 0 if self.streak else _streak(own[:-1])

    @property
    def seconds_left(self) -> float | None:
        """Seconds left on the clock; None without a limit."""
        return None if self.limit is None else max(0.0, self.limit - self.seconds)

    @property
    def result_sound(self) -> str:
        """The sound of a result, which is higher with each digit of a streak."""
        return (
            f"streak{min(self.streak, STREAK_LIMIT)}" if self.streak > 1 else super().result_sound
        )

    def after_event(self, before: State, state: State) -> Outcome:
        """Play a sound at each of the last seconds."""
        state, effects = split_outcome(super().after_event(before, state))
        old = before.screen
        if isinstance(old, DrawGame) and state.screen is self and self.last_seconds:
            counts = self.last_seconds != old.last_seconds and old.phase is Phase.DRAWING
            effects += (PlaySound("tick"),) if counts else ()
        return state, effects

    @property
    def last_seconds(self) -> int:
        """The last seconds as they are counted down: 3, 2, 1; at any other time 0."""
        left = self.seconds_left
        if left is None or self.phase is not Phase.DRAWING or left > LAST_SECONDS:
            return 0
        return math.ceil(left)

    def handle(self, state: State, event: Event) -> Response:
        """Give up the digit, or go on."""
        if event == Do.SKIP and self.phase in {Phase.CARD, Phase.DRAWING}:
            return self.skip(state)
        return super().handle(state, event)

    def next_round(self) -> "DrawGame":
        """Return the game with the next card."""
        return self.dealt(Phase.CARD, digits=self.digits[1:], points=Points())

    def play(self, state: State, seconds: float) -> "DrawGame":
        """Return the game some time later in a round."""
        game = replace(self.traced(state), waited=self.waited + seconds)
        if self.phase is Phase.GRACE:
            over = not state.sketch.pen_down or game.waited >= GRACE_SECONDS
            return game.won(state) if over else game
        sure = digit_read(state.reading, SURE) == self.asked
        likely = digit_read(state.reading, LIKELY, expected=True) == self.asked
        resting = likely and not state.sketch.pen_down
        game = replace(
            game,
            seconds=self.seconds + seconds,
            sure_seconds=self.sure_seconds + seconds if sure else 0.0,
            rest_seconds=self.rest_seconds + seconds if resting else 0.0,
            thought=self.thought.after(seconds, state.reading),
        )
        if game.sure_seconds >= HOLD_SECONDS or game.rest_seconds >= REST_SECONDS:
            said = with_article("Oh, I know: it’s a {digit}!", self.asked)
            return game.guessed(state, Phase.GRACE, said, self.asked)
        return game.skip(state) if game.seconds_left == 0 else game

    def won(self, state: State) -> "DrawGame":
        """Return the game after a right guess.

        A longer limit brings no more points for time, and no limit brings none.
        """
        saved = 0.0 if self.limit is None else max(0.0, 1 - self.guess_seconds / NORMAL_SECONDS)
        points = Points(
            time=round(TIME_POINTS * saved),
            ink=round(INK_POINTS * max(0.0, 1 - self.guess_ink / INK_LIMIT)),
            streak=STREAK_POINTS * min(self.streak, STREAK_LIMIT),
        )
        return self.ended(state, self.asked, sum(points), points=points)

    def skip(self, state: State) -> "DrawGame":
        """Return the game after a digit was given up, or not guessed in time."""
        game = self.guessed(state, Phase.RESULT, "")
        read = state.reading
        refused = read is not None and digit_read(read, 0.0, expected=True) is None
        return game.ended(state, self.asked, 0, refused=refused, points=Points())


def _streak(rounds: tuple[Round, ...]) -> int:
    """Return how many of the last rounds were right, without a miss between them."""
    return len(list(takewhile(lambda one: one.right, reversed(rounds))))
