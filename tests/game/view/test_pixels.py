"""Images painted pixel by pixel."""

import numpy as np
import pygame
import pytest

from game.view.paint import Painter
from game.view.scene import Fill, Item, Pixels, Rect, Scene, Signed
from game.view.theme import NORMAL

PAPER, FOR, AGAINST = (250, 250, 250), (0, 120, 0), (200, 0, 0)


def painted(*items: Item) -> np.ndarray:
    """Paint the items over paper; return their colours, x first."""
    surface = pygame.Surface((120, 80), 0, 32)
    Painter(surface).show(Scene(NORMAL, (Fill(Rect(0, 0, 120, 80), PAPER), *items)))
    return pygame.surfarray.array3d(surface)


@pytest.mark.parametrize("size", [(120, 80), (30, 20), (3, 2)])
def test_positive_pixels_are_filled_and_negative_ones_hatched(size: tuple[int, int]) -> None:
    """The two differ without their colours, and what is under a zero shows through."""
    values = bytes([255, 1, 128, 255, 128, 1])
    colours = painted(Signed(Rect(0, 0, *size), values, FOR, AGAINST, 3))
    width, height = size[0] // 3, size[1] // 2
    cells = colours[: size[0], : size[1]].reshape(3, width, 2, height, 3).swapaxes(1, 2)
    for (x, y), colour in {(0, 0): FOR, (0, 1): FOR, (2, 0): PAPER, (1, 1): PAPER}.items():
        assert (cells[x, y] == colour).all()
    if width > 9:
        for x, y in ((1, 0), (2, 1)):
            striped = (cells[x, y] == AGAINST).all(-1)
            assert (striped | (cells[x, y] == PAPER).all(-1)).all()
            assert 0.3 < striped.mean() < 0.7


def test_small_values_are_fainter() -> None:
    values = bytes([128, 140, 180, 255])
    colours = painted(Signed(Rect(0, 0, 40, 10), values, FOR, AGAINST, 4))
    darkness = [int(colours[x, 5].sum()) for x in (5, 15, 25, 35)]
    assert darkness == sorted(darkness, reverse=True)
    assert len(set(darkness)) == 4


def test_a_grey_image_may_have_any_shape() -> None:
    image = Pixels(Rect(0, 0, 40, 80), bytes([0, 255, 255, 0]), PAPER, FOR, 1)
    colours = painted(image)
    assert (colours[:40, :20] == PAPER).all()
    assert (colours[:40, 20:60] == FOR).all()
