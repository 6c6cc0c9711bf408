"""Look inside: the network that reads the drawing, open while it is drawn."""

from dataclasses import dataclass, replace
from typing import ClassVar

from game.core.events import Choose, Digit, Do, Event, Explained, Go, Pin, Point, Sheet, Step
from game.core.insight import INPUT, Insight, Question, Unit, grid_columns
from game.core.readings import BLANK
from game.core.rules.pad import Pad
from game.core.state import FRAME_SECONDS, STILL_SECONDS, Help, Net, State

TOPICS = ("why", "change", "expect")
"""What is asked about the answer, in the order of their buttons."""

MORPH_SECONDS = 1.6
"""Time in which the image changes into the other digit."""

HOLD_SECONDS = 1.2
"""Time for which each of the two is shown unchanged."""


@dataclass(frozen=True)
class Inside(Pad):
    """The open network: what is asked of it, and its last answer."""

    view: ClassVar[str] = "inside.screen"
    only_sheet: ClassVar[str] = "digit"
    help: ClassVar[Help] = (
        ("The network", "Left to right: pixels, units, answers. Bright units are active"),
        ("Point", "at a unit to see what it looks for. Click to pin it. Or use the arrow keys"),
        ("F2, F3, F4", "Why this answer? What would change its mind? Which one is like yours?"),
        ("0 to 9", "Ask about that digit instead of the guess. Once more for the guess"),
        ("Pictures", "Filled: ink here counts for it. Striped: ink here counts against it"),
        ("F5", "The numbers behind it all"),
        ("Five looks", "Elsewhere it looks five times, a little slanted. Here you see the first"),
    )

    topic: str = "why"
    """One of `TOPICS`."""
    digit: int | None = None
    """The digit that the player asks about; None for the guess."""
    pointed: Unit | None = None
    """The unit under the pointer."""
    pinned: Unit | None = None
    """The unit that is shown while nothing is pointed at."""
    detailed: bool = False
    """Whether numbers are shown."""
    insight: Insight | None = None
    """The last answer of the network, which may be to the question before."""

    @property
    def shown(self) -> Unit | None:
        """The unit that is explained."""
        return self.pointed or self.pinned

    def frame_interval(self, state: State) -> float:
        """Return the time of two frames while a change is animated."""
        if state.settings.reduced_motion or not (self.insight and self.insight.change):
            return STILL_SECONDS
        return 2 * FRAME_SECONDS

    def question(self, state: State) -> Question | None:
        """Return what to ask about the pad as it is now, unless that was answered."""
        if state.net is not Net.READY:
            return None
        drawn = state.reading if state.sketch.strokes or state.photo else None
        unit = self.shown if self.shown and self.shown.layer != INPUT else None
        topic = "" if self.topic == "change" and state.sketch.pen_down else self.topic
        asked = Question(drawn.image if drawn else BLANK, self.digit, unit, topic)
        return None if self.insight and self.insight.question == asked else asked

    def receive(self, state: State, answer: Event) -> State:
        """Return the state with an answer of the network."""
        if not isinstance(answer, Explained):
            return state
        return replace(state, screen=replace(self, insight=answer.insight))

    def handle(self, state: State, event: Event) -> State | Go:
        """Point at a unit, pin it, or ask another question."""
        match event:
            case Point(unit):
                return replace(state, screen=replace(self, pointed=unit))
            case Pin(unit):
                return replace(state, screen=self._pinned(unit))
            case Step(right, down):
                return replace(state, screen=self._moved(right, down))
            case Do.ACCEPT if self.pointed:
                return replace(state, screen=self._pinned(self.pointed))
            case Choose(number):
                return replace(state, screen=replace(self, topic=TOPICS[number % len(TOPICS)]))
            case Do.DETAILS:
                return replace(state, screen=replace(self, detailed=not self.detailed))
            case Digit(digit):
                asked = None if digit == self.digit else digit
                return replace(state, screen=replace(self, digit=asked))
            case Sheet(name):
                return Go("sketchpad", name)
        return super().handle(state, event)

    def _pinned(self, unit: Unit) -> "Inside":
        """Pin a unit, or release it; an answer's digit is then asked about, too."""
        pinned = None if unit == self.pinned else unit
        return replace(self, pinned=pinned, digit=self._digit_of(pinned))

    def _digit_of(self, unit: Unit | None) -> int | None:
        """Return the digit whose answer a unit is; for other units the digit asked about now."""
        if self.insight is None:
            return self.digit
        answers = len(self.insight.layers)
        if unit and unit.layer == answers:
            return unit.index if unit.index < len(self.insight.probabilities) else self.digit
        return None if self.pinned and self.pinned.layer == answers else self.digit

    def _moved(self, right: int, down: int) -> "Inside":
        """Point at the next unit in a direction; beyond a layer's side is the next layer."""
        if self.insight is None:
            return self
        return replace(self, pointed=neighbour(self.insight, self.shown, right, down))


def neighbour(insight: Insight, unit: Unit | None, right: int, down: int) -> Unit:
    """Return the unit beside another one; that of the guess if there is no other."""
    widths = insight.widths
    if unit is None or unit.layer == INPUT:
        return Unit(len(widths) - 1, insight.guess)
    layer, across = unit.layer, columns(widths, unit.layer)
    row, column = divmod(unit.index, across)
    in_row = min(across, widths[layer] - row * across)
    row, column = row + down, column + right
    if not 0 <= column < in_row:
        layer = min(max(layer + right, 0), len(widths) - 1)
        if layer == unit.layer:
            return unit
        row = row * rows(widths, layer) // rows(widths, unit.layer)
        column = 0 if right > 0 else columns(widths, layer) - 1
    row = min(max(row, 0), rows(widths, layer) - 1)
    return Unit(layer, min(row * columns(widths, layer) + column, widths[layer] - 1))


def columns(widths: tuple[int, ...], layer: int) -> int:
    """Return how many units lie side by side; the answers lie one below the other."""
    return 1 if layer == len(widths) - 1 else grid_columns(widths[layer])


def rows(widths: tuple[int, ...], layer: int) -> int:
    """Return how many rows of units a layer has."""
    return -(-widths[layer] // columns(widths, layer))


def morph(now: float) -> float:
    """Return how far the image has changed into the other digit and back, from 0 to 1."""
    at = now % (2 * (MORPH_SECONDS + HOLD_SECONDS))
    if at > MORPH_SECONDS + HOLD_SECONDS:
        at = 2 * (MORPH_SECONDS + HOLD_SECONDS) - at - HOLD_SECONDS
        return max(0.0, at / MORPH_SECONDS)
    return min(1.0, at / MORPH_SECONDS)
