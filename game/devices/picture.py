"""A photograph or scan of one written digit becomes the 28x28 image that the network reads."""

from pathlib import Path

import numpy as np
import pygame

from game.core.events import Picture
from game.core.rules.pad import MARGIN
from mnist_jax.ink.frame import FRAME_PIXELS, INK_BOX_PIXELS
from mnist_jax.support.errors import InputError
from mnist_jax.support.files import checked_input

WORKING_SIDE = 320
"""Larger pictures are made this small first, in pixels."""

PAD_SIDE = 512
"""Of the picture on the pad, in pixels."""

PEN_SHARE = 0.1
"""Thickness of MNIST's pen, as a share of the digit's longer side."""

FAINTEST = 24
"""Difference between ink and paper below which a picture is taken for empty."""


def read_picture(path: Path) -> Picture:
    """The digit in the picture.

    Raises:
        InputError: the file is no picture, or there is no ink in it.
    """
    checked_input(path, "give a picture, or an .ndjson file")
    try:
        with path.open("rb") as file:  # pygame itself opens no file with every name
            surface = pygame.image.load(file)
    except (pygame.error, OSError) as error:
        raise InputError(f"{path.name} is no picture ({error}); give a PNG or JPEG") from error
    mask = inked(_grey(surface))
    if mask is None:
        raise InputError(f"{path.name} shows no ink; one dark digit on light paper is wanted")
    return Picture(_laid(mask).tobytes(), framed(mask).tobytes())


def framed(mask: np.ndarray) -> np.ndarray:
    """The ink as MNIST's digits are, scaled and centred: `(28, 28)` uint8, 0 paper, 255 ink."""
    return _centred(_shrunk(_thickened(mask)))


def inked(grey: np.ndarray) -> np.ndarray | None:
    """Where there is ink in a grey picture `(height, width)`, cropped to it.

    Dark on light or light on dark, by what most of the edge is; None where there is no ink.
    """
    edge = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    ink = (grey if np.median(edge) < 128 else 255 - grey).astype(float)
    ink = np.clip(ink - _paper(ink), 0, 255)
    if np.percentile(ink, 99.9) < FAINTEST:
        return None
    mask = _without_specks(ink > _threshold(ink))
    ys, xs = np.nonzero(mask)
    if not len(ys):
        return None
    crop: np.ndarray = mask[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    return crop


def _laid(mask: np.ndarray) -> np.ndarray:
    """The ink in the middle of the pad, a square of `PAD_SIDE` pixels."""
    fitted = round(PAD_SIDE * (1 - 2 * MARGIN))
    height, width = (max(1, round(side * fitted / max(mask.shape))) for side in mask.shape)
    black = np.repeat(255 * mask.T.astype(np.uint8)[:, :, None], 3, 2)
    sheet = pygame.Surface((PAD_SIDE, PAD_SIDE), 0, 32)
    digit = pygame.transform.smoothscale(pygame.surfarray.make_surface(black), (width, height))
    sheet.blit(digit, ((PAD_SIDE - width) // 2, (PAD_SIDE - height) // 2))
    ink: np.ndarray = pygame.surfarray.array3d(sheet)[:, :, 0].T
    return ink


def _grey(surface: pygame.Surface) -> np.ndarray:
    """The picture on white paper, not larger than it has to be, as `(height, width)`."""
    sheet = pygame.Surface(surface.get_size(), 0, 32)
    sheet.fill((255, 255, 255))
    sheet.blit(surface, (0, 0))
    scale = min(1.0, WORKING_SIDE / max(sheet.get_size()))
    size = [max(1, round(side * scale)) for side in sheet.get_size()]
    pixels = pygame.surfarray.array3d(pygame.transform.smoothscale(sheet, size))
    grey: np.ndarray = pixels.astype(float).mean(axis=2).T
    return grey


def _paper(ink: np.ndarray) -> np.ndarray:
    """The paper's own darkness, which over a photograph changes slowly, as a plane."""
    height, width = ink.shape
    y, x = np.mgrid[0:height, 0:width]
    design = np.stack([np.ones(ink.size), y.ravel() / height, x.ravel() / width], axis=1)
    paper = ink.ravel() <= np.median(ink) + 8
    fitted, *_ = np.linalg.lstsq(design[paper], ink.ravel()[paper], rcond=None)
    plane: np.ndarray = (design @ fitted).reshape(ink.shape)
    return plane


def _threshold(ink: np.ndarray) -> float:
    """The darkness that parts ink from paper best (Otsu 1979, doi:10.1109/TSMC.1979.4310076)."""
    counts, edges = np.histogram(ink, 64, (0, 256))
    middles = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)
    mass = np.cumsum(counts * middles)
    above = below[-1] - below
    apart = mass / np.maximum(below, 1) - (mass[-1] - mass) / np.maximum(above, 1)
    return float(max(edges[1:][np.argmax(below * above * apart**2)], FAINTEST / 2))


def _without_specks(mask: np.ndarray) -> np.ndarray:
    """The mask without pixels that have hardly a neighbour."""
    padded = np.pad(mask.astype(int), 1)
    height, width = mask.shape
    around = sum(padded[y : y + height, x : x + width] for y in range(3) for x in range(3))
    dense: np.ndarray = mask & (around >= min(4, height, width))
    return dense


def _thickened(mask: np.ndarray) -> np.ndarray:
    """The mask with its lines at least as thick as the network's pen."""
    wanted = PEN_SHARE * max(mask.shape)
    inner = mask.copy()
    for axis in (0, 1):
        for step in (1, -1):
            inner &= np.roll(mask, step, axis)
    outline = max(int(mask.sum() - inner.sum()), 1)
    thickness = 2 * mask.sum() / outline
    for _ in range(max(0, round((wanted - thickness) / 2))):
        mask = np.pad(mask, 1)
        mask = (
            mask
            | np.roll(mask, 1, 0)
            | np.roll(mask, -1, 0)
            | np.roll(mask, 1, 1)
            | np.roll(mask, -1, 1)
        )
    return mask


def _shrunk(mask: np.ndarray) -> np.ndarray:
    """The mask's longer side brought to that of MNIST's digits, each pixel the mean of its part."""
    side = max(mask.shape)
    square = np.zeros((side, side))
    top, left = (side - mask.shape[0]) // 2, (side - mask.shape[1]) // 2
    square[top : top + mask.shape[0], left : left + mask.shape[1]] = mask
    fine = np.repeat(np.repeat(square, INK_BOX_PIXELS, 0), INK_BOX_PIXELS, 1)
    small: np.ndarray = fine.reshape(INK_BOX_PIXELS, side, INK_BOX_PIXELS, side).mean((1, 3))
    return small * 255


def _centred(small: np.ndarray) -> np.ndarray:
    """The digit in the frame, its centre of mass in the middle as far as it fits."""
    free = FRAME_PIXELS - INK_BOX_PIXELS
    y, x = np.mgrid[0:INK_BOX_PIXELS, 0:INK_BOX_PIXELS] + 0.5
    total = small.sum()
    places = [
        int(np.clip(round(FRAME_PIXELS / 2 - (axis * small).sum() / total), 0, free))
        for axis in (y, x)
    ]
    frame = np.zeros((FRAME_PIXELS, FRAME_PIXELS))
    frame[places[0] : places[0] + INK_BOX_PIXELS, places[1] : places[1] + INK_BOX_PIXELS] = small
    return np.rint(np.clip(frame, 0, 255)).astype(np.uint8)
