"""Drawings that are not digits: letters, signs, scribbles, dots, parts and pairs of digits.

They go the way of `mnist_jax/allographs.py`, from strokes to MNIST's frame to ink, so that the
network can learn what to refuse. To see them, every sign with a few samples and then the rest:

    python -m mnist_jax.negatives --output negatives.png
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import tyro
from jaxtyping import Array, Float, Int, Key

from mnist_jax import allographs, handwriting, signs
from mnist_jax.drawing import POINTS
from mnist_jax.handwriting import Hand, Line, fitted
from mnist_jax.templates import STROKES

Drawn = Float[Array, "count points 2"]
"""Drawings in MNIST's frame, in pixels."""

Kind = Callable[[Key[Array, ""], int, Hand], Drawn]
"""A way to draw what is not a digit."""


@partial(jax.jit, static_argnames="count")
def sample(key: Key[Array, ""], count: int, hand: Hand = handwriting.DEFAULT) -> Drawn:
    """Drawings of no digit, normalised to MNIST's frame in pixels; of each kind its share."""
    order, *keys = jax.random.split(key, len(SHARES) + 1)
    bounds = np.cumsum([0.0, *SHARES.values()]) * count / sum(SHARES.values())
    counts = np.diff(np.round(bounds).astype(int)).tolist()
    kinds = zip(SHARES, keys, counts, strict=True)
    drawn = [kind(kind_key, some, hand) for kind, kind_key, some in kinds if some]
    shuffled: Array = jax.random.permutation(order, jnp.concatenate(drawn))
    return shuffled


def sample_images(
    key: Key[Array, ""], count: int, hand: Hand = handwriting.DEFAULT
) -> Float[Array, "count 28 28"]:
    """Drawings as `sample` makes them, rendered with pens of several widths."""
    draw, dip = jax.random.split(key)
    images: Array = handwriting.inked(dip, sample(draw, count, hand), hand)
    return images


def _signs(key: Key[Array, ""], count: int, hand: Hand) -> Drawn:
    """Shapes of the table."""
    choose, write = jax.random.split(key)
    weights = np.array([template.weight for template in signs.templates()])
    chosen = handwriting.choose(choose, weights, count)
    return jax.vmap(fitted)(handwriting.lines(write, signs.shapes(), chosen, hand))


def _digits(key: Key[Array, ""], count: int, hand: Hand, among: Sequence[int]) -> Line:
    """Digits, before they are fitted to the frame."""
    choose, write = jax.random.split(key)
    digits, shares = allographs.shares()
    chosen = handwriting.choose(choose, shares * np.isin(digits, among), count)
    return handwriting.lines(write, allographs.shapes(), chosen, hand)


def _mirrored(key: Key[Array, ""], count: int, hand: Hand) -> Drawn:
    """Digits as in a mirror, where that is no digit; a 2 would be a 5."""
    line = _digits(key, count, hand, (3, 4, 6, 7, 9))
    return jax.vmap(fitted)(line._replace(points=line.points * jnp.array([-1.0, 1.0])))


def _pairs(key: Key[Array, ""], count: int, hand: Hand) -> Drawn:
    """Two digits side by side."""
    write, gap = jax.random.split(key)
    both = _digits(write, 2 * count, hand, range(10))
    first = Line(*(array[:count, ::2] for array in both))
    second = Line(*(array[count:, ::2] for array in both))
    gaps = jax.random.uniform(gap, (count,), minval=0.1, maxval=0.6)
    shift = first.points[..., 0].max(1) - second.points[..., 0].min(1) + gaps
    beside = second.points.at[..., 0].add(shift[:, None])
    points = jnp.concatenate([first.points, beside], axis=1)
    return _fitted(points, jnp.concatenate([first.stroke, second.stroke + STROKES], axis=1))


def _unfinished(key: Key[Array, ""], count: int, hand: Hand) -> Drawn:
    """Up to half the ink of a 0 or 5, from either end; as slim as a 1, it is laid down."""
    write, cut = jax.random.split(key)
    line = _digits(write, count, hand, (0, 5))
    share, end = jax.random.uniform(cut, (2, count, 1))
    share = 0.33 + 0.15 * share
    start = jnp.where(end < 0.5, 0.0, 1 - share)
    kept = jnp.round((start + share * _ALONG) * (POINTS - 1)).astype(int)
    points = jnp.take_along_axis(line.points, kept[..., None], axis=1)
    width, height = jnp.moveaxis(points.max(1) - points.min(1), 1, 0)
    is_slim = (width < 0.6 * height)[:, None, None]
    points = jnp.where(is_slim, points[..., ::-1], points)
    return _fitted(points, jnp.take_along_axis(line.stroke, kept, axis=1))


def _curves(key: Key[Array, ""], count: int, hand: Hand) -> Drawn:
    """Smooth scribbles: sums of cosines along the line, too many for a digit."""
    del hand
    size, calm = jax.random.split(key)
    order = np.arange(3, 16)
    decay = jax.random.uniform(calm, (count, 1, 1), maxval=1.2)
    amounts = jax.random.normal(size, (count, len(order), 2)) * order[:, None] ** -decay
    waves = np.cos(np.pi * order * _ALONG[:, None])
    return _fitted(jnp.einsum("pw,nwa->npa", waves.astype(np.float32), amounts), _one_stroke(count))


def _zigzags(key: Key[Array, ""], count: int, hand: Hand) -> Drawn:
    """Straight lines from point to random point, and to and fro as in hatching."""
    del hand
    place, number, which, lie = jax.random.split(key, 4)
    knots = jax.random.uniform(place, (count, _KNOTS + 1, 2))
    across = np.arange(_KNOTS + 1) % 2 + 0.3 * knots[..., 0]
    down = np.arange(_KNOTS + 1) / 8 + 0.3 * knots[..., 1]
    hatching = jnp.stack([across, down], axis=2)
    is_hatching = jax.random.bernoulli(which, 0.5, (count, 1, 1))
    knots = jnp.where(is_hatching, hatching, knots)
    knots = jnp.where(jax.random.bernoulli(lie, 0.5, (count, 1, 1)), knots[..., ::-1], knots)
    leg, along = _legs(jax.random.randint(number, (count, 1), 6, _KNOTS))
    return _fitted(_between(knots[:, :-1], knots[:, 1:], leg, along), _one_stroke(count))


def _sticks(key: Key[Array, ""], count: int, hand: Hand) -> Drawn:
    """Several straight strokes, here and there."""
    del hand
    place, number = jax.random.split(key)
    ends = jax.random.uniform(place, (2, count, _KNOTS, 2))
    leg, along = _legs(jax.random.randint(number, (count, 1), 4, 10))
    return _fitted(_between(ends[0], ends[1], leg, along), leg)


def _spirals(key: Key[Array, ""], count: int, hand: Hand) -> Drawn:
    """Two turns and more of a spiral or of a coil drawn out sideways."""
    del hand
    turns, start, growth, drift, wide = jax.random.uniform(key, (5, count, 1))
    angle = 2 * math.pi * ((2.2 + 3 * turns) * _ALONG + start)
    radius = 0.15 + _ALONG ** (0.5 + growth)
    x = jnp.cos(angle) * radius * (0.6 + wide) + jnp.maximum(0, 6 * drift - 3) * _ALONG
    return _fitted(jnp.stack([x, jnp.sin(angle) * radius], axis=2), _one_stroke(count))


def _dots(key: Key[Array, ""], count: int, hand: Hand) -> Drawn:
    """One to five dots."""
    del hand
    place, number = jax.random.split(key)
    dots = jax.random.randint(number, (count, 1), 1, 6)
    which, _ = _legs(dots)
    spots = jax.random.uniform(place, (count, 5, 2)) * (dots > 1)[..., None]
    return _fitted(jnp.take_along_axis(spots, which[..., None], axis=1), which)


SHARES: dict[Kind, float] = {
    _signs: 0.67,
    _mirrored: 0.08,
    _pairs: 0.06,
    _unfinished: 0.05,
    _curves: 0.04,
    _zigzags: 0.04,
    _sticks: 0.03,
    _spirals: 0.01,
    _dots: 0.02,
}
"""How much of a sample is of each kind."""

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
) -> Drawn:
    """Points on the straight lines from the starts to the ends."""
    start = jnp.take_along_axis(starts, leg[..., None], axis=1)
    end = jnp.take_along_axis(ends, leg[..., None], axis=1)
    return start + along[..., None] * (end - start)


def _fitted(points: Drawn, stroke: Int[Array, "count points"]) -> Drawn:
    return jax.vmap(lambda *drawn: fitted(handwriting.line(*drawn)))(points, stroke)


@dataclass(frozen=True)
class Options:
    """A contact sheet of what is not a digit: every sign, then the other kinds."""

    output: Path = Path("negatives.png")
    """The picture to write."""
    samples: int = 8
    """Samples of each."""
    seed: int = 0


def main() -> None:
    """Write the contact sheet."""
    from mnist_jax import contact_sheet  # noqa: PLC0415 - training needs no matplotlib

    options = tyro.cli(Options, description=Options.__doc__)
    key = jax.random.key(options.seed)
    names = [template.name for template in signs.templates()]
    strips = contact_sheet.strips(names, signs.templates(), key, options.samples)
    for kind in SHARES:
        images = handwriting.inked(key, kind(key, options.samples, handwriting.DEFAULT))
        strips.append(contact_sheet.Strip(kind.__name__.strip("_"), np.asarray(images)))
    contact_sheet.save(options.output, strips)
    print(f"{len(names)} signs, {len(SHARES)} kinds: {options.output}")  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
