"""The command that reads: files of any name, standard input and pipes."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image, ImageDraw

from tests.mnist_jax.test_commands import SEVEN, run_here
from tests.pictures import encoded
from tests.refusal import refusal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it has no such names and pipes")


@pytest.fixture
def seven() -> bytes:
    """A picture of a 7."""
    picture = Image.new("L", (300, 200), 255)
    ImageDraw.Draw(picture).line([(100, 40), (170, 45), (120, 160)], fill=0, width=9)
    return encoded(picture)


@pytest.mark.slow
def test_names_are_printed_in_one_line_that_any_terminal_can_show(
    seven: bytes, tmp_path: Path
) -> None:
    """In a C locale as well; nor does libtiff write lines of its own about a damaged picture."""
    names = ["a\n\x1b[31m.png", "\N{PENCIL}.png", os.fsdecode(b"\xe9.png")]
    for name in names:
        (tmp_path / name).write_bytes(seven)
    packed = encoded(Image.new("L", (60, 40)), "TIFF", compression="tiff_lzw")
    (tmp_path / "damaged.tif").write_bytes(packed[:20] + b"\xff" * 20 + packed[40:])
    finished = subprocess.run(
        [sys.executable, "-m", "mnist_jax.read", "-", *names, "damaged.tif"],
        cwd=tmp_path,
        env=os.environ | {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        input=seven,
        capture_output=True,
        check=False,
    )
    printed = [line.partition(": 7  (")[0] for line in finished.stdout.decode("ascii").splitlines()]
    assert printed[:2] == ["standard input", r"a\n\x1b[31m.png"]
    assert [ascii(name)[1:-1] for name in names[2:]] == printed[3:]
    assert len(printed) == 4
    error, count = finished.stderr.decode("ascii").splitlines()
    assert error.startswith("error: damaged.tif: is not a picture that can be read")
    assert count == "error: 1 of 5 files could not be read"


def piped(path: Path, content: bytes) -> None:
    """Make a pipe that gives so many bytes, as soon as it is read."""
    os.mkfifo(path)
    Thread(target=path.write_bytes, args=[content], daemon=True).start()


def test_pipes_are_read(seven: bytes, tmp_path: Path) -> None:
    """Pictures, drawings, and what is neither, by the names of the pipes."""
    piped(tmp_path / "picture", seven)
    piped(tmp_path / "drawings", f"{SEVEN}\n{SEVEN}\n{{}}\n".encode())
    piped(tmp_path / "nothing", b"")
    finished = run_here("read", "picture", "drawings", "nothing", folder=tmp_path)
    names = [line.partition(": 7  (")[0] for line in finished.stdout.splitlines()]
    assert names == ["picture", "drawings, drawing 1", "drawings, drawing 2"]
    drawings, nothing, _ = finished.stderr.splitlines()
    assert drawings.startswith("error: drawings, line 3: ")
    assert nothing.startswith("error: nothing: is empty")


def test_an_endless_pipe_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mnist_jax.support.pipes.MOST_PIPED", 3_000_000)
    finished = run_here("read", "/dev/zero", folder=tmp_path)
    assert finished.stderr.startswith("error: /dev/zero: gives more than 3,000,000 bytes")


def test_standard_input_is_read_once(tmp_path: Path) -> None:
    assert "only once" in refusal(run_here("read", "-", "-", folder=tmp_path))


def test_rows_and_objects_are_not_both_printed(tmp_path: Path) -> None:
    finished = run_here("read", "--page", "page.jpg", "--csv", "-", "--json", folder=tmp_path)
    assert "--json and --csv - both print" in refusal(finished)
