"""Play the game in a real window, with the mouse and keyboard of an X server."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from game.app import SIZE
from game.core.modes.draw import ROUNDS
from game.view.glyphs import glyph
from game.view.layout import frame, stage

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(map(shutil.which, ["Xvfb", "setxkbmap", "xdotool"])),
        reason="Xvfb, setxkbmap and xdotool are not installed",
    ),
]


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Return an environment with a display as large as the window and an empty home."""
    with (tmp_path / "display").open("w") as shown:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(shown.fileno()), "-screen", "0", "{}x{}x24".format(*SIZE)],
            pass_fds=[shown.fileno()],
            stderr=subprocess.DEVNULL,
        )
        while not (number := (tmp_path / "display").read_text(encoding="utf-8").strip()):
            time.sleep(0.05)
    values = os.environ | {
        "DISPLAY": f":{number}",
        "SDL_VIDEODRIVER": "x11",
        "SDL_AUDIODRIVER": "dummy",
        "XDG_DATA_HOME": str(tmp_path),
        "HOME": str(tmp_path),
    }
    # A keyboard with accents: xdotool would change the layout for each, which SDL may see late.
    subprocess.run(["setxkbmap", "us", "intl"], env=values, check=True)
    yield values
    server.terminate()
    server.wait()


def drawn(digit: int) -> list[str]:
    """Return the commands of xdotool that draw the digit on the pad."""
    pad, _ = stage(frame(SIZE))
    words: list[str] = []
    for stroke in glyph(digit):
        for number, (x, y, _) in enumerate(stroke):
            place = pad.x + int(x * pad.width), pad.y + int(y * pad.height)
            words += ["mousemove", *map(str, place)]
            words += ["sleep", "0.01", *(["mousedown", "1"] if number == 0 else [])]
        words += ["mouseup", "1"]
    return words


def played(environment: dict[str, str], options: list[str], *commands: list[str]) -> None:
    """Play with mouse and keyboard, then quit with Esc, and check that the game exits with 0."""
    game = subprocess.Popen([sys.executable, "-m", "game", *options], env=environment)
    try:
        time.sleep(8)  # the network is compiled, maybe beside other tests
        for command in (*commands, ["key", "Escape", "sleep", "0.5", "key", "Escape"]):
            subprocess.run(["xdotool", *command, "sleep", "0.3"], env=environment, check=True)
        assert game.wait(10) == 0
    finally:
        game.kill()
        game.wait()


def test_a_digit_drawn_on_the_sketchpad_is_read(
    environment: dict[str, str], tmp_path: Path
) -> None:
    played(environment, ["--mode", "sketchpad"], drawn(7), ["sleep", "2", "key", "s"])
    (saved,) = tmp_path.rglob("drawings.ndjson")
    assert saved.read_text(encoding="utf-8").startswith('{"word":"7"')
    assert list(tmp_path.rglob("*.png"))


def test_a_whole_game_of_draw_it_and_a_name_with_accents(
    environment: dict[str, str], tmp_path: Path
) -> None:
    asked = random.Random(5).sample(range(10), ROUNDS)  # noqa: S311 - as the game draws them
    rounds = [[*drawn(digit), "sleep", "2", "key", "Return"] for digit in asked]
    keys = ["dead_acute", "e", "dead_tilde", "n", "a", "BackSpace", "b"]
    each = (("key", key, "sleep", "0.3") for key in keys)
    name = ["key", "space", "sleep", "4", *chain.from_iterable(each)]  # accents need the page shown
    played(environment, ["--mode", "draw", "--seed", "5"], *rounds, name, ["key", "Return"])
    (kept,) = tmp_path.rglob("records.json")
    records = json.loads(kept.read_text(encoding="utf-8"))
    assert [trial["digit"] for trial in records["trials"]] == asked
    assert [trial["guess"] for trial in records["trials"]] == asked
    assert len(records["scores"]) == 1
    assert records["name"] == "éñb"
