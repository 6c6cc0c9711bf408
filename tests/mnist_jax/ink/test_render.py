"""The pen, held against a pixel-by-pixel reckoning."""

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_jax.ink.render import EDGE_PIXELS, render

coordinate = st.floats(-5, 33, width=32)


@settings(max_examples=20)
@given(st.lists(st.tuples(coordinate, coordinate), min_size=5, max_size=5), st.floats(0.5, 3))
def test_darkness_tells_the_distance(points: list[tuple[float, float]], radius: float) -> None:
    """Each pixel's ink follows from its distance to the nearest point alone."""
    image = np.asarray(render(jnp.array(points), radius))
    for row in range(0, 28, 3):
        for column in range(28):
            distance = min(np.hypot(column - x, row - y) for x, y in points)
            wanted = 255 * np.clip((radius - distance) / EDGE_PIXELS + 0.5, 0, 1)
            assert image[row, column] == pytest.approx(wanted, abs=0.1)


def test_a_drawing_far_outside_leaves_paper() -> None:
    """Points off the frame give no ink and no NaN."""
    assert np.all(np.asarray(render(jnp.full((4, 2), 1e6))) == 0)
