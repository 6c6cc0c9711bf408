"""Strokes: sequences that are not drawings are refused."""

import numpy as np
import pytest

from mnist_jax.ink.strokes import as_drawing
from mnist_jax.support.errors import InputError


@pytest.mark.parametrize(
    "bad",
    [
        [],
        [[]],
        [[(0, 0), (1, np.nan)]],
        [[(0, np.inf)]],
        [[1, 2, 3]],
        [[("0", "1")]],
        [[(0, 0, 0)]],
        [[(0, 0), (1,)]],
        [[(None, 1)]],
    ],
)
def test_invalid_strokes_are_refused(bad: list[object]) -> None:
    """Empty, ragged and non-finite strokes raise an InputError."""
    with pytest.raises(InputError):
        as_drawing(bad)


def test_the_stroke_that_is_not_finite_is_named() -> None:
    """Strokes are counted from one."""
    with pytest.raises(InputError, match="stroke 2 has a coordinate"):
        as_drawing([[(0, 0)], [(0, 0), (np.nan, 1)], [(np.inf, 1)]])
