"""Read labelled drawings from a file in one of three formats, told by its content.

- Lines of JSON, as in Google's Quick, Draw! data: `ndjson`.
- UNIPEN, in which UCI keeps its pen digits: `formats.unipen`.
- InkML, of the W3C: `formats.inkml`.

Each may be packed with gzip. The name of the file does not matter.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from mnist_jax.ink.formats.inkml import read_inkml
from mnist_jax.ink.formats.unipen import read_unipen
from mnist_jax.ink.ndjson import read_ndjson
from mnist_jax.ink.strokes import ANY_WORD, DIGITS, LabelledDrawing, Words
from mnist_jax.support.errors import InputError
from mnist_jax.support.files import marked_encoding, unpacked
from mnist_jax.support.languages import translatable

HINT = translatable("give an .ndjson, UNIPEN or InkML file, which may be packed with gzip")

_READERS = {"ndjson": read_ndjson, "UNIPEN": read_unipen, "InkML": read_inkml}


def read_drawings(path: str | Path, *, digits_only: bool = True) -> Iterator[LabelledDrawing]:
    """Yield the drawings of an `.ndjson`, UNIPEN or InkML file, in order.

    Where a UNIPEN or InkML file labels a word and its letters, the letters are the drawings. One
    without labels is a single drawing whose word is empty.

    Examples:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> from mnist_jax import read_drawings
        >>> with TemporaryDirectory() as folder:
        ...     path = Path(folder, "mine.ndjson")
        ...     _ = path.write_text('{"word": "7", "drawing": [[[0, 20, 8], [0, 1, 40]]]}')
        ...     [seven] = read_drawings(path)
        >>> seven.label, len(seven.drawing)
        (7, 1)

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
    reader = _READERS[drawing_format(path) or "ndjson"]
    yield from reader(Path(path), words, HINT)


def list_drawings(path: str | Path, words: Words = DIGITS) -> list[LabelledDrawing]:
    """Return all drawings of a file; there must be at least one.

    Raises:
        InputError: as `read_words`, or the file contains no drawing.
    """
    drawings = list(read_words(path, words))
    if not drawings:
        raise InputError("{path}: contains no drawing, at least one is wanted", path=path)
    return drawings


def drawing_format(path: str | Path) -> str | None:
    """Return "ndjson", "UNIPEN" or "InkML", or None if the file begins like none of them.

    Raises:
        InputError: the file cannot be read, is empty, or is packed by `compress`.
    """
    with unpacked(Path(path), HINT) as content:
        head = content.read(65_536)
    if not head:
        raise InputError("{path}: is empty", path=path)
    if head.startswith(b"\x1f\x9d"):
        raise InputError(
            "{path}: is packed by `compress`; unpack it first, with `gzip -d {name}`",
            path=path,
            name=Path(path).name,
        )
    text = head.decode(marked_encoding(head) or "utf-8", "ignore").lstrip("\ufeff \t\r\n")
    if text.startswith("{"):
        return "ndjson"
    if re.match(r"\.[A-Z]", text):
        return "UNIPEN"
    return "InkML" if text.startswith("<") and re.search(r"<(\w+:)?ink\b", text) else None
