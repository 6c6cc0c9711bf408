"""Strokes: what is read from disk, and how a drawing is fitted to the frame."""

import gzip
import os
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_jax.ink.frame import FRAME_PIXELS, INK_BOX_PIXELS, PEN_RADIUS_PIXELS
from mnist_jax.ink.ndjson import as_line, read_drawings
from mnist_jax.ink.normalise import POINTS, normalise
from mnist_jax.ink.strokes import as_drawing
from mnist_jax.support.errors import InputError

CENTRE = (FRAME_PIXELS - 1) / 2

Strokes = list[list[tuple[int, int]]]
coordinates = st.integers(-1000, 1000)
strokes = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=30)
drawings = st.lists(strokes, min_size=1, max_size=5)


@given(drawings, st.floats(0.2, 5), st.tuples(coordinates, coordinates))
def test_place_and_size_leave_the_result(
    drawn: Strokes, scale: float, shift: tuple[int, int]
) -> None:
    """The same strokes elsewhere or at another scale are normalised alike."""
    drawing = as_drawing(drawn)
    moved = tuple(stroke * scale + shift for stroke in drawing)
    np.testing.assert_allclose(normalise(moved), normalise(drawing), atol=1e-3)


@given(drawings)
def test_direction_of_strokes_leaves_the_points(drawn: Strokes) -> None:
    """A stroke drawn backwards gives the same points in another order."""
    drawing = as_drawing(drawn)
    backwards = tuple(stroke[::-1] for stroke in drawing)
    distances = np.linalg.norm(normalise(drawing)[:, None] - normalise(backwards)[None], axis=-1)
    assert distances.min(axis=0).max() < 1e-3
    assert distances.min(axis=1).max() < 1e-3


def test_every_second_point_dropped_leaves_the_result() -> None:
    """A finely drawn curve is the same with half its points."""
    turn = np.linspace(0, 6, 201)
    curve = np.stack([100 * np.cos(turn), 60 * np.sin(turn) + 5 * turn], axis=1)
    np.testing.assert_allclose(normalise((curve[::2],)), normalise((curve,)), atol=0.02)


@given(drawings)
def test_ink_fills_the_box_around_its_centre_of_mass(drawn: Strokes) -> None:
    """The longer side measures the box less the pen, unless the drawing is a dot."""
    drawing = as_drawing(drawn)
    points = normalise(drawing)
    assert points.shape == (POINTS, 2)
    extents = np.ptp(np.concatenate(drawing), axis=0)
    wanted = INK_BOX_PIXELS - 2 * PEN_RADIUS_PIXELS if extents.max() else 0.0
    assert np.ptp(points, axis=0).max() <= wanted + 1e-3
    if len(drawing) == 1:
        np.testing.assert_allclose(np.ptp(points, axis=0).max(), wanted, atol=wanted / 10)
        np.testing.assert_allclose(points.mean(axis=0), CENTRE, atol=1e-3)


@pytest.mark.parametrize("place", [(0, 0), (5, -7), (1e300, 1e300), (1e-300, 0)])
def test_a_dot_stays_a_dot(place: tuple[float, float]) -> None:
    """One point, or one point many times, lies at the centre of the frame."""
    for count in (1, 2, 1000):
        np.testing.assert_allclose(normalise(as_drawing([[place] * count])), CENTRE)


@pytest.mark.parametrize("unit", [1e-300, 1e-9, 1.0, 1e9, 1e300])
def test_any_unit_will_do(unit: float) -> None:
    """Tiny and huge coordinates neither overflow nor vanish."""
    seven = as_drawing([[(0, 0), (2, 0), (1, 4)]])
    scaled = as_drawing([seven[0] * unit])
    np.testing.assert_allclose(normalise(scaled), normalise(seven), atol=1e-4)


def test_thousands_of_strokes_fit() -> None:
    """More strokes than points are sampled evenly; none of the numbers is NaN."""
    rng = np.random.default_rng(0)
    many = tuple(rng.uniform(0, 100, (3, 2)) for _ in range(5000))
    points = normalise(many)
    assert points.shape == (POINTS, 2)
    assert np.isfinite(points).all()


def test_strokes_keep_apart() -> None:
    """No point lies on the pen's way through the air."""
    points = normalise(as_drawing([[(0, 0), (0, 10)], [(10, 0), (10, 10)]]))
    x = points[:, 0] - points[:, 0].min()
    assert ((x < 1e-3) | (x > np.ptp(points[:, 0]) - 1e-3)).all()


@pytest.mark.parametrize(
    "bad",
    [
        [],
        [[]],
        [[(0, 0), (1, np.nan)]],
        [[(0, np.inf)]],
        [[1, 2, 3]],
        [[("0", "1")]],
        [[(0, 0, 0)]],
        [[(0, 0), (1,)]],
        [[(None, 1)]],
    ],
)
def test_what_is_not_a_drawing_is_refused(bad: list[object]) -> None:
    """Empty, ragged or not finite strokes raise the user's error."""
    with pytest.raises(InputError):
        as_drawing(bad)


@given(st.lists(st.tuples(st.sampled_from("0123456789"), drawings), max_size=4))
def test_lines_are_read_back(labelled: list[tuple[str, Strokes]]) -> None:
    """What `as_line` writes, `read_drawings` reads."""
    with tempfile.NamedTemporaryFile("w", suffix=".ndjson") as file:
        file.writelines(as_line(word, as_drawing(drawn)) + "\n" for word, drawn in labelled)
        file.flush()
        read = list(read_drawings(file.name))
    assert [back.word for back in read] == [word for word, _ in labelled]
    for back, (_, drawn) in zip(read, labelled, strict=True):
        for stroke, points in zip(back.drawing, drawn, strict=True):
            np.testing.assert_array_equal(stroke, points)


GOOD = '{"word":"7","drawing":[[[0,5,2],[0,0,9]],[[1,4],[4,4],[0,30]]]}'


def test_a_file_is_read_in_order(tmp_path: Path) -> None:
    """Plain and gzipped files give the same drawings; blank lines and times are passed over."""
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
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    """The error names file and line, and is short."""
    path = tmp_path / "broken.ndjson"
    path.write_text(f"{GOOD}\n{line}\n")
    with pytest.raises(InputError, match=r"broken\.ndjson, line 2") as caught:
        list(read_drawings(path))
    assert len(str(caught.value)) < 400


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much a small file unpacks to, no more than a line's most is held."""
    monkeypatch.setattr("mnist_jax.ink.ndjson.MAX_LINE", 100_000)
    bomb = tmp_path / "bomb.ndjson.gz"
    bomb.write_bytes(gzip.compress(b" " * 10_000_000))
    with pytest.raises(InputError, match=r"bomb\.ndjson\.gz, line 1: is longer"):
        list(read_drawings(bomb))


def test_other_words_can_be_let_in(tmp_path: Path) -> None:
    """Without `digits_only` a word may be any text."""
    path = tmp_path / "letters.ndjson"
    path.write_text(GOOD.replace("7", "A"))
    assert [labelled.word for labelled in read_drawings(path, digits_only=False)] == ["A"]


def test_unreadable_files_are_named(tmp_path: Path) -> None:
    """Missing, truncated and binary files, and folders, raise the user's error."""
    cut = tmp_path / "cut.ndjson.gz"
    cut.write_bytes(gzip.compress((GOOD * 1000).encode())[:-20])
    binary = tmp_path / "binary.ndjson"
    binary.write_bytes(bytes(range(256)))
    not_gzip = tmp_path / "not.ndjson.gz"
    not_gzip.write_text(GOOD)
    pipe = tmp_path / "pipe.ndjson"
    os.mkfifo(pipe)
    for path in (cut, binary, not_gzip, pipe, tmp_path, tmp_path / "missing.ndjson"):
        with pytest.raises(InputError, match=path.name):
            list(read_drawings(path))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No content of a file leads to another exception."""
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
