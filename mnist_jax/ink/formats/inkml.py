"""Read labelled drawings from InkML files, as OneNote, Office and the CROHME competitions have.

    <ink xmlns="http://www.w3.org/2003/InkML">
      <traceGroup>
        <annotation type="truth">7</annotation>
        <trace>0 0, 20 1, 8 40</trace>
      </traceGroup>
    </ink>

A drawing is the ink of a group, a view or the whole document that has a `truth`; of nested ones,
the smallest. In InkML, y goes down unless the channel's orientation is `-ve`. Hexadecimal numbers,
wildcards for x or y, and views of a part of a trace (`from` and `to`) are refused.

The format: Ink Markup Language (InkML), W3C Recommendation 20 September 2011,
https://www.w3.org/TR/2011/REC-InkML-20110920/.
"""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

import numpy as np
from jaxtyping import Float

from mnist_jax.ink.strokes import LabelledDrawing, Words, labelled_drawing
from mnist_jax.support.budget import CHILD, ITEM, NUMERAL_BYTE, Budget
from mnist_jax.support.errors import InputError, shortened
from mnist_jax.support.files import line_place, read_whole
from mnist_jax.support.languages import translated

_INK = {"trace", "traceGroup", "traceView"}

_REFERENCES = ("traceFormatRef", "inkSourceRef", "contextRef")

_ORDERS = "!'\""
"""Before a value: it and the next ones are absolute, differences, or second differences."""

_PLAIN = re.compile(r"[-+.\deE,\s]*", re.ASCII)
"""A trace that has neither orders nor values that are no numbers."""

_VALUE = re.compile(r"[!'\"]?(?:[-+]?[\d.]+(?:[eE][-+]?\d+)?|\S)", re.ASCII)


class TraceFormat(NamedTuple):
    """The channels of a trace, in order."""

    channels: tuple[str, ...] = ("X", "Y")
    axes: tuple[int, int] = (0, 1)
    """Which channels are x and y."""
    regular: int = 2
    """How many of these channels each point has; the others may be left out at its end."""
    signs: tuple[int, int] = (1, 1)
    """Of x and y: -1 where the orientation is `-ve`."""


def read_inkml(path: Path, words: Words, hint: str) -> Iterator[LabelledDrawing]:
    """Yield the drawings of a document, in order.

    A document without a `truth` is a single drawing whose word is empty.

    Raises:
        InputError: the file cannot be read, is not InkML, or has a DOCTYPE. The message names the
            line.
    """
    budget = Budget(path)
    root, lines = _parse(path, hint, budget)
    if root.tag != "ink":
        raise InputError(
            "{path}: begins with <{tag}>; InkML begins with <ink>", path=path, tag=root.tag
        )
    try:
        document = _Document(path, root, lines, words, budget)
        drawings = document.labelled(root) or document.unlabelled(root)
    except RecursionError as error:
        raise InputError(
            "{path}: elements are nested too deep, or refer to themselves", path=path
        ) from error
    yield from drawings


def _parse(path: Path, hint: str, budget: Budget) -> tuple[Element, dict[Element, int]]:
    """Return the outermost element, and the line of each; names are without prefixes.

    The parser does not look up namespaces: one of a long name would be copied for each element.
    """
    lines: dict[Element, int] = {}
    parser = expat.ParserCreate()

    def make(tag: str, attributes: dict[str, str]) -> Element:
        budget.spend(ITEM)
        named = {
            name.rpartition(":")[2]: value
            for name, value in attributes.items()
            if not name.startswith("xmlns")
        }
        element = Element(tag.rpartition(":")[2], named)
        lines[element] = parser.CurrentLineNumber
        return element

    def refuse(*_: object) -> None:
        raise expat.ExpatError(translated("it has a DOCTYPE"))

    builder = TreeBuilder(element_factory=make)
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    data = read_whole(path, hint, budget)
    try:
        parser.Parse(data, True)  # noqa: FBT003 - it takes no keywords
        return builder.close(), lines
    except InputError:
        raise
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise InputError(
            "{path}: cannot be read as XML ({problem}); save it as UTF-8, without a DOCTYPE",
            path=path,
            problem=error,
        ) from error
    finally:  # parser and handlers refer to each other, which would keep the tree in memory
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None


def _annotation(element: Element, kind: str) -> str:
    """Return the text of the annotation of this type; empty if there is none."""
    for child in element.findall("annotation"):
        if child.get("type", "").lower() == kind:
            return (child.text or "").strip()
    return ""


class _Document:
    """The traces of an `<ink>` element, and what refers to them."""

    def __init__(
        self, path: Path, root: Element, lines: dict[Element, int], words: Words, budget: Budget
    ) -> None:
        self.path = path
        self.lines = lines
        self.words = words
        self.budget = budget
        self.by_id = {"DefaultContext": Element("context")}
        self.by_id |= {name: one for one in root.iter() if (name := one.get("id")) is not None}
        self.contexts: dict[Element, TraceFormat | None] = {}
        self.points: dict[Element, np.ndarray] = {}
        current = TraceFormat()
        for child in root:
            if child.tag in {"context", "traceFormat"}:
                current = self._format(child) or current
            self._read_traces(child, current)

    def place(self, element: Element) -> str:
        return line_place(self.path, self.lines[element])

    def _read_traces(self, element: Element, form: TraceFormat) -> None:
        """Read the traces in an element, whose format is that of the nearest context."""
        if element.get("contextRef") is not None:
            form = self._format(element) or TraceFormat()
        if element.tag == "trace" and element.get("type") != "penUp":
            text = element.text or ""
            self.budget.spend(ITEM + NUMERAL_BYTE * len(text))
            self.points[element] = _points(text, form, self.place(element))
        for child in element:
            self._read_traces(child, form)

    def _format(self, element: Element) -> TraceFormat | None:
        """Return the format that an element contains, or else that of its reference, if any."""
        if element not in self.contexts:
            form = None
            reference = next((name for name in _REFERENCES if name in element.attrib), None)
            if (inside := _own_format(element)) is not None:
                form = _trace_format(inside, self.place(inside))
            elif reference:
                form = self._format(self._target(element, reference))
            self.contexts[element] = form
        return self.contexts[element]

    def _target(self, element: Element, attribute: str) -> Element:
        name = element.attrib[attribute]
        target = self.by_id.get(name.removeprefix("#"))
        if target is None:
            raise InputError(
                "{place}: {attribute} {name} is not the id of an element here",
                place=self.place(element),
                attribute=attribute,
                name=shortened(name),
            )
        return target

    def labelled(self, element: Element, writer: str = "") -> list[LabelledDrawing]:
        """Return the smallest drawings with a label, or the largest that are accepted."""
        writer = _annotation(element, "writer") or writer
        word = _annotation(element, "truth")
        inside = []
        if not (word and self.words.largest and self.words.accepts(word)):
            parts = (child for child in element if child.tag in _INK)
            inside = [drawing for part in parts for drawing in self.labelled(part, writer)]
        if inside or not word:
            return inside
        return [self._drawing(element, word, self._strokes(element), writer)]

    def unlabelled(self, root: Element) -> list[LabelledDrawing]:
        """Return the whole document as a drawing whose word is empty, if there is ink."""
        strokes = self._strokes(root)
        return [self._drawing(root, "", strokes, _annotation(root, "writer"))] if strokes else []

    def _drawing(
        self, element: Element, word: str, strokes: list[np.ndarray], writer: str
    ) -> LabelledDrawing:
        place = self.place(element)
        return labelled_drawing(place, word, strokes, self.words, self.budget, writer)

    def _strokes(self, element: Element) -> list[np.ndarray]:
        """Return the strokes of an element and of those that its views refer to, each once."""
        seen: dict[Element, None] = {}
        waiting = [element]
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen[one] = None
            self.budget.spend(ITEM + CHILD * len(one))
            if "from" in one.attrib or "to" in one.attrib:
                raise InputError(
                    "{place}: has `from` or `to`; refer to whole traces", place=self.place(one)
                )
            if "traceDataRef" in one.attrib:
                waiting.append(self._target(one, "traceDataRef"))
            waiting += [child for child in reversed(one) if child.tag in _INK]
        return [self.points[one] for one in seen if len(self.points.get(one, ()))]


def _own_format(element: Element) -> Element | None:
    """Return the `traceFormat` that an element is, or that it or its `inkSource` contains."""
    if element.tag == "traceFormat":
        return element
    inside = element.find("traceFormat")
    return element.find("inkSource/traceFormat") if inside is None else inside


def _trace_format(element: Element, place: str) -> TraceFormat:
    channels = element.findall("channel")
    regular = len(channels)
    channels += element.findall("intermittentChannels/channel")
    names = tuple(channel.get("name", "") for channel in channels)
    if names[:regular].count("X") != 1 or names[:regular].count("Y") != 1:
        raise InputError(
            "{place}: the channels are {found}; X and Y are wanted",
            place=place,
            found=shortened(names),
        )
    x, y = axes = names.index("X"), names.index("Y")
    signs = (_sign(channels[x]), _sign(channels[y]))
    return TraceFormat(names, axes, regular, signs)


def _sign(channel: Element) -> int:
    return -1 if channel.get("orientation") == "-ve" else 1


def _points(text: str, form: TraceFormat, place: str) -> Float[np.ndarray, "_ 2"]:
    """Return the points of a trace, with y down."""
    samples = text.split(",")
    if not samples[-1].strip():  # a comma may end a trace
        samples.pop()
    if not samples:
        return np.empty((0, 2))
    points = _table(samples, form.regular) if _PLAIN.fullmatch(text) else None
    if points is not None and form.regular == len(form.channels):
        return points.take(form.axes, axis=1) * form.signs
    values = _values(samples, form, place)
    return np.fromiter(values, np.float64, 2 * len(samples)).reshape(-1, 2) * form.signs


def _table(samples: list[str], columns: int) -> Float[np.ndarray, "rows columns"] | None:
    """Return the numbers of samples that are nothing else, or None if they are not such."""

    def numbers() -> Iterator[float]:
        for sample in samples:
            words = sample.split()
            if len(words) != columns:
                raise ValueError(sample)
            yield from map(float, words)

    try:
        table = np.fromiter(numbers(), np.float64, columns * len(samples)).reshape(-1, columns)
    except ValueError:
        return None
    return table if np.isfinite(table).all() else None


def _values(samples: list[str], form: TraceFormat, place: str) -> Iterator[float]:
    """Yield the x and the y of each sample."""
    channels = [(axis, _Channel()) for axis in form.axes]
    for number, sample in enumerate(samples, start=1):
        values = _VALUE.findall(sample)
        try:
            point = [channel.read(values[column]) for column, channel in channels]
        except (IndexError, ValueError):
            values = []
        if not form.regular <= len(values) <= len(form.channels):
            raise InputError(
                "{place}: point {number} of the trace is {found}; "
                "a number for each of {channels} is wanted",
                place=place,
                number=number,
                found=shortened(sample.strip()),
                channels=" ".join(form.channels),
            )
        yield from point


class _Channel:
    """The last value of a channel; the next value may be given relative to it."""

    order = 0
    value = math.nan
    speed = 0.0

    def read(self, text: str) -> float:
        """Return the value that a trace gives as text; a ValueError if it is not finite."""
        if text[0] in _ORDERS:
            self.order, text = _ORDERS.index(text[0]), text[1:]
        number = float(text)
        if self.order:
            self.speed = number + (self.speed if self.order == 2 else 0.0)
            self.value += self.speed
        else:
            self.speed = 0.0 if math.isnan(self.value) else number - self.value
            self.value = number
        if not math.isfinite(self.value):
            raise ValueError(text)
        return self.value
