"""Drawings that are not digits: letters, symbols, scribbles, dots, parts and pairs of digits.

The network learns to refuse them. They take the same path as digits: from strokes to the frame to
pixels. To see them all:

    python -m mnist_jax.handwriting.contact_sheet --of non-digits
"""

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int, Key

from mnist_jax.classes import DIGITS, NOT_A_DIGIT
from mnist_jax.handwriting import allographs, symbols, writer
from mnist_jax.handwriting.templates import MAX_STROKES, Shapes
from mnist_jax.handwriting.writer import Hand, IndexedPoints
from mnist_jax.ink.normalise import POINTS

Points = Float[Array, "count points 2"]
Strokes = Int[Array, "count points"]
Drawn = tuple[Points, Strokes]
"""Points in any unit, and the index of each point's stroke, in ascending order."""


class Kind(NamedTuple):
    """A kind of drawing: composed of shapes that are written by hand, or generated at random."""

    fraction: float
    """Fraction of a sample that is of this kind."""
    draw: Callable[..., Drawn]
    """Return drawings from a key and the written shapes, or without `classes` their number."""
    classes: Sequence[int] = ()
    """Classes of its shapes: digits, or `NOT_A_DIGIT` for symbols; empty if it is generated."""
    shapes: int = 1
    """Number of shapes in a drawing."""


def sample(key: Key[Array, ""], count: int, hand: Hand = writer.DEFAULT) -> Points:
    """Return random drawings of all kinds, normalised to the frame in pixels."""
    fractions = np.array([kind.fraction for kind in KINDS.values()])
    bounds = np.round(np.cumsum([0.0, *fractions]) * count / fractions.sum()).astype(int)
    return jnp.asarray(sample_kinds(key, tuple(np.diff(bounds).tolist()), hand))


def sample_images(
    key: Key[Array, ""], count: int, hand: Hand = writer.DEFAULT
) -> Float[Array, "count 28 28"]:
    """Return drawings from `sample`, rendered with pens of random width."""
    draw_key, pen_key = jax.random.split(key)
    return jnp.asarray(writer.render_drawings(pen_key, sample(draw_key, count, hand), hand))


@partial(jax.jit, static_argnames="counts")
def sample_kinds(key: Key[Array, ""], counts: tuple[int, ...], hand: Hand) -> Points:
    """Return as many drawings of each of the `KINDS` as `counts` says, shuffled.

    All shapes are written in one batch, which compiles faster.
    """
    order_key, choose_key, write_key, *keys = jax.random.split(key, 3 + len(KINDS))
    all_kinds = zip(KINDS.values(), keys, counts, strict=True)
    kinds = [(kind, kind_key, number) for kind, kind_key, number in all_kinds if number]
    weights = [
        (_weights(kind.classes), kind.shapes * number) for kind, _, number in kinds if kind.classes
    ]
    chosen = [
        writer.sample_indices(jax.random.fold_in(choose_key, index), *each)
        for index, each in enumerate(weights)
    ]
    slices: Iterator[tuple[Array, ...]] = iter(())
    if chosen:
        written = writer.vary(write_key, _shapes(), jnp.concatenate(chosen), hand)
        ends = np.cumsum([len(indices) for indices in chosen])[:-1]
        slices = zip(*(jnp.split(array, ends) for array in written), strict=True)
    parts = [
        kind.draw(kind_key, IndexedPoints(*next(slices)) if kind.classes else number)
        for kind, kind_key, number in kinds
    ]
    drawn = (jnp.concatenate(arrays) for arrays in zip(*parts, strict=True))
    fitted = jax.vmap(lambda *one: writer.fit_to_frame(writer.index_points(*one)))(*drawn)
    return jnp.asarray(jax.random.permutation(order_key, fitted))


@cache
def _shapes() -> Shapes:
    """Return the symbols, then the allographs."""
    both = zip(symbols.shapes(), allographs.shapes(), strict=True)
    return Shapes(*(np.concatenate(arrays) for arrays in both))


def _weights(classes: Sequence[int]) -> Float[np.ndarray, " shapes"]:
    """Return the relative frequencies of `_shapes`, with 0 for shapes of other classes."""
    digits, frequencies = allographs.digits_and_frequencies()
    others = np.full(len(symbols.weights()), NOT_A_DIGIT)
    weights = np.append(symbols.weights(), frequencies)
    return weights * np.isin(np.append(others, digits), classes)


def _join_pairs(key: Key[Array, ""], shapes: IndexedPoints) -> Drawn:
    """Put two digits side by side."""
    count = len(shapes.points) // 2
    first, second = shapes.points[:count, ::2], shapes.points[count:, ::2]
    gaps = jax.random.uniform(key, (count,), minval=0.1, maxval=0.6)
    shift = first[..., 0].max(1) - second[..., 0].min(1) + gaps
    beside = second.at[..., 0].add(shift[:, None])
    strokes = [shapes.stroke[:count, ::2], shapes.stroke[count:, ::2] + MAX_STROKES]
    return jnp.concatenate([first, beside], axis=1), jnp.concatenate(strokes, axis=1)


def _cut_short(key: Key[Array, ""], shapes: IndexedPoints) -> Drawn:
    """Keep 33 to 48 % of the ink, from either end, with x and y swapped if it is as slim as a 1."""
    fraction, end = jax.random.uniform(key, (2, len(shapes.points), 1))
    fraction = 0.33 + 0.15 * fraction
    start = jnp.where(end < 0.5, 0.0, 1 - fraction)
    kept = jnp.round((start + fraction * _ALONG) * (POINTS - 1)).astype(int)
    points = jnp.take_along_axis(shapes.points, kept[..., None], axis=1)
    width, height = jnp.moveaxis(points.max(1) - points.min(1), 1, 0)
    is_slim = (width < 0.6 * height)[:, None, None]
    points = jnp.where(is_slim, points[..., ::-1], points)
    return points, jnp.take_along_axis(shapes.stroke, kept, axis=1)


def _curves(key: Key[Array, ""], count: int) -> Drawn:
    """Return smooth scribbles: sums of cosines of higher frequencies than in digits."""
    amount_key, decay_key = jax.random.split(key)
    order = np.arange(3, 16)
    decay = jax.random.uniform(decay_key, (count, 1, 1), maxval=1.2)
    amounts = jax.random.normal(amount_key, (count, len(order), 2)) * order[:, None] ** -decay
    waves = np.cos(np.pi * order * _ALONG[:, None])
    points = jnp.einsum("pw,nwa->npa", waves.astype(np.float32), amounts)
    return points, _one_stroke(count)


def _zigzags(key: Key[Array, ""], count: int) -> Drawn:
    """Return straight lines between random points, or back and forth, as in hatching."""
    place_key, number_key, hatching_key, swap_key = jax.random.split(key, 4)
    knots = jax.random.uniform(place_key, (count, _KNOTS + 1, 2))
    across = np.arange(_KNOTS + 1) % 2 + 0.3 * knots[..., 0]
    down = np.arange(_KNOTS + 1) / 8 + 0.3 * knots[..., 1]
    hatching = jnp.stack([across, down], axis=2)
    is_hatching = jax.random.bernoulli(hatching_key, 0.5, (count, 1, 1))
    knots = jnp.where(is_hatching, hatching, knots)
    knots = jnp.where(jax.random.bernoulli(swap_key, 0.5, (count, 1, 1)), knots[..., ::-1], knots)
    segment, along = _segments(jax.random.randint(number_key, (count, 1), 6, _KNOTS))
    return _interpolate(knots[:, :-1], knots[:, 1:], segment, along), _one_stroke(count)


def _sticks(key: Key[Array, ""], count: int) -> Drawn:
    """Return several straight strokes in random places."""
    place_key, number_key = jax.random.split(key)
    ends = jax.random.uniform(place_key, (2, count, _KNOTS, 2))
    segment, along = _segments(jax.random.randint(number_key, (count, 1), 4, 10))
    return _interpolate(ends[0], ends[1], segment, along), segment


def _spirals(key: Key[Array, ""], count: int) -> Drawn:
    """Return spirals, or coils stretched sideways, of two or more turns."""
    turns, start, growth, drift, wide = jax.random.uniform(key, (5, count, 1))
    angle = 2 * math.pi * ((2.2 + 3 * turns) * _ALONG + start)
    radius = 0.15 + _ALONG ** (0.5 + growth)
    x = jnp.cos(angle) * radius * (0.6 + wide) + jnp.maximum(0, 6 * drift - 3) * _ALONG
    return jnp.stack([x, jnp.sin(angle) * radius], axis=2), _one_stroke(count)


def _dots(key: Key[Array, ""], count: int) -> Drawn:
    """Return one to five dots."""
    place_key, number_key = jax.random.split(key)
    dots = jax.random.randint(number_key, (count, 1), 1, 6)
    which, _ = _segments(dots)
    spots = jax.random.uniform(place_key, (count, 5, 2)) * (dots > 1)[..., None]
    return jnp.take_along_axis(spots, which[..., None], axis=1), which


KINDS = {
    "symbols": Kind(0.67, lambda _, shapes: (shapes.points, shapes.stroke), (NOT_A_DIGIT,)),
    # only digits whose mirror image is no digit: a mirrored 2 looks like a 5
    "mirrored": Kind(
        0.08,
        lambda _, shapes: (shapes.points * jnp.array([-1.0, 1.0]), shapes.stroke),
        (3, 4, 6, 7, 9),
    ),
    "pairs": Kind(0.06, _join_pairs, range(DIGITS), shapes=2),
    # half of any other digit may look like a digit
    "unfinished": Kind(0.05, _cut_short, (0, 5)),
    "curves": Kind(0.04, _curves),
    "zigzags": Kind(0.04, _zigzags),
    "sticks": Kind(0.03, _sticks),
    "spirals": Kind(0.01, _spirals),
    "dots": Kind(0.02, _dots),
}
"""The kinds of drawings that are not digits."""

_KNOTS = 16
_ALONG = np.linspace(0, 1, POINTS, dtype=np.float32)


def _one_stroke(count: int) -> Int[Array, "count points"]:
    return jnp.zeros((count, POINTS), int)


def _segments(numbers: Int[Array, "count 1"]) -> tuple[Strokes, Float[Array, "count points"]]:
    """Divide each drawing into a number of segments; return each point's segment and place in it.

    Segments are counted from 0, and places run from 0 to 1.
    """
    at = jnp.arange(POINTS) * numbers
    return at // POINTS, (at % POINTS) / (POINTS - numbers)


def _interpolate(
    starts: Float[Array, "count knots 2"],
    ends: Float[Array, "count others 2"],
    segment: Int[Array, "count points"],
    along: Float[Array, "count points"],
) -> Points:
    """Return points at the fractions `along` of straight lines, each on the line `segment`."""
    start = jnp.take_along_axis(starts, segment[..., None], axis=1)
    end = jnp.take_along_axis(ends, segment[..., None], axis=1)
    return start + along[..., None] * (end - start)
