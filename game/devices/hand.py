"""Teaching the network the player's hand, and reading with what it has learnt.

The library's `teach` command does it in a process of its own, on one core and at the lowest
priority: on a thread of the game, each of its steps would keep a drawing from being read in time.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import convert

import mnist_jax
from game.core.events import Event, HandStudied, HandUsed
from game.core.language import tr
from game.core.values.teaching import FEWEST_DRAWINGS, MOST_DRAWINGS, Taught
from game.devices.files.storage import Storage
from game.devices.reader import Reader
from mnist_jax.support import languages

if TYPE_CHECKING:
    from mnist_jax.ink.strokes import LabelledDrawing

LOWEST_PRIORITY = 19


class _Hand(NamedTuple):
    """A network that knows a hand, and how it was judged."""

    network: Any
    taught: Taught


class _Drawings(NamedTuple):
    """What one player has drawn."""

    player: int
    drawings: "list[LabelledDrawing]"


class HandTeacher:
    """Teaches the network one player's hand at a time; `load` begins with another player."""

    def __init__(self, reader: Reader) -> None:
        """Store the reader, which has to be loaded when it is told what to read with."""
        self._reader = reader
        self._found: _Hand | None = None
        """What the player may adopt."""
        self._used: _Hand | None = None
        self._studied: set[str] = set()
        """The drawings that were learnt from the last time, as lines of a file."""
        self._process: subprocess.Popen[str] | None = None
        self._player = 0
        """Counts the calls of `load`, to tell what is learnt for a player from earlier ones."""
        self._closed = False

    def load(self, storage: Storage) -> Event:
        """Read with what is stored of the player's hand, if anything, and forget any other."""
        self._stop()
        self._found, self._studied = None, set()
        return self._use(self._stored(storage))

    def adopt(self, storage: Storage) -> Event:
        """Store what was learnt, and read with the stored network, as the next session will."""
        from mnist_jax.hand_file import save_hand

        if self._found:
            base, (network, taught) = self._reader.base, self._found
            storage.save_hand(lambda path: save_hand(path, base, network, asdict(taught)))
        stored = self._stored(storage)
        if stored and self._found and stored.taught == self._found.taught:
            self._found = None  # the network in the file takes its place
        return self._use(stored or self._used)

    def drop(self, storage: Storage) -> Event:
        """Delete what was learnt, and read as before; in this session it can be adopted again."""
        if storage.delete_hand():
            self._found = self._used or self._found
            self._used = None
        return self._use(self._used)

    def drawings(self, storage: Storage) -> "_Drawings":
        """Return what there is to learn from."""
        return _Drawings(self._player, storage.drawings(MOST_DRAWINGS))

    def study(self, storage: Storage, drawings: "Future[_Drawings]", fresh: int) -> Event:
        """Teach a network the player's drawings if at least `fresh` are new, and judge it."""
        from mnist_jax.ink.ndjson import as_line

        player, kept = drawings.result()
        lines = [as_line(one.word, one.drawing) for one in kept]
        if self._reader.base is None or len({*lines} - self._studied) < fresh:
            return HandStudied()
        if len(lines) < FEWEST_DRAWINGS:
            return HandStudied(Taught(len(lines)))
        try:
            found = self._learnt(lines, player)
        except (OSError, ValueError) as error:
            if self._wants(player):
                reason = getattr(error, "strerror", None) or error
                said = tr("Can’t learn your hand: {reason}", reason=reason)
                storage.messages.append(said)
            return HandStudied()
        if not self._wants(player):
            return HandStudied()
        self._studied = {*lines}
        if found.taught.helps:
            self._found = found
        return HandStudied(found.taught)

    def close(self) -> None:
        """End what is being learnt, and learn nothing more."""
        self._closed = True
        self._stop()

    def _stop(self) -> None:
        self._player += 1
        if self._process:
            self._process.terminate()

    def _wants(self, player: int) -> bool:
        """Return whether what is learnt of a player's hand is still wanted."""
        return player == self._player and not self._closed

    def _use(self, hand: _Hand | None) -> Event:
        self._used = hand
        self._reader.use(hand.network if hand else self._reader.base)
        return HandUsed(hand.taught if hand else None)

    def _stored(self, storage: Storage) -> _Hand | None:
        """Return what is stored of the player's hand."""
        return storage.hand(partial(_read, base=self._reader.base))

    def _learnt(self, lines: list[str], player: int) -> _Hand:
        """Return what a process has learnt of the drawings.

        Raises:
            ValueError: it failed, or was ended.
        """
        with TemporaryDirectory(prefix="inkling-") as name:
            drawings, output = Path(name) / "drawings.ndjson", Path(name) / "taught.safetensors"
            drawings.write_text("\n".join(lines), encoding="utf-8")
            arguments = ["--drawings", str(drawings), "--output", str(output), "--json"]
            arguments += ["--language", languages.in_use()]
            if self._reader.params:
                arguments += ["--params", str(self._reader.params)]
            self._process = _begun(arguments)
            if not self._wants(player):
                self._process.terminate()
            said, problem = self._process.communicate()
            if self._process.returncode:
                lines = problem.strip().splitlines() or [tr("it was ended")]
                raise ValueError(lines[-1])
            taught = _taught(json.loads(said))
            return _Hand(mnist_jax.load_params(output) if taught.helps else None, taught)


def _begun(arguments: list[str]) -> "subprocess.Popen[str]":
    """Start `python -m mnist_jax.teach` on one core, with the lowest priority and no window."""
    root = str(Path(mnist_jax.__file__).parents[1])
    paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    hidden = 0
    if sys.platform == "win32":
        hidden = subprocess.IDLE_PRIORITY_CLASS | subprocess.CREATE_NO_WINDOW
    process = subprocess.Popen(  # noqa: S603 - the project itself
        [sys.executable, "-m", "mnist_jax.teach", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        env=os.environ | {"PYTHONPATH": paths, "JAX_PLATFORMS": "cpu", "NPROC": "1"},
        creationflags=hidden,
    )
    if sys.platform != "win32":
        with suppress(OSError):  # it may have ended
            os.setpriority(os.PRIO_PROCESS, process.pid, LOWEST_PRIORITY)
    return process


def _taught(report: Any) -> Taught:
    """Return how the network was judged, from what the command prints."""
    left_out = report.get("left_out") or {"before": {"errors": 0}, "after": {"errors": 0}}
    before, after = (left_out[when]["errors"] for when in ("before", "after"))
    return Taught(report["drawings"], before, after, report["adopted"])


def _read(path: Path, base: Any) -> _Hand:
    """Return what a file holds of a hand.

    Raises:
        ValueError: it is damaged, or belongs to another network.
    """
    from mnist_jax.hand_file import load_hand

    network, card = load_hand(path, base)
    taught = convert(card, Taught)
    if not 0 <= taught.after <= taught.before <= taught.drawings:
        raise ValueError("card")
    return _Hand(network, taught)
