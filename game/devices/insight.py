"""What goes on inside the network, as plain values for the screen that shows it."""

from collections.abc import Callable
from functools import cached_property

import jax
import numpy as np

from game.core.values.insight import Change, Insight, Question
from game.core.values.sketch import Strokes
from game.devices import conversions
from mnist_jax.classes import DIGITS
from mnist_jax.insight.activity import activity, unit
from mnist_jax.insight.changes import transition
from mnist_jax.insight.explanation import embedded_allographs, explain, nearest_allograph
from mnist_jax.model import Network
from mnist_jax.reading import answers


class Insights:
    """Answers questions about how one network reads."""

    def __init__(self, network: Network) -> None:
        """Store the network."""
        self._network = network
        self._changes: dict[tuple[bytes, int | None], Change | None] = {}
        """The last change found: pointing at units asks for it again."""

    def answer(self, question: Question, check: Callable[[], None]) -> Insight:
        """Return how the network reads the image.

        `check` is called while a change is searched for, and may end that by raising an exception.
        """
        image, place = conversions.image_array(question.image), question.unit
        read = _answers(self._network, image[None])
        (probabilities,), (digit_probability,) = (np.asarray(part).tolist() for part in read)
        guess = probabilities.index(max(probabilities))
        digit = guess if question.digit is None else question.digit
        active = activity(self._network, image, digit)
        found = unit(self._network, image, place.layer, place.index) if place else None
        expected: Strokes = ()
        if question.topic == "expect":
            template = nearest_allograph(self._network, self._allographs, image, digit)
            expected = conversions.core_allograph(template)
        return Insight(
            question,
            tuple(conversions.brightness_bytes(np.asarray(layer)) for layer in active.hidden),
            tuple(probabilities),
            digit_probability if len(active.logits) > DIGITS else None,
            digit,
            conversions.signed_bytes(np.asarray(active.contributions)),
            conversions.core_unit(place, found) if place and found else None,
            self._change(question, check) if question.topic == "change" else None,
            expected,
        )

    def _change(self, question: Question, check: Callable[[], None]) -> Change | None:
        """Return the nearest change found, towards the digit asked about or any other."""
        key = question.image, question.digit
        if key not in self._changes:
            self._changes = {key: self._nearest_change(*key, check)}
        return self._changes[key]

    def _nearest_change(
        self, pixels: bytes, asked: int | None, check: Callable[[], None]
    ) -> Change | None:
        image = conversions.image_array(pixels)
        found = explain(self._network, image, asked, check)
        if found.changed is None or found.changed_digit is None:
            return None
        way = transition(self._network, image, found.changed)
        return conversions.core_change(image, found.changed, found.changed_digit, way)

    @cached_property
    def _allographs(self) -> np.ndarray:
        return embedded_allographs(self._network)


_answers = jax.jit(answers)
