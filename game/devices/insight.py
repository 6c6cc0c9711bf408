"""What goes on inside the network, as plain values for the screen that shows it."""

from functools import cached_property

import jax
import numpy as np

from game.core.insight import Change, Expected, Insight, Question, Unit, UnitInsight
from game.core.readings import FRAME_SIDE
from game.devices.signed_pixels import signed_bytes
from mnist_jax.classes import DIGITS
from mnist_jax.insight.activity import activity
from mnist_jax.insight.examples import SeenAllographs, nearest_allograph, seen_allographs
from mnist_jax.insight.explanation import explain
from mnist_jax.insight.transitions import transition
from mnist_jax.insight.units import unit as unit_of
from mnist_jax.model import MLP
from mnist_jax.reading import answers

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
        read = _answers(self._mlp, image[None])
        (probabilities,), (digit_probability,) = (np.asarray(part).tolist() for part in read)
        guess = probabilities.index(max(probabilities))
        digit = guess if question.digit is None else question.digit
        active = activity(self._mlp, image, digit)
        return Insight(
            question,
            tuple(_brightness(np.asarray(layer)) for layer in active.hidden),
            tuple(probabilities),
            digit_probability if self._mlp.classes > DIGITS else None,
            digit,
            signed_bytes(np.asarray(active.contributions)),
            self._unit(image, question.unit) if question.unit else None,
            self._change(question) if question.topic == "change" else None,
            self._expected(image, digit) if question.topic == "expect" else None,
        )

    def _unit(self, image: np.ndarray, place: Unit) -> UnitInsight:
        layer, index = place.layer, place.index
        found = unit_of(self._mlp, image, layer, index)
        inputs = np.asarray(found.inputs)
        strongest = np.argsort(-np.abs(inputs), kind="stable")[:SOURCES]
        return UnitInsight(
            place,
            signed_bytes(np.asarray(found.weights)),
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
        way = transition(self._mlp, image, changed)
        guess = way.probabilities[0].argmax()
        return Change(
            digit,
            changed.astype(np.uint8).tobytes(),
            signed_bytes(changed - image, 255),
            way.added,
            way.rubbed_out,
            tuple((float(one[guess]), float(one[digit])) for one in way.probabilities),
        )

    @cached_property
    def _allographs(self) -> SeenAllographs:
        return seen_allographs(self._mlp)

    def _expected(self, image: np.ndarray, digit: int) -> Expected:
        template = nearest_allograph(self._mlp, self._allographs, image, digit)
        room = 1 - 2 * MARGIN
        strokes = tuple(
            tuple((float(x), float(y), 0.0) for x, y in MARGIN + room * stroke)
            for stroke in template.drawing
        )
        return Expected(template.name.replace("-", " "), strokes)


_answers = jax.jit(answers)


def _pixels(question: Question) -> np.ndarray:
    return (
        np.frombuffer(question.image, np.uint8).reshape(FRAME_SIDE, FRAME_SIDE).astype(np.float32)
    )


def _brightness(activations: np.ndarray) -> bytes:
    """Return the activations from 0 to 255, relative to the largest one."""
    largest = float(activations.max()) or 1.0
    return bytes(np.rint(255 * activations / largest).astype(np.uint8))
