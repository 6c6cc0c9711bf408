"""The beginning of a game: its first state, from what was kept and what the player asked for."""

import argparse
import json
import os
from itertools import islice

from game.app import opened
from game.core.events import Go, Opened
from game.core.state import State
from game.core.update import update
from game.devices.reader import Reader
from game.devices.storage import Storage
from game.replay import GameReplay, Replay
from mnist_jax.support.errors import InputError

WATCHED_PIXELS = 16
"""How far a replay's pointer moves in a frame that somebody may watch."""

UNSEEN_PIXELS = 400
"""The same where there is no screen."""


def begun(
    storage: Storage,
    mode: str,
    seed: int,
    found: Opened | None = None,
    *,
    fullscreen: bool | None = None,
) -> State:
    """The first state of a player's game, with what was `found` in a file on the pad.

    With None for `fullscreen` the window is as the settings have it.
    """
    settings = storage.settings()
    state = State(
        settings=settings,
        fullscreen=settings.fullscreen if fullscreen is None else fullscreen,
        records=storage.records(),
        seed=seed,
    )
    return update(state, found or Go(mode))


def replayed(options: argparse.Namespace) -> str:
    """Play the drawings of `options.replay`; the result, as the command prints it.

    Raises:
        InputError: the drawings or the weights cannot be read, or there is no display.
    """
    from mnist_jax.ink.ndjson import read_drawings

    drawings = list(islice(read_drawings(options.replay), options.limit))
    if not drawings:
        raise InputError(f"{options.replay}: holds no drawing; one a line is wanted")
    reader = Reader(options.params).wait()
    if reader.error:
        raise reader.error
    unseen = os.environ.get("SDL_VIDEODRIVER") == "dummy"
    pixels = UNSEEN_PIXELS if unseen else WATCHED_PIXELS
    mode = options.mode if options.mode in {"draw", "think"} else "sketchpad"
    hand = Replay(drawings, pixels) if mode == "sketchpad" else GameReplay(drawings, pixels)
    state = update(State(seed=options.seed or 0, fullscreen=bool(options.fullscreen)), Go(mode))
    with opened(reader, state, options.windowed) as app:
        app.run(hand, paced=not unseen)
    if options.json:
        return json.dumps({"correct": hand.correct, "count": hand.count})
    share = hand.correct / max(hand.count, 1)
    return f"{hand.correct} of {hand.count} drawings read right ({share:.1%})"
