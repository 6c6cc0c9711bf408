"""Random variations of templates that imitate handwriting.

Each variation is a pure function of random noise: the proportions of the shape change, the line
wanders and trembles, strokes shift against each other, their ends hook, overshoot or stop short, a
slow mouse turns curves into straight pieces, and the drawing is stretched, slanted and rotated.
The result is fitted to the frame like a user's drawing.
"""

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int, Key

from mnist_jax.handwriting.templates import STROKES, Shapes
from mnist_jax.ink.frame import PEN_RADIUS_PIXELS
from mnist_jax.ink.normalise import DOT_INK, POINTS, TINY, fit
from mnist_jax.ink.render import render

Points = Float[Array, "points 2"]
Indices = Int[Array, " points"]
Noise = Float[Array, " normals"]
"""Standard normals, all generated at once because every call of a generator compiles slowly."""


class IndexedPoints(NamedTuple):
    """The points of a drawing, each with its stroke and the first and last point of that stroke."""

    points: Points
    stroke: Indices
    first: Indices
    last: Indices


class Hand(NamedTuple):
    """How much a hand varies a template: standard deviations, unless described otherwise.

    Lengths are relative to the longer side of the shape.
    """

    proportions: float = 0.16
    """Smooth distortion of the plane: larger heads or bellies, bends, wedges."""
    wander: float = 0.03
    """Low-frequency deviation of the line; its scale varies between drawings."""
    tremor: float = 0.003
    """High-frequency deviation of the line; its scale varies between drawings."""
    stroke_shift: float = 0.03
    """Shift of a stroke relative to the others."""
    stroke_scale: float = 0.08
    """Logarithm of the scale of a stroke."""
    stroke_turn: float = 0.06
    """Rotation of a stroke relative to the others, in radians."""
    ends: float = 0.03
    """Displacement of the ends of strokes, as by a hook, a tail or an overshoot."""
    cut: float = 0.015
    """Mean fraction of a stroke that is missing at each end."""
    polylines: float = 0.2
    """Fraction of drawings that consist of a few straight pieces."""
    stretch: float = 0.22
    """Logarithm of the change of the aspect ratio."""
    slant: float = 0.2
    """Horizontal shear to the right."""
    turn: float = 0.13
    """Rotation of the drawing, in radians."""
    pen: float = 0.15
    """Logarithm of the pen radius relative to `PEN_RADIUS_PIXELS`."""


DEFAULT = Hand()


def sample_indices(
    key: Key[Array, ""], weights: Float[np.ndarray, " shapes"], count: int
) -> Int[Array, " count"]:
    """Return random indices of shapes, in proportion to their weights."""
    cumulative = np.cumsum(weights / weights.sum())[:-1].astype(np.float32)
    return jnp.searchsorted(cumulative, jax.random.uniform(key, (count,)), side="right")


@jax.jit
def write(
    key: Key[Array, ""], shapes: Shapes, chosen: Int[Array, " count"], hand: Hand = DEFAULT
) -> Float[Array, "count points 2"]:
    """Return the chosen shapes written by hand and normalised to the frame, in pixels."""
    return jax.vmap(fit_to_frame)(vary(key, shapes, chosen, hand))


def vary(
    key: Key[Array, ""], shapes: Shapes, chosen: Int[Array, " count"], hand: Hand
) -> IndexedPoints:
    """Return a batch of the chosen shapes written by hand, with longer sides of about 1."""
    templates = IndexedPoints(*(jnp.asarray(array)[chosen] for array in shapes))
    noise = jax.random.normal(key, (len(chosen), sum(_VARIATIONS.values())))
    return templates._replace(points=jax.vmap(partial(_vary_points, hand=hand))(noise, templates))


def index_points(points: Points, stroke: Indices) -> IndexedPoints:
    """Return a drawing from its points and their strokes, which are in ascending order."""
    first = jnp.searchsorted(stroke, stroke, side="left")
    return IndexedPoints(points, stroke, first, jnp.searchsorted(stroke, stroke, side="right") - 1)


@jax.jit
def render_drawings(
    key: Key[Array, ""], points: Float[Array, "count points 2"], hand: Hand = DEFAULT
) -> Float[Array, "count 28 28"]:
    """Render normalised drawings, each with a pen of random width."""
    widths = jnp.exp(hand.pen * jax.random.normal(key, (len(points),)))
    return jax.vmap(render)(points, PEN_RADIUS_PIXELS * widths)


def _vary_points(noise: Noise, drawing: IndexedPoints, hand: Hand) -> Points:
    parts = jnp.split(noise, np.cumsum([*_VARIATIONS.values()])[:-1])
    for variation, part in zip(_VARIATIONS, parts, strict=True):
        drawing = drawing._replace(points=variation(part, drawing, hand))
    return drawing.points


def _distort(noise: Noise, drawing: IndexedPoints, hand: Hand) -> Points:
    """Distort the plane smoothly, so that connected strokes stay connected."""
    x, y = drawing.points.T
    bends = jnp.stack([x * y, x * x, y * y, y * (y * y - 0.25)], axis=1)
    amounts = jnp.array([[2.0], [1.0], [1.5], [2.0]]) * noise.reshape(4, 2)
    return drawing.points + hand.proportions * jnp.matmul(bends, amounts)


def _wander(noise: Noise, drawing: IndexedPoints, hand: Hand) -> Points:
    """Displace the line slowly and fast; slow displacement grows with the length of the line."""
    slow, fast, scales = jnp.split(noise.reshape(-1, 2), [_SLOW, _SLOW + _FAST])
    slow, fast = jnp.matmul(_cosines(_SLOW), slow), jnp.matmul(_hat_functions(_FAST), fast)
    wander, tremor = (
        hand.wander * jnp.exp(scales[0, 0] / 2),
        hand.tremor * jnp.exp(scales[0, 1] / 2),
    )
    reach = jnp.minimum(1.0, _step_lengths(drawing.points).sum() / 4)
    return drawing.points + reach * wander * slow + tremor * fast


def _cosines(count: int) -> Float[np.ndarray, "points waves"]:
    """Return cosines of 1 to `count` half periods along the drawing, larger for low frequencies."""
    order = np.arange(1, count + 1)
    along = (np.arange(POINTS) + 0.5)[:, None] / POINTS
    return np.asarray(np.sqrt(2) * np.cos(np.pi * order * along) / order**1.2, np.float32)


def _hat_functions(count: int) -> Float[np.ndarray, "points hats"]:
    """Return a basis for linear interpolation between `count` points along the drawing."""
    at = np.linspace(0, count - 1, POINTS)[:, None]
    return np.asarray(np.maximum(0, 1 - np.abs(at - np.arange(count))), np.float32)


def _step_lengths(points: Points) -> Float[Array, " steps"]:
    return jnp.sqrt(jnp.square(points[1:] - points[:-1]).sum(1))


def _move_strokes(noise: Noise, drawing: IndexedPoints, hand: Hand) -> Points:
    """Shift, scale and rotate each stroke about its centre."""
    membership = _membership(drawing)
    centres = membership.T @ drawing.points / jnp.maximum(membership.sum(0), 1.0)[:, None]
    shift, scale, turn = jnp.split(noise.reshape(STROKES, 4), [2, 3], axis=1)
    size, angle = jnp.exp(hand.stroke_scale * scale), hand.stroke_turn * turn
    along, across = membership @ (size * jnp.cos(angle)), membership @ (size * jnp.sin(angle))
    offsets = drawing.points - membership @ centres
    turned = jnp.stack([-offsets[:, 1], offsets[:, 0]], axis=1)
    return membership @ (centres + hand.stroke_shift * shift) + along * offsets + across * turned


def _membership(drawing: IndexedPoints) -> Float[Array, "points strokes"]:
    """Return 1 where a point belongs to a stroke, to broadcast values per stroke to its points."""
    return (drawing.stroke[:, None] == jnp.arange(STROKES)).astype(jnp.float32)


def _pull_ends(noise: Noise, drawing: IndexedPoints, hand: Hand) -> Points:
    """Pull the ends of strokes aside and the line near them along: hooks, tails, gaps."""
    pulls = _membership(drawing) @ noise.reshape(2, STROKES, 4)
    index = jnp.arange(POINTS)
    from_ends = jnp.stack([index - drawing.first, drawing.last - index])
    near = jnp.exp(-from_ends / jnp.exp(1.8 + 0.6 * pulls[..., 3]))
    force = hand.ends * jnp.square(pulls[..., 2]) * near
    return drawing.points + (force[..., None] * pulls[..., :2]).sum(0)


def _cut_ends(noise: Noise, drawing: IndexedPoints, hand: Hand) -> Points:
    """Cut strokes short at their ends, and turn some drawings into straight pieces."""
    span = drawing.last - drawing.first
    kept = 1 - jnp.minimum(hand.cut * jnp.square(noise[:2]), 0.4)
    start = drawing.last - jnp.round(span * kept[0]).astype(int)
    end = drawing.first + jnp.round(span * kept[1]).astype(int)
    coarseness, pace = jax.scipy.stats.norm.cdf(noise[2:])
    step = jnp.where(coarseness < hand.polylines, jnp.floor(4 + 10 * pace).astype(int), 1)
    along = (end - start) * (jnp.arange(POINTS) - drawing.first) / jnp.maximum(span, 1)
    before = jnp.minimum(start + jnp.floor(along / step).astype(int) * step, end)
    after = jnp.minimum(before + step, end)
    fraction = (along + start - before) / jnp.maximum(after - before, 1)
    return drawing.points[before] + fraction[:, None] * (
        drawing.points[after] - drawing.points[before]
    )


MIN_ASPECT_RATIO = 0.5
"""Minimum aspect ratio after stretching: a narrower 0 would look like a 1."""


def _stretch_and_rotate(noise: Noise, drawing: IndexedPoints, hand: Hand) -> Points:
    """Stretch, slant and rotate the drawing."""
    stretch, slant, turn = noise
    width, height = drawing.points.max(0) - drawing.points.min(0)
    min_width = jnp.minimum(1.0, jnp.sqrt(MIN_ASPECT_RATIO * height / jnp.maximum(width, TINY)))
    width_scale = jnp.maximum(jnp.exp(hand.stretch * stretch / 2), min_width)
    lean = jnp.array([[width_scale, 0.0], [-hand.slant * slant, 1 / width_scale]])
    cosine, sine = jnp.cos(hand.turn * turn), jnp.sin(hand.turn * turn)
    return drawing.points @ lean @ jnp.array([[cosine, sine], [-sine, cosine]])


_SLOW = 12
"""Number of cosines in the slow deviation of the line."""

_FAST = 40
"""Number of points along the line that the fast deviation interpolates."""

_VARIATIONS = {
    _distort: 8,
    _wander: 2 * (_SLOW + _FAST + 1),
    _move_strokes: 4 * STROKES,
    _pull_ends: 8 * STROKES,
    _cut_ends: 4,
    _stretch_and_rotate: 3,
}
"""Variations in the order in which they are applied, and how many normals each uses."""


def fit_to_frame(drawing: IndexedPoints) -> Points:
    """Fit the points to the frame, in pixels, weighted by the amount of ink around them.

    The weights are those of `normalise.resample`, for points that may be unevenly spaced.
    """
    index = jnp.arange(POINTS)
    steps = _step_lengths(drawing.points)
    to_next = jnp.where(index < drawing.last, jnp.append(steps, 0.0), 0.0)
    from_last = jnp.where(index > drawing.first, jnp.insert(steps, 0, 0.0), 0.0)
    extent = (drawing.points.max(0) - drawing.points.min(0)).max()
    dot = DOT_INK * extent / (drawing.last - drawing.first + 1)
    return fit(drawing.points, (to_next + from_last) / 2 + dot + _MIN_WEIGHT)


_MIN_WEIGHT = 1e-9
"""Weight added to every point, so that a dot has a centre of mass."""
