"""Files of drawings are told apart by their content."""

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mnist_jax.ink.drawing_files import drawing_format, read_drawings
from mnist_jax.support.errors import InputError

LINE = '{"word":"7","drawing":[[[0,5],[0,9]]]}\n'
UNIPEN = '.SEGMENT DIGIT 0 ? "7"\n.PEN_DOWN\n0 0\n5 -9\n'
INKML = '<ink><annotation type="truth">7</annotation><trace>0 0, 5 9</trace></ink>'
FORMATS = {"ndjson": LINE, "UNIPEN": UNIPEN, "InkML": INKML}


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", ["a", "a.png", "a.gz", "a.ndjson"])
@pytest.mark.parametrize("packed", ["plain", "gzip"])
def test_the_name_does_not_matter(tmp_path: Path, kind: str, name: str, packed: str) -> None:
    """All formats give the same drawing, packed or not, after white space or not."""
    space = "" if kind == "InkML" else "\n \n"
    data = (space + FORMATS[kind]).encode()
    path = tmp_path / name
    path.write_bytes(gzip.compress(data) if packed == "gzip" else data)
    assert drawing_format(path) == kind
    (drawing,) = read_drawings(path)
    assert drawing.label == 7
    assert [stroke.tolist() for stroke in drawing.drawing] == [[[0, 0], [5, 9]]]


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


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", b"<svg/>", b"7", b"\xff\xd8", b"...", b".5"]
)
def test_other_files_are_no_drawings(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.ndjson"
    path.write_bytes(data)
    assert drawing_format(path) is None


def test_a_file_of_compress_is_to_be_unpacked_first(tmp_path: Path) -> None:
    path = tmp_path / "pendigits-orig.tra.Z"
    path.write_bytes(b"\x1f\x9d\x90\0\0")
    with pytest.raises(InputError, match=r"tra\.Z: .* `gzip -d pendigits-orig\.tra\.Z`"):
        list(read_drawings(path))


def test_errors_name_all_formats(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no such file; give an \.ndjson, UNIPEN or InkML file"):
        list(read_drawings(tmp_path / "missing"))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from(["{", ".A ", "<ink", ".SEGMENT ", "\x1f\x8b"]), rest=st.binary())
def test_arbitrary_bytes_are_read_or_refused(tmp_path: Path, start: str, rest: bytes) -> None:
    """No content of any format causes an exception other than InputError."""
    path = tmp_path / "any"
    path.write_bytes(start.encode("latin-1") + rest)
    try:
        list(read_drawings(path, digits_only=False))
    except InputError as error:
        assert str(path) in str(error)
