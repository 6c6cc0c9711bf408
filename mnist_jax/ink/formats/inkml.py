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

import numpy as np
from defusedxml import DTDForbidden
from defusedxml.ElementTree import DefusedXMLParser, ParseError
from jaxtyping import Float

from mnist_jax.ink.strokes import LabelledDrawing, Words, labelled_drawing
from mnist_jax.support.errors import InputError, shortened
from mnist_jax.support.files import read_whole

MAX_ELEMENTS = 1_000_000
"""How many elements a file may have: they are kept in memory."""

MAX_REFERRED = 5_000_000
"""How many elements and points its drawings may have together, as views can refer to much."""

_INK = {"trace", "traceGroup", "traceView"}

_REFERENCES = ("traceFormatRef", "inkSourceRef", "contextRef")

_ORDERS = "!'\""
"""Before a value: it and the next ones are absolute, differences, or second differences."""

_VALUE = re.compile(r"[!'\"]?(?:[-+]?[\d.]+(?:[eE][-+]?\d+)?|\S)", re.ASCII)


class TraceFormat(NamedTuple):
    """The channels of a trace, in order."""

    channels: tuple[str, ...] = ("X", "Y")
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
    root, places = _parse(path, hint)
    if root.tag != "ink":
        raise InputError(f"{path}: begins with <{root.tag}>; InkML begins with <ink>")
    try:
        document = _Document(root, places, words)
        drawings = document.labelled(root)
        if not drawings and (strokes := document.strokes(root)):
            writer = _annotation(root, "writer")
            drawings = [labelled_drawing(places[root], "", strokes, words, writer)]
    except RecursionError as error:
        raise InputError(f"{path}: elements are nested too deep, or refer to themselves") from error
    yield from drawings


def _parse(path: Path, hint: str) -> tuple[Element, dict[Element, str]]:
    """Return the outermost element, and file and line of each; names are without namespaces."""
    places: dict[Element, str] = {}

    def make(tag: str, attributes: dict[str, str]) -> Element:
        if len(places) == MAX_ELEMENTS:
            raise InputError(f"{path}: has more than {MAX_ELEMENTS:,} elements; split it")
        named = {name.rpartition("}")[2]: value for name, value in attributes.items()}
        element = Element(tag.rpartition("}")[2], named)
        places[element] = f"{path}, line {parser.parser.CurrentLineNumber}"
        return element

    parser = DefusedXMLParser(target=TreeBuilder(element_factory=make), forbid_dtd=True)
    data = read_whole(path, hint)
    try:
        parser.feed(data)
        return parser.close(), places
    except InputError:
        raise
    except (ParseError, LookupError, ValueError) as error:
        problem = "it has a DOCTYPE" if isinstance(error, DTDForbidden) else error
        raise InputError(
            f"{path}: cannot be read as XML ({problem}); save it as UTF-8, without a DOCTYPE"
        ) from error


def _annotation(element: Element, kind: str) -> str:
    """Return the text of the annotation of this type; empty if there is none."""
    for child in element.findall("annotation"):
        if child.get("type", "").lower() == kind:
            return (child.text or "").strip()
    return ""


class _Document:
    """The traces of an `<ink>` element, and what refers to them."""

    def __init__(self, root: Element, places: dict[Element, str], words: Words) -> None:
        self.places = places
        self.words = words
        self.referred = 0
        self.by_id = {"DefaultContext": Element("context")}
        self.by_id |= {one.attrib["id"]: one for one in root.iter() if "id" in one.attrib}
        self.contexts: dict[Element, TraceFormat | None] = {}
        self.points: dict[Element, np.ndarray] = {}
        current = TraceFormat()
        for child in root:
            if child.tag in {"context", "traceFormat"}:
                current = self._format(child) or current
            self._read_traces(child, current)

    def _read_traces(self, element: Element, form: TraceFormat) -> None:
        """Read the traces in an element, whose format is that of the nearest context."""
        if "contextRef" in element.attrib:
            form = self._format(element) or TraceFormat()
        if element.tag == "trace" and element.get("type") != "penUp":
            self.points[element] = _points(element.text or "", form, self.places[element])
        for child in element:
            self._read_traces(child, form)

    def _format(self, element: Element) -> TraceFormat | None:
        """Return the format that an element contains, or else that of its reference, if any."""
        if element not in self.contexts:
            form = None
            reference = next((name for name in _REFERENCES if name in element.attrib), None)
            if (inside := next(element.iter("traceFormat"), None)) is not None:
                form = _trace_format(inside, self.places[inside])
            elif reference:
                form = self._format(self._target(element, reference))
            self.contexts[element] = form
        return self.contexts[element]

    def _target(self, element: Element, attribute: str) -> Element:
        name = element.attrib[attribute]
        target = self.by_id.get(name.removeprefix("#"))
        if target is None:
            problem = f"{attribute} {shortened(name)} is not the id of an element here"
            raise InputError(f"{self.places[element]}: {problem}")
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
        place = self.places[element]
        return [labelled_drawing(place, word, self.strokes(element), self.words, writer)]

    def strokes(self, element: Element) -> list[np.ndarray]:
        """Return the strokes of an element and of those that its views refer to, each once."""
        seen: dict[Element, None] = {}
        waiting = [element]
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen[one] = None
            self.referred += 1 + len(self.points.get(one, ()))
            if self.referred > MAX_REFERRED:
                raise InputError(f"{self.places[element]}: the drawings are too large in all")
            if "from" in one.attrib or "to" in one.attrib:
                raise InputError(f"{self.places[one]}: has `from` or `to`; refer to whole traces")
            if "traceDataRef" in one.attrib:
                waiting.append(self._target(one, "traceDataRef"))
            waiting += [child for child in reversed(one) if child.tag in _INK]
        return [self.points[one] for one in seen if len(self.points.get(one, ()))]


def _trace_format(element: Element, place: str) -> TraceFormat:
    channels = [channel.attrib for channel in element.iter("channel")]
    names = tuple(channel.get("name", "") for channel in channels)
    regular = len(names) - len(element.findall("intermittentChannels/channel"))
    if names[:regular].count("X") != 1 or names[:regular].count("Y") != 1:
        raise InputError(f"{place}: the channels are {shortened(names)}; X and Y are wanted")
    x, y = (channels[names.index(axis)].get("orientation") for axis in "XY")
    return TraceFormat(names, regular, (-1 if x == "-ve" else 1, -1 if y == "-ve" else 1))


def _points(text: str, form: TraceFormat, place: str) -> Float[np.ndarray, "_ 2"]:
    """Return the points of a trace, with y down."""
    samples = text.split(",")
    if not samples[-1].strip():  # a comma may end a trace
        samples.pop()
    channels = [(form.channels.index(axis), _Channel()) for axis in "XY"]
    points = []
    for number, sample in enumerate(samples, start=1):
        values = _VALUE.findall(sample)
        try:
            points.append([channel.read(values[column]) for column, channel in channels])
        except (IndexError, ValueError):
            values = []
        if not form.regular <= len(values) <= len(form.channels):
            raise InputError(
                f"{place}: point {number} of the trace is {shortened(sample.strip())}; "
                f"a number for each of {' '.join(form.channels)} is wanted"
            )
    return np.array(points, np.float64).reshape(-1, 2) * form.signs


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
