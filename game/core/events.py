"""What can happen to the game: pure values, made from pygame's events and from the clock."""

from dataclasses import dataclass

Strokes = tuple[tuple[tuple[float, float, float], ...], ...]


@dataclass(frozen=True)
class Reading:
    """What the network reads on the pad."""

    probabilities: tuple[float, ...]
    """Ten, for the digits 0 to 9."""
    image: bytes
    """The 28x28 pixels the network sees, rows first, 0 paper to 255 ink."""
    is_digit: bool = True

    @property
    def digit(self) -> int:
        """The most probable digit."""
        return self.probabilities.index(max(self.probabilities))

    @property
    def confidence(self) -> float:
        """How probable the most probable digit is."""
        return max(self.probabilities)


@dataclass(frozen=True)
class Tick:
    """Time went by."""

    seconds: float


@dataclass(frozen=True)
class Press:
    """The pen touched the pad; coordinates are in units of the pad."""

    x: float
    y: float


@dataclass(frozen=True)
class Move:
    """The pen moved, on the pad or beyond its edge."""

    x: float
    y: float


@dataclass(frozen=True)
class Lift:
    """The pen left the pad, or the window lost sight of it."""


@dataclass(frozen=True)
class Do:
    """A plain wish of the player: "undo", "redo", "clear", "skip", "accept", "back", "pause"..."""

    what: str


@dataclass(frozen=True)
class Go:
    """To another screen: "title", "sketchpad", "draw", "think", "drill", "digits", "settings"."""

    where: str


@dataclass(frozen=True)
class Digit:
    """A figure was pressed."""

    digit: int


@dataclass(frozen=True)
class Tool:
    """Take another tool: "pen", "eraser", "rubber"."""

    name: str


@dataclass(frozen=True)
class Choose:
    """Look at the drawing with this number."""

    number: int


@dataclass(frozen=True)
class Typed:
    """The player entered text: one or more characters."""

    text: str


@dataclass(frozen=True)
class Composing:
    """The uncommitted text of an input method changed; "" when the composition ends."""

    text: str


@dataclass(frozen=True)
class Change:
    """Another choice for a setting: the next, or with -1 the one before."""

    setting: str
    step: int = 1


@dataclass(frozen=True)
class Rebind:
    """The next key that is pressed shall mean this; with the key, it does from now on."""

    action: str
    key: str = ""


@dataclass(frozen=True)
class Focus:
    """The keyboard points at the place with this number, or with None at no place."""

    number: int | None


@dataclass(frozen=True)
class NetReady:
    """The network is loaded and reads from now on."""


@dataclass(frozen=True)
class NetFailed:
    """The network could not be loaded."""

    reason: str


@dataclass(frozen=True)
class Silent:
    """There is no audio device."""


@dataclass(frozen=True)
class Read:
    """The network has read the strokes that are on the pad."""

    reading: Reading | None


@dataclass(frozen=True)
class Picture:
    """A digit in a picture, both times as a square of pixels, rows first, 0 paper to 255 ink."""

    ink: bytes
    """As it is laid on the pad."""
    image: bytes
    """28x28, as the network sees it."""


@dataclass(frozen=True)
class Opened:
    """A file was opened: its strokes or its picture are laid on the pad."""

    name: str
    strokes: Strokes = ()
    picture: Picture | None = None


@dataclass(frozen=True)
class Offered:
    """Saved drawings to choose one from: what each shows, and its strokes."""

    drawings: tuple[tuple[str, Strokes], ...]


@dataclass(frozen=True)
class Notice:
    """Something to tell the player, in a line."""

    text: str


Event = (
    Tick
    | Press
    | Move
    | Lift
    | Do
    | Go
    | Digit
    | Tool
    | Choose
    | Typed
    | Composing
    | Change
    | Rebind
    | Focus
    | NetReady
    | NetFailed
    | Silent
    | Read
    | Opened
    | Offered
    | Notice
)
