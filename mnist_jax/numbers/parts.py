"""The parts of a number: pieces of ink that stay together, and what is left when one is cut."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from mnist_jax.ink.strokes import Drawing
from mnist_jax.numbers.cutting import clip, cut_places
from mnist_jax.numbers.layout import boxes, height, order

MAX_PARTS = 32
"""The closest pieces are merged until there are at most this many parts."""

WIDE = 0.5
"""Least width of ink that is cut, in heights of the number."""


class Part(NamedTuple):
    """Pieces that stay together, or what is between two vertical lines of them."""

    pieces: tuple[int, ...]
    left: float = -math.inf
    right: float = math.inf


def merged(pieces: Sequence[Drawing]) -> list[Part]:
    """Return the parts from left to right; beyond `MAX_PARTS`, the closest pieces are merged."""
    left, _, right, _ = boxes(pieces)
    ordered = order(pieces)
    steps = np.diff((left + right)[ordered])
    boundaries = np.sort(np.argsort(-steps, kind="stable")[: MAX_PARTS - 1]) + 1
    return [Part(tuple(group.tolist())) for group in np.split(np.array(ordered), boundaries)]


def cut(pieces: Sequence[Drawing], parts: Sequence[Part], certain: set[int]) -> list[Part]:
    """Return the parts from left to right; wide ones that are not `certain` are cut where they may.

    `certain` are the pieces that certainly belong to one digit.
    """
    inks = [ink_of(pieces, [part]) for part in parts]
    unit = height(inks)
    found = []
    for part, ink in zip(parts, inks, strict=True):
        wide = np.ptp(np.concatenate(ink)[:, 0]) >= WIDE * unit
        single = len(part.pieces) == 1 and part.pieces[0] not in certain
        places = cut_places(ink, unit) if wide and single else []
        lines = pairwise([-math.inf, *places, math.inf])
        found += [Part(part.pieces, left, right) for left, right in lines]
    return [found[index] for index in order([ink_of(pieces, [part]) for part in found])]


def ink_of(pieces: Sequence[Drawing], parts: Sequence[Part]) -> Drawing:
    """Return the ink of the parts; parts of the same pieces become one again."""
    limits: dict[tuple[int, ...], tuple[float, float]] = {}
    for part in parts:
        left, right = limits.get(part.pieces, (math.inf, -math.inf))
        limits[part.pieces] = min(left, part.left), max(right, part.right)
    return tuple(
        stroke
        for together, (left, right) in limits.items()
        for piece in together
        for stroke in clip(pieces[piece], left, right)
    )
