"""Command line of the game.

    python -m game
    python -m game --mode draw --seed 3
    python -m game --replay FILE --json

`--help` lists the options.
"""

import argparse
import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from game.core.modes.table import MODES
from game.core.values.settings import SYSTEM
from mnist_jax.support.command_line import (
    flag,
    language_option,
    option,
    parsed,
    positive,
)
from mnist_jax.support.errors import InputError, shortened
from mnist_jax.support.exits import reported_errors
from mnist_jax.support.languages import translatable, translated

if TYPE_CHECKING:
    from game.core.events import Opened
    from game.core.state import Screen, State
    from game.devices.files.storage import Storage
    from game.replay import Replay


def _size(text: str) -> tuple[int, int]:
    from game.view.layout import LEAST_SIDE

    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal()) or min(int(width), int(height)) < LEAST_SIDE:
        least = f"{LEAST_SIDE}x{LEAST_SIDE}"
        problem = translated(
            "{value} is not a size of at least {least}, like 1280x800",
            value=shortened(text),
            least=least,
        )
        raise argparse.ArgumentTypeError(problem)
    return int(width), int(height)


@dataclass(frozen=True)
class Options:
    """Options of the command."""

    mode: str | None = option(None, "the first screen", choices=MODES)
    seed: int | None = option("N", "seed of the digits to draw; the same N gives the same digits")
    params: Path | None = option("FILE", "params file to use instead of the one that ships")
    open: Path | None = option("FILE", "open a picture, a drawing or a page of numbers")
    mute: bool = flag("no sound")
    fullscreen: bool = flag("fullscreen, for this run")
    windowed: tuple[int, int] | None = option(
        "WIDTHxHEIGHT", "a window of this size, for this run", type=_size
    )
    replay: Path | None = option(
        "FILE",
        "play the drawings of an .ndjson, UNIPEN or InkML file and print how many are read "
        "correctly, whole numbers included; with --mode draw, today or two, a drawing that is no "
        "digit is read correctly if it is not taken for the digit asked for; with --mode sums, "
        "each number is written as the answer to two problems, one of which has another; with "
        "--mode write, digits that look wrong in a mirror are also written mirrored; without a "
        "display set "
        "SDL_VIDEODRIVER=dummy",
    )
    limit: int | None = option("N", "replay only the first N drawings", type=positive)
    json: bool = flag("print the replay's result as one JSON object")
    screenshot: Path | None = option(
        "DIR", "write a PNG of every screen in every colour scheme to the folder"
    )
    language: str | None = language_option()


def main(arguments: Sequence[str] | None = None) -> None:
    """Play the game, replay drawings or write screenshots."""
    from game.devices.translation import speak

    with reported_errors():
        options = parse(arguments)
        speak(options.language or SYSTEM)
        if options.replay:
            _replay(options.replay, options)
        elif options.screenshot:
            from game.screenshot import take

            take(options.screenshot, options.params, options.language or SYSTEM)
        else:
            _play(options)


def parse(arguments: Sequence[str] | None = None) -> Options:
    """Return the options of the command line, or of other `arguments`.

    Raises:
        InputError: an option is wrong, or does not go with another.
    """
    description = translatable(
        "Draw digits, play with them, and watch a network read and learn them."
    )
    options = parsed("python -m game", Options, description, arguments)
    for name in ("limit", "json"):
        if getattr(options, name) and not options.replay:
            raise InputError(
                "{option} needs --replay: give that, or leave {option} out", option=f"--{name}"
            )
    for one, other in (("open", "replay"), ("fullscreen", "windowed")):
        if getattr(options, one) and getattr(options, other):
            raise InputError(
                "--{one} and --{other} cannot be combined: leave one out", one=one, other=other
            )
    if options.params and not options.params.is_file():
        raise InputError(
            "{path}: there is no such params file; "
            "give a file that `python -m mnist_jax.train` wrote, or leave --params out",
            path=options.params,
        )
    return options


def first_state(
    storage: "Storage",
    mode: str,
    seed: int,
    found: "Opened | None" = None,
    *,
    fullscreen: bool | None = None,
    language: str | None = None,
) -> "State":
    """Return the first state of a game: a `found` file on the pad, or a mode.

    If `fullscreen` or `language` is None, the settings decide.
    """
    from game.core.events import Go
    from game.core.state import State
    from game.core.update import state_after
    from game.devices.files.players import move_older
    from game.devices.translation import speak

    move_older(storage)
    settings = storage.settings()
    fullscreen = settings.fullscreen if fullscreen is None else fullscreen
    language = language or settings.language
    speak(language)
    state = State(
        settings=settings,
        fullscreen=fullscreen,
        language=language,
        player=settings.player,
        records=storage.of(settings.player).records(),
        seed=seed,
        today=date.today(),  # noqa: DTZ011 - the player's own
    )
    return state_after(state, found or Go(mode))


def _play(options: Options) -> None:
    from game.app import opened
    from game.devices.files.opening import contents
    from game.devices.files.storage import Storage
    from game.devices.reader import Reader
    from game.devices.sound import Sounds

    found = contents(options.open) if options.open else None
    storage, reader = Storage(), Reader(options.params)
    seed = time.time_ns() % 2**40 if options.seed is None else options.seed
    fullscreen = False if options.windowed else options.fullscreen or None
    mode = options.mode or "title"
    state = first_state(
        storage, mode, seed, found, fullscreen=fullscreen, language=options.language
    )
    sounds = None if options.mute else Sounds()
    with opened(reader, state, options.windowed, storage, sounds) as app:
        app.run()
    if reader.error:
        raise reader.error


def _replay(file: Path, options: Options) -> None:
    from game.app import opened
    from game.core.events import Go
    from game.core.state import State
    from game.core.update import state_after
    from game.devices.reader import Reader
    from game.replay import day_of
    from mnist_jax.ink.drawing_files import read_words

    seed = options.seed or 0
    begin = State(seed=seed, fullscreen=options.fullscreen, today=day_of(seed))
    state = state_after(begin, Go(options.mode or "sketchpad"))
    if state.screen.draws_on:
        state = state_after(state, Go(state.screen.draws_on))
    replay = _replay_for(state.screen, options.mode)
    drawings = list(islice(read_words(file, replay.words(state.screen)), options.limit))
    if not drawings:
        raise InputError("{path}: contains no drawing, at least one is wanted", path=file)
    reader = Reader(options.params).wait()
    if reader.error:
        raise reader.error
    unseen = os.environ.get("SDL_VIDEODRIVER") == "dummy"
    played = replay(drawings, 400 if unseen else 16, state.today)
    with opened(reader, state, options.windowed, today=lambda: played.today) as app:
        app.run(played.play, paced=not unseen)
    if options.json:
        print(json.dumps(played.result))
    else:
        print(played.summary)


def _replay_for(screen: "Screen", mode: str | None) -> "type[Replay]":
    """Return the replay that plays a mode.

    Raises:
        InputError: one cannot draw in this mode.
    """
    from game.replay import GameReplay, Replay
    from game.sums_replay import SumsReplay
    from game.writing_replay import WritingReplay

    for replay in (WritingReplay, SumsReplay, GameReplay, Replay):
        if isinstance(screen, replay.screens):
            return replay
    raise InputError(
        "--replay needs a mode to draw in, and --mode {mode} is none: leave one out", mode=mode
    )


if __name__ == "__main__":
    main()
