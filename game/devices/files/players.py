"""The players of this machine, each with a folder: list, add and export them.

What is stored of each, such as the scores, `storage.py` reads and writes.
"""

import io
import re
import zipfile
from dataclasses import asdict
from itertools import chain, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_documents_path

from game.core.events import Notice, PlayersFound, PlayerSwitched
from game.core.language import mark, tr
from game.core.values.players import FIRST, Player
from game.core.values.records import Records
from game.devices.files.saved_files import free_path, saved_notice
from game.devices.files.storage import Storage, write_json
from mnist_jax.support.files import write_whole

if TYPE_CHECKING:
    from mnist_jax.ink.strokes import LabelledDrawing

FILES = ("records.json", "drawings.ndjson")
"""The files that versions without players kept beside the settings."""


def exports_folder() -> Path:
    """Return the folder for what players export."""
    return user_documents_path() / "Inkling"


def move_older(storage: Storage) -> None:
    """Move the data of versions without players to the first player.

    Each file is renamed in one step. If such a version has been used again since, what it wrote is
    first added to the player's data.
    """
    first = storage.of(FIRST)
    files = [(storage.folder / name, first.own / name) for name in FILES]
    if not any(older.exists() for older, _ in files):
        return
    with storage.reported(mark("Can’t move your data: {reason}")), storage.lock():
        first.own.mkdir(parents=True, exist_ok=True)
        for older, path in files:
            if older.exists() and not path.exists():
                older.rename(path)
            elif older.exists():
                if path.suffix == ".json":
                    records = first.records().plus(storage.records_in(older))
                    write_json(path, asdict(records))
                else:
                    write_whole(path, path.read_bytes() + older.read_bytes())
                older.unlink(missing_ok=True)


def list_players(storage: Storage) -> PlayersFound:
    """Return the players with their best games, in the order in which they were added."""
    players = []
    for own in map(storage.of, _keys(storage)):
        if (own.own / "records.json").exists():
            records = own.records()
            modes = dict.fromkeys(score.mode for score in records.scores)
            best = tuple((mode, records.top(mode)[0].points) for mode in modes)
            players.append(Player(own.player, records.name, best))
    return PlayersFound(tuple(players))


def load_player(storage: Storage, player: str, where: str = "") -> PlayerSwitched:
    """Return a player's records, and the mode to go to."""
    return PlayerSwitched(player, storage.of(player).records(), where)


def add_player(storage: Storage, name: str) -> PlayerSwitched | None:
    """Add a player, and return their records; None if that failed.

    Once the folder exists, no other game gives the same key to somebody else.
    """
    with storage.reported(mark("Can’t add a player: {reason}")), storage.lock():
        new = storage.of(str(max(map(int, _keys(storage)), default=0) + 1))
        new.own.mkdir(parents=True)
        records = Records(name=name)
        write_json(new.own / "records.json", asdict(records))
        return PlayerSwitched(new.player, records)
    return None


def export_player(storage: Storage, folder: Path, name: str) -> Notice | None:
    """Save all of the player's data as `folder`/`name`.zip; return a notice, or None if it failed.

    If the file exists, a number is added to the name.
    """
    if not storage.own.exists() or not any(storage.own.iterdir()):
        return Notice(tr("Nothing is kept of this player yet"))
    name = re.sub(r'[\\/:*?"<>|]', "-", name)
    with storage.reported(mark("Can’t save the data: {reason}")), storage.lock():
        content = io.BytesIO()
        with zipfile.ZipFile(
            content, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False
        ) as archive:
            for path in sorted(storage.own.iterdir()):
                archive.write(path, path.name)
        folder.mkdir(parents=True, exist_ok=True)
        path = free_path(folder, name, ".zip")
        write_whole(path, content.getvalue())
        return saved_notice(path)
    return None


def everybodys_drawings(storage: Storage, most: int) -> "list[LabelledDrawing]":
    """Return the latest labelled drawings of all players, as equal in number as possible."""
    each = [storage.of(key).drawings(most) for key in _keys(storage)]
    in_turn = chain.from_iterable(zip_longest(*each))
    return [drawing for drawing in in_turn if drawing][:most]


def _keys(storage: Storage) -> list[str]:
    """Return the keys of all folders, the oldest first."""
    folder = storage.folder / "players"
    names = [path.name for path in folder.iterdir()] if folder.exists() else []
    return sorted((name for name in names if name.isascii() and name.isdecimal()), key=int)
