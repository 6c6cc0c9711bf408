"""The state of the game, and the base class of the modes."""

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import ClassVar, Self

from game.core.events import Do, Event, Go
from game.core.insight import Question
from game.core.readings import NumberReading, Photo, Reading
from game.core.rules.records import Records
from game.core.rules.rounds import PadView
from game.core.rules.settings import Settings
from game.core.rules.sketch import NUMBER_WIDTH, Sketch, Strokes, lift

NOTICE_SECONDS = 6.0

FRAME_SECONDS = 1 / 60
STILL_SECONDS = 0.5
"""Seconds between frames of a screen without animation."""

Help = tuple[tuple[str, str], ...]
"""Lines of the help, each with its heading."""


class Net(Enum):
    """Whether the network is loaded."""

    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


class Screen:
    """Base class of the modes.

    A mode is a frozen dataclass that holds its own part of the state. The core calls the methods
    below with the whole state and never asks which mode it is. To add a mode, write its module in
    `game/core/rules/`, its scene in `game/view/screens/`, and its line in `game/core/modes.py`.
    """

    view: ClassVar[str]
    """Name of the module in `game/view/screens/` that draws it."""
    help: ClassVar[Help] = ()
    """The rules, shown at the top of the help."""
    is_game: ClassVar[bool] = False
    """Whether it can be paused, blocks opening files, and starts with a new seed."""
    keeps_drawing: ClassVar[bool] = False
    """Whether the drawing is restored when the player returns."""
    only_sheet: ClassVar[str] = ""
    """The only sheet that this mode has, if it restores the drawing but not on any sheet."""
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
        return False

    @property
    def current_tool(self) -> str:
        """The tool that the pointer uses on the pad."""
        return "pen"

    @property
    def arrival_cue(self) -> str:
        """Sound to play when the screen appears."""
        return "turn"

    def frame_interval(self, state: "State") -> float:
        """Return the seconds until the picture changes without input."""
        del state
        return STILL_SECONDS

    def tick(self, state: "State", seconds: float) -> "State":
        """Return the state advanced by `seconds`."""
        del seconds
        return state

    def begin_stroke(self, state: "State") -> "State":
        """Return the state just before the pen touches the pad."""
        return state

    def handle(self, state: "State", event: Event) -> "State | Go":
        """Return the state after an event, or the mode to go to."""
        return Go("title") if event == Do.BACK else state

    def question(self, state: "State") -> Question | None:
        """Return what to ask the network about how it reads the pad."""
        del state
        return None

    def receive(self, state: "State", answer: Event) -> "State":
        """Return the state after an answer that came later; here to another mode's question."""
        del answer
        return state

    def settle(self, before: "State", state: "State") -> "State":
        """Return the state updated for the changes since `before`."""
        if state.sketch.strokes or not before.sketch.strokes:
            return state
        reading = None if state.reading is before.reading else state.reading
        return replace(state, reading=reading, number=None)

    def leave(self, state: "State") -> "State":
        """Return the state with anything to keep after the mode ends, such as the drawing."""
        if not self.keeps_drawing:
            return state
        left = Left(lift(state.sketch), state.photo)
        return replace(state, left=state.left.with_sheet(state.settings.sheet, left))

    def sound_cues(self, old: "Screen") -> tuple[str, ...] | None:
        """Return the sounds for a change within the mode, or None for the default ones."""
        del old
        return None


@dataclass(frozen=True)
class Title(Screen):
    """The first screen."""

    view: ClassVar[str] = "title"
    draws_on: ClassVar[str] = "sketchpad"

    def frame_interval(self, state: "State") -> float:
        """Return the time of two frames, unless motion is reduced."""
        return STILL_SECONDS if state.settings.reduced_motion else 2 * FRAME_SECONDS

    def handle(self, state: "State", event: Event) -> "State | Go":
        """Quit the game on "back"."""
        return replace(state, running=False) if event == Do.BACK else state


@dataclass(frozen=True)
class Left:
    """The drawing or photo that was on a sheet of the sketchpad when the player left it."""

    sketch: Sketch = field(default_factory=Sketch)
    photo: Photo | None = None


@dataclass(frozen=True)
class Sheets:
    """What was left on each sheet of the sketchpad."""

    digit: Left = field(default_factory=Left)
    number: Left = field(default_factory=lambda: Left(Sketch(width=NUMBER_WIDTH)))

    def __getitem__(self, name: str) -> Left:
        """Return what lies on the sheet of this name."""
        return self.number if name == "number" else self.digit

    def with_sheet(self, name: str, left: Left) -> "Sheets":
        """Return the sheets, with this on one of them."""
        return replace(self, number=left) if name == "number" else replace(self, digit=left)


@dataclass(frozen=True)
class State:
    """Everything the screen shows; equal states look equal."""

    screen: Screen = field(default_factory=Title)
    overlay: str = ""
    """Name of the open overlay: "pause", "help" or "open"; empty if none."""
    beneath: str = ""
    """Overlay to return to when the help closes."""
    now: float = 0.0
    """Seconds since the game began, not counting time with an overlay open."""
    sketch: Sketch = field(default_factory=Sketch)
    photo: Photo | None = None
    """Photo on the pad instead of a sketch, until something is drawn."""
    photo_at: float = 0.0
    """Time at which it was opened."""
    left: Sheets = field(default_factory=Sheets)
    reading: Reading | None = None
    """Reading of the pad; None if the pad is empty or the network is not ready."""
    number: NumberReading | None = None
    """The same on the sheet for numbers or of a photo; it may be of the drawing a moment ago."""
    net: Net = Net.LOADING
    net_error: str = ""
    silent: bool = False
    """Whether there is no audio device."""
    running: bool = True
    settings: Settings = field(default_factory=Settings)
    fullscreen: bool = False
    """Whether the window is fullscreen; the command line can override the setting."""
    records: Records = field(default_factory=Records)
    seed: int = 0
    """Seed of the digits in the next game."""
    restarts: int = 0
    """How often networks that learn were given up for others; it tells their progress apart."""
    focus: int | None = None
    notice: str = ""
    notice_until: float = 0.0
    offered: tuple[tuple[str, Strokes], ...] = ()
    """Labelled saved drawings that the player can open."""
    kept: tuple[tuple[str, Strokes], ...] = ()
    """Labelled drawings that are waiting to be stored."""
    labelled: tuple[str, Strokes] = ("", ())
    """The last label that the player gave on the sketchpad, and its drawing."""
    forget: bool = False
    """Whether to delete all stored data."""

    @property
    def word(self) -> str:
        """Label of the drawing: the player's if there is one, otherwise the network's."""
        said, strokes = self.labelled
        if strokes and strokes == self.sketch.strokes:
            return said
        if self.number:
            return self.number.text
        return str(self.reading.digit) if self.reading else "unknown"

    @property
    def shows_number(self) -> bool:
        """Whether the sheet for numbers is shown."""
        return self.screen.keeps_drawing and self.settings.sheet == "number"

    @property
    def number_is_read(self) -> bool:
        """Whether the number was read in the drawing or photo as it is now."""
        if self.number is None or self.number.photo is not self.photo:
            return False
        return self.number.strokes == self.sketch.strokes

    def noted(self, text: str) -> "State":
        """Return the state with a notice that is shown for `NOTICE_SECONDS`."""
        return replace(self, notice=text, notice_until=self.now + NOTICE_SECONDS)

    @property
    def page(self) -> tuple[object, ...]:
        """The page of the scene; see `Screen.page_key`."""
        return type(self.screen), self.overlay, *self.screen.page_key

    @property
    def pad(self) -> PadView:
        """The part of the state that the rules read from the pad."""
        ready = self.net is Net.READY
        return PadView(self.sketch.strokes, self.sketch.pen_down, self.reading, ready, self.now)

    @property
    def lifted(self) -> "State":
        """The state with the pen lifted from the pad."""
        return replace(self, sketch=lift(self.sketch))

    @property
    def drawable(self) -> bool:
        """Whether the pen may draw now."""
        return not self.overlay and self.screen.drawable

    @property
    def erasable(self) -> bool:
        """Whether ink may be removed now."""
        return not self.overlay and self.screen.erasable
