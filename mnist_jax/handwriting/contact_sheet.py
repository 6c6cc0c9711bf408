"""A picture of templates: each drawn clean beside a few samples as the network sees them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Key
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mnist_jax.evaluation.plots import as_png
from mnist_jax.handwriting import writer
from mnist_jax.handwriting.templates import Template, stack
from mnist_jax.ink.frame import FRAME_PIXELS
from mnist_jax.ink.strokes import Drawing
from mnist_jax.support.errors import InputError
from mnist_jax.support.files import checked_output, write_whole

_COLUMNS = 4
_MARGIN_PIXELS = 3
_MOST_SAMPLES = 100


class Strip(NamedTuple):
    """A name, samples as images, and the clean strokes in the unit box where there are any."""

    name: str
    images: Float[np.ndarray, "samples 28 28"]
    clean: Drawing = ()


def checked(output: Path, samples: int) -> Path:
    """Where to save a sheet of so many samples each.

    Raises:
        InputError: the file cannot be written, or the number is not from 1 to 100.
    """
    if not 0 < samples <= _MOST_SAMPLES:
        raise InputError(f"--samples: {samples} was given, it has to be 1 to {_MOST_SAMPLES}")
    return checked_output(output, ".png")


def strips(
    names: Sequence[str], templates: Sequence[Template], key: Key[Array, ""], samples: int
) -> list[Strip]:
    """A strip for each template."""
    write, dip = jax.random.split(key)
    chosen = jnp.repeat(jnp.arange(len(templates)), samples)
    images = writer.inked(dip, writer.write(write, stack(templates), chosen))
    rows = np.asarray(images).reshape(len(templates), samples, FRAME_PIXELS, FRAME_PIXELS)
    return [
        Strip(name, row, template.drawing)
        for name, row, template in zip(names, rows, templates, strict=True)
    ]


def save(path: Path, sheet: Sequence[Strip]) -> None:
    """Write the strips in columns; a dot shows where a clean stroke starts.

    Raises:
        InputError: the file cannot be written.
    """
    rows = -(-len(sheet) // _COLUMNS)
    cells = len(sheet[0].images) + 1
    figure = Figure(figsize=(_COLUMNS * cells * 0.6, rows * 0.8), layout="constrained")
    axes = figure.subplots(rows, _COLUMNS, squeeze=False).T.ravel()
    for place in axes:
        place.axis("off")
    for place, strip in zip(axes, sheet, strict=False):
        _draw(place, strip)
    write_whole(path, as_png(figure))


def _draw(place: Axes, strip: Strip) -> None:
    right = (len(strip.images) + 1) * FRAME_PIXELS
    place.set_title(strip.name, fontsize=7, pad=1, loc="left")
    place.imshow(
        np.concatenate(strip.images, axis=1),
        cmap="gray_r",
        extent=(FRAME_PIXELS, right, FRAME_PIXELS, 0),
    )
    place.set_xlim(0, right)
    for number, stroke in enumerate(strip.clean):
        line = stroke * (FRAME_PIXELS - 2 * _MARGIN_PIXELS) + _MARGIN_PIXELS
        place.plot(*line.T, color=f"C{number}", linewidth=1.2)
        place.plot(*line[0], ".", color=f"C{number}", markersize=4)
