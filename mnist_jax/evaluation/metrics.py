"""Metrics of a network on test images and on drawings of digits, numbers and non-digits."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import jax
import numpy as np
from jaxtyping import Bool, Float, Int

from mnist_jax.classes import DIGITS
from mnist_jax.data.mnist import Digits
from mnist_jax.ink.normalise import normalise
from mnist_jax.ink.strokes import LabelledDrawing
from mnist_jax.model import Network
from mnist_jax.numbers.reading import read_number
from mnist_jax.reading import answers, answers_in_chunks, read_points

CHUNK = 1000
"""Drawings or images read at once, to bound the memory."""

BINS = 15
"""Number of confidence bins for the calibration error."""

Report = dict[str, Any]


class Readings(NamedTuple):
    """What a network reads in many images or drawings, and their labels."""

    probabilities: Float[np.ndarray, "n 10"]
    digit_probabilities: Float[np.ndarray, " n"]
    labels: Int[np.ndarray, " n"]
    """Digits that were drawn; -1 for non-digits."""
    accepted: Bool[np.ndarray, " n"]
    """Whether each is accepted as a digit."""

    @property
    def right(self) -> Bool[np.ndarray, " n"]:
        """Whether the most probable digit is the true one, accepted or not."""
        return np.asarray(self.probabilities.argmax(axis=1) == self.labels)


def read_images(network: Network, digits: Digits) -> Readings:
    """Read every image."""
    compiled = jax.jit(answers)
    return _read(
        lambda part: compiled(network, part), network, digits.images, digits.labels.astype(int)
    )


def read_all(network: Network, drawings: Sequence[LabelledDrawing]) -> Readings:
    """Read every drawing, as `read_drawing` does."""
    points = np.stack([normalise(labelled.drawing) for labelled in drawings])
    labels = np.array([labelled.label for labelled in drawings])
    return _read(lambda part: read_points(network, part), network, points, labels)


def _read(answer: Any, network: Network, inputs: np.ndarray, labels: np.ndarray) -> Readings:
    probabilities, digit_probabilities = answers_in_chunks(answer, inputs, CHUNK)
    accepted = digit_probabilities >= network.threshold
    return Readings(probabilities, digit_probabilities, labels, accepted)


def images_report(readings: Readings) -> Report:
    """Return accuracy, cross-entropy in nats, calibration error, count and confusion matrix."""
    probability = readings.probabilities[np.arange(len(readings.labels)), readings.labels]
    smallest = float(np.finfo(np.float32).tiny)  # the logarithm of zero would not be finite
    return {
        "accuracy": float(readings.right.mean()),
        "loss": float(-np.log(np.maximum(probability, smallest)).mean()),
        "count": len(readings.labels),
        "calibration_error": reliability(readings).error,
        "confusion": confusion(readings).tolist(),
    }


def drawings_report(readings: Readings) -> Report:
    """Return accuracy, count, refusals, calibration error and confusion matrix of drawings.

    The accuracy per digit is None for digits without drawings.
    """
    right, labels = readings.right, readings.labels
    return {
        "accuracy": float(right.mean()),
        "count": len(labels),
        "per_digit": [
            float(right[labels == digit].mean()) if digit in labels else None
            for digit in range(DIGITS)
        ],
        "refused": int((~readings.accepted).sum()),
        "calibration_error": reliability(readings).error,
        "confusion": confusion(readings).tolist(),
    }


def not_digits_report(readings: Readings, digits: Readings) -> Report:
    """Return how many non-digits were refused, and the AUROC of telling `digits` from them."""
    return {
        "refused": int((~readings.accepted).sum()),
        "count": len(readings.labels),
        "auroc": auroc(digits.digit_probabilities, readings.digit_probabilities),
    }


def numbers_report(network: Network, numbers: Sequence[LabelledDrawing]) -> Report:
    """Return the shares of numbers, of their lengths and of their digits that are read correctly.

    A digit or sign is read correctly if it is in the longest common subsequence of what was drawn
    and what is read. The calibration error is that of the probability of the whole number.
    """
    readings = [read_number(network, number.drawing) for number in numbers]
    pairs = [(number.word, reading.text) for number, reading in zip(numbers, readings, strict=True)]
    right = np.array([drawn == read for drawn, read in pairs])
    confidence = np.array([reading.probability for reading in readings])
    return {
        "accuracy": float(right.mean()),
        "length_accuracy": float(np.mean([len(drawn) == len(read) for drawn, read in pairs])),
        "digit_accuracy": sum(_in_common(*pair) for pair in pairs)
        / sum(len(drawn) for drawn, _ in pairs),
        "count": len(pairs),
        "refused": sum(not reading.is_number for reading in readings),
        "calibration_error": _reliability(confidence, right).error,
    }


def not_numbers_report(network: Network, others: Sequence[LabelledDrawing]) -> Report:
    """Return how many drawings of anything but numbers are refused by `read_number`."""
    refused = [not read_number(network, other.drawing).is_number for other in others]
    return {"refused": sum(refused), "count": len(refused)}


def _in_common(drawn: str, read: str) -> int:
    """Return the length of the longest common subsequence."""
    lengths = [0] * (len(read) + 1)
    for symbol in drawn:
        before = lengths
        lengths = [0]
        for index, other in enumerate(read):
            longest = max(before[index + 1], lengths[index])
            lengths.append(before[index] + 1 if symbol == other else longest)
    return lengths[-1]


def confusion(readings: Readings) -> Int[np.ndarray, "10 10"]:
    """Count how often each digit (row) was read as each digit (column)."""
    counts = np.zeros((DIGITS, DIGITS), int)
    np.add.at(counts, (readings.labels, readings.probabilities.argmax(axis=1)), 1)
    return counts


class Reliability(NamedTuple):
    """Mean confidence and accuracy in each confidence bin."""

    confidence: Float[np.ndarray, " bins"]
    accuracy: Float[np.ndarray, " bins"]
    share: Float[np.ndarray, " bins"]
    """Share of all readings in each bin."""

    @property
    def error(self) -> float:
        """The expected calibration error, 0 to 1 (Guo et al. 2017, equation 3)."""
        return float((self.share * np.abs(self.confidence - self.accuracy)).sum())


def reliability(readings: Readings) -> Reliability:
    """Return the `BINS` bins, which have equal width; empty ones are zero."""
    return _reliability(readings.probabilities.max(axis=1), readings.right)


def _reliability(confidence: Float[np.ndarray, " n"], right: Bool[np.ndarray, " n"]) -> Reliability:
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    counts = np.bincount(bins, minlength=BINS)
    filled = np.maximum(counts, 1)
    mean_confidence = np.bincount(bins, confidence, BINS) / filled
    accuracy = np.bincount(bins, right, BINS) / filled
    return Reliability(mean_confidence, accuracy, counts / len(bins))


def auroc(positives: Float[np.ndarray, " n"], negatives: Float[np.ndarray, " m"]) -> float:
    """Return the probability that a positive scores above a negative, ties counting half."""
    ordered = np.sort(negatives)
    below = np.searchsorted(ordered, positives, side="left")
    equal = np.searchsorted(ordered, positives, side="right") - below
    return float((below + equal / 2).mean() / len(negatives))
