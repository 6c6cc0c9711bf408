"""Draw every allograph, or every non-digit, clean and in a few samples.

    python -m mnist_jax.handwriting.contact_sheet [--of allographs] [--output FILE.png]

Look at it after changing a table.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from jaxtyping import Float

from mnist_jax.ink.frame import FRAME_PIXELS
from mnist_jax.ink.strokes import Drawing
from mnist_jax.support import command_line
from mnist_jax.support.command_line import option, output_option, whole
from mnist_jax.support.files import write_figure
from mnist_jax.support.languages import translated

if TYPE_CHECKING:
    from mnist_jax.handwriting.templates import Template

_COLUMNS = 4
_MARGIN_PIXELS = 3


@dataclass(frozen=True)
class Options:
    """Options of the command."""

    of: str = option(None, "what to show", "allographs", choices=("allographs", "non-digits"))
    output: Path = output_option(".png", "picture to write", "contact-sheet.png")
    samples: int = option("N", "number of samples of each shape", 8, type=whole(1, 100))
    seed: int = option("N", "seed of the samples", 0, type=command_line.seed)


class _Strip(NamedTuple):
    name: str
    images: Float[np.ndarray, "samples 28 28"]
    clean: Drawing = ()
    """Strokes in the unit box, if the shape is always the same."""


@command_line.command(Options)
def main(options: Options) -> None:
    """Draw the sheet."""
    from mnist_jax.handwriting import allographs, symbols

    if options.of == "allographs":
        named = [(f"{digit} {shape.name}", shape) for digit, shape in allographs.allographs()]
        strips = [*_shapes(named, options)]
    else:
        named = [(symbol.name, symbol) for symbol in symbols.templates()]
        strips = [*_shapes(named, options), *_kinds(options)]
    _save(options.output, strips)
    print(translated("wrote {path}, with {count} shapes", path=options.output, count=len(strips)))


def _shapes(named: "Sequence[tuple[str, Template]]", options: Options) -> Iterator[_Strip]:
    """Yield a strip for each name; its samples take turns with the templates of that name."""
    import jax

    from mnist_jax.handwriting import writer
    from mnist_jax.handwriting.templates import stack_templates

    forms: dict[str, list[Template]] = {}
    for name, template in named:
        forms.setdefault(name, []).append(template)
    shown = [each[at % len(each)] for each in forms.values() for at in range(options.samples)]
    write_key, pen_key = jax.random.split(jax.random.key(options.seed))
    points = writer.write(write_key, stack_templates(shown), np.arange(len(shown)))
    images = np.split(np.asarray(writer.render_drawings(pen_key, points)), len(forms))
    for (name, each), row in zip(forms.items(), images, strict=True):
        yield _Strip(name, row, each[0].drawing)


def _kinds(options: Options) -> Iterator[_Strip]:
    """Yield a strip for every kind of non-digit."""
    import jax

    from mnist_jax.handwriting import non_digits, writer

    key = jax.random.key(options.seed)
    for name in non_digits.KINDS:
        counts = tuple(options.samples * (kind == name) for kind in non_digits.KINDS)
        points = non_digits.sample_kinds(key, counts, writer.DEFAULT)
        yield _Strip(name, np.asarray(writer.render_drawings(key, points)))


def _save(path: Path, strips: Sequence[_Strip]) -> None:
    """Draw the clean strokes, with a dot where each starts, and the samples beside them."""
    from matplotlib.figure import Figure

    rows = -(-len(strips) // _COLUMNS)
    cells = len(strips[0].images) + 1
    figure = Figure(figsize=(_COLUMNS * cells * 0.6, rows * 0.8), layout="constrained")
    axes = figure.subplots(rows, _COLUMNS, squeeze=False).T.ravel()
    for place in axes:
        place.axis("off")
    right = cells * FRAME_PIXELS
    for place, strip in zip(axes, strips, strict=False):
        place.set_title(strip.name, fontsize=7, pad=1, loc="left")
        samples = np.concatenate(strip.images, axis=1)
        place.imshow(samples, cmap="gray_r", extent=(FRAME_PIXELS, right, FRAME_PIXELS, 0))
        place.set_xlim(0, right)
        for number, stroke in enumerate(strip.clean):
            line = stroke * (FRAME_PIXELS - 2 * _MARGIN_PIXELS) + _MARGIN_PIXELS
            place.plot(*line.T, color=f"C{number}", linewidth=1.2)
            place.plot(*line[0], ".", color=f"C{number}", markersize=4)
    write_figure(path, figure)


if __name__ == "__main__":
    main()
