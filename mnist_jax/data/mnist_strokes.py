"""MNIST's training images as strokes, to be varied and drawn like pen drawings.

Each image is thinned to its centre lines once, in one process per core, because Python's threads
would run one at a time. A training step varies some of them by the simulated hand and draws them
with the game's pen, as it does with the allographs. Run as a command, this module is such a
process: it reads images from standard input, as many bytes as its argument says, and writes their
shapes to standard output. It ends when its parent does.
"""

import io
import os
import subprocess
import sys
from contextlib import ExitStack
from functools import lru_cache
from threading import Thread
from typing import BinaryIO, NamedTuple, cast

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Bool, Float, Int, Key, UInt8
from PIL import Image

from mnist_jax.data.mnist import Digits
from mnist_jax.handwriting import writer
from mnist_jax.handwriting.templates import MAX_STROKES, Shapes, Template, stack_templates
from mnist_jax.ink.frame import FRAME_PIXELS
from mnist_jax.ink.pictures.centre_lines import centre_lines
from mnist_jax.ink.strokes import Drawing
from mnist_jax.support.errors import InputError

HAND = writer.DEFAULT.scaled(0.6)._replace(pen=0.25, polylines=0.05, grids=0.03)
"""How the strokes are varied: less than templates, because many people wrote them."""

ENLARGED = 3
"""Factor by which images are enlarged before they are thinned."""

INK = 128
"""Value from which on a pixel of an enlarged image counts as ink."""

FEW_IMAGES = 2_000
"""Up to this many images, one process is done before others would have started."""

UNUSABLE = (np.array([(0.0, 0.0), (1.0, 1.0)]),)
"""Takes the place of a drawing that cannot be used, so that indices stay the same."""


class MnistStrokes(NamedTuple):
    """The strokes of many images, and the digits that they show."""

    shapes: Shapes
    labels: UInt8[np.ndarray, " shapes"]


def mnist_strokes(digits: Digits) -> MnistStrokes:
    """Return the strokes of the images that have at most `MAX_STROKES`: 97 % of MNIST's.

    Takes 40 seconds for all of MNIST on two cores; asked again for the same images, it is instant.

    Raises:
        InputError: there is no such image.
    """
    shapes, kept = _thinned_once(digits.images.tobytes())
    if not kept.any():
        raise InputError(
            "none of the {count} images has 1 to {most} strokes to learn",
            count=len(digits),
            most=MAX_STROKES,
        )
    return MnistStrokes(Shapes(*(array[kept] for array in shapes)), digits.labels[kept])


@lru_cache(maxsize=1)
def _thinned_once(pixels: bytes) -> tuple[Shapes, Bool[np.ndarray, " images"]]:
    images = _images(pixels)
    return thinned(images, (os.cpu_count() or 1) if len(images) > FEW_IMAGES else 1)


def _images(pixels: bytes) -> UInt8[np.ndarray, "images 28 28"]:
    return np.frombuffer(pixels, np.uint8).reshape(-1, FRAME_PIXELS, FRAME_PIXELS)


def thinned(
    images: UInt8[np.ndarray, "images 28 28"], processes: int
) -> tuple[Shapes, Bool[np.ndarray, " images"]]:
    """Return the shapes of all images, and which of them are usable.

    Indices of strokes and points are bytes, to save memory.

    The result does not depend on the number of `processes`.
    """
    if processes > 1:
        with ExitStack() as stack:
            parts = np.array_split(images, processes)
            started = [stack.enter_context(_started(part.size)) for part in parts]
            for process, part in zip(started, parts, strict=True):  # all start at the same time
                _send(process, part)
            *arrays, kept = map(np.concatenate, zip(*map(_arrays, started), strict=True))
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
    is_few = 0 < len(drawing) <= MAX_STROKES
    return is_few and bool(np.ptp(np.concatenate(drawing), axis=0).max() > 0)


def _started(size: int) -> "subprocess.Popen[bytes]":
    """Start a process that computes the arrays of `thinned` for images of so many bytes."""
    return subprocess.Popen(  # noqa: S603 - the project itself
        [sys.executable, "-m", __name__, str(size)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        start_new_session=True,  # so that Ctrl-C does not reach it
    )


def _send(process: "subprocess.Popen[bytes]", images: UInt8[np.ndarray, "images 28 28"]) -> None:
    """Give a process its images, and keep its standard input open."""
    given = cast(BinaryIO, process.stdin)
    given.write(images.tobytes())
    given.flush()


def _arrays(process: "subprocess.Popen[bytes]") -> list[np.ndarray]:
    """Return the arrays of `thinned` when a process has computed them."""
    output = cast(BinaryIO, process.stdout).read()
    if status := process.wait():
        raise subprocess.CalledProcessError(status, process.args)
    with np.load(io.BytesIO(output)) as arrays:
        return [*arrays.values()]


def _end_with_parent() -> None:
    """Wait for the parent to close the standard input, as it also does when it is killed."""
    os.read(0, 1)
    os._exit(1)


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
    images = _images(sys.stdin.buffer.read(int(sys.argv[1])))
    Thread(target=_end_with_parent, daemon=True).start()
    shapes, kept = thinned(images, processes=1)
    np.savez(sys.stdout.buffer, *shapes, kept)
