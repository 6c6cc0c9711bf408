"""Find how a page is turned and slanted, and turn it upright.

Level lines of a page that is photographed at a slant meet in a point far to the left or right, so
that their slope changes evenly from top to bottom: it is `turn + spread * y`. The two numbers are
those with which the ink lies in the sharpest rows, as in a projection profile (Postl 1986), and
likewise for the plumb lines, if any are printed.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

MOST_TURN = 0.22
"""Greatest slope in the middle of the page."""

STAGES = ((MOST_TURN, 45, 0.24, 7, 4), (0.03, 13, 0.08, 9, 2), (0.008, 9, 0.04, 9, 1))
"""Reach and number of the slopes and spreads that are tried, finer and finer, and width of bins."""

POINTS = 12_000
"""Pixels of ink that are looked at."""


class Family(NamedTuple):
    """Lines of slope `turn + spread * across`; 0 is the middle, 1 a longer side of the page."""

    turn: float
    spread: float


Matrix = Float[np.ndarray, "3 3"]


def family(
    along: Float[np.ndarray, " points"],
    across: Float[np.ndarray, " points"],
    bin_side: float,
    about: float = 0.0,
) -> Family:
    """Return the lines in which the points lie most sharply.

    `along` and `across` are coordinates in longer sides of the page, from its middle. Turns around
    `about` are tried.
    """
    turn, spread = about, 0.0
    for turn_reach, turns, spread_reach, spreads, width in STAGES:
        tries = [
            (one, other)
            for one in turn + turn_reach * np.linspace(-1, 1, turns)
            for other in spread + spread_reach * np.linspace(-1, 1, spreads)
        ]
        scores = [
            _sharpness(_level(along, across, one, other), width * bin_side)
            * (1 - 2 * (one - about) ** 2 - 3 * other**2)
            for one, other in tries
        ]
        turn, spread = tries[int(np.argmax(scores))]
    return Family(float(turn), float(spread))


def _level(along: np.ndarray, across: np.ndarray, turn: float, spread: float) -> np.ndarray:
    """Return where the line through each point crosses the middle of the page."""
    return np.asarray((across - turn * along) / (1 + spread * along))


def _sharpness(values: np.ndarray, bin_side: float) -> float:
    """Return the sum of the squares of a histogram, its counts shared by neighbouring bins."""
    places = (values - values.min()) / bin_side
    below = places.astype(int)
    share = places - below
    size = int(below.max()) + 2
    counts = np.bincount(below, 1 - share, size) + np.bincount(below + 1, share, size)
    return float(np.square(counts).sum())


def levelling(rows: Family, columns: Family, shape: tuple[int, ...]) -> Matrix:
    """Return the homography from points `(x, y, 1)` of the photo to those of the level page."""
    side = max(shape[:2])
    middle = np.array([[1, 0, -shape[1] / 2], [0, 1, -shape[0] / 2], [0, 0, side]]) / side
    # level lines are y' = (y - turn x) / (1 + spread x), plumb lines x' = (x - turn y) / (1 + ...)
    # one denominator serves both: 1 + spread_rows x + spread_columns y
    straight = np.array(
        [[1, -columns.turn, 0], [-rows.turn, 1, 0], [rows.spread, columns.spread, 1]]
    )
    back = np.array([[side, 0, shape[1] / 2], [0, side, shape[0] / 2], [0, 0, 1]])
    scale = np.sqrt(abs(1 - rows.turn * columns.turn))
    return np.asarray(back @ np.diag([1 / scale, 1 / scale, 1]) @ straight @ middle)


def gain(
    along: np.ndarray, across: np.ndarray, bin_side: float, found: Family, plain: Family
) -> float:
    """Return how much sharper the points lie in one family of lines than in another."""
    return _sharpness(_level(along, across, *found), bin_side) / _sharpness(
        _level(along, across, *plain), bin_side
    )
