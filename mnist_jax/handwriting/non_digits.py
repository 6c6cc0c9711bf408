"""Drawings that are not digits: letters, symbols, scribbles, dots, parts and pairs of digits.

The network learns to refuse them. They take the same path as digits: from strokes to the frame to
pixels. To see them all:

    python -m mnist_jax.handwriting.contact_sheet --of non-digits
"""

import math
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int, Key

from mnist_jax.handwriting import allographs, symbols, writer
from mnist_jax.handwriting.templates import STROKES, Shapes
from mnist_jax.handwriting.writer import Hand, Line
from mnist_jax.ink.normalise import POINTS

Points = Float[Array, "count points 2"]
Strokes = Int[Array, "count points"]
Drawn = tuple[Points, Strokes]
"""Points in any unit, and for each the number of its stroke, rising along the drawing."""


class Written(NamedTuple):
    """A kind of drawing that is made of shapes written by hand."""

    share: float
    """How much of a sample is of this kind."""
    weights: Callable[[], Float[np.ndarray, " shapes"]]
    """How often each of `_shapes` is taken for it."""
    shapes: int
    """How many shapes a drawing takes."""
    drawn: Callable[[Key[Array, ""], Line], Drawn]
    """What becomes of the written shapes, as many as the drawings take."""


class Scribbled(NamedTuple):
    """A kind of drawing that is made of nothing but chance."""

    share: float
    drawn: Callable[[Key[Array, ""], int], Drawn]


def sample(key: Key[Array, ""], count: int, hand: Hand = writer.DEFAULT) -> Points:
    """Drawings of no digit, normalised to MNIST's frame in pixels; of each kind its share."""
    shares = np.array([kind.share for kind in KINDS.values()])
    bounds = np.round(np.cumsum([0.0, *shares]) * count / shares.sum()).astype(int)
    points: Points = sample_kinds(key, tuple(np.diff(bounds).tolist()), hand)
    return points


def sample_images(
    key: Key[Array, ""], count: int, hand: Hand = writer.DEFAULT
) -> Float[Array, "count 28 28"]:
    """Drawings as `sample` makes them, rendered with pens of several widths."""
    draw, dip = jax.random.split(key)
    images: Array = writer.inked(dip, sample(draw, count, hand), hand)
    return images


@partial(jax.jit, static_argnames="counts")
def sample_kinds(key: Key[Array, ""], counts: tuple[int, ...], hand: Hand) -> Points:
    """So many drawings of each of `KINDS`, mixed; one batch for all hands compiles fast."""
    order, choose, write, *keys = jax.random.split(key, 3 + len(KINDS))
    all_kinds = zip(KINDS.values(), keys, counts, strict=True)
    kinds = [(kind, kind_key, number) for kind, kind_key, number in all_kinds if number]
    written = [(kind, number) for kind, _, number in kinds if isinstance(kind, Written)]
    chosen = [
        writer.choose(jax.random.fold_in(choose, index), kind.weights(), kind.shapes * number)
        for index, (kind, number) in enumerate(written)
    ]
    parts = []
    if chosen:
        lines = writer.lines(write, _shapes(), jnp.concatenate(chosen), hand)
        ends = np.cumsum([len(some) for some in chosen])[:-1]
        slices = iter(zip(*(jnp.split(array, ends) for array in lines), strict=True))
    for kind, kind_key, number in kinds:
        if isinstance(kind, Written):
            parts.append(kind.drawn(kind_key, Line(*next(slices))))
        else:
            parts.append(kind.drawn(kind_key, number))
    points, strokes = (jnp.concatenate(arrays) for arrays in zip(*parts, strict=True))
    fitted = jax.vmap(lambda *drawn: writer.fitted(writer.line(*drawn)))(points, strokes)
    shuffled: Points = jax.random.permutation(order, fitted)
    return shuffled


@cache
def _shapes() -> Shapes:
    """The signs, then the allographs."""
    both = zip(symbols.shapes(), allographs.shapes(), strict=True)
    return Shapes(*(np.concatenate(arrays) for arrays in both))


def _sign_weights() -> Float[np.ndarray, " shapes"]:
    weights = [template.weight for template in symbols.templates()]
    return np.array(weights + [0.0] * len(allographs.allographs()))


def _digit_weights(among: Sequence[int]) -> Float[np.ndarray, " shapes"]:
    digits, shares = allographs.shares()
    return np.concatenate([np.zeros(len(symbols.templates())), shares * np.isin(digits, among)])


def _as_written(key: Key[Array, ""], line: Line) -> Drawn:
    del key
    return line.points, line.stroke


def _mirrored(key: Key[Array, ""], line: Line) -> Drawn:
    """Digits as in a mirror."""
    del key
    return line.points * jnp.array([-1.0, 1.0]), line.stroke


def _pairs(key: Key[Array, ""], line: Line) -> Drawn:
    """Two digits side by side."""
    count = len(line.points) // 2
    first, second = line.points[:count, ::2], line.points[count:, ::2]
    gaps = jax.random.uniform(key, (count,), minval=0.1, maxval=0.6)
    shift = first[..., 0].max(1) - second[..., 0].min(1) + gaps
    beside = second.at[..., 0].add(shift[:, None])
    strokes = [line.stroke[:count, ::2], line.stroke[count:, ::2] + STROKES]
    return jnp.concatenate([first, beside], axis=1), jnp.concatenate(strokes, axis=1)


def _unfinished(key: Key[Array, ""], line: Line) -> Drawn:
    """Up to half the ink, from either end; as slim as a 1, it is laid down."""
    share, end = jax.random.uniform(key, (2, len(line.points), 1))
    share = 0.33 + 0.15 * share
    start = jnp.where(end < 0.5, 0.0, 1 - share)
    kept = jnp.round((start + share * _ALONG) * (POINTS - 1)).astype(int)
    points = jnp.take_along_axis(line.points, kept[..., None], axis=1)
    width, height = jnp.moveaxis(points.max(1) - points.min(1), 1, 0)
    is_slim = (width < 0.6 * height)[:, None, None]
    points = jnp.where(is_slim, points[..., ::-1], points)
    return points, jnp.take_along_axis(line.stroke, kept, axis=1)


def _curves(key: Key[Array, ""], count: int) -> Drawn:
    """Smooth scribbles: sums of cosines along the line, too many for a digit."""
    size, calm = jax.random.split(key)
    order = np.arange(3, 16)
    decay = jax.random.uniform(calm, (count, 1, 1), maxval=1.2)
    amounts = jax.random.normal(size, (count, len(order), 2)) * order[:, None] ** -decay
    waves = np.cos(np.pi * order * _ALONG[:, None])
    points = jnp.einsum("pw,nwa->npa", waves.astype(np.float32), amounts)
    return points, _one_stroke(count)


def _zigzags(key: Key[Array, ""], count: int) -> Drawn:
    """Straight lines from point to random point, and to and fro as in hatching."""
    place, number, which, lie = jax.random.split(key, 4)
    knots = jax.random.uniform(place, (count, _KNOTS + 1, 2))
    across = np.arange(_KNOTS + 1) % 2 + 0.3 * knots[..., 0]
    down = np.arange(_KNOTS + 1) / 8 + 0.3 * knots[..., 1]
    hatching = jnp.stack([across, down], axis=2)
    is_hatching = jax.random.bernoulli(which, 0.5, (count, 1, 1))
    knots = jnp.where(is_hatching, hatching, knots)
    knots = jnp.where(jax.random.bernoulli(lie, 0.5, (count, 1, 1)), knots[..., ::-1], knots)
    leg, along = _legs(jax.random.randint(number, (count, 1), 6, _KNOTS))
    return _between(knots[:, :-1], knots[:, 1:], leg, along), _one_stroke(count)


def _sticks(key: Key[Array, ""], count: int) -> Drawn:
    """Several straight strokes, here and there."""
    place, number = jax.random.split(key)
    ends = jax.random.uniform(place, (2, count, _KNOTS, 2))
    leg, along = _legs(jax.random.randint(number, (count, 1), 4, 10))
    return _between(ends[0], ends[1], leg, along), leg


def _spirals(key: Key[Array, ""], count: int) -> Drawn:
    """Two turns and more of a spiral or of a coil drawn out sideways."""
    turns, start, growth, drift, wide = jax.random.uniform(key, (5, count, 1))
    angle = 2 * math.pi * ((2.2 + 3 * turns) * _ALONG + start)
    radius = 0.15 + _ALONG ** (0.5 + growth)
    x = jnp.cos(angle) * radius * (0.6 + wide) + jnp.maximum(0, 6 * drift - 3) * _ALONG
    return jnp.stack([x, jnp.sin(angle) * radius], axis=2), _one_stroke(count)


def _dots(key: Key[Array, ""], count: int) -> Drawn:
    """One to five dots."""
    place, number = jax.random.split(key)
    dots = jax.random.randint(number, (count, 1), 1, 6)
    which, _ = _legs(dots)
    spots = jax.random.uniform(place, (count, 5, 2)) * (dots > 1)[..., None]
    return jnp.take_along_axis(spots, which[..., None], axis=1), which


KINDS: dict[str, Written | Scribbled] = {
    "signs": Written(0.67, _sign_weights, 1, _as_written),
    # where the mirror shows no digit; a 2 would be a 5
    "mirrored": Written(0.08, partial(_digit_weights, (3, 4, 6, 7, 9)), 1, _mirrored),
    "pairs": Written(0.06, partial(_digit_weights, range(10)), 2, _pairs),
    # of the others, half the ink may be a digit again
    "unfinished": Written(0.05, partial(_digit_weights, (0, 5)), 1, _unfinished),
    "curves": Scribbled(0.04, _curves),
    "zigzags": Scribbled(0.04, _zigzags),
    "sticks": Scribbled(0.03, _sticks),
    "spirals": Scribbled(0.01, _spirals),
    "dots": Scribbled(0.02, _dots),
}
"""The kinds of drawings that are no digits."""

_KNOTS = 16
_ALONG = np.linspace(0, 1, POINTS, dtype=np.float32)


def _one_stroke(count: int) -> Int[Array, "count points"]:
    return jnp.zeros((count, POINTS), int)


def _legs(
    numbers: Int[Array, "count 1"],
) -> tuple[Int[Array, "count points"], Float[Array, "count points"]]:
    """For a line of so many straight legs: each point's leg, and how far along it, 0 to 1."""
    at = jnp.arange(POINTS) * numbers
    return at // POINTS, (at % POINTS) / (POINTS - numbers)


def _between(
    starts: Float[Array, "count knots 2"],
    ends: Float[Array, "count others 2"],
    leg: Int[Array, "count points"],
    along: Float[Array, "count points"],
) -> Points:
    """Points on the straight lines from the starts to the ends."""
    start = jnp.take_along_axis(starts, leg[..., None], axis=1)
    end = jnp.take_along_axis(ends, leg[..., None], axis=1)
    return start + along[..., None] * (end - start)
