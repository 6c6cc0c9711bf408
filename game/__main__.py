"""Command line of the game.

    python -m game
    python -m game --mode draw --seed 3
    python -m game --replay FILE --json

`--help` lists the options.
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from game.core.modes.table import menu
from game.view.layout import LEAST_SIDE
from mnist_jax.support.command_line import Parser, positive, reported_errors, whole_number
from mnist_jax.support.errors import InputError


def main(arguments: Sequence[str] | None = None) -> None:
    """Play the game, replay drawings or write screenshots."""
    with reported_errors():
        _run(_parsed(arguments))


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = _parser()
    options = parser.parse_args(arguments)
    for name in ("limit", "json"):
        if getattr(options, name) and not options.replay:
            parser.error(f"--{name} needs --replay")
    if options.open and options.replay:
        parser.error("--open and --replay cannot be combined: leave one out")
    return options


def _parser() -> Parser:
    parser = Parser(
        "python -m game",
        description="Draw digits and watch a network read them: a sketchpad and two games.",
    )
    add = parser.add_argument
    add(
        "--mode",
        choices=("title", *menu()),
        help="the first screen",
    )
    add(
        "--seed",
        type=whole_number,
        metavar="N",
        help="seed of the digits to draw; the same N gives the same digits",
    )
    add(
        "--params",
        type=Path,
        metavar="FILE",
        help="params file to use instead of the one that ships",
    )
    add("--open", type=Path, metavar="FILE", help="open a picture or drawing on the sketchpad")
    add("--mute", action="store_true", help="no sound")
    window = parser.add_mutually_exclusive_group()
    window.add_argument(
        "--fullscreen", action="store_const", const=True, help="fullscreen, for this run"
    )
    window.add_argument(
        "--windowed", type=_size, metavar="WIDTHxHEIGHT", help="a window of this size, for this run"
    )
    add(
        "--replay",
        type=Path,
        metavar="FILE",
        help="play the drawings of an .ndjson, UNIPEN or InkML file and print how many are read "
        "correctly, whole numbers included; with --mode draw, a drawing that is no digit is read "
        "correctly if it is not taken for the digit asked for; without a display set "
        "SDL_VIDEODRIVER=dummy",
    )
    add("--limit", type=positive, metavar="N", help="replay only the first N drawings")
    add("--json", action="store_true", help="print the replay's result as one JSON object")
    add(
        "--screenshot",
        type=Path,
        metavar="DIR",
        help="write a PNG of every screen in every colour scheme to the folder",
    )
    return parser


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal()) or min(int(width), int(height)) < LEAST_SIDE:
        least = f"{LEAST_SIDE}x{LEAST_SIDE}"
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a size of at least {least}, like 1280x800"
        )
    return int(width), int(height)


def _run(options: argparse.Namespace) -> None:
    if options.params and not options.params.is_file():
        raise InputError(
            f"{options.params}: there is no such params file; "
            "give a file that `python -m mnist_jax.train` wrote, or leave --params out"
        )
    if options.replay:
        from game.session import replayed

        print(replayed(options))
    elif options.screenshot:
        from game.screenshot import take

        take(options.screenshot, options.params)
    else:
        _play(options)


def _play(options: argparse.Namespace) -> None:
    from game.app import opened
    from game.devices.reader import Reader
    from game.devices.sound import Sounds
    from game.devices.storage import Storage
    from game.saved_files import contents
    from game.session import begun

    found = contents(options.open) if options.open else None
    storage, reader = Storage(), Reader(options.params)
    seed = time.time_ns() % 2**40 if options.seed is None else options.seed
    fullscreen = False if options.windowed else options.fullscreen
    state = begun(storage, options.mode or "title", seed, found, fullscreen=fullscreen)
    sounds = None if options.mute else Sounds()
    with opened(reader, state, options.windowed, storage, sounds) as app:
        app.run()
    if reader.error:
        raise reader.error


if __name__ == "__main__":
    main()
