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
