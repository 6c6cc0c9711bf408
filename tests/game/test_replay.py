"""The command line: drawings replayed from queue to screen, and what is wrong said."""

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from game.__main__ import main
from mnist_jax.ink.ndjson import as_line
from mnist_jax.ink.strokes import as_drawing
from tests.pointer import HAND, NUMBER, ONE, SEVEN
from tests.refusal import refusal


def game(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command in this process, which has imported all that it needs."""
    said, complained, code = io.StringIO(), io.StringIO(), 0
    with redirect_stdout(said), redirect_stderr(complained):
        try:
            main([*map(str, arguments)])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
    return subprocess.CompletedProcess([], code, said.getvalue(), complained.getvalue())


STAR = as_drawing([[(0, 20), (40, 20)], [(20, 0), (20, 40)], [(5, 5), (35, 35)]])


@pytest.mark.parametrize(
    ("options", "drawings", "correct"),
    [
        ("--limit 3", [("7", SEVEN), ("1", ONE), ("3", ONE), ("4", ONE)], 2),
        ("--mode inside", [("7", SEVEN), ("3", ONE)], 1),
        # a drawing that is no digit is right if it is not believed; asked for are 2, then 1
        ("--mode draw --seed 1", [("star", STAR), ("1", ONE)], 2),
        ("--mode two --seed 1", [("star", STAR), ("star", STAR), ("1", ONE)], 3),
        ("--mode today --seed 2", [("7", SEVEN), ("1", ONE)], 2),
        (
            "--mode sketchpad",  # each on its own sheet
            [(NUMBER.word, NUMBER.drawing), ("7", SEVEN), ("3", SEVEN), ("12", HAND[7].drawing)],
            2,
        ),
    ],
)
def test_the_command_says_how_many_it_read_right(
    tmp_path: Path, options: str, drawings: list, correct: int
) -> None:
    file = tmp_path / "drawn.ndjson"
    file.write_text("\n".join(as_line(*one) for one in drawings), encoding="utf-8")
    done = game("--replay", file, *options.split(), "--json")
    assert done.stderr == ""
    count = 3 if "limit" in options else len(drawings)
    assert json.loads(done.stdout) == {"correct": correct, "count": count}


@pytest.mark.parametrize("environment", [{"SDL_VIDEODRIVER": "x11", "DISPLAY": ":404"}, {}])
def test_no_display_is_said(environment: dict[str, str], tmp_path: Path) -> None:
    environment |= {"XDG_RUNTIME_DIR": str(tmp_path)}  # without it SDL has a word to say too
    hidden = {"SDL_VIDEODRIVER", "DISPLAY", "WAYLAND_DISPLAY"}
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        [sys.executable, "-m", "game"],
        capture_output=True,
        text=True,
        check=False,
        env=kept | environment,
        timeout=30,
    )
    assert "no window can be opened" in refusal(done)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ("--limit none", "--limit: 'none' cannot be read as a whole number"),
        ("--limit 0", "--limit: 0 was given, it must be 1 to 1000000000"),
        ("--limit 3", "--limit needs --replay"),
        ("--json", "--json needs --replay"),
        ("--windowed 100x900", "'100x900' is not a size"),
        ("--fullscreen --windowed 400x400", "--fullscreen and --windowed"),
        ("--mode chess", "'chess'"),
        ("--screenshot {empty}", "cannot be written"),
        ("--params gone.safetensors", "gone.safetensors"),
        ("--open gone.png", "gone.png: there is no such file"),
        ("--open {empty}", "is empty"),
        ("--open {empty}.ndjson", "is empty"),
        ("--replay {empty}.ndjson", "empty.ndjson"),
        ("--replay {broken}", "drawn.ndjson, line 2"),
        ("--replay {empty} --open {empty}", "--open and --replay"),
        ("--replay {empty} --mode learn", "--mode learn"),
        ("--replay {star} --params {empty}", "star"),
        ("--replay {star} --mode draw --params {empty}", "empty"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, options: str, named: str) -> None:
    files = {"empty": "", "empty.ndjson": "", "star": as_line("star", SEVEN)}
    files["drawn.ndjson"] = as_line("7", SEVEN) + "\n{broken\n"
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    paths = {"empty": "empty", "star": "star", "broken": "drawn.ndjson"}
    paths = {name: tmp_path / file for name, file in paths.items()}
    assert named in refusal(game(*options.format(**paths).split()))


def test_the_benchmark_tells_in_one_line_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "empty.ndjson").write_text("")
    command = [sys.executable, "-m", "game.benchmark", "--drawings", tmp_path / "empty.ndjson"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert "is empty" in refusal(done)
