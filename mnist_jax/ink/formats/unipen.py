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

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import zip_longest
from pathlib import Path

import numpy as np
from jaxtyping import Float

from mnist_jax.ink.formats.unipen_statements import Statement, axes_of, points_of, statements
from mnist_jax.ink.strokes import LabelledDrawing, Words, labelled_drawing, shortened
from mnist_jax.support.errors import InputError

SMALLEST_LEVELS = frozenset({"CHARACTER", "DIGIT"})
"""Types of segments that contain no others, in a file without `.HIERARCHY`."""

_SEGMENT = re.compile(r'\s*(\S+)\s+(\S+)\s+(?:[^\s"]\S*\s+)?"((?:[^"\\]|\\.)*)"', re.DOTALL)
_SPAN = re.compile(r"(\d{1,9})(?::(\d{1,9}))?(?:-(\d{1,9})(?::(\d{1,9}))?)?")
_UCI_COMMENT = re.compile(r"\s*(\d)\s+(\d+)\s+\d+\s*", re.ASCII)

_END = 10**9
"""Stands for the last point of a component."""

_Position = tuple[int, int]
"""A component and a point of it."""


@dataclass(frozen=True)
class _Component:
    points: Float[np.ndarray, "_ 2"] | None
    """None if the pen was up."""
    writer: str


@dataclass
class _Segment:
    place: str
    spans: list[tuple[_Position, _Position]]
    word: str
    is_smallest: bool
    writer: str = ""
    is_read: bool = False

    @property
    def first(self) -> _Position:
        return min(first for first, _ in self.spans)

    @property
    def last(self) -> _Position:
        return max(last for _, last in self.spans)

    def contains(self, other: "_Segment") -> bool:
        return self.first <= other.first and other.last <= self.last


def read_unipen(path: Path, words: Words, hint: str) -> Iterator[LabelledDrawing]:
    """Yield the drawings of the segments with a label, the smallest of those that are nested.

    A digit or character is yielded as soon as its components were read. A file without labels is a
    single drawing whose word is empty.

    `.INCLUDE` reads a file in the folder of `path`. One that is not there is skipped, since UCI's
    pen digits include one that UCI does not have, unless components are missing.

    Raises:
        InputError: the file cannot be read, or a statement is wrong. The message names its line.

    """
    file = _File(words)
    for statement in statements(path, hint):
        file.add(statement)
        if statement.keyword in {"PEN_DOWN", "PEN_UP"}:
            yield from file.finished()
    yield from file.rest(path)


@dataclass
class _File:
    """What was read of a file."""

    words: Words
    axes: list[str] = field(default_factory=lambda: ["X", "Y"])
    smallest_levels: frozenset[str] = SMALLEST_LEVELS
    writer: str = ""
    components: list[_Component] = field(default_factory=list)
    segments: list[_Segment] = field(default_factory=list)
    unfinished: list[tuple[_Position, int]] = field(default_factory=list)
    """A heap of the smallest segments that were not yielded: their ends and indices."""
    not_included: list[Statement] = field(default_factory=list)
    """Statements that include a file which is not there."""

    def add(self, statement: Statement) -> None:
        match statement.keyword:
            case "COORD":
                self.axes = axes_of(statement)
            case "HIERARCHY":
                self.smallest_levels = frozenset(statement.text.split()[-1:]) or SMALLEST_LEVELS
            case "WRITER_ID":
                self.writer = statement.name.strip("?")
            case "INCLUDE":
                self.not_included.append(statement)
            case "SEGMENT":
                self._add_segment(statement)
            case "COMMENT" if self.segments:
                _add_writer(self.segments[-1], statement)
            case "PEN_DOWN" if statement.text:
                self.components.append(_Component(points_of(statement, self.axes), self.writer))
            case "PEN_UP" if statement.text:
                self.components.append(_Component(None, self.writer))

    def _add_segment(self, statement: Statement) -> None:
        segment = _segment(statement, self.smallest_levels)
        if segment and segment.is_smallest and not self.words.largest:
            heappush(self.unfinished, (segment.last, len(self.segments)))
        if segment:
            self.segments.append(segment)

    def finished(self) -> Iterator[LabelledDrawing]:
        """Yield the smallest segments whose components are all there, once."""
        while self.unfinished and self.unfinished[0][0][0] < len(self.components):
            _, index = heappop(self.unfinished)
            yield self._drawing(self.segments[index])

    def rest(self, path: Path) -> Iterator[LabelledDrawing]:
        """Yield what is left at the end of the file."""
        for _, index in sorted(self.unfinished):
            yield self._drawing(self.segments[index])
        for segment in _chosen(self.segments, self.words):
            if not segment.is_read:
                yield self._drawing(segment)
        ink = [part.points for part in self.components if part.points is not None]
        if ink and not self.segments:
            yield labelled_drawing(str(path), "", ink, self.words, self.writer)

    def _drawing(self, segment: _Segment) -> LabelledDrawing:
        segment.is_read = True
        if segment.last[0] >= len(self.components):
            missing = "".join(
                f"; {shortened(statement.name)} on line {statement.line} is not there to include"
                for statement in self.not_included[:1]
            )
            raise InputError(
                f"{segment.place}: component {segment.last[0]} is wanted, "
                f"but there are {len(self.components)}, counted from 0{missing}"
            )
        strokes = [points for span in segment.spans for points in self._strokes(span, segment)]
        writer = self.components[segment.first[0]].writer or segment.writer
        return labelled_drawing(segment.place, segment.word, strokes, self.words, writer)

    def _strokes(
        self, span: tuple[_Position, _Position], segment: _Segment
    ) -> Iterator[Float[np.ndarray, "_ 2"]]:
        first, last = span
        for index in range(first[0], last[0] + 1):
            points = self.components[index].points
            if points is None:
                continue
            start = first[1] if index == first[0] else 0
            end = last[1] if index == last[0] else _END
            if start >= len(points) or len(points) <= end < _END:
                raise InputError(
                    f"{segment.place}: component {index} has {len(points)} points, counted from 0"
                )
            yield points[start : end + 1]


def _chosen(segments: list[_Segment], words: Words) -> Iterator[_Segment]:
    """Yield the smallest segments, or the largest of which the word is accepted."""
    outer_first = sorted(
        segments, key=lambda one: (one.first, -one.last[0], -one.last[1], one.is_smallest)
    )
    kept: _Segment | None = None
    for segment, following in zip_longest(outer_first, outer_first[1:]):
        inside = words.largest and kept is not None and kept.contains(segment)
        nests = following is not None and segment.contains(following)
        if inside or (nests and not (words.largest and words.accepts(segment.word))):
            continue
        kept = segment
        yield segment


def _segment(statement: Statement, smallest_levels: frozenset[str]) -> _Segment | None:
    """Return the segment, or None if it has no label."""
    if '"' not in statement.text:
        return None
    match = _SEGMENT.match(statement.text)
    if not match:
        raise InputError(
            f'{statement.place}: {shortened(statement.text)} should be like DIGIT 0-2 ? "7"'
        )
    level, spans, word = match.groups()
    return _Segment(
        statement.place,
        [_span(statement, span) for span in spans.split(",")],
        re.sub(r"\\(.)", r"\1", word, flags=re.DOTALL),
        is_smallest=level in smallest_levels,
    )


def _span(statement: Statement, text: str) -> tuple[_Position, _Position]:
    match = _SPAN.fullmatch(text)
    if match:
        component, point, last, last_point = match.groups()
        first = int(component), int(point or 0)
        end = int(last_point or (_END if last or not point else point))
        final = int(last or component), end
        if first <= final:
            return first, final
    raise InputError(
        f"{statement.place}: {shortened(text)} is no range of components, such as 0-2 or 0:5-2"
    )


def _add_writer(segment: _Segment, statement: Statement) -> None:
    """Keep the writer that UCI's pen digits name in a comment: the digit, writer and number."""
    match = _UCI_COMMENT.fullmatch(statement.text)
    if match and match[1] == segment.word:
        segment.writer = match[2]
