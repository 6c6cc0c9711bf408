"""What the cards of the open network say, in words that are true for what they show."""

from dataclasses import replace

import pytest

from game.core.modes.inside import Inside
from game.core.values.insight import BLANK, Change, Insight, Question, Unit, UnitInsight
from game.view.screens.inside.answer import amount, title
from game.view.screens.inside.screen import MANY_DIGITS, guess
from game.view.screens.inside.unit import sentence
from game.view.screens.sheet import LOOKING
from tests.beginnings import DRAWN, PAD, PHOTO
from tests.readings import number, reading

SHARES = (0.0,) * 7 + (1.0, 0.0, 0.0)
INKED = bytes([255]) * len(BLANK)


def insight(bright: int = 0, image: bytes = INKED, digit: int = 7, topic: str = "why") -> Insight:
    """A network with two hidden units that reads a 7."""
    question = Question(image, digit, topic=topic)
    return Insight(question, (bytes([bright, 255]),), SHARES, None, digit, BLANK)


@pytest.mark.parametrize(
    ("bright", "activation", "said"),
    [(0, 0.0, "Asleep"), (20, 0.1, "Half awake"), (255, 2.0, "Awake")],
)
def test_a_unit_is_as_awake_as_it_is_bright(bright: int, activation: float, said: str) -> None:
    effects = (0.0, 2.0, 0.1, -1.0, *(0.0,) * 6)
    found = UnitInsight(Unit(0, 0), BLANK, activation, effects, ())
    assert sentence(insight(bright), found).startswith(f"{said}: ")
    assert sentence(insight(bright), found).endswith("for 1, and against 3")
    assert sentence(insight(bright, BLANK), found).startswith("Nothing is drawn yet")


@pytest.mark.parametrize(
    ("added", "removed", "said"),
    [
        (0.09, 0.08, "9 % more ink, and 8 % less elsewhere"),
        (0.09, -0.0, "9 % more ink"),
        (0.09, 0.005, "9 % more ink"),
        (0.0, 0.15, "15 % less ink"),
    ],
)
def test_a_change_takes_no_part_of_nothing(added: float, removed: float, said: str) -> None:
    change = Change(1, BLANK, BLANK, added, removed, ((1.0, 0.0),))
    assert amount(change).replace("\N{NO-BREAK SPACE}", " ") == f"It takes {said}"


def test_another_digit_than_the_guess_is_asked_about_as_such() -> None:
    assert title(insight()) == "Why a 7?"
    assert title(insight(digit=8)) == "Why not an 8?"
    assert title(insight(digit=8, topic="expect")) == "Which 8 is most like yours?"


def test_the_guess_is_about_what_is_drawn() -> None:
    """Not about an empty pad, and a reading of another image says nothing about it."""
    drawn = replace(DRAWN, screen=Inside())
    assert guess(drawn, None)[1] == "Your turn"
    assert guess(drawn, insight(image=BLANK))[1] == "Your turn"
    assert guess(drawn, insight())[1] == "I see a 7"
    for now, said in (
        (replace(reading(3), image=INKED), "At first a 7"),
        (replace(reading(7, digit_probability=0.1), image=INKED), "That’s not a digit"),
        (reading(3), "I see a 7"),  # of another image
    ):
        assert guess(replace(drawn, reading=now), insight())[1] == said


def test_a_photo_of_a_number_is_not_taken_for_a_digit() -> None:
    photo = replace(PAD, screen=Inside(), photo=PHOTO)
    assert guess(photo, insight(image=BLANK)) == LOOKING
    assert guess(replace(photo, number=number("12")), insight(image=BLANK)) == MANY_DIGITS
