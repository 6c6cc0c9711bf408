"""Places on the screen: the parts of every screen, and how rectangles are cut."""

from itertools import combinations, pairwise

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.values.settings import TEXT_SCALE
from game.core.values.sketch import NUMBER_WIDTH
from game.view.layout import (
    SMALLEST_TEXT,
    columns,
    frame,
    grid,
    line_height,
    number_stage,
    rows,
    split,
    stack,
    stage,
    with_aspect,
)
from game.view.scene import Rect

SIZES = [(640, 480), (1280, 800), (1920, 1080), (3840, 2160), (600, 1000), (1080, 1920), (320, 320)]
rects = st.builds(Rect, *[st.integers(0, 500)] * 2, *[st.integers(40, 900)] * 2)


@pytest.mark.parametrize("left_handed", [False, True])
@pytest.mark.parametrize("size", SIZES)
def test_the_parts_lie_in_the_window_and_apart(size: tuple[int, int], *, left_handed: bool) -> None:
    """The sheet for numbers is wide and leaves room for its panel."""
    parts = frame(size)
    pad, panel = stage(parts, left_handed=left_handed)
    found = (parts.bar, parts.hints, pad, panel)
    for rect in found:
        assert min(rect.width, rect.height) > 0
        assert rect.within(Rect(0, 0, *size)) == rect
    assert not any(pygame.Rect(one).colliderect(other) for one, other in combinations(found, 2))
    assert pad.width == pad.height
    if parts.wide:
        assert (panel.x < pad.x) is left_handed
    sheet, below = number_stage(parts)
    assert sheet.width == pytest.approx(NUMBER_WIDTH * sheet.height, abs=1)
    assert sheet.bottom < below.y
    assert all(one.within(parts.body) == one for one in (sheet, below))
    assert below.height >= 7 * parts.line


@pytest.mark.parametrize("size", [(640, 480), (1280, 800), (700, 1100), (480, 640)])
def test_larger_text_is_larger_where_it_fits(size: tuple[int, int]) -> None:
    usual, large, huge = (line_height(size, scale) for scale in (1.0, 1.2, 1.4))
    assert usual < large <= huge
    assert line_height((320, 320), 1.4) == SMALLEST_TEXT
    assert line_height((1280, 800), 1.4) == 1.4 * line_height((1280, 800))


@pytest.mark.parametrize("scale", TEXT_SCALE.values())
def test_large_text_leaves_the_sheet_for_numbers_large(scale: float) -> None:
    sheet, _ = number_stage(frame((1280, 800), scale))
    assert sheet.width > 0.75 * 1280


@given(rects, st.floats(0.2, 5))
def test_a_shape_is_as_large_as_fits_and_in_the_middle(rect: Rect, width: float) -> None:
    cut = with_aspect(rect, width)
    assert cut.within(rect) == cut
    assert cut.width == pytest.approx(width * cut.height, abs=1)
    assert min(rect.width - cut.width, rect.height - cut.height) <= width + 1
    assert abs((cut.x - rect.x) - (rect.right - cut.right)) <= 1


@given(rects, st.integers(1, 12), st.integers(0, 2))
def test_rows_fill_their_rectangle(rect: Rect, count: int, gap: int) -> None:
    cut = rows(rect, count, gap)
    assert (cut[0].y, cut[-1].bottom) == (rect.y, rect.bottom)
    assert all(below.y - above.bottom == gap for above, below in pairwise(cut))


@given(rects, st.lists(st.sampled_from([0.2, 0.5, 10, 300]), min_size=1, max_size=6))
def test_a_stack_stays_in_its_rectangle(rect: Rect, parts: list[float]) -> None:
    cut = stack(rect, *parts, gap=2)
    assert cut[0].y == rect.y
    assert all(above.bottom <= below.y for above, below in pairwise(cut))
    if sum(part for part in parts if part < 1) <= 1:
        assert cut[-1].bottom <= rect.bottom + 1


def test_columns_and_splits_are_rows_and_stacks_turned() -> None:
    assert columns(Rect(0, 0, 10, 4), 2) == [Rect(0, 0, 5, 4), Rect(5, 0, 5, 4)]
    assert split(Rect(0, 0, 10, 4), 3, 0.999) == [Rect(0, 0, 3, 4), Rect(3, 0, 7, 4)]
    assert grid(Rect(0, 0, 4, 4), 2, 2)[3] == Rect(2, 2, 2, 2)
