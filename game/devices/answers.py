"""What the network is asked while the game runs, and its answers as events.

A digit is read in the frame in which it changes. Numbers, photos and explanations take longer, so
threads answer them, one at a time, and another one trains the networks that learn on the screen.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from game.core.effects import Ask, ReadNumber, ReadPhoto
from game.core.events import Event, Explained, Learnt, NumberRead
from game.core.values.insight import Insight, Question
from game.core.values.progress import Task
from game.devices.learning import StoredDrawings, Trainer
from game.devices.reader import Reader
from game.devices.saved_files import looked_at

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
        if isinstance(question, Task) and not self._learning.busy:
            if self._trainer is None or question.rounds == 0:
                self._trainer = Trainer(question, self._drawings)
            self._learning.start(self._trainer.train, question)
        if self._network.busy or not self._reader.ready:
            return
        match question:
            case ReadPhoto(photo):
                self._network.start(self._reader.read_photo, photo)
            case Question():
                self._network.start(self._reader.explain, question)
            case ReadNumber(strokes) if self._is_number_due(now, pen_down=pen_down):
                self._number_read_at = now
                self._network.start(self._reader.read_number, strokes)

    def _is_number_due(self, now: float, *, pen_down: bool) -> bool:
        rested = abs(now - self._number_read_at)  # another game begins at 0 again
        return rested >= READ_SECONDS or not pen_down


class Background:
    """Calls one function at a time on a thread, which starts with the first call."""

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self._thread: ThreadPoolExecutor | None = None
        self._running: Future[Any] | None = None

    @property
    def busy(self) -> bool:
        """Whether a call is in progress, or its result has not been taken."""
        return self._running is not None

    def start(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Begin a call; nothing else may be in progress."""
        self._thread = self._thread or ThreadPoolExecutor(1, "background")
        self._running = self._thread.submit(function, *arguments)

    def take(self) -> Any:
        """Return the result of a finished call, or None if there is none."""
        if self._running is None or not self._running.done():
            return None
        finished, self._running = self._running, None
        return finished.result()
