"""UNIPEN files: what they contain, and what is wrong with them, by file and line."""

import os
from pathlib import Path

import pytest

from mnist_jax.ink.drawing_files import read_drawings, read_words
from mnist_jax.ink.strokes import NUMBERS, LabelledDrawing
from mnist_jax.support.errors import InputError

UCI = """\
.INCLUDE dene.doc

.LEXICON "0" "1" "2" "3" "4"
         "5" "6" "7" "8" "9"

.HIERARCHY DIGIT

.SEGMENT DIGIT 0 ? "8"
.COMMENT 8 12 224
.PEN_DOWN
 273  323
 271  323
.PEN_UP
.DT 100

.SEGMENT DIGIT 1-2 ? "4"
.COMMENT 4 26 225
.PEN_DOWN
 10  90
 10  90
.PEN_UP
.DT 100
.PEN_DOWN
 30  95
 31  20
.PEN_UP
.DT 100
"""
"""A file as UCI's pendigits-orig.tra, which includes a file that UCI does not have."""

NUMBER = """\
.VERSION 1.0
.COMMENT Larry's test:
    .5 is no keyword, nor is
    1 2
.COORD T Y X P
.HIERARCHY TEXT WORD DIGIT
.WRITER_ID anna
.SEGMENT TEXT 0-6 ? "page 40"
.SEGMENT WORD 0-3 ? "40"
.SEGMENT DIGIT 0-1 GOOD "4"
.SEGMENT DIGIT 3 "0"
.PEN_DOWN
0 100 10 1
1 90 11 1
.PEN_UP
2 80 12 0
.PEN_UP
.PEN_DOWN
.PEN_DOWN
3 100 20 1
4 90 20 1 5 80 20 1
.DT 5
99 99 99 99
.PEN_DOWN
6 100 30 1
.SEGMENT WORD 4 ? "page"
.PEN_DOWN
7 1 1 1
.STRANGE 5
.PEN_DOWN
8 2 2 2
.PEN_DOWN
9 3 3 3
"""
"""A text of words and digits, with another order of axes and ink in the air."""


def read(folder: Path, text: str, *, digits_only: bool = True) -> list[LabelledDrawing]:
    """What a file of this text has."""
    path = folder / "a.dat"
    path.write_text(text, encoding="latin-1")
    return list(read_drawings(path, digits_only=digits_only))


def strokes(drawing: LabelledDrawing) -> list[list[list[float]]]:
    return [stroke.tolist() for stroke in drawing.drawing]


def test_digits_are_read_as_uci_keeps_them(tmp_path: Path) -> None:
    """With y down, the writer of the comment, and without the file that is not there."""
    eight, four = read(tmp_path, UCI)
    assert (eight.word, eight.writer) == ("8", "12")
    assert (four.word, four.writer) == ("4", "26")
    assert strokes(eight) == [[[273, -323], [271, -323]]]
    assert strokes(four) == [[[10, -90], [10, -90]], [[30, -95], [31, -20]]]


def test_the_smallest_segments_are_read(tmp_path: Path) -> None:
    """Digits inside a word, and words in which no digit is labelled; no ink of the raised pen."""
    four, zero, page = read(tmp_path, NUMBER, digits_only=False)
    assert (four.word, zero.word, page.word) == ("4", "0", "page")
    assert four.writer == zero.writer == page.writer == "anna"
    assert strokes(four) == [[[10, -100], [11, -90]]]
    assert strokes(zero) == [[[30, -100]]]
    with pytest.raises(InputError, match=r"a\.dat, line 26: the label is 'page'.* digit"):
        read(tmp_path, NUMBER)


def test_numbers_are_read_if_they_are_asked_for(tmp_path: Path) -> None:
    """The word of several digits instead of the digits."""
    path = tmp_path / "a.dat"
    path.write_text(NUMBER.replace('"page"', '"7"').replace('"0"', '"O"'))
    number, digit = read_words(path, NUMBERS)
    assert (number.word, digit.word) == ("40", "7")
    assert [len(stroke) for stroke in number.drawing] == [2, 3, 1]
    path.write_text(NUMBER)
    with pytest.raises(InputError, match=r"line 26: .* such as 4072"):
        list(read_words(path, NUMBERS))


@pytest.mark.parametrize(
    ("span", "xs"),
    [
        ("0", [[0, 1, 2]]),
        ("0-1", [[0, 1, 2], [3, 4]]),
        ("0,2", [[0, 1, 2], [5]]),
        ("2,0-1", [[5], [0, 1, 2], [3, 4]]),
        ("0:1", [[1]]),
        ("0:1-0:2", [[1, 2]]),
        ("0:2-1", [[2], [3, 4]]),
        ("0:2-2:0", [[2], [3, 4], [5]]),
        ("0-1:0", [[0, 1, 2], [3]]),
    ],
)
@pytest.mark.parametrize("order", ["segment, ink", "ink, segment"])
def test_ranges_of_components_and_points(
    tmp_path: Path, span: str, xs: list[list[int]], order: str
) -> None:
    """Segments come before or after their components."""
    segment = f'.SEGMENT DIGIT {span} ? "1"\n'
    ink = ".PEN_DOWN\n0 0\n1 0\n2 0\n.PEN_UP\n.PEN_DOWN\n3 0\n4 0\n.PEN_UP\n.PEN_DOWN\n5 0\n"
    (drawing,) = read(tmp_path, segment + ink if order == "segment, ink" else ink + segment)
    assert [[x for x, _ in stroke] for stroke in strokes(drawing)] == xs


def test_a_file_without_labels_is_one_drawing(tmp_path: Path) -> None:
    ink = ".PEN_DOWN\n0 0\n.PEN_UP\n5 5\n.PEN_DOWN\n1 1\n"
    (drawing,) = read(tmp_path, ".SEGMENT CHARACTER\n" + ink, digits_only=False)
    assert drawing.word == ""
    assert len(drawing.drawing) == 2
    with pytest.raises(InputError, match=r"a\.dat: has no label; it should be a digit"):
        read(tmp_path, ink)
    assert read(tmp_path, ".VERSION 1.0\n") == []


def test_comments_need_not_be_utf_8_and_labels_may_be_escaped(tmp_path: Path) -> None:
    text = '.COMMENT Gr\xfc\xdfe\n.SEGMENT CHARACTER 0 ? "\\""\n.PEN_DOWN\n0 0\n'
    (drawing,) = read(tmp_path, text, digits_only=False)
    assert drawing.word == '"'


def test_files_beside_it_are_included(tmp_path: Path) -> None:
    """What they say counts as if it stood in the file, the numbers of components too."""
    (tmp_path / "setup.doc").write_text(".COORD Y X\n.WRITER_ID bert\n")
    (tmp_path / "ink.dat").write_text('.INCLUDE "setup.doc"\n.PEN_DOWN\n1 2\n')
    (drawing,) = read(tmp_path, '.INCLUDE ink.dat\n.PEN_DOWN\n3 4\n.SEGMENT DIGIT 0-1 ? "6"')
    assert strokes(drawing) == [[[2, -1]], [[4, -3]]]
    assert drawing.writer == "bert"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (".PEN_DOWN\n1 2\n3\n", 3, "'3' is no point; a number for each of X Y is wanted"),
        (".PEN_DOWN\n1 2\n\n3 x\n", 4, "'3 x' is no point"),
        (".PEN_DOWN\n1 nan\n", 2, "no point"),
        (".PEN_DOWN\n1 1e999\n", 2, "no point"),
        (".PEN_DOWN\n1 1_0\n", 2, "no point"),
        (".COORD X Y T\n.PEN_DOWN\n1 2\n", 3, "each of X Y T"),
        ("\n.COORD X T\n", 2, "X and Y are wanted"),
        (".COORD X X Y\n", 1, "X and Y are wanted"),
        ('.PEN_DOWN\n1 2\n.SEGMENT DIGIT 0-1 ? "7"', 3, "component 1 is wanted, but there are 1"),
        ('.PEN_DOWN\n1 2\n.SEGMENT DIGIT 0:1 ? "7"', 3, "component 0 has 1 points"),
        ('.PEN_DOWN\n1 2\n.SEGMENT DIGIT 1-0 ? "7"', 3, "'1-0' is no range"),
        ('.PEN_DOWN\n1 2\n.SEGMENT DIGIT x ? "7"', 3, "'x' is no range"),
        ('.PEN_DOWN\n1 2\n.SEGMENT DIGIT "7"', 3, "should be like DIGIT 0-2"),
        ('.PEN_DOWN\n1 2\n.SEGMENT DIGIT 0 ? "7', 3, "should be like DIGIT 0-2"),
        ('.PEN_DOWN\n1 2\n.SEGMENT DIGIT 0 ? "12"', 3, "the label is '12'; it should be a digit"),
        ('.PEN_UP\n1 2\n.SEGMENT DIGIT 0 ? "7"', 3, "the drawing is empty"),
        ('.INCLUDE no.dat\n.SEGMENT DIGIT 0 ? "7"', 2, "'no.dat' on line 1 is not there"),
        (f'.INCLUDE {"x" * 300}\n.SEGMENT DIGIT 0 ? "7"', 2, "on line 1 is not there"),
        (".INCLUDE sub/x.dat\n", 1, "only a file in the same folder"),
        (".INCLUDE ../x.dat\n", 1, "only a file in the same folder"),
        (".INCLUDE ..\n", 1, "only a file in the same folder"),
        (".INCLUDE\n", 1, "only a file in the same folder"),
        (".INCLUDE /etc/passwd\n", 1, "only a file in the same folder"),
        (".INCLUDE sub\\x.dat\n", 1, "only a file in the same folder"),
        (".INCLUDE a\0b\n", 1, "only a file in the same folder"),
    ],
)  # fmt: skip
def test_errors_name_the_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert f"a.dat, line {line}: " in str(caught.value)
    assert said in str(caught.value)


def test_what_is_included_is_a_file(tmp_path: Path) -> None:
    """Neither a folder, nor a pipe, nor a link to itself is skipped as if it were not there."""
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    for name in ("folder", "pipe", "loop"):
        with pytest.raises(InputError, match=rf"{name}: (is not a file|cannot be found)"):
            read(tmp_path, f".INCLUDE {name}\n.PEN_DOWN\n1 2\n", digits_only=False)


def test_a_link_out_of_the_folder_is_not_included(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(".PEN_DOWN\n1 2\n")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.dat").symlink_to(tmp_path / "secret")
    with pytest.raises(InputError, match=r"a\.dat, line 1: .*only a file in the same folder"):
        read(folder, ".INCLUDE link.dat\n")


def test_a_file_is_included_once(tmp_path: Path) -> None:
    """Files that include one another, in a chain or a tree, are read to their ends."""
    for number in range(40):
        following = f".INCLUDE {number + 1}.dat\n"
        (tmp_path / f"{number}.dat").write_text(following + following)
    (tmp_path / "40.dat").write_text(".INCLUDE a.dat\n.PEN_DOWN\n1 2\n")
    (drawing,) = read(tmp_path, '.INCLUDE 0.dat\n.SEGMENT DIGIT 0 ? "1"\n')
    assert strokes(drawing) == [[[1, -2]]]
