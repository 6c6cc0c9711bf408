"""The review after a game: drawings, best scores, and the name of a new player."""

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, ClassVar, Self

from game.core.effects import SwitchPlayer
from game.core.events import Choose, Composing, Do, Event, Go, Typed
from game.core.line import Line
from game.core.state import Outcome, Response, Screen, State, split_outcome
from game.core.values.mood import Mood
from game.core.values.players import GUEST
from game.core.values.records import Records, Score
from game.core.values.rounds import Round

LEAD_SECONDS = 0.5
"""Pause before the first stroke of a replay."""

REST_SECONDS = 1.0
"""Pause after a replay, before it repeats."""


class Page(Enum):
    """Pages of the review."""

    WINNER = "winner"
    """Which of two players has won."""
    DAY = "day"
    """The result of a day, and the days before it."""
    DRAWINGS = "drawings"
    NAME = "name"
    SCORES = "scores"


@dataclass(frozen=True)
class Review(Screen):
    """The finished game and the page of the review that is shown."""

    scene_name: ClassVar[str] = "review"
    turns_pages: ClassVar[bool] = True

    mode: str
    rounds: tuple[Round, ...]
    score: int
    is_scored: bool = True
    """Whether there is a table of scores."""
    players: int = 1
    """How many played the rounds in turn."""
    ranks: bool = False
    """Whether the score is among the best and not recorded yet."""
    best_ever: bool = False
    is_timed: bool = True
    """Whether times are shown: not if the clock was off."""
    network_score: int | None = None
    page: Page = Page.DRAWINGS
    chosen: int = 0
    """Index of the drawing that is replayed."""
    seconds: float = 0.0
    """Time of the replay, by the clock of its round."""
    shown: float = field(default=0.0, compare=False)
    """Seconds since the review began; only the fireworks depend on them."""
    nameless: bool = False
    """Whether the player has no name yet."""
    name: Line = field(default_factory=Line)
    """The name that a player without one types."""
    number: str = ""
    """Identifies the game among others with the same score."""

    @classmethod
    def of(
        cls,
        state: State,
        mode: str,
        rounds: tuple[Any, ...],
        *,
        is_scored: bool = True,
        **more: Any,
    ) -> Self:
        """Return the review of a game that has just ended, with `more` fields."""
        score = sum(played.points for played in rounds)
        best, ranks = state.records.best(mode), is_scored and state.records.ranks(mode, score)
        return cls(
            mode,
            rounds,
            score,
            is_scored=is_scored,
            ranks=ranks,
            best_ever=ranks and (best is None or score > best),
            nameless=state.player != GUEST and not state.records.name,  # a guest needs none
            number=f"{state.seed:x}",
            **more,
        )

    @property
    def page_key(self) -> tuple[object, ...]:
        """The page; see `Screen.page_key`."""
        return (self.page,)

    @property
    def arrival_sound(self) -> str:
        """The sound of something to celebrate, or that of any other screen."""
        return "best" if self.is_feast else "turn"

    @property
    def is_feast(self) -> bool:
        """Whether there is something to celebrate: two who have played, or a new record."""
        return self.players > 1 or self.best_ever

    @property
    def points(self) -> tuple[int, ...]:
        """The points of each player."""
        apart = (self.rounds[player :: self.players] for player in range(self.players))
        return tuple(sum(played.points for played in rounds) for rounds in apart)

    @property
    def winner(self) -> int | None:
        """Index of the player with the most points; None if it is a draw."""
        most = max(self.points)
        return self.points.index(most) if self.points.count(most) == 1 else None

    def at(self, number: int) -> Self:
        """Return the review with another drawing, replayed from its beginning."""
        chosen = number % len(self.rounds)
        first = min((stroke[0][2] for stroke in self.rounds[chosen].strokes), default=0.0)
        begin = max(0.0, first - LEAD_SECONDS)
        return replace(self, chosen=chosen, seconds=begin, page=Page.DRAWINGS)

    def tick(self, state: State, seconds: float) -> Self:
        """Continue the replay of the chosen drawing."""
        del state
        later = replace(self, shown=self.shown + seconds)
        if self.page is not Page.DRAWINGS:
            return later
        now = self.seconds + seconds
        over = now > self.rounds[self.chosen].end + REST_SECONDS
        return later.at(self.chosen) if over else replace(later, seconds=now)

    @property
    def asks_name(self) -> bool:
        """Whether the player is asked for a name: once, after a score among the best."""
        return self.ranks and self.nameless

    @property
    def entry(self) -> Score:
        """The score of this game as it is recorded."""
        return Score(self.score, "", self.mode, self.number, self.knows_hand)

    @property
    def knows_hand(self) -> bool:
        """Whether a network that had been taught the player's hand read any of it."""
        return any(played.knows_hand for played in self.rounds)

    def mood(self, state: State) -> Mood | None:
        """Return the mood at this time of the replay, or that of a score among the best."""
        del state
        if self.page is not Page.DRAWINGS:
            return Mood.BEST_EVER if self.is_feast else Mood.DELIGHTED
        played = self.rounds[self.chosen]
        if self.seconds < played.seconds:
            return Mood.WATCHING
        return Mood.DELIGHTED if played.right else Mood.SHEEPISH

    def leave(self, state: State) -> Outcome:
        """Record the score, if it is among the best and was not recorded yet."""
        if not self.ranks:
            return state
        added = Records((self.entry,), name=self.name.text.strip())
        return state.with_records(added)

    def handle(self, state: State, event: Event) -> Response:
        """Choose a drawing, enter the name, or go on to the next page."""
        match event, self.page:
            case Choose(number), _:
                return self.at(number)
            case ((Typed() | Composing() | Do.CLEAR), Page.NAME):
                return replace(self, name=self.name.after(event))
            case Do.NEXT, Page.SCORES if state.next_player:
                return state, (SwitchPlayer(state.next_player.key, self.mode),)
            case Do.ACCEPT, Page.WINNER:
                return self.at(self.chosen)
            case Do.ACCEPT, Page.SCORES:
                return Go("title")
            case Do.ACCEPT, Page.DRAWINGS if not self.is_scored:
                return Go("title")
            case Do.ACCEPT, Page.DRAWINGS if self.asks_name:
                return replace(self, page=Page.NAME)
            case Do.ACCEPT, _:
                recorded, effects = split_outcome(self.leave(state))
                shown = replace(self, page=Page.SCORES, ranks=False)
                return replace(recorded, screen=shown), effects
        return super().handle(state, event)
