"""The state of the game, and the base class of the modes."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any, ClassVar, Self

from game.core.effects import (
    Ask,
    Effects,
    Order,
    ReadDigit,
    ReadNumber,
    ReadPhoto,
    StoreRecords,
    SwitchPlayer,
)
from game.core.events import Do, Event, Go
from game.core.language import mark
from game.core.values.mood import Feeling, Mood
from game.core.values.players import FIRST, GUEST, Player, Players, Shared, player_after
from game.core.values.readings import NumberReading, Photo, Reading
from game.core.values.records import Records
from game.core.values.settings import PACE, SYSTEM, Settings
from game.core.values.sheets import EMPTY_SHEETS, SheetContent
from game.core.values.sketch import Sketch, Strokes, lift
from game.core.values.teaching import Teaching
from game.core.values.writing import Form

NOTICE_SECONDS = 6.0

GLANCE_SECONDS = 0.4
"""How long a page is shown until a press on it counts.

The second press of a double click comes sooner. It was meant for the page before.
"""

UNKNOWN = mark("unknown")
"""The label of a drawing that was not read."""

TURN_SECONDS = 0.2
"""How long one screen takes to move into the place of another."""

Help = tuple[tuple[str, str], ...]
"""Lines of the help, each with its heading."""


class Net(Enum):
    """Whether the network is loaded."""

    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class Turn:
    """The movement of a screen into the place of the one before."""

    seconds: float = 0.0
    """How long it has lasted."""
    is_back: bool = False
    """Whether it comes from the left, since the player goes back."""


class Screen:
    """Base class of the modes.

    A mode is a frozen dataclass that holds its own part of the state. The core calls the methods
    below with the whole state and never asks which mode it is. Those that return an `Outcome` may
    add effects: `return state, (PlaySound("kept"),)`. If only the mode changes, `handle` returns
    the mode alone: `return replace(self, width=2)`.

    To add a mode, write its module in `game/core/modes/`, its scene in `game/view/screens/`, and
    its line in `game/core/modes/table.py`; if the title offers it, its picture goes into
    `game/view/screens/tiles.py`.
    """

    scene_name: ClassVar[str]
    """Name of the scene that shows it."""
    help: ClassVar[Help] = ()
    """The rules, shown at the top of the help."""
    is_game: ClassVar[bool] = False
    """Whether it can be paused, blocks opening files, and starts with a new seed."""
    keeps_drawing: ClassVar[bool] = False
    """Whether the drawing is restored when the player returns."""
    only_sheet: ClassVar[str] = ""
    """The only sheet of this mode, "digit" or "number"; "" if it has none or the player chooses."""
    tool: str = "pen"
    """The tool that the pointer uses on the pad."""
    turns_pages: ClassVar[bool] = False
    """Whether another page of it moves into the window as another screen does."""
    draws_on: ClassVar[str] = ""
    """Mode to switch to when a stroke begins, if this one has no pad."""

    @classmethod
    def start(cls, state: "State") -> Self:
        """Return the mode in its initial state."""
        del state
        return cls()

    @property
    def page_key(self) -> tuple[object, ...]:
        """Values that identify the page; a press counts only on the page where it began."""
        return ()

    @property
    def drawable(self) -> bool:
        """Whether the pen may draw."""
        return False

    @property
    def erasable(self) -> bool:
        """Whether ink may be removed."""
        return self.drawable

    @property
    def holds_unsaved(self) -> bool:
        """Whether something would be lost if another file were opened."""
        return False

    @property
    def arrival_sound(self) -> str:
        """Sound to play when the screen appears."""
        return "turn"

    def tick(self, state: "State", seconds: float) -> Self:
        """Return the mode advanced by `seconds`."""
        del state, seconds
        return self

    def begin_stroke(self, state: "State") -> "State":
        """Return the state just before the pen touches the pad."""
        return state

    def handle(self, state: "State", event: Event) -> "Response":
        """Return what follows from an event, or from the answer to a `question`.

        Answers also come while an overlay is open, and to questions of a mode before this one.
        """
        return Go("title") if event == Do.BACK else state

    def question(self, state: "State") -> Ask | None:
        """Return what to ask the network now, if anything."""
        return state.unread

    def mood(self, state: "State") -> Mood | None:
        """Return the mood of the creature, if this mode has a reason for one."""
        del state
        return None

    def before_quitting(self) -> Self | None:
        """Return the mode with what it asks before the game ends, if anything."""
        return None

    def after_event(self, before: "State", state: "State") -> "Outcome":
        """Return what follows from the changes since `before`; it is called after every event."""
        del before
        return state

    def leave(self, state: "State") -> "Outcome":
        """Return the state with anything to keep after the mode ends, such as the drawing."""
        if not self.keeps_drawing:
            return state
        content = SheetContent(lift(state.sketch), state.photo)
        return replace(state, sheets={**state.sheets, state.settings.sheet: content})


@dataclass(frozen=True)
class Title(Screen):
    """The first screen; it is defined here because a new state shows it."""

    scene_name: ClassVar[str] = "title"
    draws_on: ClassVar[str] = "sketchpad"

    def handle(self, state: "State", event: Event) -> "Response":
        """Play what was played last, let the next of a class play, or quit the game."""
        if event == Do.ACCEPT:
            return Go(state.settings.last)
        if event == Do.NEXT and state.next_player:
            return state, (SwitchPlayer(state.next_player.key),)
        return (state, (Order.QUIT,)) if event == Do.BACK else state


@dataclass(frozen=True)
class State:
    """All that the window shows: equal states look equal, except while something moves."""

    screen: Screen = field(default_factory=Title)
    overlay: str = ""
    """Name of the open overlay: "pause", "help", "open", "delete" or "confirm"; empty if none."""
    overlay_before_help: str = ""
    """Overlay to return to when the help closes."""
    now: float = 0.0
    """Seconds since the game began, not counting time with an overlay open."""
    today: date = date(2000, 1, 1)
    """The player's date."""
    page_seconds: float = field(default=math.inf, compare=False)
    """Seconds for which the page has been shown; the picture does not depend on them."""
    turn: Turn | None = field(default=None, compare=False)
    """The movement of the screen into its place; None once it is there."""
    sketch: Sketch = field(default_factory=Sketch)
    photo: Photo | None = None
    """Photo on the pad instead of a sketch, until something is drawn."""
    photo_at: float = 0.0
    """Time at which it was opened."""
    sheets: Mapping[str, SheetContent] = field(default_factory=lambda: EMPTY_SHEETS)
    """What was on each sheet of the sketchpad when the player left it."""
    reading: Reading | None = None
    """Reading of the pad; None if the pad is empty or the network is not ready."""
    read_strokes: Strokes = ()
    """The drawing that `reading` is of; the pen may have gone on since."""
    number: NumberReading | None = None
    """Reading of the sheet for numbers, or of a photo; perhaps of the drawing a moment ago."""
    net: Net = Net.LOADING
    net_error: str = ""
    silent: bool = False
    """Whether there is no audio device."""
    settings: Settings = field(default_factory=Settings)
    fullscreen: bool = False
    """Whether the window is fullscreen; the command line can override the setting."""
    language: str = SYSTEM
    """The language of the texts; the command line can override the setting."""
    records: Records = field(default_factory=Records)
    player: str = FIRST
    """Key of the player; `GUEST` if nothing is kept."""
    players: Players = ()
    """The players of this machine, once a mode has asked for them."""
    shared: Shared | None = None
    """The digits that a class shares, while it does."""
    teaching: Teaching = field(default_factory=Teaching)
    """What the network has learnt of the player's hand."""
    seed: int = 0
    """Seed of the digits in the next game."""
    learning: Screen | None = None
    """The networks that learn, kept while another screen is shown."""
    focus: int | None = None
    feeling: Feeling = field(default_factory=Feeling)
    """What the creature feels."""
    active_at: float = 0.0
    """Time of the last event that came from the player."""
    notice: str = ""
    notice_until: float = 0.0
    notice_stays: bool = False
    """Whether only time and another screen end it, and no change of the pad does."""
    forms: Mapping[Form, Strokes] = field(default_factory=dict)
    """The ways of writing that can be taught, once a mode has asked for them."""
    saved_drawings: tuple[tuple[str, Strokes], ...] = ()
    """The saved drawings that the player can open, each with its label."""
    to_delete: int = 0
    """Index of the saved drawing that the player is asked about deleting."""
    labelled: tuple[str, Strokes] = ("", ())
    """The last label that the player gave on the sketchpad, and its drawing."""

    @property
    def word(self) -> str:
        """Label of the drawing: the player's if there is one, otherwise the network's."""
        said, strokes = self.labelled
        if strokes and strokes == self.sketch.strokes:
            return said
        if self.number:
            return self.number.text
        return str(self.reading.digit) if self.reading else UNKNOWN

    @property
    def player_name(self) -> str:
        """What the player is called."""
        return Player(self.player, self.records.name).shown_name

    @property
    def next_player(self) -> Player | None:
        """Whose turn it is next, while a class plays the same digits on this machine."""
        return player_after(self.players, self.player) if self.shared else None

    @property
    def shows_number(self) -> bool:
        """Whether the sheet for numbers is shown."""
        of_sketchpad = self.settings.sheet if self.screen.keeps_drawing else "digit"
        return (self.screen.only_sheet or of_sketchpad) == "number"

    @property
    def number_is_read(self) -> bool:
        """Whether `number` was read in the current drawing or photo."""
        if self.number is None or self.number.photo is not self.photo:
            return False
        return self.number.strokes == self.sketch.strokes

    @property
    def unread(self) -> ReadDigit | ReadNumber | ReadPhoto | None:
        """The question that asks to read the pad; None if it is empty or read."""
        strokes = self.sketch.strokes
        if self.net is not Net.READY or not (self.photo or strokes):
            return None
        if self.photo or self.shows_number:
            wanted = ReadPhoto(self.photo) if self.photo else ReadNumber(strokes)
            return None if self.number_is_read else wanted
        is_read = self.reading is not None and self.read_strokes is strokes
        return None if is_read else ReadDigit(strokes)

    def with_pad(self, sketch: Sketch, photo: Photo | None = None) -> "State":
        """Return the state with something else on the pad, which is not read yet."""
        return replace(self, sketch=sketch, photo=photo, reading=None, number=None)

    def with_player(self, key: str, records: Records) -> "State":
        """Return the state in which another player plays; nothing of the one before is left."""
        known = any(one.key == key for one in self.players)
        return replace(
            self.with_pad(EMPTY_SHEETS["digit"].sketch),
            player=key,
            records=records,
            teaching=Teaching(),
            players=self.players
            if known or key == GUEST
            else (*self.players, Player(key, records.name)),
            settings=replace(self.settings, player=key) if key != GUEST else self.settings,
            sheets=EMPTY_SHEETS,
            learning=None,
            labelled=("", ()),
        )

    def with_settings(self, **changes: Any) -> "State":
        """Return the state with other settings."""
        return replace(self, settings=replace(self.settings, **changes))

    def with_records(self, added: Records) -> tuple["State", Effects]:
        """Return the state with more in the player's records, and what stores it."""
        return replace(self, records=self.records.plus(added)), (StoreRecords(added),)

    def with_notice(self, text: str, *, stays: bool = False) -> "State":
        """Return the state with a notice that is shown for `NOTICE_SECONDS`, or longer if slow.

        Another screen ends it earlier. Unless it `stays`, a change of the pad or of the mode does.
        """
        until = self.now + NOTICE_SECONDS / PACE[self.settings.timer]
        return replace(self, notice=text, notice_until=until, notice_stays=stays)

    @property
    def page(self) -> tuple[object, ...]:
        """Values that identify the page in the whole game; see `Screen.page_key`."""
        return type(self.screen), self.overlay, self.shows_number, *self.screen.page_key

    @property
    def turned_page(self) -> tuple[object, ...]:
        """Values that identify what moves into the window as a whole; see `Turn`."""
        pages = self.screen.page_key if self.screen.turns_pages else ()
        return type(self.screen), self.overlay, self.shows_number, *pages

    @property
    def page_is_seen(self) -> bool:
        """Whether the page has been shown long enough for a press on it to count."""
        return self.page_seconds >= GLANCE_SECONDS

    @property
    def lifted(self) -> "State":
        """The state with the pen lifted from the pad."""
        return replace(self, sketch=lift(self.sketch))

    @property
    def drawable(self) -> bool:
        """Whether the pen may draw now."""
        return not self.overlay and self.screen.drawable


Outcome = State | tuple[State, Effects]
"""What follows from an event: the next state, alone or with effects."""

Response = Outcome | Screen | Go
"""What a mode returns for an event: an outcome, its own next value, or a `Go` to another mode."""


def split_outcome(outcome: Outcome) -> tuple[State, Effects]:
    """Return the state and the effects of an outcome."""
    return (outcome, ()) if isinstance(outcome, State) else outcome
