"""The ablation study: rows that add one idea after the other, and how each is measured."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import jax
import numpy as np
from jaxtyping import Array, Float, Int

from mnist_jax.data.mnist import Mnist
from mnist_jax.evaluation.metrics import CHUNK, read_images
from mnist_jax.ink.frame import FRAME_PIXELS, PEN_RADIUS_PIXELS
from mnist_jax.ink.ndjson import LabelledDrawing
from mnist_jax.ink.normalise import normalise, resample
from mnist_jax.ink.render import render
from mnist_jax.ink.strokes import Drawing
from mnist_jax.model import MLP
from mnist_jax.reading import answers
from mnist_jax.training.loop import fit
from mnist_jax.training.recipes import RECIPES, Recipe

PAD_SHARE = 0.8
"""Share of the usual app's canvas that the longer side of a drawing takes."""

PENS_PIXELS = (0.7, PEN_RADIUS_PIXELS, 1.1)
"""Pen radii that the last row averages over."""

EVERYTHING = RECIPES["quick"]
PLAIN = dataclasses.replace(EVERYTHING, distortion=None, drawings=0, non_digits=0)
DISTORTED = dataclasses.replace(EVERYTHING, drawings=0, non_digits=0)
DRAWN = dataclasses.replace(EVERYTHING, non_digits=0)


class Row(NamedTuple):
    """One idea, added to those of the rows before."""

    name: str
    recipe: Recipe
    fitted: Callable[[Drawing], Float[np.ndarray, "points 2"]] = normalise
    pens: tuple[float, ...] = (PEN_RADIUS_PIXELS,)


def measured(
    drawings: Sequence[LabelledDrawing], mnist: Mnist, epochs: int
) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield the name of each row, and its accuracy on the test images and on the drawings."""
    labels = np.array([labelled.label for labelled in drawings])
    mlp, trained = None, None
    for row in ROWS:
        if mlp is None or row.recipe != trained:
            mlp, trained = _trained(row.recipe, epochs, mnist), row.recipe
        points = np.stack([row.fitted(labelled.drawing) for labelled in drawings])
        yield (
            row.name,
            {
                "test": float(read_images(mlp, mnist.test).right.mean()),
                "drawings": float((digits_read(mlp, points, row.pens) == labels).mean()),
            },
        )


def as_usual(drawing: Drawing) -> Float[np.ndarray, "points 2"]:
    """Return pen positions in pixels for a canvas shrunk to the frame, as in the usual app."""
    points, _ = resample(drawing)
    middle = (points.min(0) + points.max(0)) / 2
    placed = (points - middle) * (PAD_SHARE * FRAME_PIXELS) + (FRAME_PIXELS - 1) / 2
    return np.asarray(placed, np.float32)


def digits_read(
    mlp: MLP, points: Float[np.ndarray, "drawings points 2"], pens: tuple[float, ...]
) -> Int[np.ndarray, " drawings"]:
    """Return the most probable digit of each drawing, averaging probabilities over pen radii."""

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
