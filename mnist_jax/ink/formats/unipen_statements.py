"""Read the statements of UNIPEN files: keywords, and the text or points after them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import Float

from mnist_jax.ink.strokes import shortened
from mnist_jax.support.errors import InputError
from mnist_jax.support.text_files import numbered_lines

MAX_CHARACTERS = 200_000_000
"""How long a file may be: its points are kept in memory."""

MAX_INCLUDED = 1000
"""How many files a file may include, directly or through others."""

MAX_DEPTH = 8
"""How many files may include one another in a row."""

_KEYWORD = re.compile(r"\s*\.([A-Z]\w*)(.*)", re.DOTALL)


@dataclass(frozen=True)
class Statement:
    """A keyword and what follows it, up to the next one."""

    path: Path
    line: int
    keyword: str
    lines: list[str]

    @property
    def place(self) -> str:
        """The file and line, for errors."""
        return f"{self.path}, line {self.line}"

    @property
    def text(self) -> str:
        """What follows the keyword, on any number of lines."""
        return "".join(self.lines).strip()

    @property
    def name(self) -> str:
        """What follows the keyword on its line, without quotes."""
        return self.lines[0].strip().strip('"')


def statements(path: Path, hint: str) -> Iterator[Statement]:
    """Yield the statements of a file, and in place of an `.INCLUDE` those of the file it names.

    An `.INCLUDE` of a file that does not exist is yielded itself.

    Raises:
        InputError: a file cannot be read or is too long, or includes a file in another folder, one
            that is being read, or too many.

    """
    open_files = [(path, _statements_of_one(path, hint))]
    included = 0
    while open_files:
        statement = next(open_files[-1][1], None)
        if statement is None:
            open_files.pop()
            continue
        target = _included(statement, path.parent) if statement.keyword == "INCLUDE" else None
        if target is None:
            yield statement
            continue
        included += 1
        if target.resolve() in [file.resolve() for file, _ in open_files]:
            raise InputError(f"{statement.place}: includes {target.name}, which includes this file")
        if len(open_files) > MAX_DEPTH or included > MAX_INCLUDED:
            raise InputError(
                f"{statement.place}: too many files are included; {MAX_DEPTH} in a row "
                f"and {MAX_INCLUDED} in all are possible"
            )
        open_files.append((target, _statements_of_one(target, hint)))


def _included(statement: Statement, folder: Path) -> Path | None:
    """Return the file to include, or None if it does not exist."""
    name = statement.name
    target = folder / name
    is_name = name.isprintable() and name not in {"", ".", ".."} and not set(name) & set("/\\:")
    if not is_name or target.resolve().parent != folder.resolve():
        raise InputError(
            f"{statement.place}: includes {shortened(name)}; only a file in the same folder can be "
            "included: copy it there, and write its name alone"
        )
    try:
        return target if target.is_file() else None
    except OSError:  # a name longer than any file's
        return None


def _statements_of_one(path: Path, hint: str) -> Iterator[Statement]:
    statement = Statement(path, 1, "", [])
    size = 0
    for number, line in numbered_lines(path, hint, "latin-1"):
        size += len(line)
        if size > MAX_CHARACTERS:
            raise InputError(
                f"{path}, line {number}: the file is longer than {MAX_CHARACTERS} characters"
            )
        if "." in line and (match := _KEYWORD.match(line)):
            yield statement
            statement = Statement(path, number, match[1], [match[2]])
        else:
            statement.lines.append(line)
    yield statement


def axes_of(statement: Statement) -> list[str]:
    """Return the axes that a `.COORD` names, in order.

    Raises:
        InputError: X or Y is not there, or twice.

    """
    axes = statement.text.split()
    if axes.count("X") != 1 or axes.count("Y") != 1:
        raise InputError(f"{statement.place}: .COORD names {shortened(axes)}; X and Y are wanted")
    return axes


def points_of(statement: Statement, axes: list[str]) -> Float[np.ndarray, "_ 2"]:
    """Return the points of a component, with y down.

    Raises:
        InputError: a line does not have a finite number for each axis.

    """
    values = _numbers(statement.text)
    if values is None or len(values) % len(axes):
        raise _wrong_points(statement, axes)
    rows = values.reshape(-1, len(axes))
    return np.stack([rows[:, axes.index("X")], 0 - rows[:, axes.index("Y")]], axis=1)


def _numbers(text: str) -> Float[np.ndarray, " numbers"] | None:
    """Return the numbers of a text, or None if a word is no finite number."""
    words = text.split()
    try:
        numbers = np.fromiter(map(float, words), np.float64, len(words))
    except ValueError:
        return None
    return numbers if np.isfinite(numbers).all() and "_" not in text else None


def _wrong_points(statement: Statement, axes: list[str]) -> InputError:
    """Return the error of the first line without a finite number for each axis."""
    number, line = next(
        (number, line.strip())
        for number, line in enumerate(statement.lines, start=statement.line)
        if len(line.split()) % len(axes) or _numbers(line) is None
    )
    return InputError(
        f"{statement.path}, line {number}: {shortened(line)} is no point; "
        f"a number for each of {' '.join(axes)} is wanted"
    )
