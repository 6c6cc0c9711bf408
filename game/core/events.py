"""Events: immutable values, made from pygame's events and from the clock."""

from collections.abc import Mapping
from datetime import date
from enum import Enum

from game.core.message import Message
from game.core.values.insight import Insight, Unit
from game.core.values.pages import PageReading, Rows
from game.core.values.players import Players
from game.core.values.progress import Progress
from game.core.values.readings import NumberReading, Photo, Reading, Turned
from game.core.values.records import Records
from game.core.values.sketch import Strokes
from game.core.values.teaching import Taught
from game.core.values.writing import Form


class Event(Message, is_base=True):
    """Base class of the events."""


class News(Event):
    """Base class of the events that come from the machine, and not from the player."""


class Tick(News):
    """Time has passed."""

    seconds: float


class NewDay(News):
    """The player's date has changed: midnight has passed, or the clock was set."""

    day: date


class Press(Event):
    """The pen touched the pad; coordinates are in units of its height."""

    x: float
    y: float


class Move(Event):
    """The pen moved, on the pad or beyond its edge."""

    x: float
    y: float


class Lift(Event):
    """The pen was lifted, or the window lost track of it."""


class Do(Event, Enum):
    """A plain command; its value is the action's name in `Settings.keys`, if it has a key there."""

    ACCEPT = "accept"
    """Confirm, finish or go on."""
    ADD = "add"
    """Add a network that learns, or adopt the one that knows the player's hand."""
    BACK = "back"
    """Leave a screen, or pause a game."""
    CLEAR = "clear"
    DETAILS = "details"
    """Show or hide the numbers behind an explanation."""
    FORGET = "forget"
    """Confirm that something is deleted or lost, such as stored data; in the settings it also opens
    that question."""
    HELP = "help"
    FOCUS_LOST = "focus lost"
    """The window lost the focus."""
    NEW = "new"
    """Start new networks that learn."""
    NEXT = "next"
    """Let the next player of a class play."""
    OPEN = "open"
    """Offer the saved drawings."""
    PAUSE = "pause"
    QUIT = "quit"
    REDO = "redo"
    REMOVE = "remove"
    """Remove the selected network that learns, choose a saved drawing to delete, or read as before
    the player's hand was learnt."""
    SAVE = "save"
    """Save the drawing as a file."""
    SKIP = "skip"
    """Give up a digit."""
    STEP = "step"
    """Let the networks learn for a single step."""
    UNDO = "undo"
    WIDTH = "width"
    """Change the width of the pen."""


class Go(Event):
    """Go to another mode, by its name in `MODES`."""

    where: str
    sheet: str = ""
    """The sheet of the sketchpad to turn to; if empty, the one that was chosen last."""
    strokes: Strokes = ()
    """A drawing to put on that sheet; undo brings back the one before."""
    photo: Photo | None = None
    """A photo to put on it."""


class Digit(Event):
    """A digit was pressed, on the keyboard or on the screen."""

    digit: int


class Tool(Event):
    """Choose a tool: "pen", "eraser" or "strokes"."""

    name: str


class Sheet(Event):
    """Choose a sheet of the sketchpad: "digit" or "number"."""

    name: str


class Choose(Event):
    """Choose one of several things on the screen by its number, such as a drawing."""

    number: int


class Typed(Event):
    """The player entered text: one or more characters."""

    text: str


class Composing(Event):
    """The uncommitted text of an input method changed; "" when the composition ends."""

    text: str


class Change(Event):
    """Change a setting, or a choice of the screen, to the value before or after."""

    setting: str
    step: int = 1
    """1 for the next value, -1 for the previous one."""


class Set(Event):
    """Give a setting, or a choice of the screen, this value."""

    setting: str
    value: str


class Rebind(Event):
    """Assign a key to an action; without a key, wait for the next one pressed."""

    action: str
    key: str = ""


class Point(Event):
    """The pointer came to a unit of the network, or left them all."""

    unit: Unit | None


class Pin(Event):
    """A unit of the network was clicked: show it until it is clicked again."""

    unit: Unit


class Focus(Event):
    """Move the keyboard focus to a target by its number, or remove it."""

    number: int | None


class NetReady(News):
    """The network has been loaded."""


class NetFailed(News):
    """The network could not be loaded."""

    reason: str


class Silent(News):
    """There is no audio device."""


class Read(News):
    """The network has read the strokes that are on the pad."""

    reading: Reading | None


class NumberRead(News):
    """The network has read the number, or the photo, that was on the pad a moment ago."""

    number: NumberReading


class TurnedRead(News):
    """The network has read a drawing turned."""

    turned: Turned


class FormsFound(News):
    """The ways of writing that can be taught are known, as strokes with the times of a slow pen."""

    forms: Mapping[Form, Strokes]


class Explained(News):
    """The network has answered a question about how it reads."""

    insight: Insight


class Learnt(News):
    """The networks that learn on the screen have learnt more."""

    progress: Progress


class HandStudied(News):
    """The attempt to teach a network the player's hand is over; None if nothing new was there."""

    found: Taught | None = None


class HandUsed(News):
    """A network that was taught the player's hand is in use; None for the one that ships."""

    taught: Taught | None = None


class Opened(Event):
    """A file was opened; its strokes or its photo go on the pad."""

    name: str
    strokes: Strokes = ()
    photo: Photo | None = None
    sheet: str = "digit"
    """The sheet that it goes on."""
    page: str = ""
    """Path of the file, if it seems to hold several numbers."""


class PageRead(News):
    """The network has read a page, or could not."""

    path: str
    page: PageReading | None = None
    problem: str = ""
    """Why there is no page."""


class PageSaved(News):
    """The rows of a page are in a file."""

    path: str
    """Path of its picture."""
    name: str
    rows: Rows


class PageExists(News):
    """The rows of a page are not saved: there is a file with this name."""

    path: str
    """Path of its picture."""
    name: str


class SavedFilesFound(Event):
    """The latest saved drawings, each with its label."""

    drawings: tuple[tuple[str, Strokes], ...]


class PlayersFound(News):
    """The players of this machine, with their best games."""

    players: Players


class PlayerSwitched(News):
    """Another player plays from now on."""

    player: str
    """Key of the player."""
    records: Records
    where: str = ""
    """The mode to go to; "" to stay."""


class Notice(News):
    """A line of text for the player."""

    text: str
