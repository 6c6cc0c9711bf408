"""Read labelled drawings from UNIPEN files.

    .COORD X Y
    .SEGMENT DIGIT 0-1 ? "4"
    .PEN_DOWN
    12 80
    10 41
    .PEN_UP
    ...

A segment names the components it consists of: runs of points with the pen down or up, counted from
0 in the order of the file; those without points do not count. `2:5-4` goes from point 5 of
component 2 to the end of component 4. Keywords that do not matter here are skipped, with the free
text after them. In UNIPEN, and in UCI's pen digits, y goes up; in the drawings it goes down.

The format: I. Guyon, L. Schomaker, R. Plamondon, M. Liberman and S. Janet, "UNIPEN project of
on-line data exchange and recognizer benchmarks", ICPR 1994, doi:10.1109/ICPR.1994.576870.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from mnist_jax.ink.strokes import LabelledDrawing, Words, labelled_drawing
from mnist_jax.support.budget import FILE, ITEM, NUMERAL_BYTE, POINT, Budget
from mnist_jax.support.errors import InputError, shortened
from mnist_jax.support.files import line_place, marked_encoding, read_whole
from mnist_jax.support.languages import translated

_KEYWORD = re.compile(r"^[ \t]*\.([A-Z]\w*)", re.MULTILINE | re.ASCII)
_SEGMENT = re.compile(r'\S+\s+(\S+)\s+(?:[^\s"]\S*\s+)?"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
_SPAN = re.compile(r"(\d{1,9})(?::(\d{1,9}))?(?:-(\d{1,9})(?::(\d{1,9}))?)?", re.ASCII)
_UCI_COMMENT = re.compile(r"(\d)\s+(\d+)\s+\d+", re.ASCII)

_END = 10**9
"""Stands for the last point of a component."""

_Position = tuple[int, int]
"""A component and a point of it."""


class _Statement(NamedTuple):
    """A keyword, and the text up to the next one."""

    path: Path
    line: int
    keyword: str
    text: str

    def error(self, problem: str, **values: object) -> InputError:
        return InputError(f"{self.place}: {translated(problem, **values)}")

    @property
    def place(self) -> str:
        return line_place(self.path, self.line)

    @property
    def name(self) -> str:
        """What follows the keyword on its line, without quotes."""
        return self.text.partition("\n")[0].strip().strip('"')


class _Component(NamedTuple):
    points: Float[np.ndarray, "_ 2"] | None
    """None if the pen was up."""
    writer: str


@dataclass
class _Segment:
    statement: _Statement
    spans: list[tuple[_Position, _Position]]
    first: _Position
    last: _Position
    word: str
    writer: str = ""

    def contains(self, other: "_Segment") -> bool:
        return self.first <= other.first and other.last <= self.last


def read_unipen(path: Path, words: Words, hint: str) -> Iterator[LabelledDrawing]:
    """Yield the drawings of the segments with a label, the smallest of those that are nested.

    A file without labels is a single drawing whose word is empty.

    `.INCLUDE` reads a file in the folder of `path`, once. One that is not there is skipped, since
    UCI's pen digits include one that UCI does not have, unless components are missing.

    Raises:
        InputError: the file cannot be read, or a statement is wrong. The message names its line.
    """
    budget = Budget(path)
    components: list[_Component] = []
    segments: list[_Segment] = []
    axes, writer = ["X", "Y"], ""
    absent: _Statement | None = None
    for statement in _statements(path, hint, budget):
        match statement.keyword:
            case "COORD":
                axes = _axes(statement)
            case "WRITER_ID":
                writer = statement.name.strip("?")
            case "INCLUDE":
                absent = absent or statement
            case "SEGMENT" if '"' in statement.text:
                segments.append(_segment(statement, budget))
            case "COMMENT" if segments:  # UCI's pen digits name the digit, writer and number
                comment = _UCI_COMMENT.fullmatch(statement.text.strip())
                if comment and comment[1] == segments[-1].word:
                    segments[-1].writer = comment[2]
            case "PEN_DOWN" if statement.text.strip():
                budget.spend(ITEM + NUMERAL_BYTE * len(statement.text))
                components.append(_Component(_points(statement, axes), writer))
            case "PEN_UP" if statement.text.strip():
                components.append(_Component(None, writer))
    for segment in _chosen(segments, words):
        yield _drawing(segment, components, words, budget, absent)
    ink = [points for points, _ in components if points is not None]
    if ink and not segments:
        yield labelled_drawing(str(path), "", ink, words, budget, writer)


def _statements(path: Path, hint: str, budget: Budget) -> Iterator[_Statement]:
    """Yield the statements of a file, replacing each `.INCLUDE` by those of the file that it names.

    An `.INCLUDE` of a file that does not exist is yielded unchanged.
    """
    seen = {os.path.realpath(path)}
    open_files = [_statements_of_one(path, hint, budget)]
    while open_files:
        for statement in open_files[-1]:
            target = None
            if statement.keyword == "INCLUDE":
                budget.spend(FILE)
                target = _included(statement, path.parent)
            if target is None:
                yield statement
            elif (real := os.path.realpath(target)) not in seen:
                seen.add(real)
                open_files.append(_statements_of_one(target, hint, budget))
                break
        else:
            open_files.pop()


def _statements_of_one(path: Path, hint: str, budget: Budget) -> Iterator[_Statement]:
    before, *parts = _KEYWORD.split(_text(path, hint, budget))
    line = 1 + before.count("\n")
    for keyword, text in zip(parts[::2], parts[1::2], strict=True):
        budget.spend(ITEM)
        yield _Statement(path, line, keyword, text)
        line += text.count("\n")


def _text(path: Path, hint: str, budget: Budget) -> str:
    data = read_whole(path, hint, budget)
    encoding = marked_encoding(data) or "latin-1"  # comments have any 8-bit encoding
    try:
        return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise InputError(
            "{path}: cannot be read ({problem}); save it as UTF-8", path=path, problem=error
        ) from error


def _included(statement: _Statement, folder: Path) -> Path | None:
    """Return the file that an `.INCLUDE` names, or None if it does not exist."""
    name = statement.name
    target = folder / name
    is_name = name.isprintable() and name not in {"", ".", ".."} and not set(name) & set("/\\:")
    if not is_name or Path(os.path.realpath(target)).parent != Path(os.path.realpath(folder)):
        raise statement.error(
            "includes {name}; only a file in the same folder can be included: "
            "copy it there, and write its name alone",
            name=shortened(name),
        )
    return target if os.path.lexists(target) else None


def _axes(statement: _Statement) -> list[str]:
    axes = statement.text.split()
    if axes.count("X") != 1 or axes.count("Y") != 1:
        raise statement.error(".COORD names {found}; X and Y are wanted", found=shortened(axes))
    return axes


def _points(statement: _Statement, axes: list[str]) -> Float[np.ndarray, "_ 2"]:
    """Return the points of a component, with y down."""
    numbers = _numbers(statement.text, len(axes))
    if numbers is None:
        line, text = _wrong_line(statement, len(axes))
        raise statement._replace(line=line).error(
            "{found} is no point; a number for each of {channels} is wanted",
            found=shortened(text),
            channels=" ".join(axes),
        )
    return np.stack([numbers[:, axes.index("X")], 0 - numbers[:, axes.index("Y")]], axis=1)


def _wrong_line(statement: _Statement, columns: int) -> tuple[int, str]:
    """Return a line on which the points are wrong, and its number; up to it they are right."""
    line, lines = statement.line, statement.text.split("\n")
    while len(lines) > 1:
        half = len(lines) // 2
        if _numbers("\n".join(lines[:half]), columns) is None:
            lines = lines[:half]
        else:
            line, lines = line + half, lines[half:]
    return line, lines[0].strip()


def _numbers(text: str, columns: int) -> Float[np.ndarray, "rows columns"] | None:
    """Return the numbers of a text in rows, or None if they are not such."""
    words = text.split()
    try:
        numbers = np.fromiter(map(float, words), np.float64, len(words))
    except ValueError:
        return None
    valid = np.isfinite(numbers).all() and "_" not in text and len(words) % columns == 0
    return numbers.reshape(-1, columns) if valid else None


def _segment(statement: _Statement, budget: Budget) -> _Segment:
    match = _SEGMENT.match(statement.text.strip())
    if not match:
        raise statement.error(
            '{found} should be like DIGIT 0-2 ? "7"', found=shortened(statement.text)
        )
    budget.spend(ITEM * (1 + match[1].count(",")))
    spans = [_span(statement, span) for span in match[1].split(",")]
    first, last = min(first for first, _ in spans), max(last for _, last in spans)
    word = re.sub(r"\\(.)", r"\1", match[2], flags=re.DOTALL)
    return _Segment(statement, spans, first, last, word)


def _span(statement: _Statement, text: str) -> tuple[_Position, _Position]:
    match = _SPAN.fullmatch(text)
    if match:
        component, point, last, last_point = match.groups()
        first = int(component), int(point or 0)
        end = int(last_point or (_END if last or not point else point))
        final = int(last or component), end
        if first <= final:
            return first, final
    raise statement.error(
        "{found} is no range of components, such as 0-2 or 0:5-2", found=shortened(text)
    )


def _chosen(segments: list[_Segment], words: Words) -> Iterator[_Segment]:
    """Yield the smallest segments, or the largest of which the word is accepted."""
    outer_first = sorted(segments, key=lambda one: (one.first, -one.last[0], -one.last[1]))
    chosen: _Segment | None = None
    for segment, following in zip_longest(outer_first, outer_first[1:]):
        inside = words.largest and chosen is not None and chosen.contains(segment)
        nests = following is not None and segment.contains(following)
        if inside or (nests and not (words.largest and words.accepts(segment.word))):
            continue
        chosen = segment
        yield segment


def _drawing(
    segment: _Segment,
    components: list[_Component],
    words: Words,
    budget: Budget,
    absent: _Statement | None,
) -> LabelledDrawing:
    last, count = segment.last[0], len(components)
    if last >= count:
        if absent:
            raise segment.statement.error(
                "component {last} is wanted, but there are {count}, counted from 0; "
                "{name} on line {line} is not there to include",
                last=last,
                count=count,
                name=shortened(absent.name),
                line=absent.line,
            )
        raise segment.statement.error(
            "component {last} is wanted, but there are {count}, counted from 0",
            last=last,
            count=count,
        )
    writer = components[segment.first[0]].writer or segment.writer
    place = segment.statement.place
    strokes = _strokes(segment, components, budget)
    return labelled_drawing(place, segment.word, strokes, words, budget, writer)


def _strokes(
    segment: _Segment, components: list[_Component], budget: Budget
) -> Iterator[np.ndarray]:
    for first, last in segment.spans:
        budget.spend(POINT * (last[0] + 1 - first[0]))
        for index in range(first[0], last[0] + 1):
            points = components[index].points
            if points is None:
                continue
            start = first[1] if index == first[0] else 0
            end = last[1] if index == last[0] else _END
            if start >= len(points) or len(points) <= end < _END:
                raise segment.statement.error(
                    "component {index} has {count} points, counted from 0",
                    index=index,
                    count=len(points),
                )
            yield points[start : end + 1]
