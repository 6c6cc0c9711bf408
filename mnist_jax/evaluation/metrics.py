"""Measures of a network: how it reads test images, people's drawings, and what is no digit."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Bool, Float, Int

from mnist_jax.classes import DIGITS
from mnist_jax.data.mnist import Digits
from mnist_jax.ink.ndjson import LabelledDrawing
from mnist_jax.ink.normalise import normalise
from mnist_jax.model import MLP
from mnist_jax.reading import answers, read_points

CHUNK = 1000
"""Drawings or images read at once; bounds the memory."""

BINS = 15
"""Bins of confidence over which calibration is measured."""

Report = dict[str, Any]


class Readings(NamedTuple):
    """What a network read in many images or drawings, and what they were."""

    probabilities: Float[np.ndarray, "n 10"]
    digit_probabilities: Float[np.ndarray, " n"]
    labels: Int[np.ndarray, " n"]
    """The true digits; -1 for what is none."""
    accepted: Bool[np.ndarray, " n"]
    """Taken for a digit."""

    @property
    def right(self) -> Bool[np.ndarray, " n"]:
        """Whose most probable digit is the true one, taken for a digit or not."""
        return np.asarray(self.probabilities.argmax(axis=1) == self.labels)


def read_images(mlp: MLP, digits: Digits) -> Readings:
    """What the network reads in each image."""
    compiled = jax.jit(answers)
    return _read(lambda part: compiled(mlp, part), mlp, digits.images, digits.labels.astype(int))


def read_all(mlp: MLP, drawings: Sequence[LabelledDrawing]) -> Readings:
    """What the network reads in each drawing, as `read_drawing` would."""
    points = np.stack([normalise(labelled.drawing) for labelled in drawings])
    labels = np.array([labelled.label for labelled in drawings])
    return _read(lambda part: read_points(mlp, part), mlp, points, labels)


def _read(answer: Any, mlp: MLP, inputs: np.ndarray, labels: np.ndarray) -> Readings:
    whole = -(-len(inputs) // CHUNK) * CHUNK
    padded = np.resize(inputs, (whole, *inputs.shape[1:]))  # chunks of one shape compile once
    parts = [answer(jnp.asarray(part)) for part in np.split(padded, whole // CHUNK)]
    probabilities, digit_probabilities = (
        np.concatenate(values)[: len(inputs)] for values in zip(*parts, strict=True)
    )
    accepted = digit_probabilities >= mlp.threshold
    return Readings(probabilities, digit_probabilities, labels, accepted)


def images_report(read: Readings) -> Report:
    """Accuracy, mean cross-entropy in nats, calibration error and count."""
    probability = read.probabilities[np.arange(len(read.labels)), read.labels]
    return {
        "accuracy": float(read.right.mean()),
        "loss": float(-np.log(np.maximum(probability, _SMALLEST)).mean()),
        "count": len(read.labels),
        "calibration_error": calibration_error(read),
        "confusion": confusion(read).tolist(),
    }


_SMALLEST = float(np.finfo(np.float32).tiny)
"""Keeps the logarithm of a probability that was rounded to zero finite."""


def drawings_report(read: Readings) -> Report:
    """Accuracy, count, accuracy for each digit (none where it was never drawn), and more."""
    right, labels = read.right, read.labels
    return {
        "accuracy": float(right.mean()),
        "count": len(labels),
        "per_digit": [_share(right[labels == digit]) for digit in range(DIGITS)],
        "refused": int((~read.accepted).sum()),
        "calibration_error": calibration_error(read),
        "confusion": confusion(read).tolist(),
    }


def not_digits_report(read: Readings, digits: Readings) -> Report:
    """How many were refused of what is no digit, and how well `digits` are told from them."""
    return {
        "refused": int((~read.accepted).sum()),
        "count": len(read.labels),
        "auroc": auroc(digits.digit_probabilities, read.digit_probabilities),
    }


def confusion(read: Readings) -> Int[np.ndarray, "10 10"]:
    """How often each digit (row) was read as each (column)."""
    counts = np.zeros((DIGITS, DIGITS), int)
    np.add.at(counts, (read.labels, read.probabilities.argmax(axis=1)), 1)
    return counts


class Reliability(NamedTuple):
    """Bins of confidence, each with how much was said and how much was true."""

    confidence: Float[np.ndarray, " bins"]
    accuracy: Float[np.ndarray, " bins"]
    share: Float[np.ndarray, " bins"]
    """Share of all readings that fall in the bin."""


def reliability(read: Readings) -> Reliability:
    """Confidence against accuracy in `BINS` bins of equal width; empty bins hold zeros."""
    confidence = read.probabilities.max(axis=1)
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    counts = np.bincount(bins, minlength=BINS)
    filled = np.maximum(counts, 1)
    said = np.bincount(bins, confidence, BINS) / filled
    true = np.bincount(bins, read.right, BINS) / filled
    return Reliability(said, true, counts / len(bins))


def calibration_error(read: Readings) -> float:
    """Expected calibration error over `BINS` bins, 0 to 1 (Guo et al. 2017, equation 3)."""
    bins = reliability(read)
    return float((bins.share * np.abs(bins.confidence - bins.accuracy)).sum())


def auroc(positives: Float[np.ndarray, " n"], negatives: Float[np.ndarray, " m"]) -> float:
    """Probability that a positive scores above a negative, ties counting half."""
    ordered = np.sort(negatives)
    below = np.searchsorted(ordered, positives, side="left")
    equal = np.searchsorted(ordered, positives, side="right") - below
    return float((below + equal / 2).mean() / len(negatives))


def _share(right: Bool[np.ndarray, " n"]) -> float | None:
    return float(right.mean()) if len(right) else None
