"""Drawings on disk: one JSON object a line, in the shape of Google's Quick, Draw! data.

{"word": "7", "drawing": [[[x0, x1, ...], [y0, y1, ...]], ...]}
"""

import gzip
import io
import json
import math
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mnist_jax.ink.strokes import Drawing, as_drawing
from mnist_jax.support.errors import InputError
from mnist_jax.support.files import checked_input

MAX_LINE = 20_000_000
"""Longest line that is read, in characters; it holds over a million points."""

DIGIT_WORDS = tuple("0123456789")


@dataclass(frozen=True, eq=False)
class LabelledDrawing:
    """A drawing and the word that says what it shows: a digit, or anything else."""

    word: str
    drawing: Drawing

    @property
    def label(self) -> int:
        """The digit that the word names, -1 where it names none."""
        return int(self.word) if self.word in DIGIT_WORDS else -1


def read_drawings(path: str | Path, *, digits_only: bool = True) -> Iterator[LabelledDrawing]:
    """The drawings of an `.ndjson` or `.ndjson.gz` file, in order; blank lines are passed over.

    Raises:
        InputError: the file cannot be read, or a line is broken (its number is named), or with
            `digits_only` a word is not one of 0 to 9.

    """
    checked_input(Path(path), "give an .ndjson or .ndjson.gz file")
    try:
        with _open_text(Path(path)) as file:
            lines = iter(lambda: file.readline(MAX_LINE + 1), "")
            for number, line in enumerate(lines, start=1):
                place = f"{path}, line {number}"
                if len(line) > MAX_LINE:
                    raise InputError(f"{place}: is longer than {MAX_LINE} characters")
                if line.strip():
                    yield _parse_line(place, line, digits_only=digits_only)
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise InputError(
            f"{path}: cannot be read as text of one drawing a line ({error}); "
            "give an .ndjson or .ndjson.gz file"
        ) from error


def _open_text(path: Path) -> io.TextIOBase:
    if path.suffix.lower() == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _parse_line(place: str, line: str, *, digits_only: bool) -> LabelledDrawing:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place}: is not JSON ({error}); one drawing a line is wanted") from error
    if not isinstance(record, dict) or not isinstance(record.get("drawing"), list):
        raise InputError(f'{place}: has no "drawing" list; see mnist_jax/drawing.py for the shape')
    word = record.get("word")
    if not isinstance(word, str) or (digits_only and word not in DIGIT_WORDS):
        wanted = "a digit, 0 to 9" if digits_only else "a text"
        raise InputError(f'{place}: "word" is {_shortened(word)}; it should be {wanted}')
    try:
        return LabelledDrawing(word, as_drawing(map(_transposed, record["drawing"])))
    except InputError as error:
        raise InputError(f"{place}: {error}") from error


def _shortened(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _transposed(stroke: Any) -> list[tuple[float, float]]:
    """Points of a stroke stored as `[xs, ys]` or `[xs, ys, times]`."""
    if not isinstance(stroke, list) or len(stroke) not in (2, 3):
        raise InputError("a stroke is not [[x, ...], [y, ...]] (a third list may hold times)")
    xs, ys = stroke[:2]
    if not (isinstance(xs, list) and isinstance(ys, list) and len(xs) == len(ys)):
        raise InputError("a stroke's x and y are not two lists of one length")
    return [(_number(x), _number(y)) for x, y in zip(xs, ys, strict=True)]


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"a coordinate is {_shortened(value)}; it should be a number")
    try:
        return float(value)
    except OverflowError:
        return math.inf


def as_line(word: str, drawing: Sequence[np.ndarray]) -> str:
    """The drawing as one line of `.ndjson`, without the line's end."""
    strokes = [stroke.T.tolist() for stroke in as_drawing(drawing)]
    return json.dumps({"word": word, "drawing": strokes}, separators=(",", ":"))
