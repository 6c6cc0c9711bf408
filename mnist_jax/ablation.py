"""What each idea is worth, from the usual app to this one.

    python -m mnist_jax.ablation --drawings FILE.ndjson.gz [--epochs 12] [--json]

Trains the quick recipe without and with each of its parts, and reads the drawings without and
with theirs: about five minutes on two cores.
"""

import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, NamedTuple

import jax
import numpy as np
from jaxtyping import Array, Float, Int
from rich.console import Console
from rich.table import Table
from tyro.conf import arg

from mnist_jax.data.mnist import Mnist, load_mnist
from mnist_jax.evaluation.metrics import CHUNK, read_images
from mnist_jax.ink.frame import FRAME_PIXELS, PEN_RADIUS_PIXELS
from mnist_jax.ink.ndjson import read_drawings
from mnist_jax.ink.normalise import normalise, resample
from mnist_jax.ink.render import render
from mnist_jax.ink.strokes import Drawing
from mnist_jax.model import MLP
from mnist_jax.reading import answers
from mnist_jax.support import command_line
from mnist_jax.support.command_line import DataDir
from mnist_jax.support.errors import InputError
from mnist_jax.training.loop import fit
from mnist_jax.training.recipes import RECIPES, Recipe

PAD_SHARE = 0.8
"""How much of the usual app's pad a drawing's longer side takes."""

PENS_PIXELS = (0.7, PEN_RADIUS_PIXELS, 1.1)
"""Radii of the pens whose readings are averaged in the last row."""

EVERYTHING = RECIPES["quick"]
PLAIN = dataclasses.replace(EVERYTHING, distortion=None, drawings=0, non_digits=0)
DISTORTED = dataclasses.replace(EVERYTHING, drawings=0, non_digits=0)
DRAWN = dataclasses.replace(EVERYTHING, non_digits=0)


class Row(NamedTuple):
    """An idea on top of those of the rows before it."""

    name: str
    recipe: Recipe
    fitted: Callable[[Drawing], Float[np.ndarray, "points 2"]] = normalise
    pens: tuple[float, ...] = (PEN_RADIUS_PIXELS,)


@dataclass(frozen=True)
class Options:
    """The command line."""

    drawings: Annotated[Path, arg(metavar="FILE")]
    """Drawings of digits to read, .ndjson or .ndjson.gz."""

    data_dir: DataDir = None

    epochs: int = 12
    """Epochs of each training."""

    json: bool = False
    """Print one JSON object and nothing else."""


def main() -> None:
    """Run the command."""
    command_line.run("ablation", Options, _ablate, "Measure what each idea is worth.")


def _ablate(options: Options) -> None:
    drawings = list(read_drawings(options.drawings))
    if not drawings:
        raise InputError(f"{options.drawings}: holds no drawing, at least one is wanted")
    mnist = load_mnist(options.data_dir)
    labels = np.array([labelled.label for labelled in drawings])
    measured: dict[str, dict[str, float]] = {}
    mlp, trained = None, None
    for row in ROWS:
        if mlp is None or row.recipe != trained:
            mlp, trained = _trained(row.recipe, options.epochs, mnist), row.recipe
        points = np.stack([row.fitted(labelled.drawing) for labelled in drawings])
        measured[row.name] = {
            "test": float(read_images(mlp, mnist.test).right.mean()),
            "drawings": float((digits_read(mlp, points, row.pens) == labels).mean()),
        }
    if options.json:
        print(json.dumps(measured))
    else:
        Console().print(_table(measured))


def as_usual(drawing: Drawing) -> Float[np.ndarray, "points 2"]:
    """Where the pen lies, in pixels, when a pad that was drawn on is shrunk to the frame."""
    points, _ = resample(drawing)
    middle = (points.min(0) + points.max(0)) / 2
    placed = (points - middle) * (PAD_SHARE * FRAME_PIXELS) + (FRAME_PIXELS - 1) / 2
    return np.asarray(placed, np.float32)


def digits_read(
    mlp: MLP, points: Float[np.ndarray, "drawings points 2"], pens: tuple[float, ...]
) -> Int[np.ndarray, " drawings"]:
    """The most probable digit of each drawing, its probabilities averaged over pens' radii."""

    @jax.jit
    def probabilities(part: Float[Array, "part points 2"], pen: float) -> Float[Array, "part 10"]:
        return answers(mlp, jax.vmap(lambda one: render(one, pen))(part)).probabilities

    parts = np.array_split(points, -(-len(points) // CHUNK))
    means = [sum(np.asarray(probabilities(part, pen)) for pen in pens) for part in parts]
    return np.asarray(np.concatenate(means).argmax(axis=1))


ROWS = (
    Row("the pad shrunk, as in the usual app", PLAIN, fitted=as_usual),
    Row("+ normalised as MNIST was", PLAIN),
    Row("+ MNIST distorted", DISTORTED),
    Row("+ synthetic drawings", DRAWN),
    Row("+ a class for what is no digit", EVERYTHING),
    Row("+ averaged over three pens", EVERYTHING, pens=PENS_PIXELS),
)


def _trained(recipe: Recipe, epochs: int, mnist: Mnist) -> MLP:
    *_, (training, _) = fit(dataclasses.replace(recipe, epochs=epochs), mnist.train, seed=0)
    return training.mlp


def _table(measured: dict[str, dict[str, float]]) -> Table:
    table = Table("Idea", "MNIST test", "Drawings")
    for name, shares in measured.items():
        table.add_row(name, *(f"{100 * share:.2f} %" for share in shares.values()))
    return table


if __name__ == "__main__":
    main()
