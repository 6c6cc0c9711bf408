"""The parts of a number: pieces of ink that stay together, and what is left when one is cut."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from mnist_jax.ink.strokes import Drawing
from mnist_jax.numbers.cutting import clip, cut_places
from mnist_jax.numbers.layout import boxes, height
from mnist_jax.numbers.ligatures import divided

MAX_PARTS = 32
"""The closest pieces are merged until there are at most this many parts."""

WIDE = 0.5
"""Least width of ink that is cut, in heights of the number."""


class Part(NamedTuple):
    """Pieces that stay together, or a part of one."""

    pieces: tuple[int, ...]
    ink: Drawing
    ligature: float = -math.inf
    """Log-odds that it only joins two digits and belongs to none."""


def merged(pieces: Sequence[Drawing]) -> list[Part]:
    """Return the parts from left to right; beyond `MAX_PARTS`, the closest pieces are merged."""
    left, _, right, _ = boxes(pieces)
    ordered = np.argsort(left + right, kind="stable")
    steps = np.diff((left + right)[ordered])
    boundaries = np.sort(np.argsort(-steps, kind="stable")[: MAX_PARTS - 1]) + 1
    return [together(pieces, group.tolist()) for group in np.split(ordered, boundaries)]


def together(pieces: Sequence[Drawing], group: Iterable[int]) -> Part:
    """Return the part that consists of these pieces."""
    group = tuple(group)
    return Part(group, tuple(stroke for piece in group for stroke in pieces[piece]))


def cut(parts: Sequence[Part], certain: set[int]) -> list[Part]:
    """Return the parts from left to right; wide ones are cut where they may be.

    A stroke is cut at its ligatures, other ink along vertical lines, unless it is `certain`: pieces
    that certainly belong to one digit.
    """
    unit = height([part.ink for part in parts])
    found = []
    for part in parts:
        wide = np.ptp(np.concatenate(part.ink)[:, 0]) >= WIDE * unit
        if wide and len(part.ink) == 1:
            lines = divided(part.ink[0], unit)
            found += [Part(part.pieces, (line,), log_odds) for line, log_odds in lines]
        elif wide and len(part.pieces) == 1 and part.pieces[0] not in certain:
            places = pairwise([-math.inf, *cut_places(part.ink, unit), math.inf])
            found += [Part(part.pieces, clip(part.ink, *between)) for between in places]
        else:
            found.append(part)
    return _ordered(found)


def _ordered(parts: Sequence[Part]) -> list[Part]:
    """Return the parts from left to right, by their centres; those of a piece stay in order."""
    left, _, right, _ = boxes([part.ink for part in parts])
    keys: list[float] = []
    reached: dict[tuple[int, ...], float] = {}
    for part, centre in zip(parts, (left + right).tolist(), strict=True):
        reached[part.pieces] = max(centre, reached.get(part.pieces, -math.inf))
        keys.append(reached[part.pieces])
    return [parts[index] for index in np.argsort(keys, kind="stable")]


def ink_of(parts: Iterable[Part]) -> Drawing:
    """Return the ink of the parts from left to right; parts of a stroke are put together again."""
    strokes: list[np.ndarray] = []
    last: dict[tuple[int, ...], int] = {}
    for part in parts:
        place = last.get(part.pieces)
        if place is not None and (strokes[place][-1] == part.ink[0][0]).all():
            strokes[place] = np.concatenate([strokes[place], part.ink[0][1:]])
            strokes += part.ink[1:]
        else:
            strokes += part.ink
            last[part.pieces] = len(strokes) - 1
    return tuple(strokes)
