"""Strokes and images as pixels; strokes against distances computed one by one."""

from dataclasses import replace

import numpy as np
import pygame
import pytest

from game.core.values.sketch import Strokes
from game.view.painting.ink_layer import InkLayer
from game.view.painting.paint import Painter
from game.view.painting.pen import Pen
from game.view.scene import Curve, Figure, Fill, Ink, Item, Pixels, Polygon, Rect, Scene, Signed
from game.view.theme import NORMAL

INK, FAINT, PAPER = (20, 30, 60), (200, 200, 210), (250, 250, 240)
FOR, AGAINST = (0, 120, 0), (200, 0, 0)
SIDE = 80


def item(strokes: Strokes, *, pen_down: bool = False) -> Ink:
    return Ink(Rect(0, 0, SIDE, SIDE), strokes, pen_down, 4.0, INK, PAPER)


def fresh(strokes: Strokes, *, pen_down: bool = False) -> np.ndarray:
    """The strokes on a new sheet."""
    layer = InkLayer(item(()))
    layer.update(item(strokes, pen_down=pen_down))
    return shown(layer)


def shown(layer: InkLayer) -> np.ndarray:
    surface = pygame.Surface((SIDE, SIDE), 0, 32)
    layer.show(surface, 0, 0)
    return pygame.surfarray.array3d(surface).astype(int)


def stroke(*places: tuple[float, float]) -> tuple[tuple[float, float, float], ...]:
    return tuple((x / SIDE, y / SIDE, 0.0) for x, y in places)


def distances(begin: tuple[float, float], end: tuple[float, float]) -> np.ndarray:
    """From every pixel's middle to the line between two places."""
    pixels = np.stack(np.meshgrid(*[np.arange(SIDE) + 0.5] * 2, indexing="ij"), axis=-1)
    way = np.subtract(end, begin)
    share = np.clip((pixels - begin) @ way / max(way @ way, 1e-9), 0, 1)
    return np.hypot(*np.moveaxis(pixels - begin - share[..., None] * way, -1, 0))


@pytest.mark.parametrize(
    "ends", [((10, 10), (70, 60)), ((10, 40), (70, 40)), ((33.3, 9.1), (41, 70)), ((40, 40),) * 2]
)
def test_a_line_is_the_soft_set_of_pixels_near_it_and_a_dot_a_disc(ends: tuple) -> None:
    is_dot = ends[0] == ends[1]
    cover = np.clip(4.0 + 0.5 - distances(*ends), 0, 1)[..., None]
    expected = PAPER + cover * (np.array(INK) - PAPER)
    difference = np.abs(fresh((stroke(*ends[is_dot:]),)) - expected)
    assert difference.max() < (2 if is_dot else 40)  # of 220 from paper to ink, on the edge
    assert difference.mean() < 1


def test_growing_point_by_point_looks_as_drawn_at_once() -> None:
    turns = np.linspace(0, 9, 60)
    places = [(40 + 3.5 * t * np.cos(t), 40 + 3.5 * t * np.sin(t)) for t in turns]
    whole = stroke(*places)
    layer = InkLayer(item(()))
    for count in range(1, len(whole) + 1):
        layer.update(item((whole[:count],), pen_down=True))
    layer.update(item((whole,)))
    np.testing.assert_array_equal(shown(layer), fresh((whole,)))


def test_a_stroke_that_ended_and_goes_on_bends_as_if_it_had_not_ended() -> None:
    whole = stroke((10, 10), (60, 20), (15, 60))
    layer = InkLayer(item(()))
    layer.update(item((whole[:2],)))
    layer.update(item((whole,)))
    np.testing.assert_array_equal(shown(layer), fresh((whole,)))


def test_the_stroke_reaches_the_pen_while_it_is_drawn() -> None:
    pixels = fresh((stroke((10, 10), (70, 10)),), pen_down=True)
    assert (pixels[69, 9] == INK).all()


def test_taking_strokes_away_leaves_what_was_there() -> None:
    strokes = (
        stroke((5, 5), (75, 75)),
        stroke((75, 5), (5, 75)),
        stroke((40, 0), (40, 79)),
    )
    layer = InkLayer(item(()))
    layer.update(item(strokes))
    for left in (strokes[:2], strokes[:1], (strokes[0], strokes[2]), strokes[1:], ()):
        layer.update(item(left))
        np.testing.assert_array_equal(shown(layer), fresh(left))


def test_ink_below_is_seen_beside_the_strokes_and_again_without_them() -> None:
    pale = replace(item((stroke((5, 40), (75, 40)),)), ink=FAINT, radius=9.0)
    layer = InkLayer(replace(item(()), below=pale))
    alone = shown(layer)
    assert (alone[40, 40] == FAINT).all()
    line = (stroke((40, 5), (40, 75)),)
    layer.update(replace(item(line), below=pale))
    both = shown(layer)
    assert (both[40, 40] == INK).all()
    np.testing.assert_array_equal(both, np.minimum(alone, fresh(line)))
    layer.update(replace(item(()), below=pale))
    np.testing.assert_array_equal(shown(layer), alone)


def test_only_the_part_said_to_be_dirty_changes() -> None:
    layer = InkLayer(item(()))
    layer.update(item((stroke((5, 5), (75, 75)),)))
    before = shown(layer)
    dirty = layer.update(item((stroke((5, 5), (75, 75)), stroke((60, 10), (70, 20)))))
    changed = np.argwhere((shown(layer) != before).any(axis=-1))
    assert len(changed)
    assert all(dirty.collidepoint(place) for place in changed.tolist())


def test_light_ink_on_dark_paper_meets_by_the_lighter() -> None:
    surface = pygame.Surface((20, 20), 0, 32)
    surface.fill((0, 0, 0))
    pen = Pen(3.0, (255, 255, 0), (0, 0, 0))
    for _ in range(2):
        pen.stamp(surface, np.array([[10.0, 10.0]]))
    assert tuple(surface.get_at((10, 10)))[:3] == (255, 255, 0)


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


def test_what_is_between_the_shapes_of_a_figure_shows_and_their_edges_are_smooth() -> None:
    corners = ((0.2, 0.1), (0.8, 0.1), (0.5, 0.9))
    line = Curve(((0.1, 0.95), (0.9, 0.95)), AGAINST, 2.0)
    colours = painted(Figure(Rect(0, 0, 80, 80), (Polygon(corners, FOR), line)))
    np.testing.assert_allclose(colours[40, 20], FOR, atol=3)
    np.testing.assert_allclose(colours[40, 76], AGAINST, atol=3)
    assert (colours[5, 5] == PAPER).all()
    edge = np.unique(colours[16:64, 40, 0])
    assert len(edge) > 2
    assert (edge <= PAPER[0]).all()


def test_a_grey_image_may_have_any_shape() -> None:
    image = Pixels(Rect(0, 0, 40, 80), bytes([0, 255, 255, 0]), PAPER, FOR, 1)
    colours = painted(image)
    assert (colours[:40, :20] == PAPER).all()
    assert (colours[:40, 20:60] == FOR).all()
