"""Rendering, compared with a pixel-by-pixel computation."""

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_jax import load_params, read_drawing
from mnist_jax.ink.render import EDGE_PIXELS, drawing_images, render
from tests.hands import drawings_of_a_person

coordinate = st.floats(-5, 33, width=32)


@settings(max_examples=20)
@given(st.lists(st.tuples(coordinate, coordinate), min_size=5, max_size=5), st.floats(0.5, 3))
def test_ink_depends_on_distance_to_the_nearest_point(
    points: list[tuple[float, float]], radius: float
) -> None:
    """Each pixel depends only on its distance to the nearest point."""
    image = np.asarray(render(jnp.array(points), radius))
    for row in range(0, 28, 3):
        for column in range(28):
            distance = min(np.hypot(column - x, row - y) for x, y in points)
            wanted = 255 * np.clip((radius - distance) / EDGE_PIXELS + 0.5, 0, 1)
            assert image[row, column] == pytest.approx(wanted, abs=0.1)


def test_points_outside_the_frame_leave_no_ink() -> None:
    """Points far outside give neither ink nor NaN."""
    assert np.all(np.asarray(render(jnp.full((4, 2), 1e6))) == 0)


def test_images_of_drawings_are_what_a_network_reads_in_them() -> None:
    drawings = [labelled.drawing for labelled in drawings_of_a_person(4, seed=0)]
    expected = [read_drawing(load_params(), drawing).image for drawing in drawings]
    np.testing.assert_allclose(drawing_images(drawings), expected, atol=0.01)
    assert drawing_images([]).shape == (0, 28, 28)
