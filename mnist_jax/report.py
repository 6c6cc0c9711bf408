"""Measures of a network: how well it reads test images and people's drawings."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from jaxtyping import Float, Int

from mnist_jax.drawing import LabelledDrawing, normalise
from mnist_jax.fit import evaluated
from mnist_jax.mnist import Digits
from mnist_jax.model import DIGITS, MLP
from mnist_jax.reading import read_points

CHUNK = 1000
"""Drawings read at once; bounds the memory."""

Report = dict[str, Any]


def test_report(mlp: MLP, test: Digits) -> Report:
    """Accuracy, mean cross-entropy in nats, and count over all the images."""
    score = evaluated(mlp, test)
    return {"accuracy": score.accuracy, "loss": score.loss, "count": len(test)}


def drawings_report(mlp: MLP, drawings: Sequence[LabelledDrawing]) -> Report:
    """Accuracy, count, and accuracy for each digit (none where it was never drawn)."""
    words = np.array([int(labelled.word) for labelled in drawings])
    right = probabilities_of(mlp, drawings).argmax(axis=1) == words
    return {
        "accuracy": float(right.mean()),
        "count": len(drawings),
        "per_digit": [_share(right[words == digit]) for digit in range(DIGITS)],
    }


def probabilities_of(
    mlp: MLP, drawings: Sequence[LabelledDrawing]
) -> Float[np.ndarray, "drawings 10"]:
    """What the network reads in each drawing, as `read_drawing` would."""
    points = np.stack([normalise(labelled.drawing) for labelled in drawings])
    whole = -(-len(points) // CHUNK) * CHUNK
    padded = np.resize(points, (whole, *points.shape[1:]))  # one shape compiles once
    read = [np.asarray(read_points(mlp, part)) for part in np.split(padded, whole // CHUNK)]
    return np.concatenate(read)[: len(points)]


def _share(right: Int[np.ndarray, " n"]) -> float | None:
    return float(right.mean()) if len(right) else None
