"""Views of a drawing: the drawing itself, and the same a little slanted, stretched and rotated."""

import jax.numpy as jnp
import numpy as np
import pytest

from mnist_jax.ink.frame import FRAME_PIXELS, INK_BOX_PIXELS, PEN_RADIUS_PIXELS
from mnist_jax.ink.normalise import normalise
from mnist_jax.ink.strokes import as_drawing
from mnist_jax.ink.views import VIEWS, views

SEVEN = as_drawing([[(0, 0), (20, 0), (8, 40)]])


def test_the_first_view_is_the_drawing_itself() -> None:
    points = normalise(SEVEN)
    np.testing.assert_allclose(views(jnp.asarray(points))[0], points, atol=1e-4)


def test_views_fill_the_box_around_the_same_centre() -> None:
    points = normalise(SEVEN)
    seen = np.asarray(views(jnp.asarray(points)))
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
    """A vertical line leans right in one view and left in another."""
    line = normalise(as_drawing([[(0, 0), (0, 40)]]))
    leans = np.asarray(views(jnp.asarray(line)))[:, [0, -1], 0] @ [1, -1]
    assert leans[0] == pytest.approx(0, abs=1e-4)
    assert leans.max() > 2
    assert leans.min() < -2


def test_a_dot_stays_a_dot() -> None:
    dot = views(jnp.asarray(normalise(as_drawing([[(3, 3)]]))))
    np.testing.assert_allclose(dot, (FRAME_PIXELS - 1) / 2)
