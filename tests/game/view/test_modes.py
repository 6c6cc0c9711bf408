"""Every mode in the table starts, and has a screen that draws it."""

import pytest

from game.core.events import Go
from game.core.modes.table import MODES
from game.core.state import State
from game.core.update import state_after
from game.view.screens import view


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_starts_and_is_drawn(mode: str) -> None:
    scene = view(state_after(State(), Go(mode)), (1280, 800))
    assert scene.items
    assert scene.targets
