"""Values of the library as values of the core."""

import math

import numpy as np
import pytest

from game.core.values.readings import FRAME_SIDE
from game.devices.conversions import signed_bytes
from mnist_jax.ink.frame import FRAME_PIXELS


@pytest.mark.parametrize(
    ("values", "largest", "expected"),
    [
        ([0.5, -1.0, 0.0], None, [192, 1, 128]),
        ([-2.0, 1.0], 4.0, [64, 160]),
        ([0.0, 0.0], None, [128, 128]),
        ([1e30, -5e29], None, [255, 64]),
        ([1.0, math.nan], None, [128, 128]),
        ([1.0, -math.inf], None, [128, 128]),
        ([1.0, -1.0], math.nan, [128, 128]),
        ([], None, []),
    ],
)
def test_zero_is_128_and_the_largest_value_fills_the_range(
    values: list[float], largest: float | None, expected: list[int]
) -> None:
    assert list(signed_bytes(np.array(values, np.float32), largest)) == expected


def test_both_have_the_same_frame() -> None:
    assert FRAME_SIDE == FRAME_PIXELS
