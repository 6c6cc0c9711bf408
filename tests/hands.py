"""A made-up person whose digits the included network often misreads."""

import numpy as np

from mnist_jax.handwriting.allographs import allographs
from mnist_jax.ink.strokes import LabelledDrawing


def drawings_of_a_person(count: int, seed: int) -> list[LabelledDrawing]:
    """Return the digits in turn, each in its first allograph, turned by 34 degrees."""
    rng = np.random.default_rng(seed)
    templates = dict(reversed(allographs()))  # the first of each digit
    drawings = []
    for digit in np.arange(count) % 10:
        angle = -0.6 + 0.08 * rng.standard_normal()
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        strokes = (
            stroke @ turn + 0.01 * rng.standard_normal(stroke.shape)
            for stroke in templates[digit].drawing
        )
        drawings.append(LabelledDrawing(str(digit), tuple(strokes)))
    return drawings
