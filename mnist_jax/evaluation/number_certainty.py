"""Fit the probability of a number to synthetic numbers, and to letters and symbols.

    python -m mnist_jax.evaluation.number_certainty

prints the weights for `mnist_jax.numbers.ligatures` and then `mnist_jax.numbers.certainty`, after
about a minute and a half. The first separate the lines that join digits from other sides of a
stroke's polygon; no network is needed for them. The second are found by a logistic regression that
separates numbers that are read right from everything else. Their scale and the bias are then fitted
to the numbers alone, so that the probability is calibrated for numbers (Platt 1999, "Probabilistic
Outputs for Support Vector Machines").
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Bool, Float

from mnist_jax.evaluation.side_by_side import sample
from mnist_jax.handwriting import allographs, symbols, writer
from mnist_jax.handwriting.templates import Shapes
from mnist_jax.ink.strokes import Drawing, LabelledDrawing
from mnist_jax.model import Network
from mnist_jax.numbers.certainty import Evidence
from mnist_jax.numbers.division import find_digits
from mnist_jax.numbers.layout import height
from mnist_jax.numbers.ligatures import Line, sides
from mnist_jax.params import load_params
from mnist_jax.support import command_line

COUNT = 1200
"""How many numbers are made without signs, and with them, and letters and symbols; half as many
joined numbers and single digits."""

HAND = writer.DEFAULT.scaled(0.6)
"""With this hand, 95 % of the numbers are read right, fewer than those of real people; with one of
0.5, about as many are, but the probabilities of real numbers came out too high."""

SINGLE_WEIGHT, JOINED_WEIGHT = 0.2, 0.02
"""Weights in the fit of a single digit and a joined number; all others have 1. Joined numbers have
little, because they look like letters."""

RIDGE = 1.0
"""Strength of the L2 penalty on the weights of standardised features."""

DENSE, SAME = 0.015, 0.6
"""Steps along a digit, in its heights, when ligatures are learnt; and the least share that a side
and the line that was drawn have in common."""

STEPS = 30
"""Steps of Newton's method, more than it needs."""


@dataclass(frozen=True)
class Options:
    """The command has no options of its own."""


@command_line.command(Options)
def main(_options: Options) -> None:
    """Print the weights."""
    features, joins = (np.array(column) for column in zip(*_sides(), strict=True))
    *shown, last = np.round(fit(features, joins, np.ones(len(joins))), 2).tolist()
    print(Line(*shown), last)
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


def _sides() -> Iterator[tuple[Line, bool]]:
    """Yield sides of the polygons of joined numbers, and whether they join two digits."""
    rng = np.random.default_rng(0)
    digits = [replace(digit, drawing=_dense(digit.drawing)) for digit in _digits(COUNT, rng)]
    for number in sample(digits, COUNT, rng, joined=True):
        unit = height([(stroke,) for stroke in number.drawing])
        for stroke in number.drawing:
            steps = np.hypot(*np.diff(stroke, axis=0).T)
            arc = np.concatenate([[0.0], np.cumsum(steps)])
            joins = np.flatnonzero(steps > 2 * DENSE)
            for first, last, line in sides(stroke, unit):
                within = np.minimum(arc[last], arc[joins + 1]) - np.maximum(arc[first], arc[joins])
                either = np.maximum(arc[last], arc[joins + 1]) - np.minimum(arc[first], arc[joins])
                yield line, bool((within > SAME * either).any())


def _dense(drawing: Drawing) -> Drawing:
    """Return the drawing 1 high, in steps so short that only those that join digits are longer."""
    points = np.concatenate(drawing)
    width, high = np.ptp(points, axis=0)
    found = []
    for stroke in (stroke / (max(high, width / 2) or 1.0) for stroke in drawing):
        arc = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(stroke, axis=0).T))])
        places = np.linspace(0, arc[-1], 2 + int(arc[-1] / DENSE))
        found.append(np.stack([np.interp(places, arc, column) for column in stroke.T], axis=1))
    return tuple(found)


def _digits(count: int, rng: np.random.Generator) -> list[LabelledDrawing]:
    words, frequencies = allographs.digits_and_frequencies()
    return _written(allographs.shapes(), frequencies, [*map(str, words)], count, rng)


def _drawings(rng: np.random.Generator) -> Iterator[tuple[LabelledDrawing, float]]:
    """Yield drawings with their weights in the fit; letters and symbols have an empty word."""
    digits = _digits(4 * COUNT, rng)
    signs = symbols.weights()
    others = _written(symbols.shapes(), signs, [""] * len(signs), COUNT, rng)
    few = COUNT // 2
    for drawings, share in [
        (sample(digits, COUNT, rng), 1.0),
        (sample(digits, COUNT, rng, signs=True), 1.0),
        (sample(digits, few, rng, joined=True), JOINED_WEIGHT),
        (digits[:few], SINGLE_WEIGHT),
        (others, 1.0),
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
