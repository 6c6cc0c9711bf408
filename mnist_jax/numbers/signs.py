"""Find what may be a sign of a number: a minus before it, a decimal point or comma in it.

A sign is told by its size and its place beside the digits next to it: a point is on their base
line, a comma reaches below it, a minus is level and at half their height. Ink that lies otherwise,
such as a dot above a digit, is none, and neither is ink that touches a digit; `strays` finds some.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from mnist_jax.ink.strokes import Drawing
from mnist_jax.numbers.layout import Layout, boxes, distance
from mnist_jax.numbers.paths import Span

TALL = 0.45
"""Least height of the largest part of a digit, in heights of the number."""

NEAR = 0.1
"""Parts of a digit are at most this far from its largest one, in heights of the number."""

SHORTEST_COMMA, LONGEST_COMMA, WIDEST_COMMA, WIDEST_POINT = 0.13, 0.55, 0.4, 0.2
"""Sizes of marks, in heights of the digits beside them; a lower mark is a point."""

HIGHEST_COMMA, LOWEST_COMMA, LEAST_BELOW = 0.15, -0.15, 0.05
"""A comma begins between the first two above the base line, and reaches below it by the last."""

SHORTEST_MINUS, LONGEST_MINUS, STEEPEST_MINUS = 0.15, 0.75, 0.4
"""Widths in heights of the number, and the greatest ratio of height to width."""

MARK_LOG_RATIO, MINUS_LOG_RATIO = 2.0, 3.0
"""Logarithm of how much likelier a sign is than a digit, where it is in its place."""

POINT_DEVIATION, COMMA_DEVIATION, LEVEL_DEVIATION, TOUCHING_DEVIATION = 0.1, 0.06, 0.17, 0.03
"""How far a point is from the base line, a comma from its range, a minus from half height, and how
much closer than `CLEAR` a sign is to the ink beside it."""

UNDER_DEVIATION = 0.04
"""How far a mark is under the digit after it, in heights of the number: where a pen bounces at the
foot of a slanted 1, it leaves a dot there."""

CLEAR = 0.08
"""Least horizontal distance of a sign from ink at its height, in heights of the number."""


LARGEST_STRAY, LONGEST_BAR, FLAT, APART = 0.25, 0.8, 0.15, 0.15
"""Ink beside a digit is no part of it if it is small, or flat and longer than any bar of a digit,
and at least the last away from it, all in heights of the number."""


class Sign(NamedTuple):
    """A part that may be a sign."""

    span: Span
    text: str
    """One of "-", "." and ","."""
    log_ratio: float
    """Logarithm of how much likelier it is a sign than a digit, by its place."""


def find_signs(layout: Layout) -> list[Sign]:
    """Return the parts that may be signs, from left to right."""
    tall = layout.bottom - layout.top >= TALL
    cut = np.concatenate([[0], layout.joined]) + np.concatenate([layout.joined, [0]]) > 0
    found = []
    for part in np.flatnonzero(~tall & ~cut).tolist():
        before = np.flatnonzero(tall[:part]).tolist()
        after = (part + 1 + np.flatnonzero(tall[part + 1 :])).tolist()
        if len(before) and len(after):
            sides = [_extent(layout, beside, part) for beside in (before[-1], after[0])]
            likely = _mark(layout, part, *np.mean(sides, axis=0).tolist())
            under = max(0.0, float(layout.right[part] - layout.left[after[0]]))
        elif len(after) and part == 0:
            likely, under = _minus(layout, part, *_extent(layout, after[0], part)), 0.0
        else:
            continue
        if likely:
            text, best, off = likely
            clearance = float(layout.clearances[max(part - 1, 0) : part + 1].min())
            touching = max(0.0, CLEAR - clearance) / TOUCHING_DEVIATION
            squares = off**2 + touching**2 + (under / UNDER_DEVIATION) ** 2
            ratio = best - squares / 2
            found.append(Sign(Span(part, part + 1, digits=0), text, ratio))
    return found


def _extent(layout: Layout, largest: int, sign: int) -> tuple[float, float]:
    """Return the top and the bottom of the digit with this part."""
    within = layout.left <= layout.right[largest] + NEAR
    within &= layout.right >= layout.left[largest] - NEAR
    within[sign] = False
    return float(layout.top[within].min()), float(layout.bottom[within].max())


def _mark(layout: Layout, part: int, line: float, base: float) -> tuple[str, float, float] | None:
    """Return which mark a part between the lines of digits may be, and how far it is off."""
    unit = base - line
    width = float(layout.right[part] - layout.left[part]) / unit
    above = (base - float(layout.top[part])) / unit
    below = (float(layout.bottom[part]) - base) / unit
    height = above + below
    if height < SHORTEST_COMMA:
        fits, text, off = width <= WIDEST_POINT, ".", (above - below) / 2 / POINT_DEVIATION
    else:
        fits = height <= LONGEST_COMMA and width <= min(WIDEST_COMMA, 1.2 * height)
        text = ","
        outside = max(above - HIGHEST_COMMA, LOWEST_COMMA - above, LEAST_BELOW - below, 0.0)
        off = outside / COMMA_DEVIATION
    return (text, MARK_LOG_RATIO, off) if fits else None


def _minus(layout: Layout, part: int, line: float, base: float) -> tuple[str, float, float] | None:
    """Return a minus if a part before the lines of a digit may be one, and how far it is off."""
    left, top, right, bottom = (float(side[part]) for side in layout[:4])
    fits = SHORTEST_MINUS <= right - left <= LONGEST_MINUS
    if not fits or bottom - top > STEEPEST_MINUS * (right - left):
        return None
    off = (base - (top + bottom) / 2) / (base - line) - 0.5
    return "-", MINUS_LOG_RATIO, off / LEVEL_DEVIATION


def strays(inks: Sequence[Drawing], unit: float) -> list[int]:
    """Return which inks of a digit are small and apart from its others, so no part of it.

    `unit` is the height of the number.
    """
    left, top, right, bottom = boxes(inks) / unit
    width, height = right - left, bottom - top
    small = np.maximum(width, height) <= LARGEST_STRAY
    small |= (width > LONGEST_BAR) & (height < FLAT)
    if len(inks) == 1 or small.all() or not small.any():
        return []
    return [
        index
        for index in np.flatnonzero(small).tolist()
        if all(
            distance(inks[index], other, unit) > APART
            for place, other in enumerate(inks)
            if place != index
        )
    ]
