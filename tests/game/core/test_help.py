"""What the help says of the rules are the rules."""

import math
import re

import pytest

from game.core.modes.draw import INK_POINTS, STREAK_POINTS, TIME_POINTS, DrawGame
from game.core.modes.learning import Learning
from game.core.modes.sums.game import POINTS, SumsGame
from game.core.modes.think import LATE_POINTS, MISSED_POINTS, NETWORK_POINTS, ThinkGame
from game.core.state import Screen
from game.core.values.progress import GUESSING_LOSS, ROUND
from game.core.values.settings import NORMAL_SECONDS
from game.core.values.sums import LEVELS


@pytest.mark.parametrize(
    ("mode", "numbers"),
    [
        (DrawGame, [TIME_POINTS, NORMAL_SECONDS, INK_POINTS, STREAK_POINTS]),
        (ThinkGame, [NETWORK_POINTS, MISSED_POINTS, LATE_POINTS]),
        (SumsGame, [number for level in LEVELS for number in (level, POINTS * level)][1:]),
        (Learning, [ROUND, 0, math.floor(10 * GUESSING_LOSS) / 10]),
    ],
)
def test_the_help_names_the_numbers_of_the_rules(mode: type[Screen], numbers: list[float]) -> None:
    text = " ".join(line for _, line in mode.help)
    assert [float(found) for found in re.findall(r"\d+(?:\.\d+)?", text)] == numbers
