"""Answers of the trained network: probabilities of images, the reading of a drawing."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import jax
import numpy as np
from jaxtyping import Array, Float, Num

from mnist_jax import drawing as strokes
from mnist_jax import ink
from mnist_jax.errors import InputError
from mnist_jax.model import MLP

if "JAX_CPU_ENABLE_ASYNC_DISPATCH" not in os.environ:
    # Waking JAX's dispatch thread takes several times as long as one image's matrix products.
    jax.config.update("jax_cpu_enable_async_dispatch", False)  # type: ignore[no-untyped-call]  # noqa: FBT003


@dataclass(frozen=True, eq=False)
class Reading:
    """What the network sees in a drawing."""

    probabilities: Float[np.ndarray, "10"]
    image: Float[np.ndarray, "28 28"]
    """The normalised drawing as the network is shown it, 0 paper to 255 ink."""

    @property
    def digit(self) -> int:
        """The most probable digit."""
        return int(self.probabilities.argmax())


@jax.jit
def predict(mlp: MLP, images: Num[Array, "..."]) -> Float[Array, "batch 10"]:
    """Probabilities of the ten digits for images `(batch, 28, 28)`, 0 for paper to 255 for ink.

    Raises:
        InputError: the images are not `(batch, 28, 28)`.

    """
    frame = (strokes.FRAME_PIXELS, strokes.FRAME_PIXELS)
    if images.ndim != 3 or images.shape[1:] != frame:
        raise InputError(f"images of shape {images.shape} were given, (batch, 28, 28) is wanted")
    return jax.nn.softmax(mlp(images))


def read_drawing(mlp: MLP, drawing: Iterable[Any]) -> Reading:
    """What the network reads in a drawing: a sequence of `(points, 2)` strokes, y down, any unit.

    Raises:
        InputError: no stroke, a stroke without points, or a coordinate that is not finite.

    """
    points = strokes.normalise(strokes.as_drawing(drawing))
    image, probabilities = _read(mlp, points)
    return Reading(np.asarray(probabilities), np.asarray(image))


@jax.jit
def _read(
    mlp: MLP, points: Float[Array, "points 2"]
) -> tuple[Float[Array, "28 28"], Float[Array, "10"]]:
    image = ink.render(points)
    return image, jax.nn.softmax(mlp(image[None]))[0]


@jax.jit
def read_points(mlp: MLP, points: Float[Array, "batch points 2"]) -> Float[Array, "batch 10"]:
    """Probabilities for normalised drawings, many at once; see `drawing.normalise`."""
    return jax.nn.softmax(mlp(jax.vmap(ink.render)(points)))
