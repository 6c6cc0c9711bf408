"""Measure what each idea contributes, from the usual app to this project.

    python -m mnist_jax.ablation --drawings FILE [--epochs 10] [--seeds 3] [--json]

Trains the quick recipe with and without each of its parts, three times each, and reads the
drawings. Takes about 25 minutes on two cores.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from mnist_jax.ink.frame import FRAME_PIXELS
from mnist_jax.ink.normalise import normalise, resample
from mnist_jax.ink.strokes import Drawing
from mnist_jax.support import command_line
from mnist_jax.support.command_line import data_dir_option, flag, option, positive, print_table
from mnist_jax.support.languages import translatable, translated, written
from mnist_jax.training.recipes import RECIPES

if TYPE_CHECKING:
    from jax import Array

    from mnist_jax.model import MLP
    from mnist_jax.reading import Answers

PAD_SHARE = 0.8
"""Share of the usual app's canvas that the longer side of a drawing takes."""

QUICK = RECIPES["quick"]
MNIST_ONLY = replace(QUICK, drawings=0, non_digits=0)
PLAIN = replace(MNIST_ONLY, distortion=None)
DRAWN = replace(QUICK, non_digits=0)
STROKES_TOO = replace(DRAWN, stroke_drawings=DRAWN.drawings)
EVERYTHING = replace(STROKES_TOO, non_digits=QUICK.non_digits)

ROWS = {
    translatable("the pad shrunk, as in the usual app"): PLAIN,
    translatable("+ normalised as MNIST was"): PLAIN,
    translatable("+ MNIST distorted"): MNIST_ONLY,
    translatable("+ synthetic drawings"): DRAWN,
    translatable("+ MNIST's own strokes, drawn"): STROKES_TOO,
    translatable("+ a class for what is no digit"): EVERYTHING,
    translatable("+ read in five views"): EVERYTHING,
}
"""Recipe of each row of the table; the name says which idea it adds to the row before."""


@dataclass(frozen=True)
class Options:
    """Options of the command."""

    drawings: Path = option("FILE", "drawings of digits, .ndjson, UNIPEN or InkML", required=True)
    data_dir: Path | None = data_dir_option()
    epochs: int = option("N", "epochs of each training run", 10, type=positive)
    seeds: int = option(
        "N", "number of training runs that each figure is the mean of", 3, type=positive
    )
    json: bool = flag("print one JSON object and nothing else")


@command_line.command(Options)
def main(options: Options) -> None:
    """Train the networks and print the accuracies of each row."""
    rows = dict(_measured(options))
    if options.json:
        print(json.dumps(rows))
    else:
        table = [
            (translated(name), *(f"{written(100 * share, '.2f')} %" for share in row.values()))
            for name, row in rows.items()
        ]
        headings = (translated("Idea"), translated("MNIST test"), translated("Drawings"))
        print_table(headings, table)


def _measured(options: Options) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each row's name and accuracy on test images and drawings, as means of all seeds."""
    import jax

    from mnist_jax.data.mnist import load_mnist
    from mnist_jax.evaluation.metrics import CHUNK, read_images
    from mnist_jax.ink.drawing_files import list_drawings
    from mnist_jax.ink.render import render
    from mnist_jax.reading import answers, answers_in_chunks, read_points
    from mnist_jax.training.loop import fit

    @jax.jit
    def read_upright(mlp: "MLP", points: "Array") -> "Answers":
        return answers(mlp, jax.vmap(render)(points))

    drawings, mnist = list_drawings(options.drawings), load_mnist(options.data_dir)
    labels = np.array([labelled.label for labelled in drawings])
    first, *_, last = ROWS
    trained_recipe = None
    for name, recipe in ROWS.items():
        if recipe != trained_recipe:
            networks, trained_recipe = [], recipe
            for seed in range(options.seeds):
                *_, (training, _) = fit(replace(recipe, epochs=options.epochs), mnist.train, seed)
                networks.append(training.mlp)
        placed = shrunk_to_frame if name == first else normalise
        read = read_points if name == last else read_upright
        points = np.stack([placed(labelled.drawing) for labelled in drawings])
        tests, shares = [], []
        for mlp in networks:
            tests.append(read_images(mlp, mnist.test).right.mean())
            probabilities, _ = answers_in_chunks(partial(read, mlp), points, CHUNK)
            shares.append((probabilities.argmax(axis=1) == labels).mean())
        yield name, {"test": float(np.mean(tests)), "drawings": float(np.mean(shares))}


def shrunk_to_frame(drawing: Drawing) -> Float[np.ndarray, "points 2"]:
    """Return pen positions in pixels of the frame, as if the whole canvas was shrunk to it."""
    points, _ = resample(drawing)
    middle = (points.min(0) + points.max(0)) / 2
    placed = (points - middle) * (PAD_SHARE * FRAME_PIXELS) + (FRAME_PIXELS - 1) / 2
    return np.asarray(placed, np.float32)


if __name__ == "__main__":
    main()
