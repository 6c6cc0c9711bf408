"""The ways from one screen to another, and what is taken along."""

import random
from dataclasses import replace

from game.core.consequences import scored
from game.core.events import Opened
from game.core.rules import draw_game, settings
from game.core.rules.draw_game import DrawGame
from game.core.rules.pad import Pad
from game.core.rules.records import weakest
from game.core.rules.sketch import Sketch, lift
from game.core.rules.think_game import ThinkGame
from game.core.state import Digits, Left, Options, Screen, State, Title


def gone(state: State, where: str) -> State:
    """The state on another screen; of the one that is left only the sketchpad's drawing stays."""
    state = scored(state)
    if isinstance(state.screen, Pad):
        state = replace(state, left=Left(lift(state.sketch), state.picture))
    found = state.left if where == "sketchpad" else Left()
    seed, limit = state.seed, settings.SECONDS[state.settings.timer]
    chance = random.Random(seed)  # noqa: S311 - nothing secret hangs on the prompts
    digits = tuple(chance.sample(range(10), draw_game.ROUNDS))
    screens: dict[str, Screen] = {
        "title": Title(),
        "sketchpad": Pad(),
        "draw": DrawGame(digits, limit),
        "think": ThinkGame(),
        "drill": DrawGame(weakest(state.records), limit, mode="drill"),
        "digits": Digits(),
        "settings": Options(),
    }
    return replace(
        state,
        screen=screens[where],
        overlay="",
        beneath="",
        sketch=found.sketch,
        picture=found.picture,
        reading=None,
        seed=seed + 1 if where in {"draw", "think", "drill"} else seed,
        focus=None,
    )


def opened(state: State, file: Opened) -> State:
    """The file's strokes or picture on the sketchpad, whatever covered it; a game is not left."""
    if isinstance(state.screen, DrawGame | ThinkGame):
        return state.noted(f"Leave the game first, then open {file.name}")
    if not isinstance(state.screen, Pad):
        state = gone(state, "sketchpad")
    sketch = replace(Sketch(file.strokes), past=(*state.sketch.past, state.sketch.strokes))
    laid = replace(state, overlay="", beneath="", sketch=sketch, picture=file.picture, reading=None)
    return laid.noted(f"Opened {file.name}")
