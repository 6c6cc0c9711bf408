"""Turn a page upright: by all of its ink at first, then by its printed lines."""

from typing import NamedTuple

import numpy as np
from PIL import Image

from mnist_jax.ink.pictures.files import Photo, resized
from mnist_jax.pages.levelling import POINTS, Family, Matrix, family, gain, levelling
from mnist_jax.pages.page_ink import page_ink
from mnist_jax.pages.page_lines import level_lines

FIRST_SIDE = 1000
"""Longer side of the picture in which the turn of the page is looked for."""

PRINTED = 1.25
"""How much sharper the columns have to be for their slant to count."""


class LevelPage(NamedTuple):
    """A page, turned upright."""

    photo: Photo
    matrix: Matrix
    """From points of the photo to those of the level page."""


def level_page(photo: Photo) -> LevelPage:
    """Return the page upright."""
    small, shrunk = resized(photo, FIRST_SIDE)
    first = warped(small, by_ink(small))
    again = warped(first.photo, by_lines(first.photo))
    matrix = again.matrix @ first.matrix
    scale = np.diag([shrunk, shrunk, 1])
    matrix = scale @ matrix @ np.linalg.inv(scale)
    return warped(photo, matrix)


def by_ink(small: Photo) -> Matrix:
    """Return the levelling of a page by the rows of its ink."""
    places = np.argwhere(page_ink(small).faint)
    if not len(places):
        return np.eye(3)
    if len(places) > POINTS:
        places = np.random.default_rng(0).choice(places, POINTS, replace=False)
    side = max(small.shape)
    y, x = ((places - np.array(small.shape[:2]) / 2) / side).T
    rows = family(x, y, 1.5 / side)
    columns = family(y, x, 1.5 / side, -rows.turn)
    plain = Family(-rows.turn, 0.0)
    if gain(y, x, 1.5 / side, columns, plain) < PRINTED:
        columns = plain
    return levelling(rows, columns, small.shape)


def by_lines(small: Photo) -> Matrix:
    """Return the levelling of a page that is nearly level, by its printed lines."""
    side = max(small.shape)
    mask = page_ink(small).faint
    families = []
    for ink in (mask, mask.T):
        lines = level_lines(ink, int(0.035 * side), 0.12 * side)
        where = np.array([line.height / side - ink.shape[0] / side / 2 for line in lines])
        along = np.array([line.first + line.end - ink.shape[1] for line in lines]) / side / 2
        slopes = np.array([line.slope for line in lines])
        families.append(
            Family(
                *_fitted(
                    slopes, where - slopes * along, [len(line.heights) / side for line in lines]
                )
            )
        )
    return levelling(families[0], families[1], small.shape)


def _fitted(slopes: np.ndarray, where: np.ndarray, lengths: list[float]) -> tuple[float, float]:
    """Return slope in the middle and its change, by least squares."""
    if not len(slopes):
        return 0.0, 0.0
    weights = np.array(lengths)
    for _ in range(3):
        system = np.stack([np.ones_like(where), where], 1)
        ridge = np.diag([1e-3, 1e-2])
        one, other = np.linalg.solve(
            system.T @ (weights[:, None] * system) + ridge, system.T @ (weights * slopes)
        )
        off = np.abs(slopes - one - other * where)
        weights = np.array(lengths) / (1 + (off / 0.01) ** 2)
    return float(one), float(other)


def warped(photo: Photo, matrix: Matrix) -> LevelPage:
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
