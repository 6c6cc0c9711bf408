"""Lines of JSON: read, or refused with the file and line."""

import gzip
import os
from pathlib import Path

import pytest

from mnist_jax.ink.drawing_files import read_drawings
from mnist_jax.support.errors import InputError

GOOD = '{"word":"7","drawing":[[[0,5,2],[0,0,9]],[[1,4],[4,4],[0,30]]]}'


def test_a_file_is_read_in_order(tmp_path: Path) -> None:
    """Blank lines and times are ignored; files that do not name a writer have an empty one."""
    path = tmp_path / "a.ndjson"
    signed = GOOD.replace("7", "A").replace("{", '{"writer":12,')
    path.write_text(f"{GOOD}\n\n{signed}\n")
    read = list(read_drawings(path, digits_only=False))
    assert [(labelled.word, labelled.writer) for labelled in read] == [("7", ""), ("A", "12")]
    assert [len(stroke) for stroke in read[0].drawing] == [3, 2]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "7",
        "[" * 100_000,
        '{"drawing":[[[1],[1]]],"more":' + "[" * 100_000,
        '{"word":"7"}',
        '{"word":"7","drawing":[]}',
        '{"word":"7","drawing":[[[],[]]]}',
        '{"word":"7","drawing":[[[1,2],[1]]]}',
        '{"word":"7","drawing":[[[1],[NaN]]]}',
        '{"word":"7","drawing":[[[1],[1e999]]]}',
        '{"word":"7","drawing":[[[1],[1' + "0" * 400 + "]]]}",
        '{"word":"7","drawing":[[["1"],["2"]]]}',
        '{"word":"7","drawing":[[[true],[false]]]}',
        '{"word":"7","drawing":[[[1],[2],[3],[4]]]}',
        '{"word":"seven","drawing":[[[1],[2]]]}',
        '{"word":7,"drawing":[[[1],[2]]]}',
        '{"drawing":[[[1],[2]]]}',
    ],
)
def test_error_names_the_invalid_line(tmp_path: Path, line: str) -> None:
    """The error names the file and the line, and is short."""
    path = tmp_path / "broken.ndjson"
    path.write_text(f"{GOOD}\n{line}\n")
    with pytest.raises(InputError, match=r"broken\.ndjson, line 2") as caught:
        list(read_drawings(path))
    assert len(str(caught.value)) < 400


def test_an_overlong_line_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that unpacks to a huge line does not fill the memory."""
    monkeypatch.setattr("mnist_jax.support.text_files.MAX_LINE", 100_000)
    bomb = tmp_path / "bomb.ndjson.gz"
    bomb.write_bytes(gzip.compress(b" " * 10_000_000))
    with pytest.raises(InputError, match=r"bomb\.ndjson\.gz, line 1: is longer"):
        list(read_drawings(bomb))


def test_error_names_the_unreadable_file(tmp_path: Path) -> None:
    """Missing, truncated and binary files, pipes and folders raise an InputError."""
    cut = tmp_path / "cut.ndjson.gz"
    cut.write_bytes(gzip.compress((GOOD * 1000).encode())[:-20])
    binary = tmp_path / "binary.ndjson"
    binary.write_bytes(bytes(range(256)))
    pipe = tmp_path / "pipe.ndjson"
    os.mkfifo(pipe)
    for path in (cut, binary, pipe, tmp_path, tmp_path / "missing.ndjson"):
        with pytest.raises(InputError, match=path.name):
            list(read_drawings(path))
