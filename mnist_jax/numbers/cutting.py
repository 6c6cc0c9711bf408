"""Cut ink that joins two digits along a vertical line, where it is crossed least."""

import math
from itertools import pairwise

import numpy as np

from mnist_jax.ink.strokes import Drawing

COLUMNS = 48
"""Vertical lines that are tried for a cut."""

MARGIN = 0.12
"""Least distance of a cut from the ends of the ink, in heights of the number."""

MOST_CROSSED = 2
"""Most times that a cut crosses the ink."""

MAX_CUTS = 6


def cut_places(ink: Drawing, height: float) -> list[float]:
    """Return the x of up to `MAX_CUTS` cuts from left to right: where few lines are crossed.

    A wide place, such as the line between two joined digits, is cut at both ends and its middle.
    """
    xs = np.concatenate([stroke[:, 0] for stroke in ink])
    columns = np.linspace(xs.min() + MARGIN * height, xs.max() - MARGIN * height, COLUMNS)
    if columns[0] >= columns[-1]:
        return []
    crossings = [np.diff(stroke[:, :1] > columns, axis=0).sum(axis=0) for stroke in ink]
    crossed = np.sum(crossings, axis=0)
    changes = np.flatnonzero(np.diff(crossed)) + 1
    runs = [*pairwise([0, *changes.tolist(), COLUMNS])]
    counts = [math.inf, *(crossed[first] for first, _ in runs), math.inf]
    lowest = [
        run
        for run, before, here, after in zip(runs, counts, counts[1:], counts[2:], strict=False)
        if here <= MOST_CROSSED and here < min(before, after)
    ]
    ranked = sorted(lowest, key=lambda run: (crossed[run[0]], run[0] - run[1]))
    step = columns[1] - columns[0]
    margin = round(MARGIN * height / step)
    places = [
        place
        for first, end in ranked
        for place in _in_run(first, end, margin if crossed[first] else COLUMNS)
    ]
    return sorted(float(columns[place]) for place in places[:MAX_CUTS])


def _in_run(first: int, end: int, margin: int) -> list[int]:
    """Return the columns at which a run of columns is cut: the middle, and away from its ends."""
    middle = (first + end - 1) // 2
    ends = (first + margin, end - 1 - margin)
    return [middle, *(place for place in ends if first < place < end and place != middle)]


def clip(ink: Drawing, left: float, right: float) -> Drawing:
    """Return the parts of the strokes between two vertical lines, with points on the lines."""
    if (left, right) == (-math.inf, math.inf):
        return ink
    return tuple(part for stroke in ink for part in _clip_stroke(stroke, left, right))


def _clip_stroke(stroke: np.ndarray, left: float, right: float) -> list[np.ndarray]:
    for line in (left, right):
        stroke = _with_crossings(stroke, line)
    inside = (stroke[:, 0] >= left) & (stroke[:, 0] <= right)
    parts = np.split(stroke, np.flatnonzero(np.diff(inside)) + 1)
    return [part for part in parts if left <= part[0, 0] <= right]


def _with_crossings(stroke: np.ndarray, line: float) -> np.ndarray:
    """Return the stroke with a point wherever it crosses the vertical line."""
    if not np.isfinite(line):
        return stroke
    before, after = stroke[:-1], stroke[1:]
    crossing = np.flatnonzero((before[:, 0] < line) != (after[:, 0] < line))
    start, step = before[crossing], after[crossing] - before[crossing]
    points = start + step * ((line - start[:, :1]) / step[:, :1])
    points[:, 0] = line
    return np.insert(stroke, crossing + 1, points, axis=0)
