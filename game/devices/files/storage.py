"""Scores, settings and labelled drawings, stored in the platform's data folder.

All players share the settings. Each player has a folder in `players/`, named by the player's key:
`records.json` has the scores and all else in `Records`, `drawings.ndjson` the labelled drawings,
and `HAND` what the network has learnt. A guest has no folder, and nothing of a guest is stored.

A broken file is renamed, never deleted. If a file cannot be written, the player gets a message and
the game goes on. Several games can run at once: each adds its scores to the file, under a lock.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import MsgspecError
from platformdirs import user_data_path, user_pictures_path

from game.core.language import mark, tr
from game.core.values.players import FIRST, GUEST
from game.core.values.records import Records
from game.core.values.settings import Settings
from game.core.values.sketch import Strokes
from game.core.values.teaching import MOST_DRAWINGS
from game.devices.conversions import drawing_arrays
from game.devices.files.stored_values import as_records, as_settings
from mnist_jax.support.errors import InputError, reason
from mnist_jax.support.files import write_whole

if TYPE_CHECKING:
    from mnist_jax.ink.strokes import LabelledDrawing

LOCK_SECONDS = 2.0

DECIMALS = 4
"""Of the coordinates of labelled drawings: far less than a pixel."""

HAND = "hand.safetensors"
"""Name of the file with what the network has learnt of the player's hand."""

Content = TypeVar("Content")


def pictures_folder() -> Path:
    """Return the folder for drawings that the player saves."""
    return user_pictures_path() / "Inkling"


class Storage:
    """Reads and writes a player's data, and the settings; `messages` collects what failed."""

    def __init__(self, folder: Path | None = None, player: str = FIRST) -> None:
        """Store the folder, by default the platform's own; the first write creates it."""
        self.folder = folder or user_data_path("inkling", appauthor=False)
        self.player = player
        self.messages: list[str] = []

    def of(self, player: str) -> "Storage":
        """Return the same storage, opened for another player."""
        other = Storage(self.folder, player)
        other.messages = self.messages
        return other

    @property
    def own(self) -> Path:
        """The player's folder; that of a guest never exists."""
        return self.folder / "players" / (self.player or "guest")

    def take_messages(self) -> list[str]:
        """Return the messages since the last call."""
        messages = self.messages.copy()
        del self.messages[: len(messages)]  # other threads may have added to the end
        return messages

    def settings(self) -> Settings:
        """Return the stored settings, or the default ones."""
        return self._read(self.folder / "settings.json", as_settings, Settings())

    def records(self) -> Records:
        """Return the stored records, or empty ones."""
        return self.records_in(self.own / "records.json")

    def records_in(self, path: Path) -> Records:
        """Return the records in a file, or empty ones."""
        return self._read(path, as_records, Records())

    def save_settings(self, settings: Settings) -> None:
        """Store the settings."""
        content = asdict(settings) | {"keys": dict(settings.keys)}
        with self.reported(mark("Can’t save your settings: {reason}")), self.lock():
            write_json(self.folder / "settings.json", content)

    def add_records(self, added: Records) -> None:
        """Add to the records on disk, which another game may have changed."""
        if self.player != GUEST:
            with self.reported(mark("Can’t save your scores: {reason}")), self.lock():
                write_json(self._new_file("records.json"), asdict(self.records().plus(added)))

    def save_drawing(self, word: str, strokes: Strokes) -> None:
        """Add a labelled drawing; a new label replaces the earlier one of the same drawing.

        Of more than `MOST_DRAWINGS`, the oldest ones are removed.
        """
        from mnist_jax.ink.ndjson import as_line

        if self.player == GUEST:
            return
        drawing = [stroke.round(DECIMALS) for stroke in drawing_arrays(strokes)]
        known = {f"{as_line(str(digit), drawing)}\n".encode() for digit in range(10)}
        with self.reported(mark("Can’t save your drawing: {reason}")), self.lock():
            path = self._new_file("drawings.ndjson")
            lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
            others = [line for line in lines if line not in known][1 - MOST_DRAWINGS :]
            if len(others) < len(lines):
                write_whole(path, b"".join(others))
            with path.open("a", encoding="utf-8") as file:
                file.write(as_line(word, drawing) + "\n")

    def drawings(self, count: int) -> "list[LabelledDrawing]":
        """Return the latest labelled drawings, the newest first."""
        from mnist_jax.ink.drawing_files import HINT
        from mnist_jax.ink.ndjson import read_latest
        from mnist_jax.ink.strokes import DIGITS

        path = self.own / "drawings.ndjson"
        if not path.exists():
            return []
        try:
            return read_latest(path, count, DIGITS, HINT)
        except InputError as error:
            self.messages.append(str(error).replace(str(path), path.name))
            return []

    def hand(self, read: Callable[[Path], Content]) -> Content | None:
        """Return what `read` returns for the file of the player's hand; None if there is none.

        A file for another network stays where it is, with a message. One for which `read` raises
        another `ValueError` is renamed.
        """
        from mnist_jax.hand_file import OtherNetworkError

        path = self.own / HAND
        if not path.exists():
            return None
        try:
            return read(path)
        except OtherNetworkError:
            said = tr("What I learnt of your hand was for another network. See My digits")
            self.messages.append(said)
        except OSError as error:
            self._say_unreadable(path, error)
        except ValueError:
            self._set_aside(path)
        return None

    def save_hand(self, save: Callable[[Path], None]) -> None:
        """Store what was learnt of the player's hand: `save` writes it to a path."""
        if self.player != GUEST:
            with (
                self.reported(mark("Can’t save what I learnt of your hand: {reason}")),
                self.lock(),
            ):
                save(self._new_file(HAND))

    def delete_hand(self) -> bool:
        """Delete what was learnt of the player's hand; return whether it is gone."""
        path = self.own / HAND
        with self.reported(mark("Can’t delete what I learnt of your hand: {reason}")), self.lock():
            path.unlink(missing_ok=True)
        return not path.exists()

    def delete_all(self) -> None:
        """Delete all of the player's data, the records last: a folder with records is a player.

        The empty folder stays, so that no new player gets the key while another game uses it.
        """
        with self.reported(mark("Can’t delete your data: {reason}")), self.lock():
            if self.own.exists():
                for path in sorted(self.own.iterdir(), key=lambda one: one.name == "records.json"):
                    path.unlink()

    def _new_file(self, name: str) -> Path:
        """Return a path in the player's folder, which is created if necessary."""
        self.own.mkdir(parents=True, exist_ok=True)
        return self.own / name

    def lock(self) -> AbstractContextManager[object]:
        """Return a lock that keeps other games from writing while it is held."""
        from filelock import FileLock

        self.folder.mkdir(parents=True, exist_ok=True)
        return FileLock(self.folder / ".lock", timeout=LOCK_SECONDS)

    @contextmanager
    def reported(self, problem: str) -> Iterator[None]:
        """Turn an error in the block into a message: `problem` with the reason."""
        from filelock import Timeout

        try:
            yield
        except (OSError, InputError) as error:
            is_locked = isinstance(error, Timeout)
            why = tr("another game is using the file") if is_locked else reason(error)
            said = tr(problem, reason=why)
            self.messages.append(f"{said}. {tr('Once that’s fixed, the next one will work')}")

    def _read(self, path: Path, parse: Callable[[Any], Content], default: Content) -> Content:
        try:
            return parse(json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return default
        except OSError as error:
            self._say_unreadable(path, error)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, MsgspecError):
            self._set_aside(path)
        return default

    def _say_unreadable(self, path: Path, error: OSError) -> None:
        said = mark("{name} can’t be read: {reason}. Please check its permissions")
        self.messages.append(tr(said, name=path.name, reason=reason(error)))

    def _set_aside(self, path: Path) -> None:
        """Rename the broken file to a free name in the same folder."""
        names = (path.with_name(f"{path.name}.broken{number}") for number in count(1))
        aside = next(one for one in names if not one.exists())
        try:
            path.rename(aside)
            said = tr(
                "{name} was damaged and is now called {other}", name=path.name, other=aside.name
            )
        except OSError as error:
            said = tr(
                "{name} is damaged and can’t be renamed: {reason}. Please move it away",
                name=path.name,
                reason=reason(error),
            )
        self.messages.append(said)


def write_json(path: Path, content: Any) -> None:
    """Write the content as JSON, whole or not at all."""
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    write_whole(path, text.encode())
