"""Files of drawings in all formats: told apart by their content, and read or refused."""

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mnist_jax.ink.drawing_files import drawing_format, read_drawings
from mnist_jax.ink.ndjson import as_line
from mnist_jax.ink.strokes import as_drawing
from mnist_jax.support.errors import InputError
from tests.mnist_jax.ink.formats.test_inkml import HEAD, OFFICE, SYMBOLS, channels
from tests.mnist_jax.ink.formats.test_unipen import NUMBER, UCI

Labelled = list[tuple[str, list[list[tuple[float, float]]]]]
"""Words and strokes."""


def ndjson(labelled: Labelled, axes: str = "X Y") -> str:
    del axes
    return "".join(as_line(word, as_drawing(drawing)) + "\n" for word, drawing in labelled)


def unipen(labelled: Labelled, axes: str = "X Y") -> str:
    lines, count = [f".COORD {axes}"], 0
    for word, drawing in labelled:
        lines.append(f'.SEGMENT DIGIT {count}-{count + len(drawing) - 1} ? "{word}"')
        for stroke in drawing:
            rows = [{"X": repr(x), "Y": repr(-y), "T": "5"} for x, y in stroke]
            points = [" ".join(row[axis] for axis in axes.split()) for row in rows]
            lines += [".PEN_DOWN", *points, ".PEN_UP", ".DT 10"]
        count += len(drawing)
    return "\n".join(lines)


def inkml(labelled: Labelled, axes: str = "X Y") -> str:
    lines = [HEAD, channels(*axes.split())]
    for word, drawing in labelled:
        lines.append(f'<traceGroup><annotation type="truth">{word}</annotation>')
        for stroke in drawing:
            rows = [{"X": repr(x), "Y": repr(y), "T": "?"} for x, y in stroke]
            points = [" ".join(row[axis] for axis in axes.split()) for row in rows]
            lines.append(f"<trace>{', '.join(points)}</trace>")
        lines.append("</traceGroup>")
    return "\n".join([*lines, "</ink>"])


FORMATS: dict[str, Callable[..., str]] = {"ndjson": ndjson, "UNIPEN": unipen, "InkML": inkml}
SEVEN: Labelled = [("7", [[(0, 0), (5, 9)]])]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", ["a", "a.png", "a.gz"])
def test_the_name_does_not_matter(tmp_path: Path, kind: str, name: str) -> None:
    """All formats give the same drawing, packed or not, after white space or not."""
    space = "" if kind == "InkML" else "\n \n"
    data = (space + FORMATS[kind](SEVEN)).encode()
    for content in (data, gzip.compress(data)):
        (tmp_path / name).write_bytes(content)
        assert drawing_format(tmp_path / name) == kind
        (drawing,) = read_drawings(tmp_path / name)
        assert drawing.label == 7
        assert [stroke.tolist() for stroke in drawing.drawing] == [[[0, 0], [5, 9]]]


INKML = '<ink><annotation type="truth">7</annotation><trace>0 0, 5 9</trace></ink>'


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff<?xml version='1.0'?>\n<!-- {'a' * 5000} -->\n{INKML}",
        INKML.replace("<", "<i:").replace("<i:/", "</i:").replace("ink>", "ink xmlns:i='i'>", 1),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_inkml_in_other_encodings_and_with_a_prefix(
    tmp_path: Path, text: str, encoding: str
) -> None:
    path = tmp_path / "a"
    path.write_bytes(text.lstrip("\ufeff" if encoding == "utf-16" else "").encode(encoding))
    assert [drawing.word for drawing in read_drawings(path)] == ["7"]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_byte_order_mark_is_no_text(tmp_path: Path, kind: str, encoding: str) -> None:
    """The first statement of UNIPEN, which here exchanges x and y, is not lost."""
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    data = (mark + FORMATS[kind]([("é", SEVEN[0][1])], "Y X")).encode(encoding)
    for content in (data, gzip.compress(data)):
        (tmp_path / "a").write_bytes(content)
        assert drawing_format(tmp_path / "a") == kind
        (drawing,) = read_drawings(tmp_path / "a", digits_only=False)
        assert drawing.word == "é"
        assert [stroke.tolist() for stroke in drawing.drawing] == [[[0, 0], [5, 9]]]


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    for data in (b"", gzip.compress(b"")):
        (tmp_path / "a").write_bytes(data)
        with pytest.raises(InputError, match="a: is empty"):
            list(read_drawings(tmp_path / "a"))


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n", b"<svg/>", b"7", b"\xff\xd8", b"...", b".5"]
)
def test_other_files_are_no_drawings(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.ndjson"
    path.write_bytes(data)
    assert drawing_format(path) is None


def test_a_file_of_compress_is_to_be_unpacked_first(tmp_path: Path) -> None:
    (tmp_path / "a.tra.Z").write_bytes(b"\x1f\x9d\x90\0\0")
    with pytest.raises(InputError, match=r"tra\.Z: .* `gzip -d a\.tra\.Z`"):
        list(read_drawings(tmp_path / "a.tra.Z"))


def test_error_names_the_unreadable_file_and_all_formats(tmp_path: Path) -> None:
    """Missing and truncated files, pipes, folders and loops of links raise an InputError."""
    cut, pipe = tmp_path / "cut", tmp_path / "pipe"
    cut.write_bytes(gzip.compress((GOOD * 1000).encode())[:-20])
    os.mkfifo(pipe)
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for path in (cut, pipe, loop, tmp_path, cut / "missing", tmp_path / "missing"):
        with pytest.raises(InputError, match=rf"{path.name}.*; give an \.ndjson, UNIPEN or InkML"):
            list(read_drawings(path))


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
        '{"word":1' + "0" * 5000 + ',"drawing":[[[1],[2]]]}',
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
    monkeypatch.setattr("mnist_jax.support.files.MAX_LINE", 100_000)
    bomb = tmp_path / "bomb.ndjson.gz"
    bomb.write_bytes(gzip.compress(b" " * 10_000_000))
    with pytest.raises(InputError, match=r"bomb\.ndjson\.gz, line 1: is longer"):
        list(read_drawings(bomb))


@pytest.mark.parametrize("kind", FORMATS)
def test_a_small_file_is_refused_where_a_large_one_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """What a file may cost grows with the bytes that it has on the disk."""
    monkeypatch.setattr("mnist_jax.support.budget.FREE", 10_000)
    path = tmp_path / "a"
    stroke = [(float(x), float(x * x)) for x in range(100)]
    data = FORMATS[kind]([("7", [stroke])] * 100).encode()
    path.write_bytes(data)
    assert len(list(read_drawings(path))) == 100
    path.write_bytes(gzip.compress(data))
    with pytest.raises(InputError, match=r"a: takes too much work for its size"):
        list(read_drawings(path))


coordinates = st.integers(-(10**6), 10**6) | st.floats(allow_nan=False, allow_infinity=False)
drawn = st.lists(
    st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=5), min_size=1, max_size=3
)
shared = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@shared
@given(
    labelled=st.lists(st.tuples(st.sampled_from("0123456789"), drawn), min_size=1, max_size=3),
    axes=st.sampled_from(["X Y", "Y X", "T X Y", "Y T X"]),
)
@pytest.mark.parametrize("kind", FORMATS)
def test_what_is_written_is_read_back(
    tmp_path: Path, labelled: Labelled, axes: str, kind: str
) -> None:
    path = tmp_path / "a"
    path.write_text(FORMATS[kind](labelled, axes))
    read_back = list(read_drawings(path))
    assert [one.word for one in read_back] == [word for word, _ in labelled]
    for one, (_, drawing) in zip(read_back, labelled, strict=True):
        for stroke, points in zip(one.drawing, drawing, strict=True):
            np.testing.assert_array_equal(stroke, points)


CHARACTERS = "0123456789 .,:-?*'\"!#<>/&;=\\{[]}\n\0\xe9ACDEFGIMNOPRSTUWXY_acdefinrtuvw"
SAMPLES = [ndjson(SEVEN * 2), UCI, NUMBER, SYMBOLS, OFFICE, inkml(SEVEN, "Y T X")]


@settings(shared, max_examples=150)
@given(
    text=st.sampled_from(SAMPLES),
    changes=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 3), st.text(CHARACTERS, max_size=3)), max_size=5
    ),
)
def test_broken_files_are_input_errors(
    tmp_path: Path, text: str, changes: list[tuple[float, int, str]]
) -> None:
    """Whatever is removed and inserted anywhere."""
    for where, removed, inserted in changes:
        place = int(where * len(text))
        text = text[:place] + inserted + text[place + removed :]
    path = tmp_path / "broken"
    path.write_bytes(text.encode(errors="replace"))
    try:
        list(read_drawings(path, digits_only=False))
    except InputError as error:
        assert str(path) in str(error)
