"""Read labelled drawings from InkML files.

    <ink xmlns="http://www.w3.org/2003/InkML">
      <traceGroup>
        <annotation type="truth">7</annotation>
        <trace>0 0, 20 1, 8 40</trace>
      </traceGroup>
    </ink>

A drawing is the ink of a group, a view or the whole document that has a `truth`; of nested ones,
the smallest. In InkML, y goes down unless the channel's orientation is `-ve`.

The format: Ink Markup Language (InkML), W3C Recommendation 20 September 2011,
https://www.w3.org/TR/2011/REC-InkML-20110920/.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from mnist_jax.ink.formats.inkml_traces import TraceFormat, points_of, trace_format
from mnist_jax.ink.strokes import LabelledDrawing, Words, labelled_drawing, shortened
from mnist_jax.support.xml_elements import Element, parse_xml

MAX_VISITS = 10_000_000
"""How many parts the drawings may have together, each counted as often as it is referred to."""

MAX_NESTING = 100
"""How deep parts may be nested, through references too."""

_INK = {"trace", "traceGroup", "traceView"}

Indices = tuple[int, ...]
"""Which part of an element, which part of that, and so on to the number of a point."""


def read_inkml(path: Path, words: Words, hint: str) -> Iterator[LabelledDrawing]:
    """Yield the drawings of a document, in order.

    A document without a `truth` is a single drawing whose word is empty.

    Raises:
        InputError: the file cannot be read, is not InkML, or has a DOCTYPE. The message names the
            line.

    """
    root = parse_xml(path, hint)
    if root.tag != "ink":
        raise root.error(f"is XML, but not InkML: it begins with <{root.tag}> instead of <ink>")
    yield from Document(root, words).drawings()


class Document:
    """The drawings of an `<ink>` element."""

    def __init__(self, root: Element, words: Words) -> None:
        """Index the elements by their ids, and find the format of each trace."""
        self.root = root
        self.words = words
        self.visits = 0
        self.points: dict[int, np.ndarray] = {}
        self.by_id = {one.attributes["id"]: one for one in root.all() if "id" in one.attributes}
        self.formats: dict[int, TraceFormat] = {}
        self._find_formats()

    def drawings(self) -> Iterator[LabelledDrawing]:
        """Yield the drawings in order."""
        found = False
        for drawing in self._labelled(self.root, ""):
            found = True
            yield drawing
        if not found and (strokes := self._strokes(self.root)):
            writer = _annotation(self.root, "writer") or ""
            yield labelled_drawing(self.root.place, "", strokes, self.words, writer)

    def _labelled(self, element: Element, writer: str) -> Iterator[LabelledDrawing]:
        """Yield the smallest drawings with a label, or the largest that are accepted."""
        writer = _annotation(element, "writer") or writer
        word = _annotation(element, "truth")
        whole = word is not None and self.words.largest and self.words.accepts(word)
        found = False
        for child in () if whole else _parts(element):
            for drawing in self._labelled(child, writer):
                found = True
                yield drawing
        if word is not None and not found:
            yield labelled_drawing(element.place, word, self._strokes(element), self.words, writer)

    def _strokes(self, element: Element) -> list[np.ndarray]:
        """Return the strokes of an element; one that is referred to twice is there once."""
        found = {}
        for trace, first, last in self._traces(element, (), (), 0):
            if trace.attributes.get("type") != "penUp":
                points = self._points_of(trace)
                end = len(points) if last is None else last
                if not first <= end <= len(points) and (first, end) != (1, 0):
                    raise element.error(
                        f"points {first} to {end} of a trace of {len(points)} are wanted"
                    )
                found[id(trace), first, end] = points[first - 1 : end]
        return [stroke for stroke in found.values() if len(stroke)]

    def _points_of(self, trace: Element) -> np.ndarray:
        if id(trace) not in self.points:
            self.points[id(trace)] = points_of(trace, self.formats[id(trace)])
        return self.points[id(trace)]

    def _traces(
        self, element: Element, first: Indices, last: Indices, depth: int
    ) -> Iterator[tuple[Element, int, int | None]]:
        """Yield the traces of an element, and the numbers of their first and last points."""
        self.visits += 1
        if depth > MAX_NESTING or self.visits > MAX_VISITS:
            raise element.error("refers to itself, or to too much")
        if element.tag == "trace":
            yield element, (first or (1,))[0], last[0] if last else None
            return
        if "traceDataRef" in element.attributes:
            target = self._referred(element, "traceDataRef")
            first, last = _indices(element, "from"), _indices(element, "to")
            yield from self._traces(target, first, last, depth + 1)
            return
        parts = _parts(element)
        begin, end = (first or (1,))[0], (last or (len(parts),))[0]
        if (first or last) and not begin <= end <= len(parts):
            raise element.error(f"parts {begin} to {end} of {len(parts)} are wanted")
        for number, part in enumerate(parts[begin - 1 : end], start=begin):
            inner_first = first[1:] if number == begin else ()
            inner_last = last[1:] if number == end else ()
            yield from self._traces(part, inner_first, inner_last, depth + 1)

    def _referred(self, element: Element, attribute: str) -> Element:
        name = element.attributes[attribute]
        target = self.by_id.get(name.removeprefix("#"))
        if target is None:
            raise element.error(f"{attribute} {shortened(name)} is not the id of an element here")
        return target

    def _find_formats(self) -> None:
        """Find the format of each trace: its own context's, its group's, or the current one."""
        current = TraceFormat()
        for child in self.root.children:
            if child.tag == "traceFormat":
                current = trace_format(child)
            elif child.tag == "context":
                current = self._format_of_context(child, current)
            elif child.tag == "definitions":
                self._set_formats(child, TraceFormat())
            else:
                self._set_formats(child, current)

    def _set_formats(self, element: Element, form: TraceFormat) -> None:
        if "contextRef" in element.attributes:
            form = self._format_of_context(element, TraceFormat())
        self.formats[id(element)] = form
        for child in element.children:
            self._set_formats(child, form)

    def _format_of_context(self, context: Element, inherited: TraceFormat) -> TraceFormat:
        """Return the format of a context, or of the one that it refers to, and so on."""
        seen = []
        while context not in seen:
            seen.append(context)
            for holder in (context, *self._ink_sources(context)):
                if "traceFormatRef" in holder.attributes:
                    return trace_format(self._referred(holder, "traceFormatRef"))
                for child in holder.children:
                    if child.tag == "traceFormat":
                        return trace_format(child)
            if "contextRef" not in context.attributes:
                return inherited
            inherited = TraceFormat()
            if context.attributes["contextRef"] == "#DefaultContext":
                return inherited
            context = self._referred(context, "contextRef")
        raise context.error("contextRef refers to itself")

    def _ink_sources(self, context: Element) -> Iterator[Element]:
        if "inkSourceRef" in context.attributes:
            yield self._referred(context, "inkSourceRef")
        yield from (child for child in context.children if child.tag == "inkSource")


def _parts(element: Element) -> list[Element]:
    """Return the traces, groups and views that an element consists of."""
    return [child for child in element.children if child.tag in _INK]


def _annotation(element: Element, kind: str) -> str | None:
    """Return the text of the annotation of this type, if there is one."""
    for child in element.children:
        if child.tag == "annotation" and child.attributes.get("type", "").lower() == kind:
            return child.text.strip()
    return None


def _indices(view: Element, attribute: str) -> Indices:
    """Return the numbers of `from` or `to`: of a part, of a part of that, and of a point."""
    numbers = view.attributes.get(attribute, "").split(":")
    if numbers == [""]:
        return ()
    if not all(re.fullmatch(r"[1-9]\d{0,8}", number, re.ASCII) for number in numbers):
        raise view.error(f"{attribute} is {shortened(':'.join(numbers))}; counts from 1 are wanted")
    return tuple(map(int, numbers))
