"""What the network is asked while the game runs, and its answers as events.

A digit is read in the frame in which it changes. A number takes longer, so it is read on a thread:
always the newest drawing, and one at a time.
"""

from game.core.events import Event, NumberRead, Read
from game.core.state import State
from game.devices.background import Background
from game.devices.reader import Reader


class Answers:
    """Asks the network about what lies on the pad."""

    def __init__(self, reader: Reader) -> None:
        """Store the reader."""
        self._reader = reader
        self._numbers = Background()

    @property
    def awaited(self) -> bool:
        """Whether an answer will arrive later."""
        return self._numbers.busy

    def arrived(self) -> list[Event]:
        """Return the answers that arrived since the last call."""
        number = self._numbers.take()
        return [NumberRead(number)] if number else []

    def ask(self, before: State, state: State) -> list[Event]:
        """Ask about the digit or picture if it changed since the state before."""
        if state.shows_number or not self._reader.ready:
            return []
        strokes, picture = state.sketch.strokes, state.picture
        unread = state.reading is None
        if strokes and (unread or strokes is not before.sketch.strokes):
            return [Read(self._reader.read(strokes))]
        return [Read(self._reader.read_picture(picture.image))] if picture and unread else []

    def ask_later(self, state: State) -> None:
        """Begin to read the number on the pad, if it is not read yet.

        Called after a frame, most readings are finished before the next one; during a frame, both
        would wait for Python's global interpreter lock.
        """
        strokes = state.sketch.strokes if state.shows_number and self._reader.ready else ()
        if strokes and not self._numbers.busy and not state.number_is_read:
            self._numbers.start(self._reader.read_number, strokes)
