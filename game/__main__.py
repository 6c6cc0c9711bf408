"""The game's command.

python -m game
python -m game --replay FILE.ndjson.gz --json
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from mnist_jax.errors import InputError

WATCHED_PIXELS = 16
"""How far a replay's pointer moves in a frame that somebody may watch."""

UNSEEN_PIXELS = 400
"""The same where there is no screen."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Play, or replay drawings."""
    options = _parser().parse_args(arguments)
    try:
        _play(options)
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m game", description="Draw a digit and see what the network reads."
    )
    parser.add_argument(
        "--params", type=Path, metavar="FILE", help="other weights than those that ship with it"
    )
    parser.add_argument(
        "--replay",
        type=Path,
        metavar="FILE",
        help="draw the drawings of an .ndjson or .ndjson.gz file and print how many are read "
        "right; without a display set SDL_VIDEODRIVER=dummy",
    )
    parser.add_argument(
        "--limit", type=_positive, metavar="N", help="replay only the first N drawings"
    )
    parser.add_argument(
        "--json", action="store_true", help="print the result of a replay as one JSON object"
    )
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of drawings, 1 or more")
    return int(text)


def _play(options: argparse.Namespace) -> None:
    from game.app import opened
    from game.reader import Reader

    if options.params and not options.params.is_file():
        raise InputError(
            f"{options.params}: there is no such params file; "
            "give a file that `python -m mnist_jax.train` wrote, or leave --params out"
        )
    if options.replay:
        print(_replayed(options))
        return
    reader = Reader(options.params)
    with opened(reader) as app:
        app.run()
    if reader.error:
        raise reader.error


def _replayed(options: argparse.Namespace) -> str:
    from game.app import opened
    from game.reader import Reader
    from game.replay import Replay
    from mnist_jax.drawing import read_drawings

    drawings = list(islice(read_drawings(options.replay), options.limit))
    if not drawings:
        raise InputError(f"{options.replay}: holds no drawing; one a line is wanted")
    reader = Reader(options.params).wait()
    if reader.error:
        raise reader.error
    unseen = os.environ.get("SDL_VIDEODRIVER") == "dummy"
    replay = Replay(drawings, UNSEEN_PIXELS if unseen else WATCHED_PIXELS)
    with opened(reader) as app:
        app.run(replay, paced=not unseen)
    if options.json:
        return json.dumps({"correct": replay.correct, "count": replay.count})
    share = replay.correct / max(replay.count, 1)
    return f"{replay.correct} of {replay.count} drawings read right ({share:.1%})"


if __name__ == "__main__":
    main()
