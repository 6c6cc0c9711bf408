"""Turn a photograph or scan of a written digit into the 28x28 image that the network reads."""

from pathlib import Path

import numpy as np
import pygame

from game.core.events import Picture
from game.core.rules.pad import MARGIN
from mnist_jax.ink.frame import FRAME_PIXELS, INK_BOX_PIXELS
from mnist_jax.support.errors import InputError
from mnist_jax.support.files import checked_input

WORKING_SIDE = 320
"""Larger pictures are first scaled down to this many pixels."""

PAD_SIDE = 512
"""Side of the picture on the pad, in pixels."""

PEN_SHARE = 0.1
"""Thickness of MNIST's pen, as a fraction of the digit's longer side."""

FAINTEST = 24
"""Contrast of ink and paper, of 255, below which a picture counts as empty."""


def read_picture(path: Path) -> Picture:
    """Read the digit in the picture.

    Raises:
        InputError: the file is not a picture, or shows no ink.
    """
    checked_input(path, "give a picture or a file of drawings")
    try:
        with path.open("rb") as file:  # pygame cannot open every file name
            surface = pygame.image.load(file)
    except (pygame.error, OSError) as error:
        raise InputError(f"{path.name} is not a picture ({error}); give a PNG or JPEG") from error
    mask = inked(_grey(surface))
    if mask is None:
        raise InputError(
            f"{path.name} shows no ink; give a picture of one dark digit on light paper"
        )
    return Picture(_on_pad(mask).tobytes(), framed(mask).tobytes())


def framed(mask: np.ndarray) -> np.ndarray:
    """Scale and centre the ink as in MNIST: `(28, 28)` uint8, 0 paper, 255 ink."""
    return _centred(_shrunk(_thickened(mask)))


def inked(grey: np.ndarray) -> np.ndarray | None:
    """Return the ink in a grey picture `(height, width)` as a mask, cropped to it.

    The edge of the picture decides what is paper: light or dark. Return None if there is no ink.
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


def _on_pad(mask: np.ndarray) -> np.ndarray:
    """Return the ink centred on the pad, a square of `PAD_SIDE` pixels."""
    fitted = round(PAD_SIDE * (1 - 2 * MARGIN))
    height, width = (max(1, round(side * fitted / max(mask.shape))) for side in mask.shape)
    black = np.repeat(255 * mask.T.astype(np.uint8)[:, :, None], 3, 2)
    sheet = pygame.Surface((PAD_SIDE, PAD_SIDE), 0, 32)
    digit = pygame.transform.smoothscale(pygame.surfarray.make_surface(black), (width, height))
    sheet.blit(digit, ((PAD_SIDE - width) // 2, (PAD_SIDE - height) // 2))
    ink: np.ndarray = pygame.surfarray.array3d(sheet)[:, :, 0].T
    return ink


def _grey(surface: pygame.Surface) -> np.ndarray:
    """Return the picture on white, scaled down, in grey as `(height, width)`."""
    sheet = pygame.Surface(surface.get_size(), 0, 32)
    sheet.fill((255, 255, 255))
    sheet.blit(surface, (0, 0))
    scale = min(1.0, WORKING_SIDE / max(sheet.get_size()))
    size = [max(1, round(side * scale)) for side in sheet.get_size()]
    pixels = pygame.surfarray.array3d(pygame.transform.smoothscale(sheet, size))
    grey: np.ndarray = pixels.astype(float).mean(axis=2).T
    return grey


def _paper(ink: np.ndarray) -> np.ndarray:
    """Fit a plane to the paper's darkness, which changes slowly across a photograph."""
    height, width = ink.shape
    y, x = np.mgrid[0:height, 0:width]
    design = np.stack([np.ones(ink.size), y.ravel() / height, x.ravel() / width], axis=1)
    paper = ink.ravel() <= np.median(ink) + 8
    fitted, *_ = np.linalg.lstsq(design[paper], ink.ravel()[paper], rcond=None)
    plane: np.ndarray = (design @ fitted).reshape(ink.shape)
    return plane


def _threshold(ink: np.ndarray) -> float:
    """Return the threshold between ink and paper (Otsu 1979, doi:10.1109/TSMC.1979.4310076)."""
    counts, edges = np.histogram(ink, 64, (0, 256))
    middles = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)
    mass = np.cumsum(counts * middles)
    above = below[-1] - below
    apart = mass / np.maximum(below, 1) - (mass[-1] - mass) / np.maximum(above, 1)
    return float(max(edges[1:][np.argmax(below * above * apart**2)], FAINTEST / 2))


def _without_specks(mask: np.ndarray) -> np.ndarray:
    """Remove pixels with few neighbours."""
    padded = np.pad(mask.astype(int), 1)
    height, width = mask.shape
    around = sum(padded[y : y + height, x : x + width] for y in range(3) for x in range(3))
    dense: np.ndarray = mask & (around >= min(4, height, width))
    return dense


def _thickened(mask: np.ndarray) -> np.ndarray:
    """Thicken the lines to at least the width of MNIST's pen."""
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
    """Scale the longer side to MNIST's box, averaging over areas."""
    side = max(mask.shape)
    square = np.zeros((side, side))
    top, left = (side - mask.shape[0]) // 2, (side - mask.shape[1]) // 2
    square[top : top + mask.shape[0], left : left + mask.shape[1]] = mask
    fine = np.repeat(np.repeat(square, INK_BOX_PIXELS, 0), INK_BOX_PIXELS, 1)
    small: np.ndarray = fine.reshape(INK_BOX_PIXELS, side, INK_BOX_PIXELS, side).mean((1, 3))
    return small * 255


def _centred(small: np.ndarray) -> np.ndarray:
    """Place the digit in the frame, its centre of mass as close to the middle as it fits."""
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
