"""Stroke templates: shapes given by a few points per stroke, and turned into smooth curves.

Each line of a file in `tables/` is a shape: its name, its weight (how common it is) and its
strokes.

    crossed  3  8,2 90,2! 36,100 / 26,50 78,48   # continental Europe

Points are `x,y` in a box from 0 to 100, y down, in writing order, and a smooth curve passes through
them. `!` makes a point a corner, and `/` lifts the pen. A stroke that ends where it starts and has
no corners is closed smoothly. `#` starts a comment.

`x,y~x,y` is a point that may lie anywhere on the line between two points. A line with such points
gives `FORMS` templates, in which they lie at different fractions of the way, spread evenly. The
fractions of two strokes are independent.
"""

import math
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

from mnist_jax.ink.normalise import POINTS
from mnist_jax.ink.strokes import Drawing

TABLES = Path(__file__).with_name("tables")

BOX = 100.0
"""Largest coordinate in a table."""

MAX_STROKES = 6
"""Maximum number of strokes of a template."""

FORMS = 8
"""Number of templates that a line with varying points gives."""

_STEPS = 16
"""Number of points of a curve from one given point, or knot, to the next."""


class Template(NamedTuple):
    """A shape: its name, relative frequency, and smooth strokes in the unit box."""

    name: str
    weight: float
    drawing: Drawing


class Shapes(NamedTuple):
    """Templates as arrays of equal size, so that a jitted function can index them."""

    points: Float[np.ndarray, "*shapes points 2"]
    """Evenly spaced along each stroke; the longer side of a shape is 1, its middle is at 0."""
    stroke: Int[np.ndarray, "*shapes points"]
    """Index of the stroke of each point."""
    first: Int[np.ndarray, "*shapes points"]
    """Index of the first point of that stroke."""
    last: Int[np.ndarray, "*shapes points"]
    """Index of the last point of that stroke."""


def table(name: str) -> tuple[Template, ...]:
    """Return the templates of the file of that name in `tables/`."""
    return parse((TABLES / f"{name}.txt").read_text(encoding="utf-8"))


def parse(text: str) -> tuple[Template, ...]:
    """Return the templates of the text of a table, in order."""
    templates = []
    for line in filter(None, (line.partition("#")[0].strip() for line in text.splitlines())):
        name, weight, strokes = line.split(maxsplit=2)
        forms = FORMS if "~" in strokes else 1
        shares = float(weight) / forms
        templates += [Template(name, shares, _drawing(strokes, form)) for form in range(forms)]
    return tuple(templates)


def _drawing(strokes: str, form: int) -> Drawing:
    """Return the strokes of the template number `form`, 0 to `FORMS`, of a line of a table.

    From form to form, the fraction of the way of a stroke's varying points is a Kronecker sequence.
    """
    drawing = []
    for index, text in enumerate(strokes.split("/")):
        words, fraction = text.split(), (0.5 + form * _RATIOS[index]) % 1.0
        knots = np.array([_knot(word.rstrip("!"), fraction) for word in words])
        corners = np.array([word.endswith("!") for word in words])
        drawing.append(_smooth(knots / BOX, corners))
    return tuple(drawing)


_RATIOS = [math.sqrt(prime) for prime in (5 / 4, 2, 3, 7, 11, 13)]
"""Steps of the sequences: irrational ones, so that the fractions of two strokes are independent."""


def _knot(word: str, fraction: float) -> Float[np.ndarray, "2"]:
    ends = [np.array([float(part) for part in end.split(",")]) for end in word.split("~")]
    return np.asarray(ends[0] + fraction * (ends[-1] - ends[0]))


def _smooth(
    knots: Float[np.ndarray, "knots 2"], corners: Bool[np.ndarray, " knots"]
) -> Float[np.ndarray, "points 2"]:
    """Return the curve through the knots, smooth between corners."""
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
    before, after = _extrapolate(*knots[:3]), _extrapolate(*knots[:-4:-1])
    return _catmull_rom(np.concatenate([before[None], knots, after[None]]))


def _extrapolate(
    end: Float[np.ndarray, "2"], second: Float[np.ndarray, "2"], third: Float[np.ndarray, "2"]
) -> Float[np.ndarray, "2"]:
    """Return a knot before the first: straight on from the end, with half the curvature."""
    return np.asarray(2 * end - second + (end - 2 * second + third) / 2)


def _catmull_rom(knots: Float[np.ndarray, "knots 2"]) -> Float[np.ndarray, "points 2"]:
    """Return the centripetal Catmull-Rom spline from the second knot to the second last.

    It has no loops or cusps between knots (Yuksel, Schaefer and Keyser 2011). Evaluated by repeated
    linear interpolation (Barry and Goldman 1988).
    """
    at = np.cumsum(np.sqrt(np.hypot(*np.diff(knots, axis=0, prepend=knots[:1]).T)))
    pieces = [knots[1:2]]
    for i in range(1, len(knots) - 2):
        t = at[i] + (at[i + 1] - at[i]) * np.arange(1, _STEPS + 1) / _STEPS
        level = [_interpolate(t, *at[j : j + 2], *knots[j : j + 2]) for j in range(i - 1, i + 2)]
        level = [_interpolate(t, at[i + j - 1], at[i + j + 1], *level[j : j + 2]) for j in (0, 1)]
        pieces.append(_interpolate(t, at[i], at[i + 1], *level))
    return np.concatenate(pieces)


def _interpolate(
    t: np.ndarray, start: float, end: float, a: np.ndarray, b: np.ndarray
) -> np.ndarray:
    fraction = ((t - start) / (end - start))[:, None]
    return np.asarray((1 - fraction) * a + fraction * b)


def stack_templates(templates: Iterable[Template]) -> Shapes:
    """Return the templates as arrays, each resampled to `POINTS` points."""
    shapes = [_resample(template.drawing) for template in templates]
    return Shapes(*(np.stack(arrays) for arrays in zip(*shapes, strict=True)))


def _resample(drawing: Drawing) -> Shapes:
    """Return the arrays of one shape, with `POINTS` points; see `Shapes`."""
    arc_lengths = [np.cumsum(np.hypot(*np.diff(s, axis=0, prepend=s[:1]).T)) for s in drawing]
    lengths = np.array([along[-1] for along in arc_lengths])
    counts = 2 + ((POINTS - 2 * len(drawing)) * lengths / lengths.sum()).astype(int)
    counts[lengths.argmax()] += POINTS - counts.sum()
    strokes = []
    for stroke, along, count in zip(drawing, arc_lengths, counts, strict=True):
        at = np.linspace(0, along[-1], count)
        strokes.append(np.stack([np.interp(at, along, axis) for axis in stroke.T], axis=1))
    points = np.concatenate(strokes)
    low, high = points.min(0), points.max(0)
    points = ((points - (low + high) / 2) / (high - low).max()).astype(np.float32)
    stroke = np.repeat(np.arange(len(counts)), counts)
    ends = np.cumsum(counts)
    return Shapes(points, stroke, (ends - counts)[stroke], ends[stroke] - 1)
