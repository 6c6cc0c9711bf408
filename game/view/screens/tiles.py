"""The tiles of the title: each mode with a small moving picture of itself.

A picture is a function of how far its movement is, from 0 to 1, at which it rests. Its places and
radii are in units of its square.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, pairwise

from game.core.values.sketch import until
from game.view.glyphs import SECONDS, glyph
from game.view.motion import eased
from game.view.scene import Curve, Figure, Place, Polygon, Rect, Shape
from game.view.shapes import arc
from game.view.theme import Colour, Theme, mix

PEN = 0.035
"""Radius of the pen."""

Picture = Callable[[float, Theme], Iterator[Shape]]


@lru_cache(maxsize=64)
def picture(name: str, rect: Rect, theme: Theme, share: float) -> Figure:
    """Return the picture of a mode in a square: its own, or otherwise a drop of ink."""
    shapes = [
        replace(shape, radius=shape.radius * rect.width) if isinstance(shape, Curve) else shape
        for shape in PICTURES.get(name, _drop)(share, theme)
    ]
    return Figure(rect, tuple(shapes))


def _digit(
    digit: int, place: tuple[float, float, float], colour: Colour, share: float = 1.0
) -> Iterator[Shape]:
    """Yield a `share` of a digit, as it is drawn; its place is left, top and side."""
    left, top, side = place
    for stroke in until(glyph(digit), share * SECONDS):
        points = [(left + side * x, top + side * y) for x, y, _ in stroke]
        yield Curve((*points, points[-1]), colour, max(PEN, 0.05 * side))


def _dot(x: float, y: float, radius: float, colour: Colour) -> Shape:
    return Polygon(arc(x, y, radius, radius, steps=24), colour)


def _box(left: float, top: float, width: float, height: float, colour: Colour) -> Shape:
    right, bottom = left + width, top + height
    return Polygon(((left, top), (right, top), (right, bottom), (left, bottom)), colour)


def _part(share: float, begin: float, end: float) -> float:
    """Return how far a part of a movement is that lasts from one share to another."""
    return eased(share - begin, end - begin)


def _sketchpad(share: float, theme: Theme) -> Iterator[Shape]:
    """A digit is drawn by a pencil, which leaves."""
    yield from _digit(8, (0.02, 0.05, 0.9), theme.ink, share / 0.8)
    if share < 1:
        drawn = list(chain.from_iterable(until(glyph(8), share / 0.8 * SECONDS)))
        x, y, _ = drawn[-1] if drawn else glyph(8)[0][0]
        tip = 0.02 + 0.9 * x, 0.05 + 0.9 * y
        yield Curve((tip, (tip[0] + 0.12, tip[1] - 0.13)), theme.accent, 0.05)


def _draw(share: float, theme: Theme) -> Iterator[Shape]:
    """A digit is drawn while the time runs out."""
    yield from _digit(5, (0.12, 0.0, 0.76), theme.ink, share / 0.7)
    yield Curve(((0.1, 0.92), (0.9, 0.92)), theme.edge, 0.05)
    left = 0.1 + 0.8 * (1 - 0.6 * share)
    yield Curve(((0.1, 0.92), (left, 0.92)), theme.accent, 0.05)


def _today(share: float, theme: Theme) -> Iterator[Shape]:
    """A page of a calendar gets its six drawings."""
    yield _box(0.1, 0.12, 0.8, 0.8, theme.edge)
    yield _box(0.1, 0.12, 0.8, 0.2, theme.accent)
    for x in (0.3, 0.7):
        yield Curve(((x, 0.06), (x, 0.18)), theme.ink, 0.035)
    for number in range(6):
        row, column = divmod(number, 3)
        size = 0.085 * _part(share, number / 7, (number + 2) / 7)
        if size > 0:
            yield _dot(0.26 + 0.24 * column, 0.5 + 0.24 * row, size, theme.ink)


def _two(share: float, theme: Theme) -> Iterator[Shape]:
    """Two hands draw the same digit in turn, each in its own colour."""
    yield from _digit(2, (-0.06, 0.2, 0.62), theme.ink, share / 0.45)
    if share > 0.5:
        yield from _digit(2, (0.44, 0.2, 0.62), theme.accent, (share - 0.5) / 0.45)


def _think(share: float, theme: Theme) -> Iterator[Shape]:
    """A question mark hops beside a digit that is not finished."""
    yield from _digit(3, (-0.05, 0.16, 0.72), theme.ink, min(share / 0.4, 0.62))
    hop = 0.12 * abs(math.sin(3 * math.pi * share)) * (1 - share)
    hook = arc(0.76, 0.32 - hop, 0.14, 0.14, (0.5, 1.2), 14)
    yield Curve((*hook, (0.76, 0.55 - hop), (0.76, 0.6 - hop)), theme.accent, 0.045)
    yield _dot(0.76, 0.76 - hop, 0.06, theme.accent)


def _sums(share: float, theme: Theme) -> Iterator[Shape]:
    """A problem gets its answer."""
    yield from _digit(2, (-0.02, 0.06, 0.42), theme.ink)
    yield from _digit(3, (0.58, 0.06, 0.42), theme.ink)
    yield Curve(((0.42, 0.27), (0.58, 0.27)), theme.quiet, PEN)
    yield Curve(((0.5, 0.19), (0.5, 0.35)), theme.quiet, PEN)
    for y in (0.7, 0.82):
        yield Curve(((0.14, y), (0.32, y)), theme.quiet, PEN)
    yield from _digit(5, (0.42, 0.5, 0.5), theme.accent, share / 0.7)


def _write(share: float, theme: Theme) -> Iterator[Shape]:
    """A model is traced, from a dot at its beginning."""
    place = (0.05, 0.05, 0.9)
    for stroke in glyph(2):
        points = [(0.05 + 0.9 * x, 0.05 + 0.9 * y) for x, y, _ in stroke]
        for begin, end in list(pairwise(points))[::2]:
            yield Curve((begin, end), theme.quiet, 0.03)
        yield _dot(*points[0], 0.07, theme.accent)
    yield from _digit(2, place, theme.ink, share / 0.85)


def _inside(share: float, theme: Theme) -> Iterator[Shape]:
    """Units light up, layer after layer."""
    layers: Sequence[Sequence[Place]] = [
        [(0.12, y) for y in (0.15, 0.38, 0.62, 0.85)],
        [(0.5, y) for y in (0.26, 0.5, 0.74)],
        [(0.88, y) for y in (0.3, 0.7)],
    ]
    lit = {(0, 1), (0, 2), (1, 0), (1, 1), (2, 0)}
    for number, (layer, following) in enumerate(pairwise(layers)):
        reached = _part(share, 0.15 + 0.3 * number, 0.4 + 0.3 * number)
        for (one, begin), (other, end) in (
            (a, b) for a in enumerate(layer) for b in enumerate(following)
        ):
            both = {(number, one), (number + 1, other)} <= lit
            yield Curve((begin, end), mix(theme.edge, theme.accent, reached * both), 0.012)
    for number, layer in enumerate(layers):
        reached = _part(share, 0.3 * number, 0.25 + 0.3 * number)
        for one, (x, y) in enumerate(layer):
            colour = theme.accent if number == 2 else theme.ink
            on = reached * ((number, one) in lit)
            yield _dot(x, y, 0.075 + 0.02 * on, mix(theme.quiet, colour, on))


def _learn(share: float, theme: Theme) -> Iterator[Shape]:
    """A curve climbs, stumbling at first."""
    yield Curve(((0.1, 0.08), (0.1, 0.9), (0.94, 0.9)), theme.quiet, 0.025)
    steps = max(2, round(40 * share))
    points = [
        (0.1 + 0.8 * x, 0.86 - 0.72 * (1 - math.exp(-4 * x)) - 0.05 * math.sin(30 * x) * (1 - x))
        for x in (n / 40 for n in range(steps + 1))
    ]
    yield Curve(tuple(points), theme.accent, 0.04)


def _drop(share: float, theme: Theme) -> Iterator[Shape]:
    """A drop of ink falls and settles."""
    high = 0.34 * (1 - 0.25 * math.exp(-6 * share) * math.cos(20 * share))
    y = 0.9 - high
    yield Polygon(((0.5, y - 1.5 * high), (0.72, y - 0.1), (0.28, y - 0.1)), theme.ink)
    yield Polygon(arc(0.5, y, 0.25, 0.74 * high, steps=32), theme.ink)


PICTURES: dict[str, Picture] = {
    "sketchpad": _sketchpad,
    "draw": _draw,
    "today": _today,
    "two": _two,
    "think": _think,
    "sums": _sums,
    "write": _write,
    "inside": _inside,
    "learn": _learn,
}
"""The picture of each mode, by its name in `MODES`."""
