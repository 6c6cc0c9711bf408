"""The page upright."""

from typing import NamedTuple

import numpy as np
from PIL import Image

from mnist_jax.ink.picture_files import Photo, resized
from mnist_jax.pages.levelling import POINTS, Family, Matrix, family, gain, levelling
from mnist_jax.pages.page_ink import page_ink

FIRST_SIDE = 1000
"""Longer side of the picture in which the turn of the page is looked for."""

PRINTED = 1.25
"""How much sharper the columns have to be for their slant to count."""


class LevelPage(NamedTuple):
    photo: Photo
    matrix: Matrix
    """From points of the photo to those of the level page."""


def level_page(photo: Photo) -> LevelPage:
    small, shrunk = resized(photo, FIRST_SIDE)
    matrix = found_levelling(small)
    scale = np.diag([shrunk, shrunk, 1])
    matrix = scale @ matrix @ np.linalg.inv(scale)
    return warped(photo, matrix)


def found_levelling(small: Photo) -> Matrix:
    ink = page_ink(small.mean(axis=2, dtype=np.float32))
    places = np.argwhere(ink.mask)
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


def warped(photo: Photo, matrix: Matrix) -> LevelPage:
    height, width = photo.shape[:2]
    corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1.0]])
    ends = corners @ matrix.T
    ends = ends[:, :2] / ends[:, 2:]
    low = np.floor(ends.min(0))
    size = np.ceil(ends.max(0) - low).astype(int).clip(1)
    matrix = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1]]) @ matrix
    back = np.linalg.inv(matrix)
    back /= back[2, 2]
    edge = tuple(np.median(photo[:: max(1, height // 50), :: max(1, width // 50)].reshape(-1, 3), axis=0).astype(int).tolist())
    image = Image.fromarray(photo).transform(
        (int(size[0]), int(size[1])),
        Image.Transform.PERSPECTIVE,
        back.ravel()[:8].tolist(),
        Image.Resampling.BICUBIC,
        fillcolor=edge,
    )
    return LevelPage(np.asarray(image), matrix)
