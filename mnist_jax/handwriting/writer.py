"""Random variations of templates that imitate handwriting.

Each variation is a pure function of random noise: the proportions of the shape change, the line
wanders and trembles, strokes shift against each other, their ends are bent, extended, folded back
or cut, the drawing is stretched, slanted and rotated, and curves become straight pieces or
staircases, as from a slow mouse. The result is fitted to the frame like a user's drawing.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int, Key

from mnist_jax.handwriting.templates import MAX_STROKES, Shapes
from mnist_jax.ink.frame import PEN_RADIUS_PIXELS
from mnist_jax.ink.normalise import DOT_INK, POINTS, TINY, fit
from mnist_jax.ink.render import render

Points = Float[Array, "points 2"]
Indices = Int[Array, " points"]
Noise = Float[Array, " normals"]
"""Standard normal numbers, all generated in one call because each call takes long to compile."""


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

    proportions: float = 0.24
    """Smooth distortion of the plane: larger heads or bellies, bends, wedges."""
    wander: float = 0.05
    """Low-frequency deviation of the line; its scale varies between drawings."""
    tremor: float = 0.005
    """High-frequency deviation of the line; its scale varies between drawings."""
    stroke_shift: float = 0.06
    """Shift of a stroke relative to the others."""
    stroke_scale: float = 0.12
    """Logarithm of the scale of a stroke."""
    stroke_turn: float = 0.1
    """Rotation of a stroke relative to the others, in radians."""
    ends: float = 0.05
    """Displacement of the ends of strokes, as by a hook, a tail or an overshoot."""
    cut: float = 0.015
    """Mean fraction of a stroke that is missing at each end."""
    run_on: float = 0.2
    """Fraction of strokes' ends that are extended; as many are folded back along the line."""
    run_length: float = 0.13
    """Mean length of what is added to these ends."""
    polylines: float = 0.18
    """Fraction of drawings that consist of a few straight pieces."""
    grids: float = 0.08
    """Fraction of drawings whose points lie on a coarse grid, as from a slow mouse."""
    stretch: float = 0.26
    """Logarithm of the change of the aspect ratio."""
    slant: float = 0.24
    """Horizontal shear to the right."""
    turn: float = 0.15
    """Rotation of the drawing, in radians."""
    pen: float = 0.15
    """Logarithm of the pen radius relative to `PEN_RADIUS_PIXELS`."""

    def scaled(self, share: float) -> "Hand":
        """Return a hand with all settings multiplied by `share`."""
        return Hand(*(share * amount for amount in self))


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
    points, *indices = (jnp.asarray(array)[chosen] for array in shapes)
    templates = IndexedPoints(points, *(array.astype(int) for array in indices))
    noise = jax.random.normal(key, (len(chosen), sum(VARIATIONS.values())))
    return templates._replace(points=jax.vmap(partial(apply, VARIATIONS, hand))(noise, templates))


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


def apply(variations: "Variations", hand: Hand, noise: Noise, drawing: IndexedPoints) -> Points:
    """Return the points after all variations, each of which takes its share of the noise."""
    parts = jnp.split(noise, np.cumsum([*variations.values()])[:-1])
    for variation, part in zip(variations, parts, strict=True):
        drawing = drawing._replace(points=variation(part, drawing, hand))
    return drawing.points


def _distort(noise: Noise, drawing: IndexedPoints, hand: Hand) -> Points:
    """Distort the plane smoothly, so that connected strokes stay connected."""
    x, y = drawing.points.T
    bends = jnp.stack([x * y, x * x, y * y, y * (y * y - 0.25)], axis=1)
    amounts = jnp.array([[2.0], [1.0], [1.5], [2.0]]) * noise.reshape(4, 2)
    return drawing.points + hand.proportions * jnp.matmul(bends, amounts)


def _wander(noise: Noise, drawing: IndexedPoints, hand: Hand) -> Points:
    """Displace the line at low and high frequencies; long lines have more of the low ones."""
    slow, fast, scales = jnp.split(noise.reshape(-1, 2), [_SLOW, _SLOW + _FAST])
    slow, fast = jnp.matmul(_cosines(_SLOW), slow), jnp.matmul(_hat_functions(_FAST), fast)
    wander = hand.wander * jnp.exp(scales[0, 0] / 2)
    tremor = hand.tremor * jnp.exp(scales[0, 1] / 2)
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
    shift, scale, turn = jnp.split(noise.reshape(MAX_STROKES, 4), [2, 3], axis=1)
    size, angle = jnp.exp(hand.stroke_scale * scale), hand.stroke_turn * turn
    along, across = membership @ (size * jnp.cos(angle)), membership @ (size * jnp.sin(angle))
    offsets = drawing.points - membership @ centres
    turned = jnp.stack([-offsets[:, 1], offsets[:, 0]], axis=1)
    return membership @ (centres + hand.stroke_shift * shift) + along * offsets + across * turned


def _membership(drawing: IndexedPoints) -> Float[Array, "points strokes"]:
    """Return 1 where a point belongs to a stroke, to broadcast values per stroke to its points."""
    return (drawing.stroke[:, None] == jnp.arange(MAX_STROKES)).astype(jnp.float32)


def _displace_ends(noise: Noise, drawing: IndexedPoints, hand: Hand) -> Points:
    """Displace the ends of strokes, and the line near them less and less: hooks, tails, gaps."""
    pulls = _membership(drawing) @ noise.reshape(2, MAX_STROKES, 4)
    index = jnp.arange(POINTS)
    from_ends = jnp.stack([index - drawing.first, drawing.last - index])
    near = jnp.exp(-from_ends / jnp.exp(1.8 + 0.6 * pulls[..., 3]))
    force = hand.ends * jnp.square(pulls[..., 2]) * near
    return drawing.points + (force[..., None] * pulls[..., :2]).sum(0)


def _change_lengths(noise: Noise, drawing: IndexedPoints, hand: Hand) -> Points:
    """Cut the ends of strokes, extend them, or fold them back along the line.

    The direction at an end is that from the third point before it.
    """
    membership = _membership(drawing)
    amount, turn, kind = jnp.moveaxis(noise.reshape(2, MAX_STROKES, 3), 2, 0)
    amount, kind = jnp.square(amount), jax.scipy.stats.norm.cdf(kind)
    is_extended, is_folded = kind < hand.run_on, kind > 1 - hand.run_on
    lengths = membership.T @ jnp.append(_step_lengths(drawing.points), 0.0) + TINY
    runs = jnp.minimum(hand.run_length * amount, 0.4) / lengths
    cuts = hand.cut * amount
    extra = jnp.where(is_extended | is_folded, jnp.minimum(runs, 0.4), -jnp.minimum(cuts, 0.4))
    added_before, added_after = jnp.matmul(extra, membership.T)
    along = (jnp.arange(POINTS) - drawing.first) / jnp.maximum(drawing.last - drawing.first, 1)
    along = (1 + added_before + added_after) * along - added_before
    points = _point_at(drawing, jnp.where(along > 1, 2 - along, jnp.abs(along)))
    angles, mirrored = jnp.matmul(0.25 * turn, membership.T), jnp.matmul(is_extended, membership.T)
    ends = [(drawing.first, 3, along < 0), (drawing.last, -3, along > 1)]
    for number, (end, inwards, is_beyond) in enumerate(ends):
        inside = jnp.clip(end + inwards, drawing.first, drawing.last)
        beyond = _beyond(
            *(points, drawing.points[end], drawing.points[inside]),
            *(mirrored[number, :, None], angles[number]),
        )
        points = jnp.where(is_beyond[:, None], beyond, points)
    return points


def _beyond(
    folded: Points, end: Points, inside: Points, mirrored: Array, angle: Float[Array, " points"]
) -> Points:
    """Return the points beyond the end of a stroke, from its points before the end.

    `folded` retraces the stroke from its end. Where `mirrored` is 1, it is reflected in the normal
    of the stroke at its end, which continues the stroke with the same bend. The result is rotated
    about the end by `angle`, in radians; `inside` is a point that gives the stroke's direction.
    """
    tangent = end - inside
    tangent = tangent / (jnp.sqrt(jnp.square(tangent).sum(1, keepdims=True)) + TINY)
    offset = folded - end
    offset = offset - 2 * mirrored * (offset * tangent).sum(1, keepdims=True) * tangent
    cosine, sine = jnp.cos(angle)[:, None], jnp.sin(angle)[:, None]
    across = jnp.stack([-offset[:, 1], offset[:, 0]], axis=1)
    return end + offset * cosine + across * sine


def _point_at(drawing: IndexedPoints, along: Float[Array, " points"]) -> Points:
    """Return, for each point, the place on its stroke at the fraction `along`, 0 to 1."""
    index = drawing.first + along * (drawing.last - drawing.first)
    before = jnp.clip(jnp.floor(index).astype(int), drawing.first, drawing.last)
    after = jnp.minimum(before + 1, drawing.last)
    start = drawing.points[before]
    return start + (index - before)[:, None] * (drawing.points[after] - start)


def _straighten(noise: Noise, drawing: IndexedPoints, hand: Hand) -> Points:
    """Turn some drawings into straight pieces, some of them between the points of a coarse grid."""
    kind, pace = jax.scipy.stats.norm.cdf(noise)
    is_polyline, is_on_grid = kind < hand.polylines, kind > 1 - hand.grids
    cell = 1 / (8 * 5**pace)  # 8 to 40 cells
    cell_steps = jnp.ceil(cell * POINTS / (_step_lengths(drawing.points).sum() + TINY)).astype(int)
    straight_steps = jnp.floor(4 + 10 * pace).astype(int)
    step = jnp.where(is_polyline, straight_steps, jnp.where(is_on_grid, cell_steps, 1))
    index = jnp.arange(POINTS)
    before = drawing.first + (index - drawing.first) // step * step
    after = jnp.minimum(before + step, drawing.last)
    points = jnp.where(is_on_grid, jnp.round(drawing.points / cell) * cell, drawing.points)
    fraction = (index - before) / jnp.maximum(after - before, 1)
    return points[before] + fraction[:, None] * (points[after] - points[before])


def _stretch_and_rotate(noise: Noise, drawing: IndexedPoints, hand: Hand) -> Points:
    """Stretch, slant and rotate the drawing."""
    stretch, slant, turn = noise
    width, height = drawing.points.max(0) - drawing.points.min(0)
    # not narrower than half the height, or a 0 would look like a 1
    min_width = jnp.minimum(1.0, jnp.sqrt(0.5 * height / jnp.maximum(width, TINY)))
    width_scale = jnp.maximum(jnp.exp(hand.stretch * stretch / 2), min_width)
    lean = jnp.array([[width_scale, 0.0], [-hand.slant * slant, 1 / width_scale]])
    cosine, sine = jnp.cos(hand.turn * turn), jnp.sin(hand.turn * turn)
    return drawing.points @ lean @ jnp.array([[cosine, sine], [-sine, cosine]])


_SLOW = 12
"""Number of cosines in the low-frequency deviation of the line."""

_FAST = 40
"""Number of points between which the high-frequency deviation is interpolated."""

Variations = dict[Callable[[Noise, IndexedPoints, Hand], Points], int]
"""Variations in the order in which they are applied, and how many normals each uses."""

VARIATIONS: Variations = {
    _distort: 8,
    _wander: 2 * (_SLOW + _FAST + 1),
    _move_strokes: 4 * MAX_STROKES,
    _displace_ends: 8 * MAX_STROKES,
    _change_lengths: 6 * MAX_STROKES,
    _stretch_and_rotate: 3,
    _straighten: 2,
}

SHAPE_VARIATIONS: Variations = {_distort: 8, _stretch_and_rotate: 3}
"""The variations that need not know where strokes begin and end; they compile fast."""


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
    return fit(
        drawing.points, (to_next + from_last) / 2 + dot + 1e-9
    )  # so that a dot has weights, too
