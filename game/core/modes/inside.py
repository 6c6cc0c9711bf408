"""Look inside: the network at work on the drawing, while it is drawn."""

from dataclasses import dataclass, replace
from typing import ClassVar

from game.core.effects import Ask
from game.core.events import Choose, Digit, Do, Event, Explained, Go, Pin, Point, Sheet
from game.core.language import mark
from game.core.modes.sketchpad import Pad
from game.core.state import Help, Net, Response, State
from game.core.values.insight import INPUT, Insight, Question, Unit
from game.core.values.readings import BLANK

TOPICS = ("why", "change", "expect")
"""What can be asked about the answer, in the order of the buttons."""


@dataclass(frozen=True)
class Inside(Pad):
    """What the player asks about the network, and its last answer."""

    scene_name: ClassVar[str] = "inside"
    only_sheet: ClassVar[str] = "digit"
    help: ClassVar[Help] = (
        (
            mark("The network"),
            mark("Left to right: pixels, units, answers. Bright units are active"),
        ),
        (
            mark("Units"),
            mark("Point to see what it looks for, click to pin; or Shift and arrows"),
        ),
        (
            mark("F2, F3, F4"),
            mark("Why this answer? What would change it? Which one is like yours?"),
        ),
        (
            mark("0 to 9"),
            mark("Ask about that digit instead of the guess. Once more for the guess"),
        ),
        (
            mark("Pictures"),
            mark("Filled: ink here counts for it. Striped: ink here counts against it"),
        ),
        (mark("F5"), mark("The numbers behind it all")),
        (
            mark("Five looks"),
            mark("Elsewhere it looks five times, slanted a little. This is the first"),
        ),
    )

    topic: str = "why"
    """One of `TOPICS`."""
    digit: int | None = None
    """The digit that the player asks about; None for the guess."""
    pointed: Unit | None = None
    """The unit under the pointer."""
    pinned: Unit | None = None
    """The unit that is shown while the pointer is at none."""
    detailed: bool = False
    """Whether numbers are shown."""
    insight: Insight | None = None
    """The last answer of the network, which may be to the question before."""

    @property
    def shown(self) -> Unit | None:
        """The unit that is explained."""
        return self.pointed or self.pinned

    def question(self, state: State) -> Ask | None:
        """Return what to ask about the pad as it is now, unless that was answered."""
        if state.net is not Net.READY or state.unread:
            return state.unread
        drawn = state.reading if state.sketch.strokes or state.photo else None
        unit = self.shown if self.shown and self.shown.layer != INPUT else None
        topic = "" if self.topic == "change" and state.sketch.pen_down else self.topic
        asked = Question(drawn.image if drawn else BLANK, self.digit, unit, topic)
        answered = self.insight is not None and self.insight.question == asked
        return None if answered else asked

    def handle(self, state: State, event: Event) -> Response:
        """Point at a unit, pin it, or ask another question."""
        match event:
            case Explained(insight):
                return replace(self, insight=insight)
            case Point(unit):
                return replace(self, pointed=unit)
            case Pin(unit):
                return self._pinned(unit)
            case Do.ACCEPT if self.pointed:
                return self._pinned(self.pointed)
            case Choose(number):
                return replace(self, topic=TOPICS[number % len(TOPICS)])
            case Do.DETAILS:
                return replace(self, detailed=not self.detailed)
            case Digit(digit):
                return replace(self, digit=None if digit == self.digit else digit)
            case Sheet(name):
                return Go("sketchpad", name)
        return super().handle(state, event)

    def _pinned(self, unit: Unit) -> "Inside":
        """Return the mode with a unit pinned, or released if it was pinned before.

        While one of the answers is pinned, the questions are about its digit.
        """
        pinned, digit = None if unit == self.pinned else unit, self.digit
        answers = len(self.insight.layers) if self.insight else None
        if pinned and pinned.layer == answers:
            digit = pinned.index if pinned.index < 10 else digit
        elif self.pinned and self.pinned.layer == answers:
            digit = None
        return replace(self, pinned=pinned, digit=digit)
