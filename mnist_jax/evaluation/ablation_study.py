"""The ablation study: rows that add one idea after the other, and how each is measured."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import jax
import numpy as np
from jaxtyping import Array, Float

from mnist_jax.data.mnist import Mnist
from mnist_jax.evaluation.metrics import CHUNK, read_images
from mnist_jax.ink.frame import FRAME_PIXELS
from mnist_jax.ink.normalise import normalise, resample
from mnist_jax.ink.render import render
from mnist_jax.ink.strokes import Drawing, LabelledDrawing
from mnist_jax.model import MLP
from mnist_jax.reading import Answers, answers, answers_in_chunks, read_points
from mnist_jax.training.loop import fit
from mnist_jax.training.recipes import RECIPES, Recipe

PAD_SHARE = 0.8
"""Share of the usual app's canvas that the longer side of a drawing takes."""


class Row(NamedTuple):
    """One idea, added to those of the rows before."""

    name: str
    recipe: Recipe
    points: Callable[[Drawing], Float[np.ndarray, "points 2"]]
    """Returns the pen positions of a drawing in pixels of the frame."""
    read: Callable[[MLP, Float[Array, "chunk points 2"]], Answers]


@jax.jit
def read_upright(mlp: MLP, points: Float[Array, "chunk points 2"]) -> Answers:
    """Read each drawing as it is, in one view."""
    return answers(mlp, jax.vmap(render)(points))


def as_usual(drawing: Drawing) -> Float[np.ndarray, "points 2"]:
    """Return pen positions in pixels for a canvas shrunk to the frame, as in the usual app."""
    points, _ = resample(drawing)
    middle = (points.min(0) + points.max(0)) / 2
    placed = (points - middle) * (PAD_SHARE * FRAME_PIXELS) + (FRAME_PIXELS - 1) / 2
    return np.asarray(placed, np.float32)


QUICK = RECIPES["quick"]
WITHOUT_OTHERS = replace(QUICK, non_digits=0)
WITHOUT_DRAWINGS = replace(WITHOUT_OTHERS, drawings=0)
PLAIN = replace(WITHOUT_DRAWINGS, distortion=None)

ROWS = (
    Row("the pad shrunk, as in the usual app", PLAIN, as_usual, read_upright),
    Row("+ normalised as MNIST was", PLAIN, normalise, read_upright),
    Row("+ MNIST distorted", WITHOUT_DRAWINGS, normalise, read_upright),
    Row("+ synthetic drawings", WITHOUT_OTHERS, normalise, read_upright),
    Row("+ a class for what is no digit", QUICK, normalise, read_upright),
    Row("+ read in five views", QUICK, normalise, read_points),
)


def measured(
    drawings: Sequence[LabelledDrawing], mnist: Mnist, epochs: int, seeds: int
) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each row's name and accuracy on test images and drawings, as means of all seeds."""
    labels = np.array([labelled.label for labelled in drawings])
    trained: dict[Recipe, list[MLP]] = {}
    for row in ROWS:
        if row.recipe not in trained:
            trained = {row.recipe: [_trained(row.recipe, epochs, mnist, s) for s in range(seeds)]}
        points = np.stack([row.points(labelled.drawing) for labelled in drawings])
        tests, shares = [], []
        for mlp in trained[row.recipe]:
            tests.append(read_images(mlp, mnist.test).right.mean())
            probabilities, _ = answers_in_chunks(partial(row.read, mlp), points, CHUNK)
            shares.append((probabilities.argmax(axis=1) == labels).mean())
        yield row.name, {"test": float(np.mean(tests)), "drawings": float(np.mean(shares))}


def _trained(recipe: Recipe, epochs: int, mnist: Mnist, seed: int) -> MLP:
    *_, (training, _) = fit(replace(recipe, epochs=epochs), mnist.train, seed)
    return training.mlp
