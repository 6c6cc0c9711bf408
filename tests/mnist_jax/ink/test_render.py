"""Rendering, compared with a pixel-by-pixel computation, and views of a drawing."""

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_jax import load_params, read_drawing
from mnist_jax.ink.frame import FRAME_PIXELS, INK_BOX_PIXELS, PEN_RADIUS_PIXELS
from mnist_jax.ink.normalise import normalise
from mnist_jax.ink.render import EDGE_PIXELS, VIEWS, drawing_images, render, views
from mnist_jax.ink.strokes import as_drawing
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
    assert np.all(np.asarray(render(jnp.full((5, 2), 1e6), radius)) == 0)


def test_images_of_drawings_are_what_a_network_reads_in_them() -> None:
    drawings = [labelled.drawing for labelled in drawings_of_a_person(4, seed=0)]
    expected = [read_drawing(load_params(), drawing).image for drawing in drawings]
    np.testing.assert_allclose(drawing_images(drawings), expected, atol=0.01)
    assert drawing_images([]).shape == (0, 28, 28)


def test_views_fill_the_box_around_the_same_centre() -> None:
    """The first one is the drawing itself."""
    points = normalise(as_drawing([[(0, 0), (20, 0), (8, 40)]]))
    seen = np.asarray(views(jnp.asarray(points)))
    np.testing.assert_allclose(seen[0], points, atol=1e-4)
    sides = np.ptp(seen, axis=1).max(axis=1)
    np.testing.assert_allclose(sides, INK_BOX_PIXELS - 2 * PEN_RADIUS_PIXELS, atol=1e-4)
    middle = (FRAME_PIXELS - 1) / 2
    centre = points.mean(axis=0) - middle
    for view, transform in zip(seen, VIEWS, strict=True):
        offset = view.mean(axis=0) - middle
        expected = centre @ transform
        determinant = offset[0] * expected[1] - offset[1] * expected[0]
        assert abs(determinant) < 1e-3  # scaled about the same centre


def test_views_slant_to_both_sides() -> None:
    """A vertical line leans right in one view and left in another; a dot stays a dot."""
    line = normalise(as_drawing([[(0, 0), (0, 40)]]))
    leans = np.asarray(views(jnp.asarray(line)))[:, [0, -1], 0] @ [1, -1]
    assert leans[0] == pytest.approx(0, abs=1e-4)
    assert leans.max() > 2
    assert leans.min() < -2
    dot = views(jnp.asarray(normalise(as_drawing([[(3, 3)]]))))
    np.testing.assert_allclose(dot, (FRAME_PIXELS - 1) / 2)
