"""Write it: the digits to choose from, and the ways of writing that parents choose from."""

from dataclasses import dataclass
from typing import ClassVar

from game.core.events import Choose, Digit, Do, Event, Go
from game.core.modes.writing.lesson import Lesson, Writing
from game.core.state import Response, State
from game.core.values.writing import FORMS, Form

ALL_FORMS: tuple[Form, ...] = tuple(
    (digit, name) for digit, names in FORMS.items() if len(names) > 1 for name in names
)
"""The ways of writing among which there is a choice."""


@dataclass(frozen=True)
class Shelf(Writing):
    """The ten digits to choose from."""

    scene_name: ClassVar[str] = "writing.shelf"

    def handle(self, state: State, event: Event) -> Response:
        """Begin the lesson of a digit."""
        if isinstance(event, Digit):
            return Lesson.of_digit(state, event.digit)
        return super().handle(state, event)


@dataclass(frozen=True)
class Forms(Writing):
    """The ways of writing, among which a parent chooses."""

    scene_name: ClassVar[str] = "writing.forms"

    def handle(self, state: State, event: Event) -> Response:
        """Choose the way in which a digit is taught, or go back to the digits."""
        match event:
            case Choose(number):
                digit, name = ALL_FORMS[number % len(ALL_FORMS)]
                forms = list(state.settings.forms)
                forms[digit] = name
                return state.with_settings(forms=tuple(forms))
            case Do.BACK | Do.ACCEPT:
                return Go("write")
        return super().handle(state, event)
