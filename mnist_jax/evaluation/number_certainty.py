"""Fit the probability of a number to synthetic numbers, and to letters and symbols.

    python -m mnist_jax.evaluation.number_certainty

prints the weights that `mnist_jax.numbers.certainty` states, after about three minutes. They are
those that tell numbers that are read right from all else. Their scale and the bias are then fitted
to the numbers alone, so that the probability is that of a number, as in Platt 1999, "Probabilistic
Outputs for Support Vector Machines".
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
"""How many numbers are made without signs, as many with signs, and as many letters and symbols; of
joined numbers and of single digits half as many."""

HAND = writer.DEFAULT.scaled(0.5)
"""Numbers by this hand are read about as well as those of real people."""

LETTERS, SINGLE, JOINED = 0.35, 0.2, 0.02
"""How much a letter, a single digit and a joined number count beside a number. Joined numbers
look like letters."""

RIDGE = 1.0
"""How much the squares of the weights of standardised features count."""

STEPS = 30
"""Newton's method needs fewer."""


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
    """Yield numbers, and letters and symbols, whose word is empty, and how much each counts."""
    words, frequencies = allographs.digits_and_frequencies()
    digits = _written(allographs.shapes(), frequencies, [*map(str, words)], 4 * COUNT, rng)
    signs = symbols.weights()
    others = _written(symbols.shapes(), signs, [""] * len(signs), COUNT, rng)
    few = COUNT // 2
    for drawings, share in [
        (sample(digits, COUNT, rng), 1.0),
        (sample(digits, COUNT, rng, signs=True), 1.0),
        (sample(digits, few, rng, joined=True), JOINED),
        (digits[:few], SINGLE),
        (others, LETTERS),
    ]:
        yield from ((drawing, share) for drawing in drawings)


def _written(
    shapes: Shapes,
    frequencies: Float[np.ndarray, " shapes"],
    words: list[str],
    count: int,
    rng: np.random.Generator,
) -> list[LabelledDrawing]:
    """Return random shapes written by hand."""
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

    See Hastie, Tibshirani and Friedman 2009, "The Elements of Statistical Learning", section 4.4.1.
    """
    scale = features.std(axis=0)
    inputs = np.column_stack([features / scale, np.ones(len(features))])
    penalty = np.diag([*[ridge] * len(scale), 0.0])
    weights = np.zeros(inputs.shape[1])
    for _ in range(STEPS):
        said = 1 / (1 + np.exp(-inputs @ weights))
        gradient = inputs.T @ (shares * (right - said)) - penalty @ weights
        curvature = (inputs.T * (shares * said * (1 - said))) @ inputs + penalty
        weights += np.linalg.solve(curvature, gradient)
    return np.asarray(weights / np.append(scale, 1.0))


if __name__ == "__main__":
    main()
