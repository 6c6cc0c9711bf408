"""Parse XML of unknown origin, and keep the line of each element for errors."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat

from mnist_jax.support.errors import InputError
from mnist_jax.support.text_files import unpacked

MAX_BYTES = 200_000_000
"""How large a file may be, unpacked: it is kept in memory."""

MAX_DEPTH = 100
"""How many elements may be nested."""


@dataclass(eq=False)
class Element:
    """An element of a document, its names without their namespaces."""

    tag: str
    attributes: dict[str, str]
    place: str
    """The file and line where it begins."""
    children: list["Element"] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text that is directly in the element."""
        return "".join(self.texts)

    def error(self, problem: str) -> InputError:
        """Return an error that names the line of the element."""
        return InputError(f"{self.place}: {problem}")

    def all(self) -> Iterator["Element"]:
        """Yield this element and all inside of it."""
        yield self
        for child in self.children:
            yield from child.all()


def parse_xml(path: Path, hint: str) -> Element:
    """Return the outermost element of a file, which may be packed with gzip.

    Raises:
        InputError: the file cannot be read, is not XML, has a DOCTYPE, or is larger than
            `MAX_BYTES` or nested deeper than `MAX_DEPTH`. The message names the line.

    """
    builder = _Builder(path)
    size = 0
    with unpacked(path, hint) as content:
        try:
            while chunk := content.read(65_536):
                size += len(chunk)
                if size > MAX_BYTES:
                    raise builder.error(f"the file is larger than {MAX_BYTES} bytes")
                builder.parser.Parse(chunk, False)  # noqa: FBT003
            builder.parser.Parse(b"", True)  # noqa: FBT003
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise InputError(f"{path}, line {error.lineno}: is not XML: {reason}") from error
        except InputError:
            raise
        except (LookupError, ValueError) as error:
            problem = f"its encoding cannot be read ({error}); save it as UTF-8"
            raise builder.error(problem) from error
    return builder.top.children[0]


class _Builder:
    """Builds elements from what the XML parser reports."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.top = Element("", {}, str(path))
        self.open = [self.top]
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype

    def error(self, problem: str) -> InputError:
        return InputError(f"{self.path}, line {self.parser.CurrentLineNumber}: {problem}")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self.open) > MAX_DEPTH:
            raise self.error(f"more than {MAX_DEPTH} elements are nested")
        place = f"{self.path}, line {self.parser.CurrentLineNumber}"
        named = {_local(name): value for name, value in attributes.items()}
        element = Element(_local(tag), named, place)
        self.open[-1].children.append(element)
        self.open.append(element)

    def _end(self, _: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        self.open[-1].texts.append(text)

    def _doctype(self, *_: Any) -> None:
        raise self.error("has a DOCTYPE, which is refused because it can name other files")


def _local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition(" ")[2]
