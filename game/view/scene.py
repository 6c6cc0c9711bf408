"""A picture as data: the things on the screen, in the order they are painted.

Screens are functions from the state to a scene. What paints it compares it with the one before and
paints only what differs, so two equal items are one picture. Nothing here knows pygame.
"""

from dataclasses import dataclass
from typing import NamedTuple

from game.core.events import Event
from game.core.rules.sketch import Strokes
from game.view.theme import Colour, Theme


class Rect(NamedTuple):
    """A rectangle of the window, in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column beyond it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.y + self.height

    def inset(self, margin: int) -> "Rect":
        """What is left when each side moves inwards."""
        return Rect(
            self.x + margin, self.y + margin, self.width - 2 * margin, self.height - 2 * margin
        )

    def within(self, other: "Rect") -> "Rect":
        """The part of it that lies in the other."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Rect(x, y, max(0, right - x), max(0, bottom - y))

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies in it."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def overlaps(self, other: "Rect") -> bool:
        """Whether the two have a pixel in common."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )


@dataclass(frozen=True)
class Fill:
    """A rectangle of one colour, its corners rounded."""

    rect: Rect
    colour: Colour
    corner: int = 0


@dataclass(frozen=True)
class Text:
    """Text in as many lines as there is room for, made smaller where it still is too long."""

    rect: Rect
    text: str
    colour: Colour
    height: int
    """Of a line, in pixels."""
    align: float = 0.0
    """0 sets it to the left edge, 0.5 in the middle, 1 to the right edge."""
    valign: float = 0.5
    """0 sets it to the upper edge, 0.5 in the middle, 1 to the lower edge."""


@dataclass(frozen=True)
class Ink:
    """Strokes on paper. The rectangle is painted with paper first."""

    rect: Rect
    strokes: Strokes
    pen_down: bool
    """The last stroke is still being drawn."""
    radius: float
    """Of the pen, in pixels."""
    ink: Colour
    paper: Colour


@dataclass(frozen=True)
class Pixels:
    """A square image of grey values, each pixel a square of its own."""

    rect: Rect
    image: bytes
    paper: Colour
    ink: Colour


@dataclass(frozen=True)
class Curve:
    """A line through points in units of the rectangle it is drawn in."""

    points: tuple[tuple[float, float], ...]
    colour: Colour
    radius: float
    """Half of its thickness, in pixels."""


@dataclass(frozen=True)
class Plot:
    """Curves on paper."""

    rect: Rect
    curves: tuple[Curve, ...]
    paper: Colour


Item = Fill | Text | Ink | Pixels | Plot


class Target(NamedTuple):
    """A place that can be pressed, and what then happens."""

    rect: Rect
    event: Event
    key: str = ""
    """The key that does the same."""


@dataclass(frozen=True)
class Scene:
    """One picture of the game and the places in it that can be pressed."""

    theme: Theme
    items: tuple[Item, ...]
    pad: Rect | None = None
    """Where the pen draws."""
    touch: Rect | None = None
    """Where a stroke may begin."""
    targets: tuple[Target, ...] = ()
    page: tuple[object, ...] = ()
    """To what the targets belong; on another page there are others."""
    typing: Rect | None = None
    """Where a name is typed; None if keys are commands."""
    waiting: str = ""
    """The action that the next key is bound to."""
