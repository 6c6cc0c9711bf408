"""Strokes of a pen: made from numbers, read and written as `.ndjson`, fitted to MNIST's frame.

A stroke is a `(points, 2)` array, x to the right and y down, in any unit; a drawing is a tuple of
strokes. On disk a drawing is a line of JSON in the shape of Google's Quick, Draw! data:

    {"word": "7", "drawing": [[[x0, x1, ...], [y0, y1, ...]], ...]}
"""

import gzip
import io
import json
import math
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from jaxtyping import Float

from mnist_jax.support.errors import InputError
from mnist_jax.support.files import checked_input

if TYPE_CHECKING:
    from jax import Array

    AnyArray = TypeVar("AnyArray", np.ndarray, Array)
else:  # to name JAX's arrays would load JAX
    AnyArray = TypeVar("AnyArray")

FRAME_PIXELS = 28
"""Side of the image the net sees, in pixels."""

INK_BOX_PIXELS = 20
"""Longer side of the box that MNIST's digits fill, ink included (LeCun et al. 1998, page 8)."""

PEN_RADIUS_PIXELS = 0.9
"""Radius of the pen that draws for the net; about that of MNIST's ink."""

_SPAN_PIXELS = INK_BOX_PIXELS - 2 * PEN_RADIUS_PIXELS
"""Longer side of the way of the pen's middle in that box."""

DOT_INK = 2 * PEN_RADIUS_PIXELS / _SPAN_PIXELS
"""Ink of a dot, as the length of a line, in units of the drawing's longer side."""

POINTS = 128
"""Points of a normalised drawing. On a digit they lie about half a pixel apart."""

MAX_LINE = 20_000_000
"""Longest line that is read, in characters; it holds over a million points."""

TINY = 1e-12
"""An extent below which a drawing is a dot; added to extents, so that a dot's divides too."""

DIGIT_WORDS = tuple("0123456789")

Drawing = tuple[Float[np.ndarray, "_ 2"], ...]
"""One or more strokes, each a finite `(points, 2)` array of float64."""


@dataclass(frozen=True, eq=False)
class LabelledDrawing:
    """A drawing and the word that says what it shows: a digit, or anything else."""

    word: str
    drawing: Drawing

    @property
    def label(self) -> int:
        """The digit that the word names, -1 where it names none."""
        return int(self.word) if self.word in DIGIT_WORDS else -1


def as_drawing(strokes: Any) -> Drawing:
    """Strokes given as arrays or nested sequences, checked.

    Raises:
        InputError: no stroke, a stroke without points, not `(points, 2)`, or not finite.

    """
    try:
        numbered = enumerate(strokes, start=1)
    except TypeError as error:
        raise InputError(f"{strokes!r} is no drawing; a sequence of strokes is wanted") from error
    drawing = tuple(_as_stroke(number, stroke) for number, stroke in numbered)
    if not drawing:
        raise InputError("the drawing is empty; it needs at least one stroke of one point")
    return drawing


def _as_stroke(number: int, points: Any) -> np.ndarray:
    try:
        raw = np.asarray(points)
    except ValueError:
        raw = np.asarray(None)
    if raw.dtype.kind not in "iuf" or raw.ndim != 2 or raw.shape[1] != 2 or not len(raw):
        raise InputError(
            f"stroke {number} is {raw.dtype} of shape {raw.shape}; "
            "a stroke is a (points, 2) array of numbers with at least one point"
        )
    stroke = raw.astype(np.float64)
    if not np.isfinite(stroke).all():
        raise InputError(f"stroke {number} has a coordinate that is not finite")
    return stroke


def read_drawings(path: str | Path, *, digits_only: bool = True) -> Iterator[LabelledDrawing]:
    """The drawings of an `.ndjson` or `.ndjson.gz` file, in order; blank lines are passed over.

    Raises:
        InputError: the file cannot be read, or a line is broken (its number is named), or with
            `digits_only` a word is not one of 0 to 9.

    """
    checked_input(Path(path), "give an .ndjson or .ndjson.gz file")
    try:
        with _open_text(Path(path)) as file:
            lines = iter(lambda: file.readline(MAX_LINE + 1), "")
            for number, line in enumerate(lines, start=1):
                place = f"{path}, line {number}"
                if len(line) > MAX_LINE:
                    raise InputError(f"{place}: is longer than {MAX_LINE} characters")
                if line.strip():
                    yield _parse_line(place, line, digits_only=digits_only)
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise InputError(
            f"{path}: cannot be read as text of one drawing a line ({error}); "
            "give an .ndjson or .ndjson.gz file"
        ) from error


def _open_text(path: Path) -> io.TextIOBase:
    if path.suffix.lower() == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _parse_line(place: str, line: str, *, digits_only: bool) -> LabelledDrawing:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place}: is not JSON ({error}); one drawing a line is wanted") from error
    if not isinstance(record, dict) or not isinstance(record.get("drawing"), list):
        raise InputError(f'{place}: has no "drawing" list; see mnist_jax/drawing.py for the shape')
    word = record.get("word")
    if not isinstance(word, str) or (digits_only and word not in DIGIT_WORDS):
        wanted = "a digit, 0 to 9" if digits_only else "a text"
        raise InputError(f'{place}: "word" is {_shortened(word)}; it should be {wanted}')
    try:
        return LabelledDrawing(word, as_drawing(map(_transposed, record["drawing"])))
    except InputError as error:
        raise InputError(f"{place}: {error}") from error


def _shortened(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _transposed(stroke: Any) -> list[tuple[float, float]]:
    """Points of a stroke stored as `[xs, ys]` or `[xs, ys, times]`."""
    if not isinstance(stroke, list) or len(stroke) not in (2, 3):
        raise InputError("a stroke is not [[x, ...], [y, ...]] (a third list may hold times)")
    xs, ys = stroke[:2]
    if not (isinstance(xs, list) and isinstance(ys, list) and len(xs) == len(ys)):
        raise InputError("a stroke's x and y are not two lists of one length")
    return [(_number(x), _number(y)) for x, y in zip(xs, ys, strict=True)]


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"a coordinate is {_shortened(value)}; it should be a number")
    try:
        return float(value)
    except OverflowError:
        return math.inf


def as_line(word: str, drawing: Sequence[np.ndarray]) -> str:
    """The drawing as one line of `.ndjson`, without the line's end."""
    strokes = [stroke.T.tolist() for stroke in as_drawing(drawing)]
    return json.dumps({"word": word, "drawing": strokes}, separators=(",", ":"))


def normalise(drawing: Drawing) -> Float[np.ndarray, "128 2"]:
    """The drawing as `POINTS` pen positions in MNIST's frame, in pixels, float32.

    The result does not depend on the drawing's place or size, on how many points tell its shape,
    nor on the direction of its strokes.
    """
    return fit(*resample(drawing)).astype(np.float32)


def resample(
    drawing: Drawing,
) -> tuple[Float[np.ndarray, "128 2"], Float[np.ndarray, "128"]]:
    """`POINTS` points along the strokes, and the share of the ink that each of them stands for.

    Each stroke is walked in even steps, both ends included. The longer side of what comes back
    measures 1; a drawing without extent stays a dot.
    """
    points = np.concatenate(drawing)
    points = points / (np.abs(points).max() or 1.0)  # keeps huge and tiny units within range
    points -= points.min(0)
    points /= points.max() or 1.0
    counts = np.array([len(stroke) for stroke in drawing])
    steps = np.hypot(*np.diff(points, axis=0, prepend=points[:1]).T)
    first = np.cumsum(counts) - counts
    steps[first] = 1.0  # the pen's way through the air: never sampled, it keeps strokes apart
    travelled = np.cumsum(steps)
    begin = travelled[first]
    lengths = travelled[first + counts - 1] - begin
    stroke, fraction, shares = _places(lengths)
    at = begin[stroke] + lengths[stroke] * fraction
    x = np.interp(at, travelled, points[:, 0])
    y = np.interp(at, travelled, points[:, 1])
    ink = lengths[stroke] + DOT_INK
    return np.stack([x, y], axis=1), ink / shares[stroke]


def _places(lengths: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each of `POINTS` points its stroke and how far along it, 0 to 1; points per stroke."""
    strokes = len(lengths)
    if 2 * strokes > POINTS:  # more strokes than points: the middles of an even choice of them
        chosen = np.arange(POINTS) * strokes // POINTS
        return chosen, np.full(POINTS, 0.5), np.ones(strokes)
    shares = _shares(lengths)
    stroke = np.repeat(np.arange(strokes), shares)
    step = np.arange(POINTS) - np.repeat(np.cumsum(shares) - shares, shares)
    return stroke, step / (shares[stroke] - 1), shares


def _shares(lengths: np.ndarray) -> np.ndarray:
    """How many of `POINTS` each stroke gets: two, and more in proportion to its length.

    Rounding errors in the lengths, of a drawing that was moved or scaled, do not count.
    """
    spare = POINTS - 2 * len(lengths)
    proportion = lengths / (lengths.sum() + TINY)
    shares = 2 + np.floor(spare * proportion + _ROUNDING).astype(int)
    shares[np.argmax(lengths > (1 - _ROUNDING) * lengths.max())] += POINTS - shares.sum()
    return np.asarray(shares)


_ROUNDING = 1e-6


def fit(
    points: Float[AnyArray, "points 2"], weights: Float[AnyArray, " points"]
) -> Float[AnyArray, "points 2"]:
    """The points, in any unit, moved and scaled into MNIST's frame, in pixels.

    As MNIST was made (LeCun et al. 1998, page 8): the longer side of the ink, pen width included,
    fills the box with the aspect ratio kept, and the centre of mass, each point weighing as
    `weights` says, lies at the centre of the frame. Takes NumPy and JAX arrays.
    """
    extent = (points.max(0) - points.min(0)).max()
    scale = _SPAN_PIXELS / (extent + TINY)
    centre = weights @ points / weights.sum()
    fitted: AnyArray = (points - centre) * scale + (FRAME_PIXELS - 1) / 2
    return fitted
