"""MNIST's strokes: in the ink, few enough, the same bytes again, and drawn with their labels."""

import sys
from subprocess import PIPE, Popen

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from mnist_jax.data.mnist import Digits, Mnist
from mnist_jax.data.mnist_strokes import (
    FEW_IMAGES,
    mnist_strokes,
    sample_images,
    strokes_of,
    thinned,
)
from mnist_jax.handwriting.templates import MAX_STROKES
from mnist_jax.handwriting.writer import DEFAULT
from mnist_jax.ink.normalise import POINTS, normalise
from mnist_jax.ink.render import render
from mnist_jax.support.errors import InputError

BLANK = np.zeros((28, 28), np.uint8)


def grid() -> np.ndarray:
    """Return an image of two lines across and two lines down, which are cut to twelve strokes."""
    image = BLANK.copy()
    image[[8, 9, 18, 19], 2:26] = 255
    image[2:26, [8, 9, 18, 19]] = 255
    return image


def test_strokes_lie_in_the_ink_and_go_all_the_way(mnist: Mnist) -> None:
    """Hardly any dark pixel is farther from them than the ink is wide."""
    apart = []
    for image in mnist.train.images[:100]:
        points = np.concatenate(strokes_of(image))
        x, y = np.rint(points).astype(int).T
        near = np.pad(image, 1)
        inked = np.max([near[y + 1 + dy, x + 1 + dx] for dy in (-1, 0, 1) for dx in (-1, 0, 1)], 0)
        assert (inked >= 128).all()
        assert (image[y, x] >= 64).mean() > 0.97
        y, x = np.nonzero(image > 200)
        apart.append(np.hypot(x[:, None] - points[:, 0], y[:, None] - points[:, 1]).min(1))
    assert np.quantile(np.concatenate(apart), 0.99) < 3


def test_images_with_many_strokes_and_without_ink_are_left_out(bars: Digits) -> None:
    assert len(strokes_of(grid())) > MAX_STROKES
    images = np.stack([bars.images[0], grid(), BLANK, bars.images[1]])
    shapes, labels = mnist_strokes(Digits(images, np.arange(4, dtype=np.uint8)))
    assert labels.tolist() == [0, 3]
    assert shapes.points.shape == (2, POINTS, 2)
    assert np.isfinite(shapes.points).all()


def test_images_that_cannot_be_drawn_are_reported() -> None:
    unusable = Digits(np.stack([BLANK, grid()]), np.zeros(2, np.uint8))
    with pytest.raises(InputError, match="none of the 2 images has 1 to 6 strokes"):
        mnist_strokes(unusable)


@pytest.mark.parametrize("side", range(1, 6))
def test_dots_are_left_out_or_have_an_extent(side: int) -> None:
    """Otherwise they could not be scaled to the frame."""
    dot = BLANK.copy()
    dot[10 : 10 + side, 10 : 10 + side] = 255
    shapes, _ = thinned(dot[None], processes=1)
    assert np.isfinite(shapes.points).all()


@pytest.mark.slow
def test_several_processes_give_the_same_bytes_of_most_of_mnist(mnist: Mnist) -> None:
    digits = mnist.train[: FEW_IMAGES + 1]
    shapes, kept = thinned(digits.images, processes=2)
    assert 0.95 < kept.mean() < 0.99
    alone, alone_kept = thinned(digits.images, processes=1)
    for one, other in zip((*shapes, kept), (*alone, alone_kept), strict=True):
        np.testing.assert_array_equal(one, other, strict=True)
    strokes = mnist_strokes(digits)
    np.testing.assert_array_equal(strokes.shapes.points, shapes.points[kept])
    np.testing.assert_array_equal(strokes.labels, digits.labels[kept])


@pytest.mark.slow
def test_a_process_ends_with_the_one_that_started_it() -> None:
    """Otherwise it would work for a minute after that was killed, and then print a traceback."""
    images = np.zeros((60_000, 28, 28), np.uint8)
    images[:, 4:24, 13:15] = 255
    command = [sys.executable, "-m", "mnist_jax.data.mnist_strokes", str(images.size)]
    with Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE) as process:
        process.stdin.write(images.tobytes())
        process.stdin.close()
        assert process.wait(timeout=20) == 1
        assert process.stdout.read() == process.stderr.read() == b""


@pytest.mark.slow
def test_a_still_hand_draws_the_strokes_as_a_drawing_of_them_is_read() -> None:
    """Each is drawn as `read_drawing` shows it to the network, and keeps its label."""
    images = np.zeros((10, 28, 28), np.uint8)
    for label, image in enumerate(images):
        image[4:24, 6:9] = 255  # an L, as wide as its label is high
        image[21:24, 6 : 12 + label] = 255
    expected = [render(jnp.asarray(normalise(strokes_of(image)))) for image in images]
    strokes = mnist_strokes(Digits(images, np.arange(10, dtype=np.uint8)))
    drawn, labels = sample_images(jax.random.key(0), strokes, 40, DEFAULT.scaled(0.0))
    assert len(set(labels.tolist())) > 5
    for image, label in zip(drawn, labels.tolist(), strict=True):
        assert np.abs(image - expected[label]).max() < 30
