"""The quick writer: drawings stay themselves, and the shipped network reads what it writes."""

import jax.numpy as jnp
import numpy as np

from mnist_jax import load_params
from mnist_jax.classes import DIGITS
from mnist_jax.handwriting.quick_writer import sample_digits, stack_drawings, write
from mnist_jax.handwriting.writer import Hand
from mnist_jax.ink.normalise import normalise, resample
from mnist_jax.ink.render import render
from tests.hands import drawings_of_a_person

STILL = Hand().scaled(0.0)


def test_a_hand_that_varies_nothing_writes_the_drawing_as_it_is_normalised() -> None:
    drawings = [labelled.drawing for labelled in drawings_of_a_person(20, seed=0)]
    written = write(stack_drawings(map(resample, drawings)), STILL, np.random.default_rng(0))
    for image, drawing in zip(written, drawings, strict=True):
        np.testing.assert_allclose(image, render(jnp.asarray(normalise(drawing))), atol=0.5)


def test_a_wider_pen_leaves_more_ink_and_no_other_shape() -> None:
    drawings = stack_drawings(resample(one.drawing) for one in drawings_of_a_person(20, seed=0))
    usual, varied = (
        write(drawings, hand, np.random.default_rng(2)) for hand in (STILL, STILL._replace(pen=0.4))
    )
    wider = np.random.default_rng(2).standard_normal((20, 12))[:, 0] > 0
    assert 0 < wider.sum() < 20
    assert (((varied - usual) >= -0.01).all((1, 2)) == wider).all()


def test_all_digits_are_written_and_the_shipped_network_reads_them() -> None:
    images, labels = sample_digits(1000, np.random.default_rng(0))
    assert images.shape == (1000, 28, 28)
    assert images.min() >= 0
    assert images.max() <= 255
    assert np.bincount(labels, minlength=10).min() > 70
    logits = np.asarray(load_params()(jnp.asarray(images)))[:, :DIGITS]
    assert (logits.argmax(1) == labels).mean() > 0.97
