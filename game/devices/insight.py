"""What goes on inside the network, as plain values for the screen that shows it."""

from functools import cached_property
from typing import Any

import numpy as np

from game.core.insight import Change, Expected, Insight, Question, Unit, UnitInsight
from mnist_jax.classes import DIGITS
from mnist_jax.insight.activity import activity
from mnist_jax.insight.examples import SeenAllographs, nearest_allograph, seen_allographs
from mnist_jax.insight.explanation import explain
from mnist_jax.insight.transitions import transition
from mnist_jax.insight.units import unit as unit_of
from mnist_jax.model import MLP
from mnist_jax.reading import answers_from_logits, predict

SOURCES = 6
"""Units below that are shown as the sources of a unit."""

MARGIN = 0.15
"""Free on each side of an allograph, in units of its square."""


class Insights:
    """Answers questions about how one network reads."""

    def __init__(self, mlp: MLP) -> None:
        """Store the network."""
        self._mlp = mlp
        self._last_change: tuple[tuple[bytes, int | None], Change | None] | None = None

    def answer(self, question: Question) -> Insight:
        """Return how the network reads the image."""
        image = _pixels(question)
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
            self._change(question) if question.topic == "change" else None,
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

    def _change(self, question: Question) -> Change | None:
        """Return the change; pointing at units does not search for it again."""
        about = question.image, question.digit
        if self._last_change is None or self._last_change[0] != about:
            self._last_change = about, self._nearest_change(_pixels(question), question.digit)
        return self._last_change[1]

    def _nearest_change(self, image: np.ndarray, asked: int | None) -> Change | None:
        """Return the nearest change found, towards the digit asked about or any other."""
        found = explain(self._mlp, image, asked)
        changed, digit = found.changed, found.changed_digit
        if changed is None or digit is None:
            return None
        guess = self._guess(image)
        way = transition(self._mlp, image, changed)
        return Change(
            digit,
            changed.astype(np.uint8).tobytes(),
            _signed(changed - image, 255),
            way.added,
            way.rubbed_out,
            tuple((float(one[guess]), float(one[digit])) for one in way.probabilities),
        )

    @cached_property
    def _allographs(self) -> SeenAllographs:
        return seen_allographs(self._mlp)

    def _expected(self, image: np.ndarray, digit: int) -> Expected:
        template = nearest_allograph(self._mlp, self._allographs, image, digit).template
        room = 1 - 2 * MARGIN
        strokes = tuple(
            tuple((float(x), float(y), 0.0) for x, y in MARGIN + room * stroke)
            for stroke in template.drawing
        )
        return Expected(template.name.replace("-", " "), strokes)


def _pixels(question: Question) -> np.ndarray:
    return np.frombuffer(question.image, np.uint8).reshape(28, 28).astype(np.float32)


def _brightness(activations: np.ndarray) -> bytes:
    """Return the activations from 0 to 255, relative to the largest one."""
    largest = float(activations.max()) or 1.0
    return bytes(np.rint(255 * activations / largest).astype(np.uint8))


def _signed(values: np.ndarray, largest: float | None = None) -> bytes:
    """Return signed values as in `scene.Signed`, relative to the largest one."""
    scale = largest or float(np.abs(values).max()) or 1.0
    signed: Any = np.rint(128 + 127 * values / scale).astype(np.uint8)
    return bytes(signed)
