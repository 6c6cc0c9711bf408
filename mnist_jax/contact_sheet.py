"""A picture of templates: each drawn clean beside a few samples as the network sees them."""

from collections.abc import Sequence
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Key
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mnist_jax import handwriting
from mnist_jax.drawing import FRAME_PIXELS
from mnist_jax.templates import Shapes

_COLUMNS = 4


def save(
    path: Path, names: Sequence[str], shapes: Shapes, key: Key[Array, ""], samples: int
) -> None:
    """Write the sheet: a name, the clean strokes with a dot where each starts, `samples` images."""
    write, dip = jax.random.split(key)
    chosen = jnp.repeat(jnp.arange(len(names)), samples)
    images = np.asarray(handwriting.inked(dip, handwriting.write(write, shapes, chosen)))
    rows = -(-len(names) // _COLUMNS)
    figure = Figure(figsize=(_COLUMNS * (samples + 1) * 0.6, rows * 0.8), layout="constrained")
    axes = figure.subplots(rows, _COLUMNS, squeeze=False).T.ravel()
    for number, place in enumerate(axes):
        place.axis("off")
        if number < len(names):
            place.set_title(names[number], fontsize=7, pad=1, loc="left")
            _strip(place, images[number * samples : (number + 1) * samples])
            _clean(place, shapes.points[number], shapes.stroke[number])
    figure.savefig(path, dpi=100)


def _strip(place: Axes, images: np.ndarray) -> None:
    left = FRAME_PIXELS
    extent = (left, left + len(images) * FRAME_PIXELS, FRAME_PIXELS, 0)
    place.imshow(np.concatenate(images, axis=1), cmap="gray_r", extent=extent)
    place.set_xlim(0, extent[1])


def _clean(place: Axes, points: np.ndarray, stroke: np.ndarray) -> None:
    points = points * (FRAME_PIXELS - 6) + FRAME_PIXELS / 2
    for number in range(stroke.max() + 1):
        line = points[stroke == number]
        place.plot(*line.T, color=f"C{number}", linewidth=1.2)
        place.plot(*line[0], ".", color=f"C{number}", markersize=4)
