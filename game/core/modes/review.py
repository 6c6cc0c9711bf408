"""The review after a game: its drawings, then the player's name and the best scores."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import ClassVar

from game.core.effects import StoreRecords
from game.core.events import Choose, Composing, Do, Event, Go, Typed
from game.core.state import Outcome, Screen, State, separated
from game.core.values.records import NAME_LENGTH, NOBODY, Score
from game.core.values.rounds import Round

LEAD_SECONDS = 0.5
"""Pause before the first stroke of a replay."""

REST_SECONDS = 1.0
"""Pause after a replay, before it repeats."""


class Page(Enum):
    """Pages of the review."""

    DRAWINGS = "drawings"
    NAME = "name"
    SCORES = "scores"


@dataclass(frozen=True)
class Review(Screen):
    """The finished game and the page of the review that is shown."""

    scene_name: ClassVar[str] = "review"

    mode: str
    rounds: tuple[Round, ...]
    score: int
    is_scored: bool = True
    """Whether there is a table of scores."""
    ranks: bool = False
    """Whether the score is among the best and not recorded yet."""
    best_ever: bool = False
    network_score: int | None = None
    page: Page = Page.DRAWINGS
    chosen: int = 0
    """Index of the drawing that is replayed."""
    seconds: float = 0.0
    """Time of the replay, by the clock of its round."""
    name: str = ""
    name_is_suggested: bool = False
    """The name was filled in; the first typed character replaces it."""
    composing: str = ""
    """Text that an input method has not committed yet; shown after the name."""
    number: str = ""
    """Identifies the game among others with the same score."""

    @property
    def page_key(self) -> tuple[object, ...]:
        """The page; see `Screen.page_key`."""
        return (self.page,)

    @property
    def arrival_sound(self) -> str:
        """The sound of a new record, or that of any other screen."""
        return "best" if self.best_ever else "turn"

    def tick(self, state: State, seconds: float) -> State:
        """Continue the replay of the chosen drawing."""
        return replace(state, screen=tick(self, seconds)) if self.page is Page.DRAWINGS else state

    def leave(self, state: State) -> Outcome:
        """Record the score, if it is among the best and was not recorded yet."""
        if not self.ranks:
            return state
        score = Score(self.score, self.name.strip() or NOBODY, self.mode, self.number)
        recorded = replace(state, records=state.records.with_score(score))
        return recorded, (StoreRecords(scores=(score,)),)

    def handle(self, state: State, event: Event) -> Outcome | Go:
        """Choose a drawing, enter the name, or go on to the next page."""
        match event, self.page:
            case Choose(number), _:
                return replace(state, screen=choose(self, number))
            case Typed(text), Page.NAME:
                return replace(state, screen=typed(self, text))
            case Composing(text), Page.NAME:
                return replace(state, screen=replace(self, composing=text))
            case Do.CLEAR, Page.NAME:
                shorter = replace(self, name=self.name[:-1], name_is_suggested=False)
                return replace(state, screen=shorter)
            case Do.ACCEPT, Page.NAME:
                recorded, effects = separated(self.leave(state))
                return replace(recorded, screen=onward(self)), effects
            case Do.ACCEPT, Page.SCORES:
                return Go("title")
            case Do.ACCEPT, Page.DRAWINGS:
                return replace(state, screen=onward(self))
        return super().handle(state, event)

    @property
    def right(self) -> int:
        """Number of rounds that the network guessed."""
        return sum(played.right for played in self.rounds)


def tick(review: Review, seconds: float) -> Review:
    """Advance the replay, and repeat it after its end."""
    now = review.seconds + seconds
    if now > review.rounds[review.chosen].end + REST_SECONDS:
        return choose(review, review.chosen)
    return replace(review, seconds=now)


def choose(review: Review, number: int) -> Review:
    """Replay another drawing from its beginning."""
    chosen = number % len(review.rounds)
    first = min((stroke[0][2] for stroke in review.rounds[chosen].strokes), default=0.0)
    begin = max(0.0, first - LEAD_SECONDS)
    return replace(review, chosen=chosen, seconds=begin, page=Page.DRAWINGS, composing="")


def typed(review: Review, text: str) -> Review:
    """Add text to the name, and end a composition."""
    before = "" if review.name_is_suggested and text else review.name
    return replace(
        review,
        name=(before + text)[:NAME_LENGTH],
        name_is_suggested=review.name_is_suggested and not text,
        composing="",
    )


def onward(review: Review) -> Review:
    """Go from the drawings to the name, if it is asked for, and from there to the scores."""
    if review.page is Page.DRAWINGS and review.ranks:
        return replace(review, page=Page.NAME)
    return replace(review, page=Page.SCORES, ranks=False, composing="")
