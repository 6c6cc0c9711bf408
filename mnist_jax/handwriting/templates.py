"""Stroke templates: shapes written down as a few points a stroke, and turned into dense curves.

A table holds one shape a line: a name, how often people write it so, and its strokes.

    crossed  3  8,2 90,2! 36,100 / 26,50 78,48   # all over the continent

Points are `x,y` in a box from 0 to 100, y down, in the order of writing. A smooth curve passes
through them; `!` makes a corner of a point, `/` lifts the pen, and a stroke that ends where it
starts, without a corner there, is closed smoothly. Lines that start with a point or a `/` go on
with the line before; `#` starts a comment.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

from mnist_jax.ink.normalise import POINTS
from mnist_jax.ink.strokes import Drawing

BOX = 100.0
"""Side of the box that a table's coordinates lie in."""

STROKES = 6
"""Most strokes that a template may have."""

_STEPS = 16
"""Points of the dense curve from one written point to the next."""


class Template(NamedTuple):
    """One shape: its name, its weight among its like, and its smooth strokes in the unit box."""

    name: str
    weight: float
    drawing: Drawing


class Shapes(NamedTuple):
    """Templates as arrays of one size, ready to be indexed inside a jitted function."""

    points: Float[np.ndarray, "shapes points 2"]
    """Evenly spaced along each stroke; the longer side of a shape measures 1, its middle is 0."""
    stroke: Int[np.ndarray, "shapes points"]
    """Which stroke a point belongs to, counted from 0."""
    first: Int[np.ndarray, "shapes points"]
    """Index of the first point of a point's stroke."""
    last: Int[np.ndarray, "shapes points"]
    """Index of the last point of a point's stroke."""


def parse(table: str) -> tuple[Template, ...]:
    """The templates of a table, in its order."""
    return tuple(_template(*entry.split(maxsplit=2)) for entry in _entries(table))


def _entries(table: str) -> Iterator[str]:
    entry = ""
    for line in table.splitlines():
        text = line.partition("#")[0].strip()
        if text[:1].isalpha() and entry:
            yield entry
            entry = ""
        entry = f"{entry} {text}".strip()
    if entry:
        yield entry


def _template(name: str, weight: str, strokes: str) -> Template:
    return Template(name, float(weight), tuple(_stroke(text) for text in strokes.split("/")))


def _stroke(text: str) -> Float[np.ndarray, "points 2"]:
    words = text.split()
    knots = np.array([[float(part) for part in word.rstrip("!").split(",")] for word in words])
    corners = np.array([word.endswith("!") for word in words])
    return _smooth(knots / BOX, corners)


def _smooth(
    knots: Float[np.ndarray, "knots 2"], corners: Bool[np.ndarray, " knots"]
) -> Float[np.ndarray, "points 2"]:
    """The curve through the knots, made run by run between corners."""
    if len(knots) < 3:
        return knots
    if (knots[0] == knots[-1]).all() and not (corners.any()):
        return _catmull_rom(np.concatenate([knots[-2:-1], knots, knots[1:2]]))
    breaks = sorted({0, len(knots) - 1, *np.flatnonzero(corners).tolist()})
    runs = [_open_curve(knots[start : end + 1]) for start, end in pairwise(breaks)]
    return np.concatenate([runs[0][:1], *(run[1:] for run in runs)])


def _open_curve(knots: Float[np.ndarray, "knots 2"]) -> Float[np.ndarray, "points 2"]:
    if len(knots) < 3:
        return knots
    before, after = _beyond(*knots[:3]), _beyond(*knots[:-4:-1])
    return _catmull_rom(np.concatenate([before[None], knots, after[None]]))


def _beyond(
    end: Float[np.ndarray, "2"], second: Float[np.ndarray, "2"], third: Float[np.ndarray, "2"]
) -> Float[np.ndarray, "2"]:
    """Where the curve would come from: straight on, and half the bend of its first points."""
    return np.asarray(2 * end - second + (end - 2 * second + third) / 2)


def _catmull_rom(knots: Float[np.ndarray, "knots 2"]) -> Float[np.ndarray, "points 2"]:
    """The centripetal Catmull-Rom spline from the second knot to the last but one.

    It has no loops or cusps between knots (Yuksel, Schaefer and Keyser 2011). The pyramid of
    linear interpolations is Barry and Goldman's (1988).
    """
    at = np.cumsum(np.sqrt(np.hypot(*np.diff(knots, axis=0, prepend=knots[:1]).T)))
    pieces = [knots[1:2]]
    for i in range(1, len(knots) - 2):
        t = at[i] + (at[i + 1] - at[i]) * np.arange(1, _STEPS + 1) / _STEPS
        level = [_between(t, at[j], at[j + 1], knots[j], knots[j + 1]) for j in range(i - 1, i + 2)]
        level = [_between(t, at[j], at[j + 2], *level[j - i + 1 : j - i + 3]) for j in (i - 1, i)]
        pieces.append(_between(t, at[i], at[i + 1], *level))
    return np.concatenate(pieces)


def _between(t: np.ndarray, start: float, end: float, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    share = ((t - start) / (end - start))[:, None]
    return np.asarray((1 - share) * a + share * b)


def stack(templates: Iterable[Template]) -> Shapes:
    """The templates as arrays, each walked in `POINTS` even steps."""
    walked = [_walk(template.drawing) for template in templates]
    points = np.stack([points for points, _ in walked]).astype(np.float32)
    counts = [np.array(counts) for _, counts in walked]
    ends = [np.cumsum(count) for count in counts]
    return Shapes(
        points,
        np.stack([np.repeat(np.arange(len(n)), n) for n in counts]),
        np.stack([np.repeat(end - n, n) for end, n in zip(ends, counts, strict=True)]),
        np.stack([np.repeat(end - 1, n) for end, n in zip(ends, counts, strict=True)]),
    )


def _walk(drawing: Drawing) -> tuple[Float[np.ndarray, "points 2"], list[int]]:
    """Even steps along the strokes, the longer side 1 and its middle at 0; points per stroke."""
    travelled = [np.cumsum(np.hypot(*np.diff(s, axis=0, prepend=s[:1]).T)) for s in drawing]
    lengths = np.array([way[-1] for way in travelled])
    counts = 2 + ((POINTS - 2 * len(drawing)) * lengths / lengths.sum()).astype(int)
    counts[lengths.argmax()] += POINTS - counts.sum()
    strokes = [
        np.stack([np.interp(np.linspace(0, way[-1], n), way, axis) for axis in stroke.T], axis=1)
        for stroke, way, n in zip(drawing, travelled, counts, strict=True)
    ]
    points = np.concatenate(strokes)
    low, high = points.min(0), points.max(0)
    return (points - (low + high) / 2) / (high - low).max(), counts.tolist()
