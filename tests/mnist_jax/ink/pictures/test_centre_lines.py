"""Ink thinned to the lines that the pen took."""

import time
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageDraw

from mnist_jax.ink.pictures.centre_lines import centre_lines
from mnist_jax.ink.strokes import Drawing


def drawn(width: int, *lines: list[tuple[float, float]]) -> np.ndarray:
    """Return a mask with lines of that width, with round ends."""
    image = Image.new("L", (200, 160))
    draw = ImageDraw.Draw(image)
    for line in lines:
        draw.line(line, fill=1, width=width, joint="curve")
        for x, y in line:
            radius = (width - 1) / 2
            draw.ellipse([(x - radius, y - radius), (x + radius, y + radius)], fill=1)
    return np.asarray(image) > 0


def farthest(strokes: Drawing, others: Drawing) -> float:
    """Return the largest distance of a point of the strokes to the others, and vice versa."""
    one, other = np.concatenate(strokes), np.concatenate(others)
    apart = np.hypot(*(one[:, None] - other[None]).transpose(2, 0, 1))
    return float(max(apart.min(0).max(), apart.min(1).max()))


def dense(*lines: list[tuple[float, float]]) -> Drawing:
    """Return the lines with many points."""
    steps = np.linspace(0, 1, 200)[:, None]
    return tuple(
        np.concatenate([a + (b - a) * steps for a, b in pairwise(line)])
        for line in map(np.array, lines)
    )


@pytest.mark.parametrize("width", [1, 3, 8, 17])
def test_the_centre_of_a_line_is_where_the_pen_went(width: int) -> None:
    line = [(30.0, 30.0), (150.0, 40.0), (120.0, 130.0)]
    (stroke,) = centre_lines(drawn(width, line))
    assert farthest((stroke,), dense(line)) < 1.5 + width / 4


def test_a_crossing_has_four_branches_that_meet() -> None:
    lines = [[(20.0, 80.0), (180.0, 80.0)], [(100.0, 20.0), (100.0, 140.0)]]
    strokes = centre_lines(drawn(7, *lines))
    assert len(strokes) == 4
    ends = np.concatenate([stroke[[0, -1]] for stroke in strokes])
    assert (np.hypot(*(ends - (100, 80)).T) < 2).sum() == 4
    assert farthest(strokes, dense(*lines)) < 3


def test_a_ring_is_one_closed_stroke() -> None:
    image = Image.new("L", (100, 100))
    ImageDraw.Draw(image).ellipse([(20, 20), (80, 80)], outline=1, width=5)
    (stroke,) = centre_lines(np.asarray(image) > 0)
    radius = np.hypot(*(stroke - 50).T)
    assert np.abs(radius - 28).max() < 1.5
    assert np.hypot(*(stroke[0] - stroke[-1])) < 2


def test_the_outline_of_thick_ragged_ink_adds_no_branches() -> None:
    rng = np.random.default_rng(0)
    mask = drawn(15, [(20, 80), (180, 80)])
    ragged = mask.copy()
    ys, xs = np.nonzero(mask & ~np.roll(mask, 1, axis=0))
    bumps = rng.uniform(size=len(ys)) < 0.3
    ragged[ys[bumps] - 1, xs[bumps]] = True
    assert len(centre_lines(ragged)) == 1


@pytest.mark.parametrize("side", [1, 2, 5, 9])
def test_a_dot_stays(side: int) -> None:
    mask = np.zeros((20, 20), dtype=bool)
    mask[5 : 5 + side, 5 : 5 + side] = True
    points = np.concatenate(centre_lines(mask))
    assert np.abs(points.mean(axis=0) - (5 + (side - 1) / 2)).max() <= 1
    branching = np.array([[1, 0, 1, 1], [0, 1, 1, 1], [0, 1, 1, 0], [1, 0, 1, 1]], dtype=bool)
    (stroke,) = centre_lines(branching)  # it has no branches
    assert np.abs(stroke - 1.5).max() <= 1


def test_random_masks_have_centre_lines_inside() -> None:
    rng = np.random.default_rng(1)
    for density in (0.02, 0.2, 0.5, 0.8, 1.0):
        mask = rng.uniform(size=(40, 50)) < density
        points = np.concatenate(centre_lines(mask))
        assert np.isfinite(points).all()
        assert points.min() >= 0
        assert (points.max(axis=0) <= (49, 39)).all()


def test_the_time_is_proportional_to_the_length_of_a_line() -> None:
    turn = np.linspace(0, 60, 3000)
    places = zip(250 + 4 * turn * np.cos(turn), 250 + 4 * turn * np.sin(turn), strict=True)
    image = Image.new("L", (500, 500))
    ImageDraw.Draw(image).line([*places], fill=1, width=3)
    began = time.perf_counter()
    assert sum(map(len, centre_lines(np.asarray(image) > 0))) > 5000
    assert time.perf_counter() - began < 1.5  # about 0.05
