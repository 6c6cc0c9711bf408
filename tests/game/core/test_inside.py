"""Look inside: what is asked of the network, and how one points at its units."""

from dataclasses import replace
from itertools import pairwise

import pytest

from game.core.events import Choose, Digit, Do, Explained, Go, Opened, Pin, Point, Read, Sheet, Step
from game.core.insight import INPUT, Insight, Question, Unit, grid_columns
from game.core.readings import BLANK
from game.core.rules.inside import HOLD_SECONDS, MORPH_SECONDS, Inside, columns, morph, neighbour
from game.core.rules.pad import Pad
from game.core.rules.settings import Settings
from game.core.state import Net, State
from game.core.update import update
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
    opened = update(DRAWN, Go("inside"))
    return answered(update(opened, Read(SEVEN)))


def answered(state: State) -> State:
    question = state.screen.question(state)
    return update(state, Explained(insight(question))) if question else state


def test_the_drawing_of_the_sketchpad_is_there_and_goes_back(state: State) -> None:
    assert state.sketch.strokes == DOT
    back = update(state, Sheet("digit"))
    assert isinstance(back.screen, Pad)
    assert not isinstance(back.screen, Inside)
    assert back.sketch.strokes == DOT


@pytest.mark.parametrize("sheet", ["digit", "number"])
def test_it_opens_on_the_sheet_for_a_digit(sheet: str) -> None:
    opened = update(replace(DRAWN, settings=Settings(sheet=sheet)), Go("inside"))
    assert opened.settings.sheet == "digit"
    assert update(opened, Sheet("number")).shows_number


def test_a_digit_is_opened_in_it_and_a_number_on_its_own_sheet(state: State) -> None:
    assert isinstance(update(state, Opened("a.ndjson", DOT)).screen, Inside)
    number = update(state, Opened("b.ndjson", DOT, sheet="number"))
    assert not isinstance(number.screen, Inside)
    assert number.shows_number


def test_what_was_answered_is_not_asked_again(state: State) -> None:
    assert state.screen.question(state) is None
    four = replace(SEVEN, image=bytes([8]) * 784)
    for event in (Choose(1), Digit(3), Point(Unit(1, 2)), Read(four), Do.CLEAR):
        changed = update(state, event)
        asked = changed.screen.question(changed)
        assert asked
        assert answered(changed).screen.question(answered(changed)) is None


def test_nothing_is_asked_without_a_network(state: State) -> None:
    for net in (Net.LOADING, Net.FAILED):
        without = replace(state, net=net, screen=Inside())
        assert without.screen.question(without) is None


def test_the_question_is_about_the_pad(state: State) -> None:
    cleared = update(state, Do.CLEAR)
    question = cleared.screen.question(cleared)
    assert question == Question(BLANK)
    asked = update(update(state, Digit(3)), Point(Unit(1, 2)))
    expected = Question(SEVEN.image, 3, Unit(1, 2), "why")
    assert asked.screen.question(asked) == expected


def test_a_pixel_needs_no_question(state: State) -> None:
    pointed = update(state, Point(Unit(INPUT, 5)))
    assert pointed.screen.question(pointed) is None


def test_a_late_answer_for_another_screen_changes_nothing(state: State) -> None:
    left = update(state, Go("title"))
    assert update(left, Explained(insight(Question(BLANK)))) == left


def test_a_digit_is_asked_about_until_it_is_pressed_again(state: State) -> None:
    asked = update(state, Digit(3))
    assert asked.screen.digit == 3
    assert update(asked, Digit(5)).screen.digit == 5
    assert update(asked, Digit(3)).screen.digit is None
    assert not asked.kept


def test_a_click_pins_a_unit_until_the_next(state: State) -> None:
    pinned = update(update(state, Point(FIRST)), Pin(FIRST))
    assert update(pinned, Point(None)).screen.shown == FIRST
    assert update(pinned, Point(Unit(1, 1))).screen.shown == Unit(1, 1)
    released = update(pinned, Pin(FIRST))
    assert update(released, Point(None)).screen.shown is None


def test_enter_pins_the_unit_that_is_pointed_at(state: State) -> None:
    pinned = update(update(state, Point(FIRST)), Do.ACCEPT)
    assert pinned.screen.pinned == FIRST
    assert update(state, Do.ACCEPT) == state


def test_a_pinned_answer_is_asked_about(state: State) -> None:
    pinned = update(state, Pin(Unit(2, 3)))
    assert pinned.screen.digit == 3
    assert update(pinned, Pin(Unit(2, 3))).screen.digit is None
    assert update(pinned, Pin(FIRST)).screen.digit is None
    assert update(update(state, Digit(4)), Pin(FIRST)).screen.digit == 4
    assert update(update(state, Digit(4)), Pin(LAST)).screen.digit == 4


@pytest.mark.parametrize(
    ("unit", "step", "expected"),
    [
        (None, (1, 0), Unit(2, 7)),  # the guess
        (Unit(INPUT, 3), (0, 1), Unit(2, 7)),
        (Unit(0, 0), (1, 0), Unit(0, 1)),
        (Unit(0, 0), (0, 1), Unit(0, 3)),
        (Unit(0, 0), (-1, 0), Unit(0, 0)),
        (Unit(0, 2), (1, 0), Unit(1, 0)),
        (Unit(0, 11), (0, 1), Unit(0, 11)),
        (Unit(1, 6), (1, 0), Unit(2, 7)),
        (Unit(2, 0), (-1, 0), Unit(1, 2)),
        (Unit(2, 10), (1, 0), Unit(2, 10)),
        (Unit(2, 10), (0, 1), Unit(2, 10)),
        (Unit(2, 4), (0, -1), Unit(2, 3)),
    ],
)
def test_arrow_keys_lead_from_unit_to_unit(
    unit: Unit | None, step: tuple[int, int], expected: Unit
) -> None:
    assert columns(WIDTHS, 0) == 3
    assert columns(WIDTHS, 1) == 3
    assert neighbour(insight(Question(BLANK)), unit, *step) == expected


def test_every_unit_is_reached_by_arrow_keys(state: State) -> None:
    seen = {state.screen.shown}
    reached = [update(state, Step(0, 0))]
    while reached:
        current = reached.pop()
        if current.screen.shown in seen:
            continue
        seen.add(current.screen.shown)
        reached += [update(current, Step(*way)) for way in ((1, 0), (-1, 0), (0, 1), (0, -1))]
    assert len(seen - {None}) == sum(WIDTHS)


@pytest.mark.parametrize("units", [1, 2, 7, 10, 64, 100, 127, 128, 500, 512, 784, 1024])
def test_a_layer_is_a_grid_with_few_empty_places(units: int) -> None:
    wide = grid_columns(units)
    high = -(-units // wide)
    assert wide - 1 <= high <= 5 * wide
    assert wide * high - units < wide
    if units in {64, 100, 128, 512, 784, 1024}:
        assert wide * high == units


def test_the_image_changes_and_changes_back() -> None:
    cycle = 2 * (MORPH_SECONDS + HOLD_SECONDS)
    shares = [morph(cycle * step / 200) for step in range(200)]
    assert shares[0] == 0
    assert max(shares) == 1
    assert min(shares) == 0
    assert max(abs(one - other) for one, other in pairwise(shares)) < 0.02
