"""Who plays: the players of this machine, their best games, and the word of a class."""

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import ClassVar

from game.core.effects import (
    AddPlayer,
    DeleteData,
    Effects,
    ExportData,
    Order,
    SwitchPlayer,
)
from game.core.events import Change, Choose, Composing, Do, Event, Go, Set, Typed
from game.core.language import mark, tr
from game.core.line import Line
from game.core.state import Help, Outcome, Response, Screen, State
from game.core.values.players import FIRST, GUEST, Player, Players, Shared
from game.core.values.records import Records


class Page(Enum):
    """Pages of the screen; its buttons name them by `Set("page", …)`."""

    LIST = "list"
    ADD = "add"
    RENAME = "rename"
    WORD = "word"
    """The word of a class is typed."""
    REMOVE = "remove"
    """The player is asked whether to delete all that is theirs."""
    SCORES = "scores"


TYPED = {Page.ADD, Page.RENAME, Page.WORD}
"""The pages with a line to type."""


@dataclass(frozen=True)
class WhoPlays(Screen):
    """The choice of who plays."""

    scene_name: ClassVar[str] = "players"
    turns_pages: ClassVar[bool] = True
    help: ClassVar[Help] = (
        (mark("A player"), mark("Scores, stars, days, sums and drawings are each player’s own")),
        (mark("A guest"), mark("Guests can play everything, and nothing of it is kept")),
        (
            mark("A class"),
            mark("Whoever types the same word gets the same digits, game by game"),
        ),
        (mark("Next one"), mark("While a class plays, press N on the title or at the scores")),
    )

    page: Page = Page.LIST
    line: Line = field(default_factory=Line)
    """What is typed on a page with a line."""
    part: int = 0
    """Which part of a long list is shown; the view divides it."""
    order: str = ""
    """Name of the mode by whose scores the players are sorted; "" for the first that has any."""

    is_listed: bool = field(default=False, compare=False)
    """Whether the list of players was requested since the page was opened."""

    @property
    def page_key(self) -> tuple[object, ...]:
        """The page, and the part of its list; see `Screen.page_key`."""
        return self.page, self.part

    def after_event(self, before: State, state: State) -> Outcome:
        """Request the list of players once on each page.

        That is after the event that opens the page: when the command line opens it, the effects of
        that event are dropped.
        """
        shown = replace(self, part=0) if state.player != before.player else self
        if not isinstance(before.screen, WhoPlays) or self.is_listed:
            return replace(state, screen=shown)
        return replace(state, screen=replace(shown, is_listed=True)), (Order.LIST_PLAYERS,)

    def handle(self, state: State, event: Event) -> Response:
        """Choose who plays, or go to another page."""
        match event:
            case Change("part", step):
                return replace(self, part=self.part + step)
            case Set("page", name):
                return self._turned_to(state, Page(name))
            case Do.BACK if self.page is not Page.LIST:
                return WhoPlays()
            case _ if self.page in TYPED:
                return self._handle_line(state, event)
        return self._handle_page(state, event)

    def _handle_page(self, state: State, event: Event) -> Response:
        match event, self.page:
            case Choose(number), Page.LIST if number in range(len(everybody(state))):
                return state, (SwitchPlayer(everybody(state)[number].key),)
            case Do.SAVE, Page.LIST if state.player != GUEST:
                return state, (ExportData(state.player_name),)
            case Set("order", mode), Page.SCORES:
                return replace(self, order=mode, part=0)
            case Do.FORGET, Page.REMOVE:
                return _without_player(state)
            case Do.ACCEPT, Page.LIST:
                return Go("title")
            case Do.ACCEPT, _:
                return WhoPlays()
        return super().handle(state, event)

    def _turned_to(self, state: State, page: Page) -> "WhoPlays":
        """Return another page; a guest has nothing to rename or to remove."""
        if state.player == GUEST and page in {Page.RENAME, Page.REMOVE}:
            return self
        known = {
            Page.RENAME: state.records.name,
            Page.WORD: state.shared.word if state.shared else "",
        }
        return WhoPlays(page, Line(known.get(page, "")))

    def _handle_line(self, state: State, event: Event) -> Response:
        """Type, or accept what was typed; a name has at least one letter."""
        text = " ".join(self.line.text.split())
        match event, self.page:
            case ((Typed() | Composing() | Do.CLEAR), _):
                return replace(self, line=self.line.after(event))
            case Do.ACCEPT, Page.WORD:
                shared = Shared(text) if text else None
                return replace(state, shared=shared, screen=WhoPlays())
            case Do.ACCEPT, _ if not text:
                return state.with_notice(tr("Type a name first, or press Esc to go back"))
            case Do.ACCEPT, Page.ADD:
                return replace(state, screen=WhoPlays()), (AddPlayer(text),)
            case Do.ACCEPT, Page.RENAME:
                return _renamed(state, text)
        return super().handle(state, event)


def everybody(state: State) -> Players:
    """Return all players to choose from: the one who plays now, the others, and the guest."""
    own = Player(state.player, state.records.name)
    there = any(one.key == own.key for one in state.players) or own.key == GUEST
    return (*(() if there else (own,)), *state.players, Player(GUEST))


def _renamed(state: State, name: str) -> tuple[State, Effects]:
    players = tuple(
        replace(one, name=name) if one.key == state.player else one for one in state.players
    )
    renamed = replace(state, players=players, screen=WhoPlays())
    return renamed.with_records(Records(name=name))


def _without_player(state: State) -> tuple[State, Effects]:
    """Remove the player: a guest plays now, and another player at the next start."""
    name = state.player_name
    others = tuple(one for one in state.players if one.key != state.player)
    guest = replace(
        state.with_player(GUEST, Records()),
        players=others,
        settings=replace(state.settings, player=others[0].key if others else FIRST),
        screen=WhoPlays(),
    )
    said = tr("{name} is removed. A guest plays now", name=name)
    return guest.with_notice(said), (DeleteData(state.player), Order.LOAD_HAND)
