"""The card of a checkpoint: written last, it marks the folder as complete.

`card.json` contains what it is given, and the sha256 of every other file and of itself.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from mnist_jax.support.errors import InputError
from mnist_jax.support.files import write_whole

CARD = "card.json"

Card = dict[str, Any]


def write_card(folder: Path, card: Card) -> None:
    """Write the card, with the sha256 of the files in the folder.

    Raises:
        InputError: the card cannot be written.
        OSError: a file cannot be read.

    """
    names = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    files = {name.as_posix(): _sha256((folder / name).read_bytes()) for name in names}
    described = card | {"files": files}
    signed = described | {"sha256": _signature(described)}
    write_whole(folder / CARD, json.dumps(signed, indent=1).encode())


def read_card(folder: Path) -> Card:
    """Return the card of a complete, undamaged checkpoint.

    Raises:
        InputError: it is not; the message says why.
        OSError: a file cannot be read, so that nothing is known.

    """
    if not (folder / CARD).is_file():
        raise InputError(f"{CARD} is missing: writing or removing was not finished")
    try:
        card = json.loads((folder / CARD).read_bytes())
    except (ValueError, RecursionError) as error:
        raise InputError(f"{CARD} is damaged") from error
    if not isinstance(card, dict) or card.pop("sha256", None) != _signature(card):
        raise InputError(f"{CARD} is damaged")
    for name, sha256 in card["files"].items():
        if not (folder / name).is_file():
            raise InputError(f"{name} is missing")
        if _sha256((folder / name).read_bytes()) != sha256:
            raise InputError(f"{name} is damaged")
    return card


def _signature(card: Card) -> str:
    return _sha256(json.dumps(card, sort_keys=True).encode())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
