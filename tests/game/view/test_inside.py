"""The open network: its words, its units, and the drawing on its way into the frame."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from game.core.modes.inside import Inside
from game.core.values.insight import BLANK, INPUT, Change, Insight, Question, Unit, UnitInsight
from game.core.values.readings import Reading
from game.core.values.sketch import Strokes, bounds
from game.view.glyphs import glyph
from game.view.scene import Cells, Rect
from game.view.screens.inside.answer import HOLD_SECONDS, MORPH_SECONDS, amount, morph, title
from game.view.screens.inside.network import ARROWS, grid_columns, neighbour
from game.view.screens.inside.screen import guess, looks
from game.view.screens.inside.unit import sentence
from game.view.screens.sketchpad.digit import LINES_PIXELS, POINTS, into_frame
from mnist_jax.ink.frame import FRAME_PIXELS
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


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (reading(3), "Here 7, but 3 in the mean of five looks"),
        (reading(3, digit_probability=0.1), "Here 7, but 3 in the mean of five looks"),
        (reading(7, 0.8), "100 % sure, 80 % in five looks"),
        (reading(7, 1.0), "100 % sure"),
        (reading(7, digit_probability=0.1), "Most like a 7"),
    ],
)
def test_one_look_and_the_mean_of_five_are_both_said_where_they_differ(
    now: Reading, expected: str
) -> None:
    sure = replace(insight(), probabilities=reading(7).probabilities)
    assert looks(sure, now).replace("\N{NO-BREAK SPACE}", " ") == expected


def test_a_photo_of_a_number_is_not_taken_for_a_digit() -> None:
    photo = replace(PAD, screen=Inside(), photo=PHOTO)
    assert guess(photo, insight(image=BLANK))[1] == "Looking at the photo"
    said = guess(replace(photo, number=number("12")), insight(image=BLANK))
    assert said[:2] == ("?", "One digit, please")


LAYERS = [
    Cells(Rect(0, 0, 9, 9), layer, across, count)
    for layer, across, count in ((INPUT, 28, 784), (0, 3, 12), (1, 3, 7), (2, 1, 11))
]


@pytest.mark.parametrize(
    ("unit", "key", "expected"),
    [
        (None, "right", Unit(2, 7)),  # the guess
        (Unit(INPUT, 3), "down", Unit(2, 7)),
        (Unit(0, 0), "right", Unit(0, 1)),
        (Unit(0, 0), "down", Unit(0, 3)),
        (Unit(0, 0), "left", Unit(0, 0)),
        (Unit(0, 2), "right", Unit(1, 0)),
        (Unit(0, 11), "down", Unit(0, 11)),
        (Unit(1, 6), "right", Unit(2, 7)),
        (Unit(2, 0), "left", Unit(1, 2)),
        (Unit(2, 10), "right", Unit(2, 10)),
        (Unit(2, 10), "down", Unit(2, 10)),
        (Unit(2, 4), "up", Unit(2, 3)),
    ],
)
def test_arrow_keys_lead_from_unit_to_unit(unit: Unit | None, key: str, expected: Unit) -> None:
    assert neighbour(LAYERS, 7, unit, *ARROWS[key]) == expected


def test_every_unit_is_reached_by_arrow_keys() -> None:
    seen, reached = set(), [neighbour(LAYERS, 7, None, 0, 0)]
    while reached:
        unit = reached.pop()
        if unit not in seen:
            seen.add(unit)
            reached += [neighbour(LAYERS, 7, unit, *step) for step in ARROWS.values()]
    assert len(seen) == 12 + 7 + 11


def test_a_layer_is_a_grid_with_few_empty_places() -> None:
    for units in (1, 2, 7, 10, 64, 100, 127, 128, 500, 512, 784, 1024, 2048):
        wide = grid_columns(units)
        high = -(-units // wide)
        assert wide - 1 <= high <= 5 * wide
        assert wide * high - units < (1 if units in {64, 100, 128, 512, 784, 1024, 2048} else wide)


def test_the_image_changes_and_changes_back() -> None:
    cycle = 2 * (MORPH_SECONDS + HOLD_SECONDS)
    shares = [morph(cycle * step / 200) for step in range(200)]
    assert (shares[0], min(shares), max(shares)) == (0, 0, 1)
    assert max(abs(one - other) for one, other in pairwise(shares)) < 0.02


def test_it_begins_on_the_pad_and_ends_in_the_box() -> None:
    for strokes in map(glyph, range(10)):
        np.testing.assert_allclose(bounds(into_frame(strokes, 0.0)), bounds(strokes), atol=1e-9)
        left, top, right, bottom = bounds(into_frame(strokes, 1.0))
        assert max(right - left, bottom - top) == pytest.approx(LINES_PIXELS / FRAME_PIXELS)


def test_a_dot_ends_in_the_middle() -> None:
    ((x, y, _),) = into_frame((((0.1, 0.9, 0.0),),), 1.0)[0]
    assert (x, y) == pytest.approx((0.5, 0.5))


def test_a_stroke_of_many_points_flies_as_one_of_few() -> None:
    few, many = (slanted(count) for count in (POINTS // 2, 100 * POINTS))
    np.testing.assert_allclose(
        bounds(into_frame(many, 0.7)), bounds(into_frame(few, 0.7)), atol=0.005
    )
    assert len(into_frame(many, 0.7)[0]) <= POINTS + 1


def slanted(count: int) -> Strokes:
    """A line of so many points."""
    return (tuple((0.2 + 0.5 * n / (count - 1), n / (count - 1), 0.0) for n in range(count)),)
