"""The drawing on its way into the network's frame."""

import numpy as np
import pytest

from game.core.values.sketch import Strokes, bounds
from game.view.glyphs import glyph
from game.view.screens.frame_animation import LINES_PIXELS, POINTS, into_frame
from mnist_jax.ink.frame import FRAME_PIXELS


def test_it_begins_on_the_pad_and_ends_in_the_box() -> None:
    for strokes in map(glyph, range(10)):
        np.testing.assert_allclose(bounds(into_frame(strokes, 0.0)), bounds(strokes), atol=1e-9)
        left, top, right, bottom = bounds(into_frame(strokes, 1.0))
        assert max(right - left, bottom - top) == pytest.approx(LINES_PIXELS / FRAME_PIXELS)


def test_a_dot_ends_in_the_middle() -> None:
    ((x, y, _),) = into_frame((((0.1, 0.9, 0.0),),), 1.0)[0]
    assert (x, y) == pytest.approx((0.5, 0.5))


def test_a_stroke_of_many_points_flies_as_one_of_few() -> None:
    few, many = (slanted(count) for count in (POINTS // 2, 100 * POINTS))
    np.testing.assert_allclose(
        bounds(into_frame(many, 0.7)), bounds(into_frame(few, 0.7)), atol=0.005
    )
    assert len(into_frame(many, 0.7)[0]) <= POINTS + 1


def slanted(count: int) -> Strokes:
    """A line of so many points."""
    return (tuple((0.2 + 0.5 * n / (count - 1), n / (count - 1), 0.0) for n in range(count)),)
