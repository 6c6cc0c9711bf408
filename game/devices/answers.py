"""What the network is asked while the game runs, and its answers as events.

A digit is read in the frame in which it changes. Numbers, photos and explanations take longer, so
threads answer them, one at a time, and another one trains the networks that learn on the screen.
"""

from pathlib import Path

from game.core.effects import Ask, Explain, ReadNumber, ReadPhoto, Train
from game.core.events import Event, Explained, Learnt, NumberRead
from game.core.values.insight import Insight
from game.devices.background import Background
from game.devices.learning import StoredDrawings, Trainer
from game.devices.photos import looked_at
from game.devices.reader import Reader

READ_SECONDS = 0.05
"""Time between two readings of a number while the pen draws; most frames have the CPU alone."""


class Answers:
    """Asks the network on threads, and looks at photos."""

    def __init__(self, reader: Reader, drawings: StoredDrawings) -> None:
        """Store the reader, and where the player's drawings come from."""
        self._reader = reader
        self._drawings = drawings
        self._network = Background()
        self._learning = Background()
        self._files = Background()
        self._trainer: Trainer | None = None
        self._next_file: Path | None = None
        """The photo to look at once the thread is free."""
        self._is_unwanted = False
        """Whether a drawing was opened after the photo that is being looked at."""
        self._number_read_at = 0.0

    @property
    def awaited(self) -> bool:
        """Whether an answer will arrive later."""
        return self._network.busy or self._files.busy

    @property
    def learning(self) -> bool:
        """Whether networks are being trained."""
        return self._learning.busy

    def look_at(self, path: Path) -> None:
        """Look at the photo in a file, unless another follows before it is begun."""
        self._next_file = path

    def forget_photos(self) -> None:
        """Show none of the photos before this call: a drawing was opened after them."""
        self._next_file = None
        self._is_unwanted = self._files.busy

    def arrived(self) -> list[Event]:
        """Return the answers that arrived since the last call."""
        opened, answer, progress = (
            thread.take() for thread in (self._files, self._network, self._learning)
        )
        if opened and self._is_unwanted:
            opened, self._is_unwanted = None, False
        answered = Explained if isinstance(answer, Insight) else NumberRead
        events = (opened, answer and answered(answer), progress and Learnt(progress))
        return [event for event in events if event]

    def ask_later(self, question: Ask | None, now: float, *, pen_down: bool) -> None:
        """Begin to look at a photo, and to answer the question if its thread is free.

        Called after a frame, most answers are finished before the next one; during a frame, both
        would wait for Python's global interpreter lock.
        """
        if self._next_file and not self._files.busy:
            self._files.start(looked_at, self._next_file)
            self._next_file = None
        if isinstance(question, Train) and not self._learning.busy:
            task = question.task
            if self._trainer is None or task.rounds == 0:
                self._trainer = Trainer(task, self._drawings)
            self._learning.start(self._trainer.train, task)
        if self._network.busy or not self._reader.ready:
            return
        match question:
            case ReadPhoto(photo):
                self._network.start(self._reader.read_photo, photo)
            case Explain(about):
                self._network.start(self._reader.explain, about)
            case ReadNumber(strokes) if self._is_number_due(now, pen_down=pen_down):
                self._number_read_at = now
                self._network.start(self._reader.read_number, strokes)

    def _is_number_due(self, now: float, *, pen_down: bool) -> bool:
        rested = abs(now - self._number_read_at)  # another game begins at 0 again
        return rested >= READ_SECONDS or not pen_down
