"""A hand: it writes a template's shape anew each time, as people, pens and mice do.

Every drawing goes through the same steps, all pure functions of a key: the shape's proportions
change, its line wanders and trembles, its strokes shift against each other, their ends hook, run
on or stop short, a slow mouse cuts the curves to straight pieces, and the whole is stretched,
slanted and turned. What comes out is fitted to MNIST's frame as a user's drawing is.
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
"""Independent standard normals, drawn all at once: each call of a generator compiles slowly."""


class Line(NamedTuple):
    """One drawing: its points, and for each its stroke and that stroke's first and last index."""

    points: Points
    stroke: Indices
    first: Indices
    last: Indices


class Hand(NamedTuple):
    """How far a hand strays from the template; lengths in units of the shape's longer side.

    Each is a standard deviation unless said otherwise.
    """

    proportions: float = 0.16
    """Change of slope and curvature across the shape: head against belly, bends, wedges."""
    wander: float = 0.03
    """Slow straying of the line from its way; single drawings up to several times as much."""
    tremor: float = 0.003
    """Fast straying of the line; single drawings up to several times as much."""
    stroke_shift: float = 0.03
    """Shift of a stroke against the others."""
    stroke_scale: float = 0.08
    """Logarithm of a stroke's change of size."""
    stroke_turn: float = 0.06
    """Turn of a stroke against the others, in radians."""
    ends: float = 0.03
    """How far a stroke's end is pulled aside, as by a hook, a tail or an overshoot."""
    cut: float = 0.015
    """Mean share of a stroke missing at each end."""
    polylines: float = 0.2
    """Share of drawings made of few straight pieces."""
    stretch: float = 0.22
    """Logarithm of the change of width over height."""
    slant: float = 0.2
    """Rightward lean, as width over height."""
    turn: float = 0.13
    """Turn of the whole, in radians."""
    pen: float = 0.15
    """Logarithm of the pen's radius over `PEN_RADIUS_PIXELS`."""


DEFAULT = Hand()


def choose(
    key: Key[Array, ""], shares: Float[np.ndarray, " shapes"], count: int
) -> Int[Array, " count"]:
    """Indices of shapes, each as often as its share says."""
    ladder = np.cumsum(shares / shares.sum())[:-1].astype(np.float32)
    return jnp.searchsorted(ladder, jax.random.uniform(key, (count,)), side="right")


@jax.jit
def write(
    key: Key[Array, ""], shapes: Shapes, chosen: Int[Array, " count"], hand: Hand = DEFAULT
) -> Float[Array, "count points 2"]:
    """The chosen shapes written by hand, normalised to MNIST's frame, in pixels."""
    return jax.vmap(fitted)(lines(key, shapes, chosen, hand))


def lines(key: Key[Array, ""], shapes: Shapes, chosen: Int[Array, " count"], hand: Hand) -> Line:
    """The chosen shapes written by hand, a batch in one `Line`, their longer sides about 1."""
    clean = Line(*(jnp.asarray(array)[chosen] for array in shapes))
    noise = jax.random.normal(key, (len(chosen), sum(_STEPS.values())))
    return clean._replace(points=jax.vmap(partial(_written, hand=hand))(noise, clean))


def line(points: Points, stroke: Indices) -> Line:
    """A drawing of which only the points and their strokes, in rising order, are known."""
    first = jnp.searchsorted(stroke, stroke, side="left")
    return Line(points, stroke, first, jnp.searchsorted(stroke, stroke, side="right") - 1)


@jax.jit
def inked(
    key: Key[Array, ""], points: Float[Array, "count points 2"], hand: Hand = DEFAULT
) -> Float[Array, "count 28 28"]:
    """Normalised drawings as images, each with a pen of its own width."""
    widths = jnp.exp(hand.pen * jax.random.normal(key, (len(points),)))
    return jax.vmap(render)(points, PEN_RADIUS_PIXELS * widths)


def _written(noise: Noise, line: Line, hand: Hand) -> Points:
    parts = jnp.split(noise, np.cumsum([*_STEPS.values()])[:-1])
    for step, part in zip(_STEPS, parts, strict=True):
        line = line._replace(points=step(part, line, hand))
    return line.points


def _reproportioned(noise: Noise, line: Line, hand: Hand) -> Points:
    """The plane of the drawing bent: what meets still meets."""
    x, y = line.points.T
    bends = jnp.stack([x * y, x * x, y * y, y * (y * y - 0.25)], axis=1)
    amounts = jnp.array([[2.0], [1.0], [1.5], [2.0]]) * noise.reshape(4, 2)
    return line.points + hand.proportions * jnp.matmul(bends, amounts)


def _wandering(noise: Noise, line: Line, hand: Hand) -> Points:
    """The line strays from its way, slowly and fast; long lines stray further than short."""
    slow, fast, moods = jnp.split(noise.reshape(-1, 2), [_SLOW, _SLOW + _FAST])
    slowly, quickly = jnp.matmul(_waves(_SLOW), slow), jnp.matmul(_hats(_FAST), fast)
    wander, tremor = hand.wander * jnp.exp(moods[0, 0] / 2), hand.tremor * jnp.exp(moods[0, 1] / 2)
    reach = jnp.minimum(1.0, _steps(line.points).sum() / 4)
    return line.points + reach * wander * slowly + tremor * quickly


def _waves(count: int) -> Float[np.ndarray, "points waves"]:
    """Cosines of 1 to `count` half periods along the drawing, the slower the larger."""
    order = np.arange(1, count + 1)
    along = (np.arange(POINTS) + 0.5)[:, None] / POINTS
    return np.asarray(np.sqrt(2) * np.cos(np.pi * order * along) / order**1.2, np.float32)


def _hats(count: int) -> Float[np.ndarray, "points hats"]:
    """Straight interpolation between `count` points along the drawing."""
    at = np.linspace(0, count - 1, POINTS)[:, None]
    return np.asarray(np.maximum(0, 1 - np.abs(at - np.arange(count))), np.float32)


def _steps(points: Points) -> Float[Array, " steps"]:
    return jnp.sqrt(jnp.square(points[1:] - points[:-1]).sum(1))


def _strokes_apart(noise: Noise, line: Line, hand: Hand) -> Points:
    """Each stroke shifted, scaled and turned about its own middle."""
    mine = _membership(line)
    middles = mine.T @ line.points / jnp.maximum(mine.sum(0), 1.0)[:, None]
    shift, scale, turn = jnp.split(noise.reshape(STROKES, 4), [2, 3], axis=1)
    size, angle = jnp.exp(hand.stroke_scale * scale), hand.stroke_turn * turn
    along, across = mine @ (size * jnp.cos(angle)), mine @ (size * jnp.sin(angle))
    arm = line.points - mine @ middles
    turned = jnp.stack([-arm[:, 1], arm[:, 0]], axis=1)
    return mine @ (middles + hand.stroke_shift * shift) + along * arm + across * turned


def _membership(line: Line) -> Float[Array, "points strokes"]:
    """1 where a point belongs to a stroke: spreads what is drawn by stroke over its points."""
    return (line.stroke[:, None] == jnp.arange(STROKES)).astype(jnp.float32)


def _ends_astray(noise: Noise, line: Line, hand: Hand) -> Points:
    """The ends of strokes pulled aside, the line near them following: hooks, tails, gaps."""
    pulls = _membership(line) @ noise.reshape(2, STROKES, 4)
    index = jnp.arange(POINTS)
    from_ends = jnp.stack([index - line.first, line.last - index])
    near = jnp.exp(-from_ends / jnp.exp(1.8 + 0.6 * pulls[..., 3]))
    force = hand.ends * jnp.square(pulls[..., 2]) * near
    return line.points + (force[..., None] * pulls[..., :2]).sum(0)


def _retraced(noise: Noise, line: Line, hand: Hand) -> Points:
    """Strokes cut short at their ends, and in some drawings straight from knot to knot."""
    span = line.last - line.first
    kept = 1 - jnp.minimum(hand.cut * jnp.square(noise[:2]), 0.4)
    start = line.last - jnp.round(span * kept[0]).astype(int)
    end = line.first + jnp.round(span * kept[1]).astype(int)
    coarse, pace = jax.scipy.stats.norm.cdf(noise[2:])
    step = jnp.where(coarse < hand.polylines, jnp.floor(4 + 10 * pace).astype(int), 1)
    along = (end - start) * (jnp.arange(POINTS) - line.first) / jnp.maximum(span, 1)
    before = jnp.minimum(start + jnp.floor(along / step).astype(int) * step, end)
    after = jnp.minimum(before + step, end)
    share = (along + start - before) / jnp.maximum(after - before, 1)
    return line.points[before] + share[:, None] * (line.points[after] - line.points[before])


NARROWEST = 0.5
"""Width over height to which a shape may be squeezed: a 0 narrower than that fills up as a 1."""


def _posed(noise: Noise, line: Line, hand: Hand) -> Points:
    """The whole stretched, slanted and turned."""
    stretch, slant, turn = noise
    width, height = line.points.max(0) - line.points.min(0)
    narrowest = jnp.minimum(1.0, jnp.sqrt(NARROWEST * height / jnp.maximum(width, TINY)))
    wider = jnp.maximum(jnp.exp(hand.stretch * stretch / 2), narrowest)
    lean = jnp.array([[wider, 0.0], [-hand.slant * slant, 1 / wider]])
    cosine, sine = jnp.cos(hand.turn * turn), jnp.sin(hand.turn * turn)
    return line.points @ lean @ jnp.array([[cosine, sine], [-sine, cosine]])


_SLOW = 12
"""Waves of the line's slow straying."""

_FAST = 40
"""Places along the line between which its tremor is straight."""

_STEPS = {
    _reproportioned: 8,
    _wandering: 2 * (_SLOW + _FAST + 1),
    _strokes_apart: 4 * STROKES,
    _ends_astray: 8 * STROKES,
    _retraced: 4,
    _posed: 3,
}
"""What happens to a line, in this order, and how many normals each step takes."""


def fitted(line: Line) -> Points:
    """The points in MNIST's frame, each weighing as the ink that it stands for.

    The weights are those of `drawing.resample`, for points that need not lie evenly.
    """
    index = jnp.arange(POINTS)
    steps = _steps(line.points)
    to_next = jnp.where(index < line.last, jnp.append(steps, 0.0), 0.0)
    from_last = jnp.where(index > line.first, jnp.insert(steps, 0, 0.0), 0.0)
    extent = (line.points.max(0) - line.points.min(0)).max()
    dot = DOT_INK * extent / (line.last - line.first + 1)
    return fit(line.points, (to_next + from_last) / 2 + dot + _LEAST_WEIGHT)


_LEAST_WEIGHT = 1e-9
"""Of a point: a drawing without extent has a centre too."""
