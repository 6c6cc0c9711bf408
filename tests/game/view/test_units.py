"""Where the units of the network lie, and how arrow keys lead from one to another."""

from itertools import pairwise

import pytest

from game.core.values.insight import INPUT, Insight, Question, Unit
from game.core.values.readings import BLANK
from game.view.screens.inside.answer import HOLD_SECONDS, MORPH_SECONDS, morph
from game.view.screens.inside.network import ARROWS, columns, grid_columns, neighbour

WIDTHS = (12, 7, 11)
LAYERS = tuple(bytes(width) for width in WIDTHS[:-1])
SEVEN = tuple(float(digit == 7) for digit in range(10))
INSIGHT = Insight(Question(BLANK), LAYERS, SEVEN, 0.9, 7, bytes(784))


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
    assert (columns(WIDTHS, 0), columns(WIDTHS, 1)) == (3, 3)
    assert neighbour(INSIGHT, unit, *ARROWS[key]) == expected


def test_every_unit_is_reached_by_arrow_keys() -> None:
    seen, reached = set(), [neighbour(INSIGHT, None, 0, 0)]
    while reached:
        unit = reached.pop()
        if unit not in seen:
            seen.add(unit)
            reached += [neighbour(INSIGHT, unit, *step) for step in ARROWS.values()]
    assert len(seen) == sum(WIDTHS)


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
    assert (shares[0], min(shares), max(shares)) == (0, 0, 1)
    assert max(abs(one - other) for one, other in pairwise(shares)) < 0.02
