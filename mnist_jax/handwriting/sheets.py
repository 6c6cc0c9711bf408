"""Strips of clean strokes and rendered samples, and the picture that shows them in columns."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Key
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mnist_jax.handwriting import allographs, non_digits, symbols, writer
from mnist_jax.handwriting.templates import Template, stack_templates
from mnist_jax.ink.frame import FRAME_PIXELS
from mnist_jax.ink.strokes import Drawing
from mnist_jax.support.files import write_figure

_COLUMNS = 4
_MARGIN_PIXELS = 3


class Strip(NamedTuple):
    """The name, rendered samples and, if any, clean strokes in the unit box of a shape."""

    name: str
    images: Float[np.ndarray, "samples 28 28"]
    clean: Drawing = ()


def of_allographs(key: Key[Array, ""], samples: int) -> list[Strip]:
    """Return a strip for every allograph of the ten digits."""
    named = [(f"{digit} {template.name}", template) for digit, template in allographs.allographs()]
    return _strips(named, key, samples)


def of_non_digits(key: Key[Array, ""], samples: int) -> list[Strip]:
    """Return a strip for every symbol, then for every kind of non-digit."""
    strips = _strips([(symbol.name, symbol) for symbol in symbols.templates()], key, samples)
    for name in non_digits.KINDS:
        counts = tuple(samples * (kind == name) for kind in non_digits.KINDS)
        points = non_digits.sample_kinds(key, counts, writer.DEFAULT)
        strips.append(Strip(name, np.asarray(writer.render_drawings(key, points))))
    return strips


def _strips(
    named: Sequence[tuple[str, Template]], key: Key[Array, ""], samples: int
) -> list[Strip]:
    """Return a strip for each name, with samples of all its forms in turn."""
    forms: dict[str, list[Template]] = {}
    for name, template in named:
        forms.setdefault(name, []).append(template)
    shown = [each[number % len(each)] for each in forms.values() for number in range(samples)]
    write, pen = jax.random.split(key)
    points = writer.write(write, stack_templates(shown), jnp.arange(len(shown)))
    images = np.asarray(writer.render_drawings(pen, points))
    rows = images.reshape(len(forms), samples, FRAME_PIXELS, FRAME_PIXELS)
    return [
        Strip(name, row, each[0].drawing)
        for (name, each), row in zip(forms.items(), rows, strict=True)
    ]


def save(path: Path, sheet: Sequence[Strip]) -> None:
    """Draw the strips in columns and save them as a PNG; a dot marks the start of each stroke.

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
    write_figure(path, figure)


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
