"""Look inside: what is asked of the network, and how one points at its units."""

from dataclasses import replace

import pytest

from game.core.events import Choose, Digit, Do, Explained, Go, Opened, Pin, Point, Read, Sheet
from game.core.modes.inside import Inside
from game.core.modes.sketchpad import Pad
from game.core.state import Net, State
from game.core.update import state_after
from game.core.values.insight import INPUT, Insight, Question, Unit
from game.core.values.readings import BLANK
from game.core.values.settings import Settings
from tests.beginnings import DOT, DRAWN
from tests.readings import reading

WIDTHS = (12, 7, 11)
SEVEN = replace(reading(7), image=bytes([9]) * 784)
FIRST, LAST = Unit(0, 0), Unit(2, 10)


def insight(question: Question, guess: int = 7) -> Insight:
    """What a network with layers of 12 and 7 units tells that sees this digit."""
    shares = tuple(float(digit == guess) for digit in range(10))
    layers = tuple(bytes(width) for width in WIDTHS[:-1])
    return Insight(question, layers, shares, 0.9, guess, bytes(784))


@pytest.fixture
def state() -> State:
    """The open network with a drawing that it has answered for."""
    opened = state_after(DRAWN, Go("inside"))
    return answered(state_after(opened, Read(SEVEN)))


def answered(state: State) -> State:
    asked = question(state)
    return state_after(state, Explained(insight(asked))) if asked else state


def question(state: State) -> Question | None:
    asked = state.screen.question(state)
    return asked if isinstance(asked, Question) else None


def test_the_drawing_of_the_sketchpad_is_there_and_goes_back(state: State) -> None:
    back = state_after(state, Sheet("digit"))
    assert (back.screen, back.sketch.strokes, state.sketch.strokes) == (Pad(), DOT, DOT)


@pytest.mark.parametrize("sheet", ["digit", "number"])
def test_it_opens_on_the_sheet_for_a_digit(sheet: str) -> None:
    opened = state_after(replace(DRAWN, settings=Settings(sheet=sheet)), Go("inside"))
    assert opened.settings.sheet == "digit"
    assert state_after(opened, Sheet("number")).shows_number


def test_a_digit_is_opened_in_it_and_a_number_on_its_own_sheet(state: State) -> None:
    assert isinstance(state_after(state, Opened("a.ndjson", DOT)).screen, Inside)
    number = state_after(state, Opened("b.ndjson", DOT, sheet="number"))
    assert (number.screen, number.shows_number) == (Pad(), True)


def test_what_was_answered_is_not_asked_again(state: State) -> None:
    assert question(state) is None
    four = replace(SEVEN, image=bytes([8]) * 784)
    for event in (Choose(1), Digit(3), Point(Unit(1, 2)), Read(four), Do.CLEAR):
        changed = state_after(state, event)
        assert question(changed)
        assert question(answered(changed)) is None


def test_the_question_is_about_the_pad(state: State) -> None:
    assert question(state_after(state, Do.CLEAR)) == Question(BLANK)
    asked = state_after(state, Digit(3), Point(Unit(1, 2)))
    assert question(asked) == Question(SEVEN.image, 3, Unit(1, 2), "why")


def test_nothing_is_asked_of_a_pixel_or_without_a_network(state: State) -> None:
    assert question(state_after(state, Point(Unit(INPUT, 5)))) is None
    for net in (Net.LOADING, Net.FAILED):
        assert question(replace(state, net=net, screen=Inside())) is None


def test_a_late_answer_for_another_screen_changes_nothing(state: State) -> None:
    left = state_after(state, Go("title"))
    assert state_after(left, Explained(insight(Question(BLANK)))) == left


def test_a_digit_is_asked_about_until_it_is_pressed_again(state: State) -> None:
    asked = state_after(state, Digit(3))
    assert asked.screen.digit == 3
    assert asked.labelled == state.labelled
    assert state_after(asked, Digit(5)).screen.digit == 5
    assert state_after(asked, Digit(3)).screen.digit is None


def test_a_click_or_enter_pins_a_unit_until_the_next(state: State) -> None:
    pinned = state_after(state, Point(FIRST), Pin(FIRST))
    assert state_after(pinned, Point(None)).screen.shown == FIRST
    assert state_after(pinned, Point(Unit(1, 1))).screen.shown == Unit(1, 1)
    released = state_after(pinned, Pin(FIRST))
    assert state_after(released, Point(None)).screen.shown is None
    assert state_after(state, Point(FIRST), Do.ACCEPT) == pinned
    assert state_after(state, Do.ACCEPT) == state


def test_a_pinned_answer_is_asked_about(state: State) -> None:
    pinned = state_after(state, Pin(Unit(2, 3)))
    assert pinned.screen.digit == 3
    assert state_after(pinned, Pin(Unit(2, 3))).screen.digit is None
    assert state_after(pinned, Pin(FIRST)).screen.digit is None
    assert state_after(state, Digit(4), Pin(FIRST)).screen.digit == 4
    assert state_after(state, Digit(4), Pin(LAST)).screen.digit == 4
