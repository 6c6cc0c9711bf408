"""Kinds of hands that readers of digits often fail on, drawn here without the package's templates.

Each kind varies continuously, and the shipped network has to read nearly all of it.
"""

from collections.abc import Callable

import numpy as np
import pytest

from mnist_jax.evaluation.metrics import read_all
from mnist_jax.ink.strokes import Drawing, LabelledDrawing
from mnist_jax.model import MLP

COUNT = 40

PLAIN = {
    "0": [[(40, 2), (15, 15), (8, 50), (18, 85), (42, 98), (65, 85), (74, 50), (66, 15), (42, 2)]],
    "1": [[(20, 22), (48, 0), (48, 100)]],
    "2": [[(10, 25), (25, 5), (55, 2), (75, 20), (68, 45), (8, 98), (85, 98)]],
    "3": [
        [(10, 10), (45, 0), (72, 18), (60, 42), (35, 48), (70, 58), (80, 80), (50, 100), (8, 90)]
    ],
    "4": [[(45, 0), (5, 65), (90, 65)], [(65, 30), (63, 100)]],
    "5": [[(80, 0), (20, 0), (16, 42), (55, 36), (82, 60), (70, 92), (35, 100), (5, 90)]],
    "6": [[(65, 0), (30, 25), (12, 65), (30, 98), (65, 95), (75, 70), (50, 55), (16, 72)]],
    "7": [[(8, 2), (85, 2), (35, 100)]],
    "8": [
        [(72, 14), (45, 0), (22, 18), (45, 44), (76, 72), (50, 100), (20, 76), (50, 46), (72, 14)]
    ],
    "9": [[(75, 20), (50, 0), (20, 18), (40, 45), (75, 20), (70, 100)]],
}
"""Corners of plain digits, as strokes of `(x, y)`."""


def ring(rng: np.random.Generator, turns: float) -> np.ndarray:
    """A ring that starts near its top and goes round so many times, drifting a little."""
    angle = rng.normal(0, 0.3) - np.linspace(0, 2 * np.pi * turns, 60)
    width, height = np.exp(rng.normal(0, 0.12, 2)) * (35, 45)
    drift = np.linspace(0, rng.uniform(-8, 4), 60)
    return np.stack([np.sin(angle) * (width + drift), -np.cos(angle) * (height + drift)], axis=1)


def overlapping_zeros(rng: np.random.Generator) -> Drawing:
    """Zeros whose end runs past the start."""
    return (ring(rng, rng.uniform(1.0, 1.3)),)


def lying_zeros(rng: np.random.Generator) -> Drawing:
    """Zeros that are wider than tall."""
    return (ring(rng, 1.02) * (rng.uniform(1.4, 2.2), rng.uniform(0.6, 1.0)),)


def slashed_zeros(rng: np.random.Generator) -> Drawing:
    """Zeros with a slash up to nearly twice as long as the ring, upright or slanted."""
    angle, reach = rng.uniform(np.radians(40), np.radians(95)), rng.uniform(45, 80)
    slash = np.array([[1, -1], [-1, 1]]) * reach * (np.cos(angle), np.sin(angle))
    strokes = (ring(rng, 1.02), slash)
    return strokes if rng.random() < 0.5 else strokes[::-1]


def hooked_ones(rng: np.random.Generator) -> Drawing:
    """Ones with a tick back up at the foot."""
    tick = rng.uniform(5, 35)
    tip = (rng.normal(0, 4), 0)
    hook = (rng.choice([-1, 1]) * tick * rng.uniform(0.1, 0.6), 100 - tick)
    flag = (tip[0] - rng.uniform(8, 25), rng.uniform(10, 35))
    return (np.array([flag, tip, (rng.normal(0, 4), 100), hook]),)


def open_fours(rng: np.random.Generator) -> Drawing:
    """Open fours with a bar that just reaches the stem or stops before it."""
    corner = rng.uniform(45, 62)
    stem = rng.uniform(45, 60)
    left = [(rng.uniform(5, 20), 0), (0, corner), (stem + rng.uniform(-10, 15), corner - 2)]
    return (np.array(left), np.array([(stem + 4, rng.uniform(2, 25)), (stem, 100)]))


def roofed_fives(rng: np.random.Generator) -> Drawing:
    """Fives with the roof apart, drawn first or last."""
    body = np.array(PLAIN["5"][0][1:], float)
    left = np.array([body[0, 0] + rng.uniform(2, 16), rng.uniform(-12, 4)])
    roof = np.array([left, left + np.array([rng.uniform(40, 65), rng.uniform(-10, 4)])])
    return (body, roof) if rng.random() < 0.5 else (roof, body)


def two_stroke_eights(rng: np.random.Generator) -> Drawing:
    """Eights of two rings."""
    head = ring(rng, 1.03) * 0.5 + (0, -46 + rng.uniform(-2, 4))
    return (head, ring(rng, 1.03) * 0.62)


HANDS: dict[str, Callable[[np.random.Generator], Drawing]] = {
    "0 overlapping": overlapping_zeros,
    "0 lying": lying_zeros,
    "0 slashed": slashed_zeros,
    "1 hooked": hooked_ones,
    "4 open": open_fours,
    "5 roofed": roofed_fives,
    "8 of two strokes": two_stroke_eights,
}


@pytest.mark.parametrize("kind", HANDS)
def test_a_kind_of_hand_is_read(shipped: MLP, kind: str) -> None:
    """Nearly all are read right, and taken for digits."""
    rng = np.random.default_rng(0)
    seen = read_all(shipped, [LabelledDrawing(kind[0], HANDS[kind](rng)) for _ in range(COUNT)])
    assert seen.right.mean() >= 0.95
    assert seen.accepted.mean() >= 0.95


@pytest.mark.parametrize("cells", [8, 12, 20, 40])
def test_digits_from_a_coarse_grid_are_read(shipped: MLP, cells: int) -> None:
    """Staircases, as a slow mouse or a small touch screen leaves them."""
    rng = np.random.default_rng(0)
    drawings = [LabelledDrawing(word, staircase(word, cells, rng)) for word in [*PLAIN] * 8]
    seen = read_all(shipped, drawings)
    assert seen.right.mean() >= 0.95
    assert seen.accepted.mean() >= (0.95 if cells > 8 else 0.85)  # octagons may be signs, too


def staircase(word: str, cells: int, rng: np.random.Generator) -> Drawing:
    """A plain digit, slanted and stretched a little, with its points on a coarse grid."""
    lean = np.array([[np.exp(rng.normal(0, 0.1)), 0], [rng.normal(0, 0.1), 1]])
    strokes = []
    for corners in PLAIN[word]:
        line = np.array(corners, float) @ lean
        at = np.linspace(0, len(line) - 1, 120)
        fine = np.stack([np.interp(at, np.arange(len(line)), axis) for axis in line.T], axis=1)
        grid = np.round(fine / 100 * cells)
        moved = np.append(True, (np.diff(grid, axis=0) != 0).any(axis=1))
        strokes.append(grid[moved])
    return tuple(strokes)
