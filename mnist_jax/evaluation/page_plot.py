"""A plot of pages with what was read over them."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from mnist_jax.evaluation.plots import LONGEST_NAME, outline
from mnist_jax.pages.page import Page
from mnist_jax.support.errors import printable
from mnist_jax.support.files import write_figure


def write_pages(path: Path, pages: Sequence[tuple[str, Page]]) -> None:
    """Plot each page with its texts: trusted ones green, doubtful ones red with a question mark.

    What was left out is grey.

    Raises:
        InputError: the file cannot be written.
    """
    figure = Figure(figsize=(8.0, 10.0 * len(pages)), layout="constrained")
    for number, (name, page) in enumerate(pages, start=1):
        axes = figure.add_subplot(len(pages), 1, number)
        axes.set_title(printable(name, LONGEST_NAME), parse_math=False)
        _draw(axes, page)
    write_figure(path, figure)


def _draw(axes: Axes, page: Page) -> None:
    axes.set_axis_off()
    axes.imshow(page.photo)
    for corners in page.left_out:
        axes.add_patch(Polygon(corners / page.scale, fill=False, color="0.5", ls="dotted"))
    for text in [text for row in page.rows for text in row]:
        outline(axes, text.corners / page.scale, text.text, trusted=text.trusted, size=7.0)
