"""Replayed drawings: the pointer's way, and the whole from queue to screen."""

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.__main__ import main
from game.core.modes.sketchpad import MARGIN
from game.replay import path, pointer_events, scaled
from game.view.scene import Rect
from mnist_jax.ink.ndjson import as_line
from mnist_jax.ink.strokes import as_drawing
from tests.pointer import ONE, SEVEN
from tests.refusal import refusal

PAD = Rect(40, 60, 500, 500)

whole = st.integers(-300, 300)


@given(st.lists(st.tuples(whole, whole), min_size=1, max_size=20))
def test_the_pointer_goes_from_pixel_to_neighbouring_pixel(corners: list) -> None:
    way = np.array(path(np.array(corners, dtype=float)))
    assert tuple(way[0]) == corners[0]
    assert tuple(way[-1]) == corners[-1]
    assert np.abs(np.diff(way, axis=0)).max(initial=0) <= 1
    assert set(corners) <= set(map(tuple, way.tolist()))


def test_a_drawing_fills_the_pad_but_for_the_margin() -> None:
    (points,) = scaled(SEVEN, PAD)
    np.testing.assert_allclose(np.ptp(points[:, 1]), (1 - 2 * MARGIN) * PAD.height)
    np.testing.assert_allclose((points.min(0) + points.max(0)) / 2, (290, 310))


def test_a_stroke_is_a_press_motions_and_a_release() -> None:
    kinds = [event.type for event in pointer_events((*SEVEN, *ONE), PAD)]
    assert kinds[0] == pygame.MOUSEBUTTONDOWN
    assert kinds[-1] == pygame.MOUSEBUTTONUP
    assert kinds.count(pygame.MOUSEBUTTONDOWN) == kinds.count(pygame.MOUSEBUTTONUP) == 2
    assert set(kinds[1:-1]) >= {pygame.MOUSEMOTION}


def game(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command in this process, which has imported all that it needs."""
    said, complained, code = io.StringIO(), io.StringIO(), 0
    with redirect_stdout(said), redirect_stderr(complained):
        try:
            main([*map(str, arguments)])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
    return subprocess.CompletedProcess([], code, said.getvalue(), complained.getvalue())


def test_the_command_says_how_many_it_read_right(tmp_path: Path) -> None:
    file = tmp_path / "drawn.ndjson"
    lines = [as_line("7", SEVEN), as_line("1", ONE), as_line("3", ONE), as_line("4", ONE)]
    file.write_text("\n".join(lines), encoding="utf-8")
    done = game("--replay", file, "--limit", "3", "--json")
    assert done.stderr == ""
    assert json.loads(done.stdout) == {"correct": 2, "count": 3}


def test_drawings_are_replayed_in_the_open_network(tmp_path: Path) -> None:
    file = tmp_path / "drawn.ndjson"
    file.write_text(f"{as_line('7', SEVEN)}\n{as_line('3', ONE)}\n", encoding="utf-8")
    done = game("--replay", file, "--mode", "inside", "--json")
    assert done.stderr == ""
    assert json.loads(done.stdout) == {"correct": 1, "count": 2}


def test_in_draw_it_a_drawing_that_is_no_digit_is_right_if_it_is_not_believed(
    tmp_path: Path,
) -> None:
    star = as_drawing([[(0, 20), (40, 20)], [(20, 0), (20, 40)], [(5, 5), (35, 35)]])
    file = tmp_path / "drawn.ndjson"
    file.write_text(f"{as_line('star', star)}\n{as_line('1', ONE)}\n", encoding="utf-8")
    done = game("--replay", file, "--mode", "draw", "--json", "--seed", "1")  # asks for 2, then 1
    assert done.stderr == ""
    assert json.loads(done.stdout) == {"correct": 2, "count": 2}


@pytest.mark.slow
def test_ink_in_other_formats_is_replayed(tmp_path: Path) -> None:
    file = tmp_path / "drawn.dat"
    file.write_text('.SEGMENT DIGIT 0 ? "7"\n.PEN_DOWN\n0 40\n20 40\n8 0\n', encoding="utf-8")
    assert json.loads(game("--replay", file, "--json").stdout) == {"correct": 1, "count": 1}


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
        ("--limit 0", "--limit: 0 was given, it must be at least 1"),
        ("--limit 3", "--limit needs --replay"),
        ("--json", "--json needs --replay"),
        ("--windowed 100x900", "'100x900' is not a size"),
        ("--fullscreen --windowed 400x400", "--fullscreen and --windowed"),
        ("--mode chess", "'chess'"),
        ("--screenshot {empty}", "cannot be written"),
        ("--params gone.safetensors", "gone.safetensors"),
        ("--open gone.png", "gone.png: there is no such file"),
        ("--open {empty}", "is not a picture"),
        ("--open {empty}.ndjson", "holds no drawing"),
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


def test_a_limit_beyond_counting_is_no_limit(tmp_path: Path) -> None:
    file = tmp_path / "drawn.ndjson"
    file.write_text(as_line("7", SEVEN), encoding="utf-8")
    done = game("--replay", file, "--limit", "9" * 30)
    assert done.stdout == "1 of 1 drawings read right (100.0%)\n", done.stderr


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--limit", "0"), "--limit"),
        (("--drawings", "{file}"), "contains no drawing"),
    ],
)
def test_the_benchmark_tells_in_one_line_what_it_lacks(
    tmp_path: Path, options: tuple[str, ...], named: str
) -> None:
    (tmp_path / "empty.ndjson").write_text("")
    given = [option.format(file=tmp_path / "empty.ndjson") for option in options]
    command = [sys.executable, "-m", "game.benchmark", *given]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert named in refusal(done)
