"""What the network is asked while the game runs, and its answers as events.

A digit is read in the frame in which it changes. Numbers, photos and explanations take longer, so
threads answer them: always the newest question, and one at a time.
"""

from pathlib import Path

from game.core.events import Event, Explained, NumberRead, Read
from game.core.insight import Insight
from game.core.state import State
from game.devices.background import Background
from game.devices.photos import looked_at
from game.devices.reader import Reader

READ_SECONDS = 0.05
"""Time between two readings of a number while the pen draws; most frames have the CPU alone."""


class Answers:
    """Asks the network about what lies on the pad, and looks at photos."""

    def __init__(self, reader: Reader) -> None:
        """Store the reader."""
        self._reader = reader
        self._network = Background()
        self._files = Background()
        self._next_file: Path | None = None
        """The photo to look at once the thread is free."""
        self._is_unwanted = False
        """Whether a drawing was opened after the photo that is being looked at."""
        self._asked_at = 0.0

    @property
    def awaited(self) -> bool:
        """Whether an answer will arrive later."""
        return self._network.busy or self._files.busy

    def look_at(self, path: Path) -> None:
        """Look at the photo in a file, unless another follows before it is begun."""
        self._next_file = path

    def forget_photos(self) -> None:
        """Show none of the photos before this call: a drawing was opened after them."""
        self._next_file = None
        self._is_unwanted = self._files.busy

    def arrived(self) -> list[Event]:
        """Return the answers that arrived since the last call."""
        opened, answer = self._files.take(), self._network.take()
        if opened and self._is_unwanted:
            opened, self._is_unwanted = None, False
        answered = Explained if isinstance(answer, Insight) else NumberRead
        return [*([opened] if opened else []), *([answered(answer)] if answer else [])]

    def ask(self, before: State, state: State) -> list[Event]:
        """Ask about the digit if it changed since the state before."""
        strokes = state.sketch.strokes
        if state.shows_number or not self._reader.ready or not strokes:
            return []
        changed = state.reading is None or strokes is not before.sketch.strokes
        return [Read(self._reader.read(strokes))] if changed else []

    def ask_later(self, state: State) -> None:
        """Begin to look at a photo, to read the photo or the number on the pad, or to explain.

        Called after a frame, most answers are finished before the next one; during a frame, both
        would wait for Python's global interpreter lock.
        """
        if self._next_file and not self._files.busy:
            self._files.start(looked_at, self._next_file)
            self._next_file = None
        if self._network.busy or not self._reader.ready:
            return
        if state.photo and not state.number_is_read:
            self._network.start(self._reader.read_photo, state.photo)
        elif question := state.screen.question(state):
            self._network.start(self._reader.explain, question)
        elif self._is_number_due(state):
            self._asked_at = state.now
            self._network.start(self._reader.read_number, state.sketch.strokes)

    def _is_number_due(self, state: State) -> bool:
        if state.number_is_read or not (state.shows_number and state.sketch.strokes):
            return False
        rested = abs(state.now - self._asked_at)  # another game begins at 0 again
        return rested >= READ_SECONDS or not state.sketch.pen_down
