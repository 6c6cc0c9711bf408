"""My digits: how the network reads the player's hand, and what it can learn of it."""

from dataclasses import dataclass, replace
from typing import ClassVar

from game.core.effects import Order, StudyHand
from game.core.events import Do, Event, HandStudied, HandUsed
from game.core.language import mark, tr
from game.core.state import Help, Net, Outcome, Response, Screen, State


@dataclass(frozen=True)
class Digits(Screen):
    """How the network reads this player's handwriting, over all games."""

    scene_name: ClassVar[str] = "digits"
    help: ClassVar[Help] = (
        (
            mark("Let it learn"),
            mark("It reads with what your digits and your labels have taught it"),
        ),
        (mark("Of 100"), mark("Measured on digits that were left out while it learnt")),
        (
            mark("Take it back"),
            mark("It reads as before, and what it learnt is deleted. Your digits stay"),
        ),
    )

    knows_hand: bool = False
    """Whether a network is in use that was taught the player's hand, which can be taken back."""
    offers: bool = False
    """Whether there is a taught network that the player can adopt."""
    is_begun: bool = False
    """Whether this screen has had a network taught since it was opened."""

    @classmethod
    def start(cls, state: State) -> "Digits":
        """Return the screen with what can be adopted now."""
        return cls(state.teaching.used is not None, state.teaching.offer is not None)

    @property
    def page_key(self) -> tuple[object, ...]:
        """The buttons; see `Screen.page_key`."""
        return self.knows_hand, self.offers

    def handle(self, state: State, event: Event) -> Response:
        """Adopt what was learnt of the player's hand, or take it back."""
        match event:
            case Do.ADD if self.offers:
                return state, (Order.ADOPT_HAND,)
            case Do.REMOVE if self.knows_hand:
                return state, (Order.DROP_HAND,)
        return super().handle(state, event)

    def after_event(self, before: State, state: State) -> Outcome:
        """Have a network taught once the game's own is loaded, and show what can be adopted."""
        del before
        begins = state.net is Net.READY and not self.is_begun
        shown = replace(Digits.start(state), is_begun=self.is_begun or begins)
        if not self.is_begun:
            studies = replace(state.teaching, is_studying=state.net is not Net.FAILED)
            state = replace(state, teaching=studies)
        return replace(state, screen=shown), (StudyHand(),) if begins else ()


def with_hand(state: State, event: HandStudied | HandUsed) -> State:
    """Return the state after a network was taught the player's hand, or another one is in use.

    Outside of games, a notice says that there is something to gain.
    """
    before = state.teaching
    if isinstance(event, HandUsed):
        state = replace(state, teaching=before.with_used(event.taught))
        changed = event.taught != before.used
        return replace(state, reading=None, number=None) if changed else state
    after = before.with_found(event.found)
    state = replace(state, teaching=after)
    is_news = after.offer is not None and before.offer is None
    if not is_news or state.screen.is_game or isinstance(state.screen, Digits):
        return state
    said = tr("I can learn to read your hand better. Have a look at My digits")
    return state.with_notice(said, stays=True)
