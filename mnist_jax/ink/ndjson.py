"""Read and write labelled drawings: one JSON object per line, as in Google's Quick, Draw! data.

    {"word": "7", "drawing": [[[x0, x1, ...], [y0, y1, ...]], ...]}

`drawing` is a list of strokes. A third list in a stroke may hold times; it is ignored. `writer` may
name the person who drew.
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
"""Maximum length of a line in characters, enough for a million points."""

DIGIT_WORDS = tuple("0123456789")


@dataclass(frozen=True, eq=False)
class LabelledDrawing:
    """A drawing and the word for what it shows: a digit, or anything else."""

    word: str
    drawing: Drawing
    writer: str = ""
    """Who drew it; empty if nobody knows."""

    @property
    def label(self) -> int:
        """The digit, or -1 if the word is not a digit."""
        return int(self.word) if self.word in DIGIT_WORDS else -1


def read_drawings(path: str | Path, *, digits_only: bool = True) -> Iterator[LabelledDrawing]:
    """Yield the drawings of an `.ndjson` or `.ndjson.gz` file in order, skipping blank lines.

    Raises:
        InputError: the file cannot be read, a line is not a labelled drawing, or `digits_only` is
            set and a word is not a digit. The message names the line.

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
            f"{path}: cannot be read as text with one drawing per line ({error}); "
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
        raise InputError(
            f"{place}: is not JSON ({error}); expected one drawing per line"
        ) from error
    if not isinstance(record, dict) or not isinstance(record.get("drawing"), list):
        raise InputError(
            f'{place}: has no "drawing" list; see mnist_jax/ink/ndjson.py for the format'
        )
    word = record.get("word")
    if not isinstance(word, str) or (digits_only and word not in DIGIT_WORDS):
        expected = "a digit, 0 to 9" if digits_only else "a string"
        raise InputError(f'{place}: "word" is {_shortened(word)}; it should be {expected}')
    try:
        drawing = as_drawing(map(_stroke_points, record["drawing"]))
    except InputError as error:
        raise InputError(f"{place}: {error}") from error
    return LabelledDrawing(word, drawing, str(record.get("writer", "")))


def _shortened(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _stroke_points(stroke: Any) -> list[tuple[float, float]]:
    """Return the points of a stroke stored as `[xs, ys]` or `[xs, ys, times]`."""
    if not isinstance(stroke, list) or len(stroke) not in (2, 3):
        raise InputError("a stroke is not [[x, ...], [y, ...]] (a third list may hold times)")
    xs, ys = stroke[:2]
    if not (isinstance(xs, list) and isinstance(ys, list) and len(xs) == len(ys)):
        raise InputError("the x and y of a stroke are not two lists of equal length")
    return [(_number(x), _number(y)) for x, y in zip(xs, ys, strict=True)]


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"a coordinate is {_shortened(value)}; it should be a number")
    try:
        return float(value)
    except OverflowError:
        return math.inf


def as_line(word: str, drawing: Sequence[np.ndarray]) -> str:
    """Return the drawing as one line of `.ndjson`, without a newline."""
    strokes = [stroke.T.tolist() for stroke in as_drawing(drawing)]
    return json.dumps({"word": word, "drawing": strokes}, separators=(",", ":"))
