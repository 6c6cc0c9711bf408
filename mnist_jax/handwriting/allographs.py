"""The allographs of the ten digits (the ways people write them), and drawings sampled from them.

To add an allograph, add a line to the table of its digit, such as `tables/7.txt`:

    name  weight  x,y x,y! x,y / x,y x,y

The weight says how common it is among the allographs of that digit. Coordinates run from 0 to 100,
y down; `!` marks a corner, `/` lifts the pen, and `x,y~x,y` is a point that lies anywhere between
two (see `templates.py`). Then look at all of them:

    python -m mnist_jax.handwriting.contact_sheet --output allographs.png
"""

from functools import cache, partial

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int, Key

from mnist_jax.classes import DIGITS
from mnist_jax.handwriting import writer
from mnist_jax.handwriting.templates import Shapes, Template, stack_templates, table
from mnist_jax.handwriting.writer import Hand


@cache
def allographs() -> tuple[tuple[int, Template], ...]:
    """Return every allograph with its digit, in the order of the tables."""
    return tuple((digit, template) for digit in range(DIGITS) for template in table(f"{digit}"))


@cache
def shapes() -> Shapes:
    """Return the allographs as arrays, in the order of `allographs`."""
    return stack_templates(template for _, template in allographs())


@cache
def digits_and_frequencies() -> tuple[Int[np.ndarray, " shapes"], Float[np.ndarray, " shapes"]]:
    """Return the digit and frequency of each allograph; all digits are equally frequent."""
    digits = np.array([digit for digit, _ in allographs()])
    weights = np.array([template.weight for _, template in allographs()])
    return digits, weights / np.bincount(digits, weights)[digits] / DIGITS


@partial(jax.jit, static_argnames="count")
def sample(
    key: Key[Array, ""], count: int, hand: Hand = writer.DEFAULT
) -> tuple[Float[Array, "count points 2"], Int[Array, " count"]]:
    """Return random drawings of digits, normalised to the frame in pixels, and their labels.

    All digits are equally likely, and the allographs of a digit in proportion to their weights.
    """
    choose_key, write_key = jax.random.split(key)
    digits, frequencies = digits_and_frequencies()
    chosen = writer.sample_indices(choose_key, frequencies, count)
    return writer.write(write_key, shapes(), chosen, hand), jnp.asarray(digits)[chosen]


def sample_images(
    key: Key[Array, ""], count: int, hand: Hand = writer.DEFAULT
) -> tuple[Float[Array, "count 28 28"], Int[Array, " count"]]:
    """Return drawings from `sample`, rendered with pens of random width, and their labels."""
    draw_key, pen_key = jax.random.split(key)
    points, labels = sample(draw_key, count, hand)
    return writer.render_drawings(pen_key, points, hand), labels
