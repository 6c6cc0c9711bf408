"""Start a game or a replay from what is stored and what the command line asks for."""

import argparse
import json
import os
from itertools import islice
from typing import TYPE_CHECKING

from game.app import opened
from game.core.events import Go, Opened
from game.core.modes.guessing_game import GuessingGame
from game.core.state import Screen, State
from game.core.update import state_after
from game.devices.reader import Reader
from game.devices.storage import Storage
from game.replay import GameReplay, Replay
from mnist_jax.support.errors import InputError

if TYPE_CHECKING:
    from mnist_jax.ink.strokes import Words

WATCHED_PIXELS = 16
"""How far the pointer of a replay moves in a frame, with a visible window."""

UNSEEN_PIXELS = 400
"""How far it moves without one."""


def begun(
    storage: Storage,
    mode: str,
    seed: int,
    found: Opened | None = None,
    *,
    fullscreen: bool | None = None,
) -> State:
    """Return the first state of a game, with a `found` file on the pad.

    With None for `fullscreen` the window is as the settings have it.
    """
    settings = storage.settings()
    state = State(
        settings=settings,
        fullscreen=settings.fullscreen if fullscreen is None else fullscreen,
        records=storage.records(),
        seed=seed,
    )
    return state_after(state, found or Go(mode))


def replayed(options: argparse.Namespace) -> str:
    """Replay the drawings of `options.replay`; return the result as text.

    Raises:
        InputError: the drawings or the weights cannot be read, or there is no display.
    """
    from mnist_jax.ink.drawing_files import read_words

    begin = State(seed=options.seed or 0, fullscreen=bool(options.fullscreen))
    state = state_after(begin, Go(options.mode or "sketchpad"))
    state = state_after(state, Go(state.screen.draws_on)) if state.screen.draws_on else state
    drawings = list(
        islice(read_words(options.replay, _words(state.screen, options.mode)), options.limit)
    )
    if not drawings:
        raise InputError(f"{options.replay}: contains no drawing, at least one is wanted")
    reader = Reader(options.params).wait()
    if reader.error:
        raise reader.error
    unseen = os.environ.get("SDL_VIDEODRIVER") == "dummy"
    pixels = UNSEEN_PIXELS if unseen else WATCHED_PIXELS
    player = GameReplay if isinstance(state.screen, GuessingGame) else Replay
    hand = player(drawings, pixels)
    with opened(reader, state, options.windowed) as app:
        app.run(hand, paced=not unseen)
    if options.json:
        return json.dumps({"correct": hand.correct, "count": hand.count})
    share = hand.correct / max(hand.count, 1)
    return f"{hand.correct} of {hand.count} drawings read right ({share:.1%})"


def _words(screen: Screen, mode: str) -> "Words":
    """Return which labels the drawings may have that are replayed in a mode.

    Raises:
        InputError: one cannot draw in this mode.
    """
    from mnist_jax.ink.strokes import ANY_WORD, DIGITS, NUMBERS

    if isinstance(screen, GuessingGame):
        return DIGITS if screen.asked is None else ANY_WORD
    if not screen.keeps_drawing:
        raise InputError(
            f"--replay needs a mode to draw in, and --mode {mode} is none: leave one out"
        )
    return DIGITS if screen.only_sheet == "digit" else NUMBERS
