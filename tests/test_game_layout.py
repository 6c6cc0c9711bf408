"""Places on the screen: inside the window, apart from each other, at every size."""

from dataclasses import fields
from itertools import combinations, pairwise

import pytest

from game.layout import columns, pad_layout, rows
from game.scene import Rect

SIZES = [(640, 480), (1280, 800), (1920, 1080), (3840, 2160), (600, 1000), (1080, 1920), (480, 640)]


def places(size: tuple[int, int]) -> dict[str, Rect]:
    layout = pad_layout(size)
    found = {field.name: getattr(layout, field.name) for field in fields(layout)}
    return {name: rect for name, rect in found.items() if isinstance(rect, Rect)}


@pytest.mark.parametrize("size", SIZES)
def test_every_place_lies_in_the_window(size: tuple[int, int]) -> None:
    for name, rect in places(size).items():
        assert rect.width > 0, name
        assert rect.height > 0, name
        assert rect.x >= 0, name
        assert rect.y >= 0, name
        assert rect.right <= size[0], name
        assert rect.bottom <= size[1], name


@pytest.mark.parametrize("size", SIZES)
def test_no_two_places_overlap(size: tuple[int, int]) -> None:
    for (one, first), (other, second) in combinations(places(size).items(), 2):
        assert not first.overlaps(second), (one, other)


@pytest.mark.parametrize("size", SIZES)
def test_the_pad_is_square_and_the_largest_thing(size: tuple[int, int]) -> None:
    found = places(size)
    pad = found.pop("pad")
    assert pad.width == pad.height
    assert all(pad.width * pad.height > rect.width * rect.height for rect in found.values())


def test_rows_fill_their_rectangle() -> None:
    cut = rows(Rect(3, 5, 7, 101), 10, gap=2)
    assert cut[0].y == 5
    assert cut[-1].bottom == 106
    assert all(below.y - above.bottom == 2 for above, below in pairwise(cut))


def test_columns_are_rows_turned() -> None:
    assert columns(Rect(0, 0, 10, 4), 2) == [Rect(0, 0, 5, 4), Rect(5, 0, 5, 4)]
