"""MNIST's training images as strokes: real shapes in the form in which people draw.

Each image is thinned to its centre lines, once, by one process for each core, since Python's
threads would take turns. A training step varies some of them by the simulated hand and draws them
with the pad's pen, as it does with the allographs. Run as a command, this module is such a process:
it reads images from standard input and writes their shapes to standard output.
"""

import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Bool, Float, Int, Key, UInt8
from PIL import Image

from mnist_jax.data.mnist import Digits
from mnist_jax.handwriting import writer
from mnist_jax.handwriting.templates import STROKES, Shapes, Template, stack_templates
from mnist_jax.ink.frame import FRAME_PIXELS
from mnist_jax.ink.pictures.centre_lines import centre_lines
from mnist_jax.ink.strokes import Drawing
from mnist_jax.support.errors import InputError

HAND = writer.DEFAULT.scaled(0.6)._replace(pen=0.25, polylines=0.05, grids=0.03)
"""How the strokes are varied: less than templates, since they are many hands' already."""

ENLARGED = 3
"""Factor by which images are enlarged before they are thinned."""

INK = 128
"""Value from which on a pixel of an enlarged image counts as ink."""

FEW = 2_000
"""Number of images that are thinned before another process has started."""

UNUSABLE = (np.array([(0.0, 0.0), (1.0, 1.0)]),)
"""The drawing in the place of one that is left out."""


class MnistStrokes(NamedTuple):
    """The strokes of many images."""

    shapes: Shapes
    labels: UInt8[np.ndarray, " shapes"]


def mnist_strokes(digits: Digits) -> MnistStrokes:
    """Return the strokes of the images that have at most `STROKES`; 97 % of MNIST's have.

    Takes 40 seconds for all of MNIST on two cores, and nothing for the same images again.

    Raises:
        InputError: there is no such image.
    """
    shapes, kept = _thinned_once(digits.images.tobytes())
    if not kept.any():
        raise InputError(
            "none of the {count} images has 1 to {most} strokes to learn",
            count=len(digits),
            most=STROKES,
        )
    return MnistStrokes(Shapes(*(array[kept] for array in shapes)), digits.labels[kept])


@lru_cache(maxsize=1)
def _thinned_once(pixels: bytes) -> tuple[Shapes, Bool[np.ndarray, " images"]]:
    images = _images(pixels)
    return thinned(images, (os.cpu_count() or 1) if len(images) > FEW else 1)


def _images(pixels: bytes) -> UInt8[np.ndarray, "images 28 28"]:
    return np.frombuffer(pixels, np.uint8).reshape(-1, FRAME_PIXELS, FRAME_PIXELS)


def thinned(
    images: UInt8[np.ndarray, "images 28 28"], processes: int
) -> tuple[Shapes, Bool[np.ndarray, " images"]]:
    """Return the images' shapes, with bytes as indices to take less memory, and which are usable.

    The result does not depend on the number of `processes`.
    """
    if processes > 1:
        with ThreadPoolExecutor(processes) as threads:
            parts = threads.map(_by_process, np.array_split(images, processes))
            *arrays, kept = map(np.concatenate, zip(*parts, strict=True))
        return Shapes(*arrays), kept
    drawings = [strokes_of(image) for image in images]
    kept = np.array([_is_usable(drawing) for drawing in drawings])
    used = (drawing if _is_usable(drawing) else UNUSABLE for drawing in drawings)
    points, *indices = stack_templates(Template("", 1.0, drawing) for drawing in used)
    return Shapes(points, *(array.astype(np.uint8) for array in indices)), kept


def strokes_of(image: UInt8[np.ndarray, "28 28"]) -> Drawing:
    """Return the centre lines of an image, in its pixels; none if it has no ink."""
    side = ENLARGED * FRAME_PIXELS
    enlarged = Image.fromarray(image).resize((side, side), Image.Resampling.BICUBIC)
    mask = np.asarray(enlarged) >= INK
    if not mask.any():
        return ()
    return tuple((line + 0.5) / ENLARGED - 0.5 for line in centre_lines(mask))


def _is_usable(drawing: Drawing) -> bool:
    """Return whether the strokes are few enough to be varied, and more than a dot."""
    few = 0 < len(drawing) <= STROKES
    return few and bool(np.ptp(np.concatenate(drawing), axis=0).max() > 0)


def _by_process(images: UInt8[np.ndarray, "images 28 28"]) -> list[np.ndarray]:
    process = subprocess.run(  # noqa: S603 - the project itself
        [sys.executable, "-m", __name__],
        input=images.tobytes(),
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        start_new_session=True,  # Ctrl-C is for the process that waits
        check=True,
    )
    with np.load(io.BytesIO(process.stdout)) as arrays:
        return [*arrays.values()]


def sample_images(
    key: Key[Array, ""], strokes: MnistStrokes, count: int, hand: writer.Hand = HAND
) -> tuple[Float[Array, "count 28 28"], Int[Array, " count"]]:
    """Return drawings chosen at random, varied by the hand and rendered, and their labels."""
    choose_key, write_key, pen_key = jax.random.split(key, 3)
    chosen = jax.random.randint(choose_key, (count,), 0, len(strokes.labels))
    points = writer.write(write_key, strokes.shapes, chosen, hand)
    labels = jnp.asarray(strokes.labels)[chosen].astype(int)
    return writer.render_drawings(pen_key, points, hand), labels


if __name__ == "__main__":
    shapes, kept = thinned(_images(sys.stdin.buffer.read()), processes=1)
    np.savez(sys.stdout.buffer, *shapes, kept)
