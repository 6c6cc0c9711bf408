"""Fit the probability of a number to synthetic numbers, and to letters and symbols.

    python -m mnist_jax.evaluation.number_certainty

prints the weights for `mnist_jax.numbers.certainty`, after about three minutes. A logistic
regression finds the weights that separate numbers that are read right from everything else. Their
scale and the bias are then fitted to the numbers alone, so that the probability is calibrated for
numbers (Platt 1999, "Probabilistic Outputs for Support Vector Machines").
"""

from collections.abc import Iterator
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Bool, Float

from mnist_jax.evaluation.side_by_side import sample
from mnist_jax.handwriting import allographs, symbols, writer
from mnist_jax.handwriting.templates import Shapes
from mnist_jax.ink.strokes import LabelledDrawing
from mnist_jax.model import Network
from mnist_jax.numbers.certainty import Evidence
from mnist_jax.numbers.division import find_digits
from mnist_jax.numbers.layout import height
from mnist_jax.params import load_params
from mnist_jax.support import command_line

COUNT = 600
"""How many numbers are made without signs, and with them, and letters and symbols; half as many
joined numbers and single digits."""

HAND = writer.DEFAULT.scaled(0.5)
"""With this hand, numbers are read about as well as those of real people."""

LETTER_WEIGHT, SINGLE_WEIGHT, JOINED_WEIGHT = 0.35, 0.2, 0.02
"""Weights in the fit of a letter or symbol, a single digit and a joined number; other numbers have
1. Joined numbers have little, because they look like letters."""

RIDGE = 1.0
"""Strength of the L2 penalty on the weights of standardised features."""

STEPS = 30
"""Steps of Newton's method, more than it needs."""


@dataclass(frozen=True)
class Options:
    """The command has no options of its own."""


@command_line.command(Options)
def main(_options: Options) -> None:
    """Print the weights."""
    network = load_params()
    made = [*_drawings(np.random.default_rng(0))]
    rows = [(*_read(network, drawing), drawing.word, share) for drawing, share in made]
    texts, features, words, shares = (np.array(column) for column in zip(*rows, strict=True))
    *weights, bias = fit(features, texts == words, shares)
    numbers = words != ""
    scores = features[numbers] @ weights + bias
    scale, offset = fit(scores[:, None], (texts == words)[numbers], shares[numbers], ridge=0)
    *shown, last = np.round([*(scale * np.array(weights)), scale * bias + offset], 2).tolist()
    print(Evidence(*shown), last)


def _drawings(rng: np.random.Generator) -> Iterator[tuple[LabelledDrawing, float]]:
    """Yield drawings with their weights in the fit; letters and symbols have an empty word."""
    words, frequencies = allographs.digits_and_frequencies()
    digits = _written(allographs.shapes(), frequencies, [*map(str, words)], 4 * COUNT, rng)
    signs = symbols.weights()
    others = _written(symbols.shapes(), signs, [""] * len(signs), COUNT, rng)
    few = COUNT // 2
    for drawings, share in [
        (sample(digits, COUNT, rng), 1.0),
        (sample(digits, COUNT, rng, signs=True), 1.0),
        (sample(digits, few, rng, joined=True), JOINED_WEIGHT),
        (digits[:few], SINGLE_WEIGHT),
        (others, LETTER_WEIGHT),
    ]:
        yield from ((drawing, share) for drawing in drawings)


def _written(
    shapes: Shapes,
    frequencies: Float[np.ndarray, " shapes"],
    words: list[str],
    count: int,
    rng: np.random.Generator,
) -> list[LabelledDrawing]:
    """Return random shapes, each with its word, varied by the simulated hand."""
    chosen = rng.choice(len(words), count, p=frequencies / frequencies.sum())
    key = jax.random.key(rng.integers(2**31))
    written = writer.vary(key, shapes, jnp.asarray(chosen), HAND)
    return [
        LabelledDrawing(
            words[index],
            tuple(points[strokes == number] for number in np.unique(strokes)),
        )
        for index, points, strokes in zip(
            chosen, np.asarray(written.points, float), np.asarray(written.stroke), strict=True
        )
    ]


def _read(network: Network, drawing: LabelledDrawing) -> tuple[str, Evidence]:
    pieces = [(stroke,) for stroke in drawing.drawing]
    found = find_digits(network, pieces)
    digits = [segment.reading for segment in found.segments if segment.reading]
    text = "".join(
        str(segment.reading.digit) if segment.reading else segment.sign
        for segment in found.segments
    )
    return text, Evidence.of(found, digits, height(pieces))


def fit(
    features: Float[np.ndarray, "n features"],
    right: Bool[np.ndarray, " n"],
    shares: Float[np.ndarray, " n"],
    ridge: float = RIDGE,
) -> Float[np.ndarray, " features+1"]:
    """Return the weights and the bias of a logistic regression, by Newton's method.

    `shares` weighs the rows, and `ridge` penalises the squares of the weights.
    See Hastie, Tibshirani and Friedman 2009, "The Elements of Statistical Learning", section 4.4.1.
    """
    scale = features.std(axis=0)
    inputs = np.column_stack([features / scale, np.ones(len(features))])
    penalty = np.diag([*[ridge] * len(scale), 0.0])
    weights = np.zeros(inputs.shape[1])
    for _ in range(STEPS):
        predicted = 1 / (1 + np.exp(-inputs @ weights))
        gradient = inputs.T @ (shares * (right - predicted)) - penalty @ weights
        curvature = (inputs.T * (shares * predicted * (1 - predicted))) @ inputs + penalty
        weights += np.linalg.solve(curvature, gradient)
    return np.asarray(weights / np.append(scale, 1.0))


if __name__ == "__main__":
    main()
