"""Bring the catalogues of the languages up to date with the texts in the sources.

    python .ci/catalogues.py

Adds the texts that are new to each `mnist_jax/languages/*.po`, removes those that are gone, and
compiles the `.mo` files beside them. To add a language, put an empty file there, such as `fr.po`,
and run this; it says which texts are still to translate.
"""

import ast
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

from babel.messages import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from mnist_jax.__main__ import commands

ROOT = Path(__file__).parents[1]

FOLDER = ROOT / "mnist_jax" / "languages"
"""The catalogues of this checkout, whichever one is installed."""

Text = str | tuple[str, ...]
"""A text, or one for a count of one and one for others."""

PLACES = {
    **dict.fromkeys(("translated", "translatable", "InputError", "error", "flag", "Words"), (0,)),
    **dict.fromkeys(("checked_input", "unpacked", "read_whole", "numbered_lines"), (1,)),
    **dict.fromkeys(("output_option", "Figure", "rate", "taken"), (1,)),
    **dict.fromkeys(("tr", "mark"), (0,)),
    **dict.fromkeys(("option", "with_article"), (0, 1)),
    "Mode": (1, 2),
    "parsed": (2,),
}
"""Which arguments of a function are texts."""

PLURALS = {"counted", "plural"}
"""Functions whose first two arguments are a text for a count of one and one for others."""

OF_ARGPARSE = (
    "usage: ",
    "positional arguments",
    "options",
    "show this help message and exit",
    "argument %(argument_name)s: %(message)s",
    "expected one argument",
    "expected at least one argument",
    ("expected %s argument", "expected %s arguments"),
    "invalid choice: %(value)r (choose from %(choices)s)",
    "the following arguments are required: %s",
    "unrecognized arguments: %s",
    "ambiguous option: %(option)s could match %(matches)s",
    "ignored explicit argument %r",
)
"""What argparse says by itself, in the ways that it is used here."""

OF_THE_SYSTEM = (
    *("No such file or directory", "Permission denied", "Is a directory", "Not a directory"),
    *("No space left on device", "Read-only file system", "File name too long"),
    *("Address already in use", "Name or service not known", "Input/output error"),
)
"""What the system says most often when it cannot do something."""

LEFT_OUT = (
    *(b'"Report-Msgid-Bugs-To', b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Last-Translator'),
    *(b'"Language-Team', b'"Generated-By'),
)
"""Lines of the head of a catalogue that say nothing here."""


def texts_of(path: Path) -> Iterator[Text]:
    """Yield the texts of a source file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            whole = ast.unparse(node.func)
            name = whole if whole in PLACES else whole.rpartition(".")[2]
            if name in PLURALS:
                yield from zip(*map(literals, node.args[:2]), strict=True)
            for place in PLACES.get(name, ()):
                for argument in node.args[place : place + 1]:
                    yield from literals(argument)


def literals(node: ast.expr) -> Iterator[str]:
    """Yield the text that an argument is, or both that it may be."""
    match node:
        case ast.Constant(str(text)) if text:
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from (*literals(one), *literals(other))


def template() -> Catalog:
    """Return all texts of the project, without translations."""
    catalogue = Catalog()
    for text in (*OF_ARGPARSE, *OF_THE_SYSTEM):
        catalogue.add(text)
    for _, summary in commands():
        catalogue.add(summary)
    for package in ("mnist_jax", "game"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for text in texts_of(path):
                catalogue.add(text, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return catalogue


def read(path: Path) -> Catalog:
    """Return the catalogue of a file."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.stem)
    catalogue.creation_date = datetime(2026, 1, 1, tzinfo=UTC)  # equal texts give equal bytes
    return catalogue


def updated(path: Path, texts: Catalog) -> Catalog:
    """Return the catalogue of a file, with the texts that the sources have today."""
    catalogue = read(path)
    catalogue.fuzzy = False
    catalogue.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    return catalogue


def compiled(path: Path) -> bytes:
    """Return a catalogue as `gettext` reads it."""
    with io.BytesIO() as file:
        write_mo(file, read(path))
        return file.getvalue()


def problems(path: Path, texts: Catalog) -> list[str]:
    """Return what is wrong with a catalogue: a line for each text."""
    catalogue = read(path)
    wanted, found = ({one.id: one for one in each if one.id} for each in (texts, catalogue))
    wrong = [f"not in the catalogue: {text}" for text in wanted.keys() - found.keys()]
    wrong += [f"not in the sources: {text}" for text in found.keys() - wanted.keys()]
    for message in found.values():
        several = isinstance(message.id, tuple)
        translations = message.string if several else (message.string,)
        places = {frozenset(_places(text)) for text in (message.id if several else (message.id,))}
        if not all(translations):
            wrong.append(f"not translated: {message.id}")
        elif message.fuzzy:
            wrong.append(f"fuzzy: {message.id}")
        elif not {frozenset(_places(text)) for text in translations} <= places:
            wrong.append(f"other places: {message.id}")
    old, new = (
        {(str(one.id), str(one.string)) for one in read_mo(io.BytesIO(data)) if one.id}
        for data in (path.with_suffix(".mo").read_bytes(), compiled(path))
    )
    return wrong + [f"not compiled: {text}" for text, _ in old ^ new]


def _places(text: str) -> Iterator[str]:
    """Yield the places of a text for values: "{count}", "{share:.1f}" and "%(value)r"."""
    for _, name, form, conversion in Formatter().parse(text):
        if name is not None:
            yield f"{name}!{conversion}:{form}"
    yield from re.findall(r"%(?:\(\w+\))?[rs]", text)


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as a file, without what would differ each time, so that branches merge."""
    with io.BytesIO() as file:
        settings = {"sort_by_file": True, "include_lineno": False, "ignore_obsolete": True}
        write_po(file, catalogue, width=100, **settings)
        lines = file.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(LEFT_OUT))


def main() -> None:
    """Update and compile every catalogue, and print what is left to do."""
    texts = template()
    for path in sorted(FOLDER.glob("*.po")):
        path.write_bytes(written(updated(path, texts)))
        path.with_suffix(".mo").write_bytes(compiled(path))
        wrong = problems(path, texts)
        print("\n".join([f"{path.name}: {len(wrong)} left to do", *wrong]))


if __name__ == "__main__":
    main()
