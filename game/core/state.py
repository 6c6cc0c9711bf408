"""What is true in the game."""

from dataclasses import dataclass, field, replace
from enum import Enum

from game.core.events import Picture, Reading
from game.core.rules import draw_game, think_game
from game.core.rules.draw_game import DrawGame, Look
from game.core.rules.pad import Pad
from game.core.rules.records import Records
from game.core.rules.review import Review
from game.core.rules.settings import Settings
from game.core.rules.sketch import Sketch, Strokes
from game.core.rules.think_game import ThinkGame

NOTICE_SECONDS = 6.0


class Net(Enum):
    """How far the network is."""

    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class Title:
    """The first screen."""


@dataclass(frozen=True)
class Digits:
    """What the net makes of this player's hand."""


@dataclass(frozen=True)
class Left:
    """What lay on the sketchpad when it was left, for the next visit."""

    sketch: Sketch = field(default_factory=Sketch)
    picture: Picture | None = None


@dataclass(frozen=True)
class Options:
    """The settings; `waiting` is the action that waits for its new key."""

    waiting: str = ""
    forgetting: bool = False
    """Whether the player was asked if all data shall be forgotten."""


Screen = Title | Pad | DrawGame | ThinkGame | Review | Digits | Options


@dataclass(frozen=True)
class State:
    """Everything the screen shows; equal states look equal."""

    screen: Screen = field(default_factory=Title)
    overlay: str = ""
    """What covers the screen: "pause", "help", "open" or nothing."""
    beneath: str = ""
    """What the help covers besides the screen, and leaves when it goes."""
    now: float = 0.0
    """Seconds since the game began; while the screen is covered they do not pass."""
    sketch: Sketch = field(default_factory=Sketch)
    picture: Picture | None = None
    """What lies on the pad in place of a sketch, until something is drawn."""
    left: Left = field(default_factory=Left)
    reading: Reading | None = None
    """What the network reads on the pad; None when the pad is empty or the network not ready."""
    net: Net = Net.LOADING
    net_error: str = ""
    silent: bool = False
    """There is no audio device."""
    running: bool = True
    settings: Settings = field(default_factory=Settings)
    fullscreen: bool = False
    """Of the window; the command line may have it otherwise than the settings, for one run."""
    records: Records = field(default_factory=Records)
    seed: int = 0
    """Of the next game's digits."""
    focus: int | None = None
    notice: str = ""
    notice_until: float = 0.0
    offered: tuple[tuple[str, Strokes], ...] = ()
    """Saved drawings, with what they show, of which one may be laid on the pad."""
    kept: tuple[tuple[str, Strokes], ...] = ()
    """Drawings with what they show, to be stored."""
    labelled: tuple[str, Strokes] = ("", ())
    """What the player last said of a drawing on the sketchpad, and of which."""
    forget: bool = False
    """All that is stored shall be forgotten."""

    @property
    def word(self) -> str:
        """What the drawing on the pad shows, as the player says or else as the network does."""
        said, strokes = self.labelled
        if strokes and strokes == self.sketch.strokes:
            return said
        return str(self.reading.digit) if self.reading else "unknown"

    def noted(self, text: str) -> "State":
        """The state that tells the player so, in a line, for a while."""
        return replace(self, notice=text, notice_until=self.now + NOTICE_SECONDS)

    @property
    def page(self) -> tuple[object, ...]:
        """The page of the scene."""
        match self.screen:
            case DrawGame(phase=part) | ThinkGame(phase=part) | Review(page=part):
                return type(self.screen), self.overlay, part
        return type(self.screen), self.overlay

    @property
    def look(self) -> Look:
        """What there is to judge on the pad."""
        ready = self.net is Net.READY
        return Look(self.sketch.strokes, self.sketch.pen_down, self.reading, ready, self.now)

    @property
    def drawable(self) -> bool:
        """Whether the pen may draw now."""
        if self.overlay:
            return False
        match self.screen:
            case DrawGame() as game:
                return game.phase is not draw_game.Phase.RESULT or game.seen
            case ThinkGame() as game:
                drawing = {think_game.Phase.DRAWING, think_game.Phase.BUZZED}
                return game.phase in drawing or game.seen
            case Pad():
                return True
        return False

    @property
    def erasable(self) -> bool:
        """Whether what is drawn may be taken away: what was guessed at has to stand."""
        match self.screen:
            case ThinkGame(phase=phase) if phase is not think_game.Phase.DRAWING:
                return False
            case DrawGame(phase=draw_game.Phase.GRACE | draw_game.Phase.RESULT):
                return False
        return self.drawable
