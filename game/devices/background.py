"""What the network is asked while the game runs, and its answers as events.

A digit is read in the frame in which it changes. Numbers, photos and explanations take longer, so
threads answer them, one at a time, and another one trains the networks that learn on the screen.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from game.core.effects import Ask, ReadDigit, ReadNumber
from game.core.events import Event, Learnt
from game.core.values.progress import Progress, Task
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
        self._threads = ThreadPoolExecutor(3, "background")
        self._running: dict[str, Future[Event | None]] = {}
        """Calls that are in progress or not taken, one for "files", "network" and "learning"."""
        self._trainer: Trainer | None = None
        self._next_file: Path | None = None
        """The photo to look at once the thread is free."""
        self._is_unwanted = False
        """Whether a drawing was opened after the photo that is being looked at."""
        self._number_read_at = 0.0

    @property
    def awaited(self) -> bool:
        """Whether an answer will arrive later."""
        return bool({"network", "files"} & self._running.keys())

    def look_at(self, path: Path) -> None:
        """Look at the photo in a file, unless another follows before it is begun."""
        self._next_file = path

    def forget_photos(self) -> None:
        """Show none of the photos before this call: a drawing was opened after them."""
        self._next_file = None
        self._is_unwanted = "files" in self._running

    def arrived(self) -> list[Event]:
        """Return the answers that arrived since the last call."""
        finished = [task for task, call in self._running.items() if call.done()]
        answers = {task: self._running.pop(task).result() for task in finished}
        if "files" in answers and self._is_unwanted:
            del answers["files"]
            self._is_unwanted = False
        return [answer for answer in answers.values() if answer]

    def ask_later(self, question: Ask | None, now: float, *, pen_down: bool) -> None:
        """Begin to look at a photo, and to answer the question if its thread is free.

        Called after a frame, most answers are finished before the next one; during a frame, both
        would wait for Python's global interpreter lock.
        """
        if self._next_file and "files" not in self._running:
            self._start("files", looked_at, self._next_file)
            self._next_file = None
        if isinstance(question, Task):
            if "learning" not in self._running:
                self._start("learning", self._train, question)
        elif question and "network" not in self._running and self._reader.ready:
            if isinstance(question, ReadNumber):
                rested = abs(now - self._number_read_at)  # another game begins at 0 again
                if pen_down and rested < READ_SECONDS:
                    return
                self._number_read_at = now
            if not isinstance(question, ReadDigit):
                self._start("network", self._reader.answer, question)

    def _train(self, task: Task) -> Event:
        try:
            if self._trainer is None or task.rounds == 0:
                self._trainer = Trainer(task, self._drawings)
            return Learnt(self._trainer.train(task))
        except Exception as error:  # noqa: BLE001 - as in `Reader`: a broken driver raises anything
            reason = f"{type(error).__name__}: {error}".splitlines()[0]
            return Learnt(Progress(task.seed, error=reason))

    def _start(self, task: str, function: Callable[..., Event | None], *arguments: Any) -> None:
        self._running[task] = self._threads.submit(function, *arguments)
