"""Read and write labelled drawings: one JSON object per line, as in Google's Quick, Draw! data.

    {"word": "7", "drawing": [[[x0, x1, ...], [y0, y1, ...]], ...]}

`drawing` is a list of strokes. A third list in a stroke may hold times; it is ignored. `writer` may
name the person who drew.
"""

import json
import math
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mnist_jax.ink.strokes import LabelledDrawing, Words, as_drawing, labelled_drawing, shortened
from mnist_jax.support.errors import InputError
from mnist_jax.support.text_files import numbered_lines


def read_ndjson(path: Path, words: Words, hint: str) -> Iterator[LabelledDrawing]:
    """Yield the drawings of a file in order, skipping blank lines.

    Raises:
        InputError: the file cannot be read, or a line is not a drawing with one of the words. The
            message names the line.

    """
    for place, line in _lines(path, hint):
        yield _parse_line(place, line, words)


def read_latest(path: Path, count: int, words: Words, hint: str) -> list[LabelledDrawing]:
    """Return the last drawings of a file, the last one first; lines before them are not parsed.

    Raises:
        InputError: as `read_ndjson`.

    """
    return [_parse_line(*line, words) for line in reversed(deque(_lines(path, hint), count))]


def _lines(path: Path, hint: str) -> Iterator[tuple[str, str]]:
    """Yield the lines that are not blank, each with its place for messages."""
    for number, line in numbered_lines(path, hint, "utf-8"):
        if line.strip():
            yield f"{path}, line {number}", line


def _parse_line(place: str, line: str, words: Words) -> LabelledDrawing:
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
    try:
        strokes = [_stroke_points(stroke) for stroke in record["drawing"]]
    except InputError as error:
        raise InputError(f"{place}: {error}") from error
    writer = str(record.get("writer", ""))
    return labelled_drawing(place, record.get("word"), strokes, words, writer)


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
        raise InputError(f"a coordinate is {shortened(value)}; it should be a number")
    try:
        return float(value)
    except OverflowError:
        return math.inf


def as_line(word: str, drawing: Sequence[np.ndarray]) -> str:
    """Return the drawing as one line of `.ndjson`, without a newline."""
    strokes = [stroke.T.tolist() for stroke in as_drawing(drawing)]
    return json.dumps({"word": word, "drawing": strokes}, separators=(",", ":"))
