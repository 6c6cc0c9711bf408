"""Read labelled drawings from a file whose content tells how it is packed, not its name."""

from collections.abc import Iterator
from pathlib import Path

from mnist_jax.ink.ndjson import read_ndjson
from mnist_jax.ink.strokes import ANY_WORD, DIGITS, LabelledDrawing, Words
from mnist_jax.support.errors import InputError
from mnist_jax.support.text_files import unpacked

HINT = "give an .ndjson file, which may be packed with gzip"

_COMPRESS = b"\x1f\x9d"


def read_drawings(path: str | Path, *, digits_only: bool = True) -> Iterator[LabelledDrawing]:
    """Yield the drawings of an `.ndjson` file, in order.

    Raises:
        InputError: the file cannot be read, has something else than drawings, or `digits_only` is
            set and a word is not a digit. The message names the line.

    """
    yield from read_words(path, DIGITS if digits_only else ANY_WORD)


def read_words(path: str | Path, words: Words) -> Iterator[LabelledDrawing]:
    """Yield the drawings of a file as `read_drawings` does, with other words than digits.

    Raises:
        InputError: as `read_drawings`, or a word is not one of `words`.

    """
    with unpacked(Path(path), HINT) as content:
        head = content.read(len(_COMPRESS))
    if head == _COMPRESS:
        raise InputError(
            f"{path}: is packed by `compress`; unpack it first, with `gzip -d {Path(path).name}`"
        )
    yield from read_ndjson(Path(path), words, HINT)
