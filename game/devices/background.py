"""What takes longer than a frame: answers of the network, files, and networks that learn.

A digit is read in the frame in which it changes. Everything else that may take long is done by
threads, whose results arrive as events: one answers the questions to the network, one opens files,
one trains the networks that learn on the screen, one waits for what is learnt of the player's hand,
and one reads and writes the player's data.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from game.core.effects import Ask, ReadDigit, ReadNumber
from game.core.events import Event, Learnt
from game.core.values.insight import Question
from game.core.values.progress import Progress, Task
from game.devices.files.opening import opened
from game.devices.files.storage import Storage
from game.devices.hand import HandTeacher
from game.devices.learning import StoredDrawings, Trainer, trainer_for
from game.devices.reader import Reader

READ_SECONDS = 0.05
"""Least time between two readings of a number while the pen draws, to leave the CPU to frames."""


class Background:
    """Asks the network, opens files and stores data on threads."""

    def __init__(self, reader: Reader, drawings: StoredDrawings) -> None:
        """Store the reader, and where the player's drawings come from."""
        self._reader = reader
        self._drawings = drawings
        self._threads = ThreadPoolExecutor(4, "background")
        self._running: dict[str, Future[Event | None]] = {}
        """Calls whose results have not arrived: of "files", "network", "learning" and "hand"."""
        self._disk = ThreadPoolExecutor(1, "disk")
        self._actions: deque[Future[Event | None]] = deque()
        """Actions on the player's data whose results have not arrived, in order."""
        self._asked: Ask | None = None
        """The question of the last frame."""
        self._trainer: Trainer | None = None
        self._next_file: Path | None = None
        """The file to open once the thread is free."""
        self._number_read_at = 0.0

    @property
    def awaited(self) -> bool:
        """Whether an answer will arrive later."""
        return bool({"network", "files"} & self._running.keys() or self._actions)

    def do(self, action: Callable[..., Event | None], *arguments: Any) -> None:
        """Call the action once those before it are done."""
        self._actions.append(self._disk.submit(action, *arguments))

    def study(self, teacher: HandTeacher, storage: Storage, fresh: int) -> None:
        """Learn the player's hand after pending actions on the data, unless it is being learnt.

        See `HandTeacher.study`.
        """
        if "hand" not in self._running:
            drawings = self._disk.submit(teacher.drawings, storage)
            self._start("hand", teacher.study, storage, drawings, fresh)

    def open_file(self, path: Path) -> None:
        """Open a file when the thread is free; of several that wait, only the last is opened."""
        self._next_file = path

    def arrived(self) -> list[Event]:
        """Return the answers that arrived since the last call."""
        finished = [task for task, call in self._running.items() if call.done()]
        calls = [self._running.pop(task) for task in finished]
        while self._actions and self._actions[0].done():
            calls.append(self._actions.popleft())
        return [answer for call in calls if (answer := call.result())]

    def ask_later(self, question: Ask | None, now: float, *, pen_down: bool) -> None:
        """Start opening the next file and answering the question, if their threads are free.

        Call it after a frame: most answers are there before the next one. During a frame, the
        display and the answer would compete for Python's global interpreter lock.
        """
        self._asked = question
        if self._next_file and "files" not in self._running:
            self._start("files", opened, self._next_file)
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
                is_wanted = partial(self._wants, question)
                self._start("network", self._reader.answer, question, is_wanted)

    def close(self) -> None:
        """Let searches end without an answer, and wait until all data is stored."""
        self._asked = None
        self._disk.shutdown()

    def _wants(self, question: Ask) -> bool:
        """Return whether the question is still asked; the unit of the network does not matter."""
        asked = self._asked
        if isinstance(asked, Question) and isinstance(question, Question):
            return replace(asked, unit=question.unit) == question
        return asked == question

    def _train(self, task: Task) -> Event:
        try:
            self._trainer = trainer_for(task, self._trainer, self._drawings)
            return Learnt(self._trainer.train(task))
        except Exception as error:  # noqa: BLE001 - as in `Reader`: a broken driver raises anything
            reason = f"{type(error).__name__}: {error}".splitlines()[0]
            return Learnt(Progress(task.seed, error=reason))

    def _start(self, task: str, function: Callable[..., Event | None], *arguments: Any) -> None:
        self._running[task] = self._threads.submit(function, *arguments)
