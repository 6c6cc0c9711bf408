"""What can happen to the game: pure values, made from pygame's events and from the clock."""

from dataclasses import dataclass


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
class Undo:
    """Take the last change back."""


@dataclass(frozen=True)
class Redo:
    """Take the last undo back."""


@dataclass(frozen=True)
class Clear:
    """Empty the pad."""


@dataclass(frozen=True)
class Quit:
    """Leave the game."""


@dataclass(frozen=True)
class NetReady:
    """The network is loaded and reads from now on."""


@dataclass(frozen=True)
class NetFailed:
    """The network could not be loaded."""

    reason: str


@dataclass(frozen=True)
class Read:
    """The network has read the strokes that are on the pad; None stands for an empty pad."""

    reading: Reading | None


Event = Tick | Press | Move | Lift | Undo | Redo | Clear | Quit | NetReady | NetFailed | Read
