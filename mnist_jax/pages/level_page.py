"""Turn a page upright: by all of its ink at first, then by its printed lines.

Level lines of a page that is photographed at a slant meet in a point far to the left or right, so
that their slope changes evenly from top to bottom: it is `turn + spread * y`. By the ink, the two
numbers are those with which it lies in the sharpest rows, as in a projection profile (Postl 1986).
Likewise for the plumb lines.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from PIL import Image

from mnist_jax.ink.pictures.contrast import Mask
from mnist_jax.ink.pictures.files import Photo, resized
from mnist_jax.pages.page_ink import page_ink
from mnist_jax.pages.page_lines import level_lines

FIRST_SIDE = 1000
"""Longer side of the picture in which the turn of the page is looked for."""

MOST_TURN = 0.22
"""Greatest slope in the middle of the page."""

STAGES = ((MOST_TURN, 45, 0.24, 7, 0.006), (0.03, 13, 0.08, 9, 0.003), (0.008, 9, 0.04, 9, 0.0015))
"""Reach and number of the turns and spreads that are tried, finer and finer, and width of bins."""

PLUMB_GAIN = 1.25
"""How much sharper the columns have to be than those at right angles to the rows, to count."""

POINTS = 12_000
"""Pixels of ink that are looked at."""

Matrix = Float[np.ndarray, "3 3"]


class LevelPage(NamedTuple):
    """A page, turned upright."""

    photo: Photo
    matrix: Matrix
    """From points `(x, y, 1)` of the photo to those of the level page."""


class Family(NamedTuple):
    """Lines of slope `turn + spread * across`; 0 is the middle, 1 a longer side of the page."""

    turn: float = 0.0
    spread: float = 0.0


def level_page(photo: Photo) -> LevelPage:
    """Return the page upright."""
    small, shrunk = resized(photo, FIRST_SIDE)
    first = _warped(small, _levelling_by_ink(small))
    again = _warped(first.photo, _levelling_by_lines(first.photo))
    scale = np.diag([shrunk, shrunk, 1])
    return _warped(photo, scale @ again.matrix @ first.matrix @ np.linalg.inv(scale))


def _levelling_by_ink(small: Photo) -> Matrix:
    places = np.argwhere(page_ink(small).faint)
    if not len(places):
        return np.eye(3)
    if len(places) > POINTS:
        places = np.random.default_rng(0).choice(places, POINTS, replace=False)
    y, x = ((places - np.array(small.shape[:2]) / 2) / max(small.shape)).T
    rows = _sharpest(x, y, 0.0)
    columns, square = _sharpest(y, x, -rows.turn), Family(-rows.turn)
    finest = STAGES[-1][-1]
    if _sharpness(y, x, columns, finest) < PLUMB_GAIN * _sharpness(y, x, square, finest):
        columns = square
    return _levelling(rows, columns, small.shape)


def _sharpest(along: np.ndarray, across: np.ndarray, about: float) -> Family:
    """Return the lines, of slopes `about` that, in which the points lie most sharply."""
    best = Family(about)
    for turn_reach, turns, spread_reach, spreads, width in STAGES:
        tries = [
            Family(turn, spread)
            for turn in best.turn + turn_reach * np.linspace(-1, 1, turns)
            for spread in best.spread + spread_reach * np.linspace(-1, 1, spreads)
        ]
        scores = [
            _sharpness(along, across, lines, width)
            * (1 - 2 * (lines.turn - about) ** 2 - 3 * lines.spread**2)
            for lines in tries
        ]
        best = tries[int(np.argmax(scores))]
    return best


def _sharpness(along: np.ndarray, across: np.ndarray, lines: Family, width: float) -> float:
    """Return the sum of the squares of a histogram of the lines through the points.

    Neighbouring bins share a count.
    """
    values = (across - lines.turn * along) / (1 + lines.spread * along)
    places = (values - values.min()) / width
    below = places.astype(int)
    share = places - below
    size = int(below.max()) + 2
    counts = np.bincount(below, 1 - share, size) + np.bincount(below + 1, share, size)
    return float(np.square(counts).sum())


def _levelling_by_lines(small: Photo) -> Matrix:
    """Return the levelling of a page that is nearly level, by its printed lines."""
    mask = page_ink(small).faint
    return _levelling(_family_of_lines(mask), _family_of_lines(mask.T), small.shape)


def _family_of_lines(ink: Mask) -> Family:
    """Return the turn and spread of the level lines, by least squares, and without stray lines."""
    side = max(ink.shape)
    lines = level_lines(ink, int(0.035 * side), 0.12 * side)
    if not lines:
        return Family()
    slopes = np.array([line.slope for line in lines])
    lengths = np.array([len(line.heights) for line in lines]) / side
    across = np.array([line.height - ink.shape[0] / 2 for line in lines]) / side
    along = np.array([line.first + line.end - ink.shape[1] for line in lines]) / side / 2
    across -= slopes * along  # where they cross the middle
    system = np.stack([np.ones_like(across), across], axis=1)
    weights = lengths
    for _ in range(3):
        weighted = system.T * weights
        ridge = np.diag([1e-3, 1e-2])
        turn, spread = np.linalg.solve(weighted @ system + ridge, weighted @ slopes)
        weights = lengths / (1 + ((slopes - turn - spread * across) / 0.01) ** 2)
    return Family(float(turn), float(spread))


def _levelling(rows: Family, columns: Family, shape: tuple[int, ...]) -> Matrix:
    """Return the homography from points `(x, y, 1)` of the photo to those of the level page."""
    side = max(shape[:2])
    middle = np.array([[side, 0, shape[1] / 2], [0, side, shape[0] / 2], [0, 0, 1]])
    # level lines are y' = (y - turn x) / (1 + spread x), plumb lines x' = (x - turn y) / (1 + ...)
    # one denominator serves both: 1 + spread_rows x + spread_columns y
    straight = np.array(
        [[1, -columns.turn, 0], [-rows.turn, 1, 0], [rows.spread, columns.spread, 1]]
    )
    scale = np.sqrt(abs(1 - rows.turn * columns.turn))
    return np.asarray(
        middle @ np.diag([1 / scale, 1 / scale, 1]) @ straight @ np.linalg.inv(middle)
    )


def _warped(photo: Photo, matrix: Matrix) -> LevelPage:
    """Return the page as the matrix maps it, moved so that all of it is in the picture."""
    height, width = photo.shape[:2]
    corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1.0]])
    ends = corners @ matrix.T
    ends = ends[:, :2] / ends[:, 2:]
    low = np.floor(ends.min(axis=0))
    columns, rows = np.ceil(ends.max(axis=0) - low).astype(int).clip(1).tolist()
    matrix = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1]]) @ matrix
    back = np.linalg.inv(matrix)
    sample = photo[:: max(1, height // 50), :: max(1, width // 50)].reshape(-1, 3)
    image = Image.fromarray(photo).transform(
        (columns, rows),
        Image.Transform.PERSPECTIVE,
        (back / back[2, 2]).ravel()[:8].tolist(),
        Image.Resampling.BICUBIC,
        fillcolor=tuple(np.median(sample, axis=0).astype(int).tolist()),
    )
    return LevelPage(np.asarray(image), matrix)
