"""Read and write labelled drawings: one JSON object per line, as in Google's Quick, Draw! data.

    {"word": "7", "drawing": [[[x0, x1, ...], [y0, y1, ...]], ...]}

`drawing` is a list of strokes. A third list in a stroke may hold times; it is ignored. `writer` may
name the person who drew.
"""

import json
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float
from msgspec import MsgspecError, Struct
from msgspec.json import Decoder

from mnist_jax.ink.strokes import LabelledDrawing, Words, as_drawing, labelled_drawing
from mnist_jax.support.budget import Budget
from mnist_jax.support.errors import InputError
from mnist_jax.support.files import line_place, numbered_lines


class _Record(Struct):
    drawing: list[list[list[float]]]
    word: Any = None
    writer: Any = ""


_DECODER = Decoder(_Record)


def read_ndjson(path: Path, words: Words, hint: str) -> Iterator[LabelledDrawing]:
    """Yield the drawings of a file in order, skipping blank lines.

    Raises:
        InputError: the file cannot be read, or a line is not a drawing with one of the words. The
            message names the line.
    """
    budget = Budget(path)
    for place, line in _lines(path, hint, budget):
        yield _parse_line(place, line, words, budget)


def read_latest(path: Path, count: int, words: Words, hint: str) -> list[LabelledDrawing]:
    """Return the last drawings of a file, the last one first; lines before them are not parsed.

    Raises:
        InputError: as `read_ndjson`.
    """
    budget = Budget(path)
    lines = deque(_lines(path, hint, budget), count)
    return [_parse_line(*line, words, budget) for line in reversed(lines)]


def _lines(path: Path, hint: str, budget: Budget) -> Iterator[tuple[str, str]]:
    """Yield the lines that are not blank, each with its place for messages."""
    for number, line in numbered_lines(path, hint, budget):
        if line.strip():
            yield line_place(path, number), line


def _parse_line(place: str, line: str, words: Words, budget: Budget) -> LabelledDrawing:
    try:
        record = _DECODER.decode(line)
        strokes = [_points(stroke) for stroke in record.drawing]
        writer = str(record.writer)
    except (MsgspecError, ValueError, RecursionError) as error:
        raise InputError(
            "{place}: is no drawing ({problem}); see mnist_jax/ink/ndjson.py for the format",
            place=place,
            problem=error,
        ) from error
    return labelled_drawing(place, record.word, strokes, words, budget, writer)


def _points(stroke: list[list[float]]) -> Float[np.ndarray, "_ 2"]:
    if len(stroke) not in {2, 3} or len(stroke[0]) != len(stroke[1]):
        raise InputError("a stroke is not an x and a y list of equal length, and perhaps times")
    return np.column_stack(stroke[:2])


def as_line(word: str, drawing: Sequence[np.ndarray], **more: str) -> str:
    """Return the drawing, with `more` fields, as a line of `.ndjson` without its line break."""
    strokes = [stroke.T.tolist() for stroke in as_drawing(drawing)]
    return json.dumps({"word": word, "drawing": strokes, **more}, separators=(",", ":"))
