"""Drawings on disk: written, read back, or refused with the file and line."""

import gzip
import os
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_jax.ink.drawing_files import read_drawings
from mnist_jax.ink.ndjson import as_line
from mnist_jax.ink.strokes import as_drawing
from mnist_jax.support.errors import InputError

Strokes = list[list[tuple[int, int]]]
coordinates = st.integers(-1000, 1000)
strokes = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=30)
drawings = st.lists(strokes, min_size=1, max_size=5)


@given(st.lists(st.tuples(st.sampled_from("0123456789"), drawings), max_size=4))
def test_written_drawings_are_read_back(labelled: list[tuple[str, Strokes]]) -> None:
    """`read_drawings` returns what `as_line` wrote."""
    with tempfile.NamedTemporaryFile("w", suffix=".ndjson") as file:
        file.writelines(as_line(word, as_drawing(drawn)) + "\n" for word, drawn in labelled)
        file.flush()
        read = list(read_drawings(file.name))
    assert [back.word for back in read] == [word for word, _ in labelled]
    for back, (_, drawn) in zip(read, labelled, strict=True):
        for stroke, points in zip(back.drawing, drawn, strict=True):
            np.testing.assert_array_equal(stroke, points)


def test_the_writer_is_kept(tmp_path: Path) -> None:
    """Files that do not name one have an empty writer."""
    file = tmp_path / "a.ndjson"
    signed = GOOD.replace("{", '{"writer":12,')
    file.write_text(f"{GOOD}\n{signed}\n")
    assert [drawing.writer for drawing in read_drawings(file)] == ["", "12"]


GOOD = '{"word":"7","drawing":[[[0,5,2],[0,0,9]],[[1,4],[4,4],[0,30]]]}'


def test_a_file_is_read_in_order(tmp_path: Path) -> None:
    """Plain and gzipped files give the same drawings; blank lines and times are ignored."""
    text = f"{GOOD}\n\n{GOOD.replace('7', '1')}\n"
    plain, packed = tmp_path / "a.ndjson", tmp_path / "a.NDJSON.GZ"
    plain.write_text(text)
    packed.write_bytes(gzip.compress(text.encode()))
    for path in (plain, packed):
        read = list(read_drawings(path))
        assert [labelled.word for labelled in read] == ["7", "1"]
        assert [len(stroke) for stroke in read[0].drawing] == [3, 2]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "7",
        "[" * 100_000,
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


def test_other_words_are_read_without_digits_only(tmp_path: Path) -> None:
    """Without `digits_only`, a word may be any string."""
    path = tmp_path / "letters.ndjson"
    path.write_text(GOOD.replace("7", "A"))
    assert [labelled.word for labelled in read_drawings(path, digits_only=False)] == ["A"]


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


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_read_or_refused(data: bytes) -> None:
    """No file content causes an exception other than InputError."""
    with tempfile.NamedTemporaryFile(suffix=".ndjson") as file:
        file.write(data)
        file.flush()
        try:
            read = list(read_drawings(file.name))
        except InputError as error:
            assert file.name in str(error)
        else:
            assert len(read) <= data.count(b"\n") + 1
            assert all(labelled.label in range(10) for labelled in read)
