"""Drawings: tuples of strokes, each a `(points, 2)` array, x to the right and y down, any unit.

A labelled drawing also has the word for what it shows; `Words` says which words a reader of files
accepts.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float

from mnist_jax.support.budget import ITEM, POINT, Budget
from mnist_jax.support.errors import InputError, shortened
from mnist_jax.support.languages import translatable, translated

Drawing = tuple[Float[np.ndarray, "_ 2"], ...]
"""One or more strokes, each a finite `(points, 2)` array of float64."""


def as_drawing(strokes: Any) -> Drawing:
    """Convert arrays or nested sequences to a drawing.

    Raises:
        InputError: there is no stroke, or a stroke has no points, is not of shape `(points, 2)`, or
            has a coordinate that is not finite.
    """
    try:
        numbered = enumerate(strokes, start=1)
    except TypeError as error:
        raise InputError(
            "{found} is not a drawing; expected a sequence of strokes", found=shortened(strokes)
        ) from error
    drawing = tuple(_as_stroke(number, stroke) for number, stroke in numbered)
    if not drawing:
        raise InputError("the drawing is empty; it needs at least one stroke with one point")
    if not np.isfinite(np.concatenate(drawing)).all():  # stroke by stroke takes twice as long
        finite = [bool(np.isfinite(stroke).all()) for stroke in drawing]
        raise InputError(
            "stroke {number} has a coordinate that is not finite",
            number=finite.index(False) + 1,
        )
    return drawing


def _as_stroke(number: int, points: Any) -> np.ndarray:
    try:
        raw = np.asarray(points)
    except ValueError:
        raw = np.asarray(None)
    if raw.dtype.kind not in "iuf" or raw.ndim != 2 or raw.shape[1] != 2 or not len(raw):
        raise InputError(
            "stroke {number} is {dtype} of shape {shape}; "
            "a stroke is a (points, 2) array of numbers with at least one point",
            number=number,
            dtype=raw.dtype,
            shape=raw.shape,
        )
    return raw.astype(np.float64)


DIGIT_WORDS = tuple("0123456789")


@dataclass(frozen=True, eq=False)
class LabelledDrawing:
    """A drawing and the word for what it shows: a digit, or anything else.

    Examples:
        >>> import numpy as np
        >>> from mnist_jax import LabelledDrawing
        >>> stroke = np.array([(0.0, 0.0), (20.0, 1.0), (8.0, 40.0)])
        >>> LabelledDrawing("7", (stroke,)).label
        7
        >>> LabelledDrawing("A", (stroke,)).label
        -1
    """

    word: str
    """Empty if nobody said what it shows."""
    drawing: Drawing
    writer: str = ""
    """Who drew it; empty if nobody knows."""

    @property
    def label(self) -> int:
        """The digit, or -1 if the word is not a digit."""
        return int(self.word) if self.word in DIGIT_WORDS else -1


def is_number(word: str) -> bool:
    """Whether the word is a number: digits, perhaps with a minus and a decimal point or comma."""
    return re.fullmatch(r"-?[0-9]+([.,][0-9]+)?", word) is not None


@dataclass(frozen=True)
class Words:
    """Which words the drawings of a file may have."""

    wanted: str
    """What they are, in an error."""
    accepts: Callable[[str], bool]
    largest: bool = False
    """Where labels are nested, as digits in a number: read the largest that is accepted.

    Otherwise, the smallest are read.
    """


DIGITS = Words("it should be a digit, 0 to 9", lambda word: word in DIGIT_WORDS)
NUMBERS = Words("it should be a number, such as 4072 or -3,5", is_number, largest=True)
NO_DIGITS = Words("it should be anything but a digit", lambda word: word not in DIGIT_WORDS)
NO_NUMBERS = Words(
    "it should be anything but a number", lambda word: not is_number(word), largest=True
)
ANY_WORD = Words("it should be a string", lambda _: True)


def labelled_drawing(
    place: str,
    word: Any,
    strokes: Iterable[np.ndarray],
    words: Words,
    budget: Budget,
    writer: str = "",
) -> LabelledDrawing:
    """Return the drawing that a file has at `place`, such as "a.dat, line 3".

    Raises:
        InputError: the word is not one of `words`, or the strokes are not a drawing; the message
            begins with the place. Or they take more than the budget allows.
    """
    budget.spend(ITEM)
    if not isinstance(word, str) or not words.accepts(word):
        problem = (
            translatable("{place}: has no label; {wanted}")
            if word == ""
            else translatable("{place}: the label is {found}; {wanted}")
        )
        wanted = translated(words.wanted)
        raise InputError(problem, place=place, found=shortened(word), wanted=wanted)
    kept = []
    for stroke in strokes:
        budget.spend(ITEM + POINT * len(stroke))
        kept.append(stroke)
    try:
        return LabelledDrawing(word, as_drawing(kept), writer)
    except InputError as error:
        raise InputError(f"{place}: {error}") from error
