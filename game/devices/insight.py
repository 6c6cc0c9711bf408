"""What goes on inside the network, as plain values for the screen that shows it."""

from typing import Any

import numpy as np

from game.core.insight import Change, Expected, Insight, Question, Unit, UnitInsight
from mnist_jax.classes import DIGITS
from mnist_jax.insight.activity import activity
from mnist_jax.insight.changes import nearest_change
from mnist_jax.insight.examples import embedded_allographs, nearest_allograph
from mnist_jax.insight.units import unit as unit_of
from mnist_jax.model import MLP
from mnist_jax.reading import answers_from_logits, predict

SOURCES = 6
"""Units below that are shown as the sources of a unit."""

MARGIN = 0.15
"""Free on each side of an allograph, in units of its square."""

FRAMES = 9
"""Images from the drawing to the other digit whose probabilities are shown."""


class Insights:
    """Answers questions about how one network reads."""

    def __init__(self, mlp: MLP) -> None:
        """Look at all allographs as the network sees them."""
        self._mlp = mlp
        self._allographs = embedded_allographs(mlp)

    def answer(self, question: Question) -> Insight:
        """Return how the network reads the image."""
        image = np.frombuffer(question.image, np.uint8).reshape(28, 28).astype(np.float32)
        digit = self._guess(image) if question.digit is None else question.digit
        active = activity(self._mlp, image, digit)
        probabilities, digit_probability = answers_from_logits(active.logits[None])
        has_non_digits = self._mlp.classes > DIGITS
        return Insight(
            question,
            tuple(_brightness(np.asarray(layer)) for layer in active.hidden),
            tuple(np.asarray(probabilities[0]).tolist()),
            float(digit_probability[0]) if has_non_digits else None,
            digit,
            _signed(np.asarray(active.contributions)),
            self._unit(image, question.unit) if question.unit else None,
            self._change(image, question.digit) if question.topic == "change" else None,
            self._expected(image, digit) if question.topic == "expect" else None,
        )

    def _guess(self, image: np.ndarray) -> int:
        return int(np.asarray(predict(self._mlp, image[None]))[0].argmax())

    def _unit(self, image: np.ndarray, place: Unit) -> UnitInsight:
        layer, index = place.layer, place.index
        found = unit_of(self._mlp, image, layer, index)
        inputs = np.asarray(found.inputs)
        strongest = np.argsort(-np.abs(inputs), kind="stable")[:SOURCES]
        return UnitInsight(
            place,
            _signed(np.asarray(found.weights)),
            float(found.activation),
            tuple(np.asarray(found.effects).tolist()),
            tuple((Unit(layer - 1, int(n)), float(inputs[n])) for n in strongest if inputs[n]),
        )

    def _change(self, image: np.ndarray, digit: int | None) -> Change | None:
        ink = image.sum()
        guess = self._guess(image)
        found = nearest_change(self._mlp, image, None if digit == guess else digit)
        if found is None or ink == 0:
            return None
        changed, other = found
        steps = np.linspace(0, 1, FRAMES)[:, None, None]
        path = predict(self._mlp, image + steps * (changed - image))
        return Change(
            other,
            changed.astype(np.uint8).tobytes(),
            _signed(changed - image, 255),
            float((changed - image).clip(0).sum() / ink),
            float((image - changed).clip(0).sum() / ink),
            tuple((float(one[guess]), float(one[other])) for one in np.asarray(path)),
        )

    def _expected(self, image: np.ndarray, digit: int) -> Expected:
        template = nearest_allograph(self._mlp, self._allographs, image, digit).template
        room = 1 - 2 * MARGIN
        strokes = tuple(
            tuple((float(x), float(y), 0.0) for x, y in MARGIN + room * stroke)
            for stroke in template.drawing
        )
        return Expected(template.name.replace("-", " "), strokes)


def _brightness(activations: np.ndarray) -> bytes:
    """Return the activations from 0 to 255, relative to the largest one."""
    largest = float(activations.max()) or 1.0
    return bytes(np.rint(255 * activations / largest).astype(np.uint8))


def _signed(values: np.ndarray, largest: float | None = None) -> bytes:
    """Return signed values as in `scene.Signed`, relative to the largest one."""
    scale = largest or float(np.abs(values).max()) or 1.0
    signed: Any = np.rint(128 + 127 * values / scale).astype(np.uint8)
    return bytes(signed)
