"""A picture as data: the items on the screen, in painting order.

The screens turn the state into a scene. The painter compares it with the previous one and
repaints only the difference, so equal items must look equal. This module does not use pygame.
"""

from dataclasses import dataclass
from typing import NamedTuple

from game.core.events import Event
from game.core.values.insight import Unit
from game.core.values.readings import Photo
from game.core.values.sketch import Strokes
from game.view.theme import Colour, Theme

LEAST_WITH_GAP = 4
"""Smallest side of a pixel of an image that has a line beside it, in pixels of the screen."""


class Rect(NamedTuple):
    """A rectangle of the window, in pixels; unlike pygame's, it can be a key and part of a key."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column to the right of the rectangle."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.y + self.height

    def inset(self, across: int, down: int | None = None) -> "Rect":
        """Return the rectangle with its sides moved inwards; by default equally in both axes."""
        down = across if down is None else down
        return Rect(self.x + across, self.y + down, self.width - 2 * across, self.height - 2 * down)

    def within(self, other: "Rect") -> "Rect":
        """Return the intersection with the other."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Rect(x, y, max(0, right - x), max(0, bottom - y))

    def holds(self, x: float, y: float) -> bool:
        """Return whether the point is inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom


@dataclass(frozen=True)
class Fill:
    """A rectangle of one colour with rounded corners."""

    rect: Rect
    colour: Colour
    corner: int = 0


@dataclass(frozen=True)
class Text:
    """Text, broken into lines and made smaller if it does not fit."""

    rect: Rect
    text: str
    colour: Colour
    height: int
    """Of a line, in pixels."""
    align: float = 0.0
    """0 is left, 0.5 centred, 1 right."""
    valign: float = 0.5
    """0 is top, 0.5 centred, 1 bottom."""


@dataclass(frozen=True)
class Ink:
    """Strokes on a rectangle of paper."""

    rect: Rect
    strokes: Strokes
    pen_down: bool
    """Whether the last stroke is still being drawn."""
    radius: float
    """Radius of the pen, in pixels."""
    ink: Colour
    paper: Colour
    below: "Ink | None" = None
    """Paler ink on the same rectangle of the same paper, below these strokes."""


@dataclass(frozen=True)
class Outline:
    """The border of a rectangle."""

    rect: Rect
    colour: Colour
    thickness: int
    dashed: bool = False


@dataclass(frozen=True)
class Pixels:
    """A greyscale image, rows first, scaled up without smoothing."""

    rect: Rect
    image: bytes
    paper: Colour
    ink: Colour
    across: int
    """Pixels in a row."""
    gap: Colour | None = None
    """Colour of the lines between pixels of at least `LEAST_WITH_GAP`, or None for no lines."""


@dataclass(frozen=True)
class Signed:
    """A signed image, rows first, scaled up without smoothing; what is under a zero shows through.

    Positive pixels are filled and negative ones hatched, so that colour is not the only difference.
    """

    rect: Rect
    values: bytes
    """A signed image; see `game/core/values/insight.py`."""
    positive: Colour
    negative: Colour
    across: int
    """Pixels in a row."""


@dataclass(frozen=True)
class Photograph:
    """A photo, with the ink that was found in it."""

    rect: Rect
    photo: Photo
    share: float
    """How far the ink has appeared, from 0 to 1."""
    ink: Colour
    paper: Colour


Place = tuple[float, float]
"""A point: x, then y."""


@dataclass(frozen=True)
class Curve:
    """A line through points."""

    points: tuple[Place, ...]
    """Two or more."""
    colour: Colour
    radius: float
    """Half the line width, in pixels."""
    dashed: bool = False


@dataclass(frozen=True)
class Links:
    """Straight lines between units, over what is in the rectangle; points are pixels."""

    rect: Rect
    links: tuple[Curve, ...]


@dataclass(frozen=True)
class Polygon:
    """A filled outline."""

    points: tuple[Place, ...]
    colour: Colour


Shape = Curve | Polygon


@dataclass(frozen=True)
class Figure:
    """Shapes one over the other, in units of the rectangle; between them, what is behind shows."""

    rect: Rect
    shapes: tuple[Shape, ...]


Item = Fill | Figure | Text | Ink | Links | Outline | Photograph | Pixels | Signed


class Target(NamedTuple):
    """A place that can be pressed, and the event this causes."""

    rect: Rect
    event: Event
    key: str = ""
    """The key with the same effect."""


@dataclass(frozen=True)
class Cells:
    """The units of a layer, in rows, that can be pointed at."""

    rect: Rect
    layer: int
    columns: int
    count: int

    def at(self, x: float, y: float) -> Unit | None:
        """Return the unit at a point."""
        if not self.rect.holds(x, y):
            return None
        column = int((x - self.rect.x) * self.columns / self.rect.width)
        row = int((y - self.rect.y) * self.rows / self.rect.height)
        index = row * self.columns + column
        return Unit(self.layer, index) if index < self.count else None

    def place(self, index: int) -> Rect:
        """Return the rectangle of a unit."""
        row, column = divmod(index, self.columns)
        left, right = (self.rect.width * edge // self.columns for edge in (column, column + 1))
        top, bottom = (self.rect.height * edge // self.rows for edge in (row, row + 1))
        return Rect(self.rect.x + left, self.rect.y + top, right - left, bottom - top)

    @property
    def rows(self) -> int:
        """How many rows there are; the last one may not be full."""
        return -(-self.count // self.columns)


FRAME_SECONDS = 1 / 60
STILL_SECONDS = 0.5
"""Seconds between frames of a scene without animation."""


@dataclass(frozen=True)
class Scene:
    """One picture of the game, and its targets."""

    theme: Theme
    items: tuple[Item, ...]
    pad: Rect | None = None
    """Where the pen draws."""
    touch: Rect | None = None
    """Where a stroke can start."""
    pen_down: bool | None = None
    """Whether the pen is on the paper; None on a screen without paper, where no key draws."""
    clicks: bool = False
    """Whether a click puts the pen down, and the next one lifts it."""
    targets: tuple[Target, ...] = ()
    cells: tuple[Cells, ...] = ()
    """Units of the network that can be pointed at."""
    page: tuple[object, ...] = ()
    """Identifies the set of targets; it changes when they do."""
    typing: Rect | None = None
    """Where a name is typed; None if keys are commands."""
    waiting: str = ""
    """The action that the next key is bound to."""
    arrows: tuple[tuple[str, Event], ...] = ()
    """What the arrow keys do with Shift: "shift+left", "shift+right", "shift+up", "shift+down"."""
    next_frame: float = STILL_SECONDS
    """Seconds until the picture changes without input."""
    turned: float = 0.0
    """How far it is from its place, to the right in widths of the window, while it moves there."""
