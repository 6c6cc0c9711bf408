"""Scores, settings and drawings on disk, in the folders that the platform has for them.

What cannot be read is set aside, never deleted; what cannot be written is said, and the game goes
on. Two games that run at once do not lose each other's scores: each adds its own to what is there,
under a lock.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeVar

from platformdirs import user_data_path, user_pictures_path

from game.core.rules.records import NAME_LENGTH, Records, Score, Trial
from game.core.rules.settings import CHOICES, KEYS, Settings, refusal
from game.core.rules.sketch import Strokes
from game.core.wording import written
from mnist_jax.support.errors import InputError
from mnist_jax.support.files import write_whole

LOCK_SECONDS = 2.0

BELOW = {"digit": 10, "guess": 10}
"""What the numbers in a record stay under; all others under `LARGEST`."""

LARGEST = 1e12

Kept = TypeVar("Kept")


def data_folder() -> Path:
    """The player's folder for the game's data."""
    return user_data_path("inkling", appauthor=False)


def pictures_folder() -> Path:
    """Where drawings go that the player saves."""
    return user_pictures_path() / "Inkling"


class Storage:
    """Keeps a player's data in one folder; `said` collects what could not be done."""

    def __init__(self, folder: Path | None = None) -> None:
        """Take the folder, or the platform's own; it is made when something is written."""
        self.folder = folder or data_folder()
        self.said: list[str] = []

    def take_said(self) -> list[str]:
        """What could not be done since the last call."""
        said, self.said = self.said, []
        return said

    def settings(self) -> Settings:
        """The settings that were kept; those of a new player where there are none."""
        return self._read("settings.json", _as_settings, Settings())

    def records(self) -> Records:
        """The records that were kept; empty ones where there are none."""
        return self._read("records.json", _as_records, Records())

    def keep_settings(self, settings: Settings) -> None:
        """Write the settings."""
        content = asdict(settings) | {"keys": dict(settings.keys)}
        self._try("settings", lambda: self._write("settings.json", content))

    def add(self, scores: tuple[Score, ...], trials: tuple[Trial, ...]) -> None:
        """Add to the records on disk, where another game may have added too."""

        def added() -> None:
            records = self.records().with_trials(trials)
            for score in scores:
                records = records.with_score(score)
            self._write("records.json", asdict(records))

        self._try("scores", lambda: self._locked(added))

    def keep_drawing(self, word: str, strokes: Strokes) -> None:
        """Add a line to the labelled drawings, in place of one that calls the same otherwise."""
        from mnist_jax.ink.ndjson import as_line
        from mnist_jax.ink.strokes import as_drawing

        drawing = as_drawing([[point[:2] for point in stroke] for stroke in strokes])
        known = {f"{as_line(str(digit), drawing)}\n".encode() for digit in range(10)}
        path = self.folder / "drawings.ndjson"

        def added() -> None:
            lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
            left = [line for line in lines if line not in known]
            if len(left) < len(lines):
                write_whole(path, b"".join(left))
            with path.open("a", encoding="utf-8") as file:
                file.write(as_line(word, drawing) + "\n")

        self._try("drawing", lambda: self._locked(added))

    def forget(self) -> None:
        """Delete scores, statistics and kept drawings."""

        def removed() -> None:
            for name in ("records.json", "drawings.ndjson"):
                (self.folder / name).unlink(missing_ok=True)

        self._try("wish to forget", lambda: self._locked(removed))

    def _locked(self, action: Callable[[], None]) -> None:
        from filelock import FileLock, Timeout

        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.folder / ".lock", timeout=LOCK_SECONDS):
                action()
        except Timeout as error:
            raise InputError("another game holds them all the time") from error

    def _try(self, what: str, action: Callable[[], None]) -> None:
        try:
            action()
        except (OSError, InputError) as error:
            reason = getattr(error, "strerror", None) or error
            self.said.append(
                f"Your {what} can’t be kept: {reason}. When that is mended, the next are"
            )

    def _write(self, name: str, content: Any) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
        write_whole(self.folder / name, text.encode())

    def _read(self, name: str, made: Callable[[Any], Kept], without: Kept) -> Kept:
        path = self.folder / name
        try:
            return made(json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return without
        except OSError as error:
            self.said.append(f"{path.name} can’t be read: {error.strerror}. Let the game read it")
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            self._set_aside(path)
        return without

    def _set_aside(self, path: Path) -> None:
        """Move the broken file to the first name beside it that is free."""
        number = 1
        while (aside := path.with_name(f"{path.name}.broken{number}")).exists():
            number += 1
        try:
            path.rename(aside)
            self.said.append(f"{path.name} was broken; it is set aside as {aside.name}")
        except OSError as error:
            reason = f"can’t be set aside: {error.strerror}. Move it away"
            self.said.append(f"{path.name} is broken and {reason}")


def _as_settings(content: Any) -> Settings:
    """The settings of the file; a choice that does not exist is one of a newer game.

    Raises:
        ValueError: a key cannot be chosen, or two actions have the same.
    """
    known = {name: content[name] for name in CHOICES if content.get(name) in CHOICES[name]}
    keys = {action: str(content["keys"][action]) for action in KEYS if action in content["keys"]}
    keys = KEYS | keys
    if len(set(keys.values())) < len(keys) or any(map(refusal, keys.values())):
        raise ValueError("keys")
    return Settings(**known, keys=tuple(keys.items()))


def _as_records(content: Any) -> Records:
    scores = {Score(**_typed(Score, one)) for one in content["scores"]}
    trials = tuple(Trial(**_typed(Trial, one)) for one in content["trials"])
    name = content.get("name", "")  # files of older games have none
    if not isinstance(name, str):
        raise TypeError("name")
    return Records(tuple(sorted(scores, reverse=True)), trials, written(name)[:NAME_LENGTH])


def _typed(kind: type, content: dict[str, Any]) -> dict[str, Any]:
    """The fields of the dataclass, as they can be.

    Raises:
        TypeError: one is not of its type.
        ValueError: a number is none that a game brings.
    """
    found: dict[str, Any] = {}
    allowed = {"int": int, "str": str, "float": (int, float), "int | None": (int, type(None))}
    for field in fields(kind):
        value, kinds = content[field.name], allowed[_name(field.type)]
        if not isinstance(value, kinds) or isinstance(value, bool):  # type: ignore[arg-type]
            raise TypeError(field.name)
        if isinstance(value, int | float) and not 0 <= value < BELOW.get(field.name, LARGEST):
            raise ValueError(field.name)
        found[field.name] = written(value) if isinstance(value, str) else value
    return found


def _name(kind: Any) -> str:
    return kind.__name__ if isinstance(kind, type) else str(kind)
