"""Effects: immutable values that say what the shell has to do after an event.

`update` returns them with the new state, and `App` in `game/app.py` carries them out.
"""

from datetime import date
from enum import Enum

from game.core.message import Message
from game.core.values.insight import Question
from game.core.values.pages import Rows
from game.core.values.progress import Task
from game.core.values.readings import Photo
from game.core.values.records import Records
from game.core.values.rounds import Round
from game.core.values.settings import Settings
from game.core.values.sketch import Sketch, Strokes


class Command(Message, is_base=True):
    """Base class of the effects that need no network."""


class Order(Command, Enum):
    """A command without details."""

    QUIT = "quit"
    """End the game."""
    LIST_PLAYERS = "list players"
    """Send the players of this machine as `events.PlayersFound`."""
    LIST_SAVED_FILES = "list saved files"
    """Send the latest saved drawings as `events.SavedFilesFound`."""
    LOAD_HAND = "load hand"
    """Read with what was learnt of the player's hand, if anything is stored."""
    ADOPT_HAND = "adopt hand"
    """Store what was learnt of the player's hand, and read with it from now on."""
    DROP_HAND = "drop hand"
    """Delete what was learnt of the player's hand, and read with the network that ships."""


class PlaySound(Command):
    """Play a sound; `TUNES` in `game/devices/sound.py` has them by name."""

    name: str


class StoreDrawing(Command):
    """Store a drawing with its label among the player's data."""

    word: str
    strokes: Strokes


class StoreDigit(Command):
    """Store a digit of a photo with its label, as a drawing, among the player's data."""

    word: str
    image: bytes
    """The 28x28 pixels that the network read."""


class StoreRecords(Command):
    """Add to the stored records."""

    added: Records


class StoreSettings(Command):
    """Store the settings."""

    settings: Settings


class DeleteData(Command):
    """Delete all that is stored of a player: name, scores, drawings and all learnt from them."""

    player: str
    """Key of the player."""


class AddPlayer(Command):
    """Add a player, and send them as `events.PlayerSwitched`."""

    name: str


class SwitchPlayer(Command):
    """Load another player's records, and send them as `events.PlayerSwitched`."""

    player: str
    """Key of the player."""
    where: str = ""
    """The mode to go to then; "" to stay."""


class ExportData(Command):
    """Save all that is stored of the player as one file, among the documents."""

    name: str
    """The player's name, as part of the file's."""


class StudyHand(Command):
    """Teach a network the player's hand, while the game goes on, and send `events.HandStudied`."""

    fresh: int = 1
    """Least number of drawings that are new since the last time."""


class SaveFile(Command):
    """Save a drawing as a picture in the player's folder."""

    sketch: Sketch
    word: str
    radius: float
    """Radius of the pen, in units of the pad."""


class SavePage(Command):
    """Save the rows of a page as CSV beside its picture; send `PageSaved` or `PageExists`."""

    path: str
    """Path of the picture."""
    rows: Rows
    replaces: bool
    """Whether a file that exists is replaced."""


class SaveDay(Command):
    """Save the result of a day as a picture in the player's folder."""

    day: date
    rounds: tuple[Round, ...]
    is_timed: bool
    """Whether there was a clock."""


class DeleteFile(Command):
    """Delete a drawing from the player's folder, with its picture."""

    word: str
    strokes: Strokes


class SetFullscreen(Command):
    """Show the game on the whole screen, or in a window."""

    fullscreen: bool


class Speak(Command):
    """Show all texts in another language from now on."""

    language: str


class ReadDigit(Message):
    """Ask the network for the digit in the strokes, within this frame."""

    strokes: Strokes


class ReadNumber(Message):
    """Ask the network for the number in the strokes."""

    strokes: Strokes


class ReadPhoto(Message):
    """Ask the network for the number in a photo."""

    photo: Photo


class ReadPage(Message):
    """Ask the network for all numbers in a file; one that is no page is sent as `Opened`."""

    path: str


class ReadTurned(Message):
    """Ask the network what it reads in the strokes when they are turned."""

    strokes: Strokes


class FindForms(Message):
    """Ask how the digits are written."""


Ask = ReadDigit | ReadNumber | ReadPhoto | ReadPage | ReadTurned | FindForms | Question | Task
"""What to ask a network. It is repeated until it is answered, and only the newest counts."""

Effect = Command | Ask
Effects = tuple[Effect, ...]
