"""The ablation study: rows that add one idea after the other, and how each is measured."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from mnist_jax.data.mnist import Mnist
from mnist_jax.evaluation.metrics import CHUNK, read_images
from mnist_jax.ink.frame import FRAME_PIXELS
from mnist_jax.ink.normalise import normalise, resample
from mnist_jax.ink.render import render
from mnist_jax.ink.strokes import Drawing, LabelledDrawing
from mnist_jax.model import MLP
from mnist_jax.reading import Answers, answers, read_points
from mnist_jax.training.loop import fit
from mnist_jax.training.recipes import RECIPES, Recipe

PAD_SHARE = 0.8
"""Share of the usual app's canvas that the longer side of a drawing takes."""

EVERYTHING = RECIPES["quick"]
PLAIN = dataclasses.replace(EVERYTHING, distortion=None, drawings=0, non_digits=0)
DISTORTED = dataclasses.replace(EVERYTHING, drawings=0, non_digits=0)
DRAWN = dataclasses.replace(EVERYTHING, non_digits=0)


@jax.jit
def read_upright(mlp: MLP, points: Float[Array, "part points 2"]) -> Answers:
    """Read each drawing as it is, in one view."""
    return answers(mlp, jax.vmap(render)(points))


class Row(NamedTuple):
    """One idea, added to those of the rows before."""

    name: str
    recipe: Recipe
    fitted: Callable[[Drawing], Float[np.ndarray, "points 2"]] = normalise
    read: Callable[[MLP, Float[Array, "part points 2"]], Answers] = read_upright


def measured(
    drawings: Sequence[LabelledDrawing], mnist: Mnist, epochs: int, seeds: int
) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each row's name and accuracy on test images and drawings, as means of all seeds."""
    labels = np.array([labelled.label for labelled in drawings])
    trained: dict[Recipe, list[MLP]] = {}
    for row in ROWS:
        if row.recipe not in trained:
            trained = {row.recipe: [_trained(row.recipe, epochs, mnist, s) for s in range(seeds)]}
        points = np.stack([row.fitted(labelled.drawing) for labelled in drawings])
        tests = [read_images(mlp, mnist.test).right.mean() for mlp in trained[row.recipe]]
        right = [(digits_read(mlp, points, row) == labels).mean() for mlp in trained[row.recipe]]
        yield row.name, {"test": float(np.mean(tests)), "drawings": float(np.mean(right))}


def as_usual(drawing: Drawing) -> Float[np.ndarray, "points 2"]:
    """Return pen positions in pixels for a canvas shrunk to the frame, as in the usual app."""
    points, _ = resample(drawing)
    middle = (points.min(0) + points.max(0)) / 2
    placed = (points - middle) * (PAD_SHARE * FRAME_PIXELS) + (FRAME_PIXELS - 1) / 2
    return np.asarray(placed, np.float32)


def digits_read(
    mlp: MLP, points: Float[np.ndarray, "drawings points 2"], row: Row
) -> Int[np.ndarray, " drawings"]:
    """Return the most probable digit of each drawing."""
    parts = np.array_split(points, -(-len(points) // CHUNK))
    probabilities = [np.asarray(row.read(mlp, jnp.asarray(part)).probabilities) for part in parts]
    return np.asarray(np.concatenate(probabilities).argmax(axis=1))


ROWS = (
    Row("the pad shrunk, as in the usual app", PLAIN, fitted=as_usual),
    Row("+ normalised as MNIST was", PLAIN),
    Row("+ MNIST distorted", DISTORTED),
    Row("+ synthetic drawings", DRAWN),
    Row("+ a class for what is no digit", EVERYTHING),
    Row("+ read in five views", EVERYTHING, read=read_points),
)


def _trained(recipe: Recipe, epochs: int, mnist: Mnist, seed: int) -> MLP:
    *_, (training, _) = fit(dataclasses.replace(recipe, epochs=epochs), mnist.train, seed)
    return training.mlp
