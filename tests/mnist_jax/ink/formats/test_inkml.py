"""InkML files: what they contain, and what is wrong with them, by file and line."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mnist_jax.ink.drawing_files import read_drawings, read_words
from mnist_jax.ink.strokes import NUMBERS, LabelledDrawing
from mnist_jax.support.errors import InputError

HEAD = '<ink xmlns="http://www.w3.org/2003/InkML">'
SEVEN = '<annotation type="truth">7</annotation>'

SYMBOLS = f"""\
<?xml version="1.0" encoding="UTF-8"?>
{HEAD}
<traceFormat>
<channel name="X" type="decimal"/>
<channel name="Y" type="decimal"/>
</traceFormat>
<annotation type="truth">40</annotation>
<annotation type="writer">anna</annotation>
<trace id="0">1 1, 2 2</trace>
<trace id="1">3 3, 4 4</trace>
<trace id="2">5 5</trace>
<traceGroup xml:id="3">
    <annotation type="truth">40</annotation>
    <traceGroup xml:id="4">
        <annotation type="truth">4</annotation>
        <traceView traceDataRef="0"/>
        <traceView traceDataRef="1"/>
    </traceGroup>
    <traceGroup xml:id="5">
        <annotation type="truth"> 0 </annotation>
        <annotation type="writer">bert</annotation>
        <traceView traceDataRef="#2"/>
    </traceGroup>
</traceGroup>
</ink>
"""
"""Symbols that refer to traces of the document, as in the data of the CROHME competitions."""


def read(folder: Path, text: str, *, digits_only: bool = True) -> list[LabelledDrawing]:
    """What a file of this text has."""
    path = folder / "a.inkml"
    path.write_text(text, encoding="utf-8")
    return list(read_drawings(path, digits_only=digits_only))


def strokes(drawing: LabelledDrawing) -> list[list[list[float]]]:
    return [stroke.tolist() for stroke in drawing.drawing]


def trace(folder: Path, text: str, setting: str = "", attributes: str = "") -> list[list[float]]:
    """The points of a document with one trace."""
    document = f"{HEAD}{setting}{SEVEN}<trace {attributes}>{text}</trace></ink>"
    (drawing,) = read(folder, document)
    (stroke,) = strokes(drawing)
    return stroke


def channels(*names: str, intermittent: str = "") -> str:
    return (
        "<traceFormat>"
        + "".join(f'<channel name="{name}"/>' for name in names)
        + f"<intermittentChannels>{intermittent}</intermittentChannels></traceFormat>"
    )


def test_the_smallest_groups_with_a_truth_are_read(tmp_path: Path) -> None:
    four, zero = read(tmp_path, SYMBOLS)
    assert (four.word, four.writer) == ("4", "anna")
    assert (zero.word, zero.writer) == ("0", "bert")
    assert strokes(four) == [[[1, 1], [2, 2]], [[3, 3], [4, 4]]]
    assert strokes(zero) == [[[5, 5]]]


def test_numbers_are_read_if_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.inkml"
    path.write_text(SYMBOLS)
    (number,) = read_words(path, NUMBERS)
    assert number.word == "40"
    assert len(number.drawing) == 3


def test_the_whole_document_may_have_the_truth(tmp_path: Path) -> None:
    """Traces that a view repeats are there once; those of the raised pen are not."""
    text = (
        f'{HEAD}{SEVEN}<trace xml:id="t">0 0</trace><trace type="penUp">1 1</trace>'
        '<traceGroup><trace>2 2</trace></traceGroup><trace/><traceView traceDataRef="#t"/></ink>'
    )
    (drawing,) = read(tmp_path, text)
    assert strokes(drawing) == [[[0, 0]], [[2, 2]]]


def test_a_document_without_labels_is_one_drawing(tmp_path: Path) -> None:
    text = f"\n{HEAD}<trace>0 0</trace><trace>1 1</trace></ink>"
    (drawing,) = read(tmp_path, text, digits_only=False)
    assert drawing.word == ""
    assert len(drawing.drawing) == 2
    with pytest.raises(InputError, match=r"a\.inkml, line 2: has no label; it should be a digit"):
        read(tmp_path, text)
    assert read(tmp_path, f"{HEAD}</ink>") == []


def test_differences_are_added_up(tmp_path: Path) -> None:
    """The example of the Recommendation, with channels that may be left out."""
    switches = '<channel name="S1" type="boolean"/><channel name="S2" type="boolean"/>'
    points = trace(
        tmp_path,
        "1125 18432,'23'43,\"7\"-8,3-5,7 -3,6 2,6 8,3 6 T,2 4*T,3 6,3-6 F F",
        channels("X", "Y", intermittent=switches),
    )
    assert points == [
        [1125, 18432],
        [1148, 18475],
        [1178, 18510],
        [1211, 18540],
        [1251, 18567],
        [1297, 18596],
        [1349, 18633],
        [1404, 18676],
        [1461, 18723],
        [1521, 18776],
        [1584, 18823],
    ]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("1 2, 3 4,", [[1, 2], [3, 4]]),
        ("\n 1.5e1\t-2 ,\n.5 -.5", [[15, -2], [0.5, -0.5]]),
        ("#1F -#a", [[31, -10]]),
        ("1-2", [[1, -2]]),
        ("1 2, * 5, 7 *", [[1, 2], [1, 5], [7, 5]]),
        ("1 2, ? 5, 3 ?, '1 '1", [[1, 2], [4, 6]]),
        ("0 0, '2 '3, * *, !1 !1, 2 2", [[0, 0], [2, 3], [4, 6], [1, 1], [2, 2]]),
        ('0 0, 1 1, "1 "1, * *', [[0, 0], [1, 1], [3, 3], [6, 6]]),
    ],
)  # fmt: skip
def test_values(tmp_path: Path, text: str, points: list[list[float]]) -> None:
    """Numbers in all forms, wildcards and differences, with any white space."""
    assert trace(tmp_path, text) == points


def test_channels_may_be_in_any_order_and_direction(tmp_path: Path) -> None:
    form = channels("T", "Y", "F", "X").replace('"Y"', '"Y" orientation="-ve"')
    assert trace(tmp_path, "0 1 T 2, ? 3 * 4", form) == [[2, -1], [4, -3]]


FORM = channels("Y", "X").replace("<traceFormat>", '<traceFormat xml:id="f">')
SOURCE = f"<inkSource id='i'>{FORM}</inkSource>"
CONTEXTS = "<context id='c' traceFormatRef='#f'/><context id='d' contextRef='#c'/>"


@pytest.mark.parametrize(
    ("setting", "attributes"),
    [
        (FORM, ""),
        (f"<context>{FORM}</context>", ""),
        (f"<context><inkSource>{FORM}</inkSource></context>", ""),
        (f"<definitions>{FORM}</definitions><context traceFormatRef='#f'/>", ""),
        (f"<definitions>{SOURCE}</definitions><context inkSourceRef='#i'/>", ""),
        (f"<definitions>{FORM}{CONTEXTS}</definitions>", "contextRef='#c'"),
        (f"<definitions>{FORM}{CONTEXTS}</definitions><context contextRef='#d'/><context/>", ""),
    ],
)
def test_the_format_is_that_of_the_context(tmp_path: Path, setting: str, attributes: str) -> None:
    assert trace(tmp_path, "1 2", setting, attributes) == [[2, 1]]


def test_a_trace_may_return_to_the_default_format(tmp_path: Path) -> None:
    assert trace(tmp_path, "1 2", FORM, "contextRef='#DefaultContext'") == [[1, 2]]


def test_views_select_parts(tmp_path: Path) -> None:
    """By numbers of traces and points, counted from 1, to the last one named."""
    text = (
        f"{HEAD}<definitions><traceGroup id='g'><trace>1 0,2 0,3 0</trace><trace>4 0</trace>"
        "<trace>5 0,6 0</trace></traceGroup></definitions>"
        "<traceView traceDataRef='#g' from='1:2' to='3:1'>"
        f"{SEVEN}</traceView><traceView>{SEVEN}<traceView traceDataRef='#g' to='1:1'/>"
        "<traceView traceDataRef='#g' from='3'/></traceView></ink>"
    )
    first, second = read(tmp_path, text)
    assert [[x for x, _ in stroke] for stroke in strokes(first)] == [[2, 3], [4], [5]]
    assert [[x for x, _ in stroke] for stroke in strokes(second)] == [[1], [5, 6]]


BOMB = """<!DOCTYPE ink [<!ENTITY a "9 9,"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>
<ink><trace>&c;</trace></ink>"""

DOT = "<trace id='t'>0 0</trace>"
VIEW = "<traceView traceDataRef='t'"

OUTSIDE = '<!DOCTYPE ink [<!ENTITY a SYSTEM "file:///etc/passwd">]><ink><trace>&a;</trace></ink>'


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (BOMB, 1, "DOCTYPE"),
        (OUTSIDE, 1, "DOCTYPE"),
        ("<ink><trace>&a;</trace></ink>", 1, "is not XML: undefined entity"),
        (f"{HEAD}\n<trace></ink>", 2, "is not XML: mismatched tag"),
        (f"{HEAD}\n", 2, "is not XML: no element found"),
        ("<?xml version='1.0' encoding='klingon'?>\n<ink/>", 1, "encoding"),
        ("<?xml version='1.0' encoding='shift_jis'?>\n<ink/>", 1, "save it as UTF-8"),
        ("<svg><ink/></svg>", 1, "begins with <svg>"),
        (f"{HEAD}\n" + "<traceGroup>" * 1000, 2, "more than 100 elements are nested"),
        (f"{HEAD}{SEVEN}\n<trace>1 2, 3</trace></ink>", 2, "point 2 of the trace: '3' has 1 value"),
        (f"{HEAD}{SEVEN}\n<trace>1 2 3</trace></ink>", 2, "3 values, wanted X Y"),
        (f"{HEAD}{SEVEN}\n<trace>1 2,, 1 2</trace></ink>", 2, "point 2 of the trace"),
        (f"{HEAD}{SEVEN}\n<trace>1 b</trace></ink>", 2, "'b' is not a value"),
        (f"{HEAD}{SEVEN}\n<trace>1 1_0</trace></ink>", 2, "'_0' is not a value"),
        (f"{HEAD}{SEVEN}\n<trace>1 ٣</trace></ink>", 2, "'٣' is not a value"),
        (f"{HEAD}{SEVEN}\n<trace>1 nan</trace></ink>", 2, "'nan' is not a value"),
        (f"{HEAD}{SEVEN}\n<trace>1 T</trace></ink>", 2, "T is a boolean"),
        (f"{HEAD}{SEVEN}\n<trace>1 1e999</trace></ink>", 2, "is not finite"),
        (f"{HEAD}{SEVEN}\n<trace>1 #{'F' * 400}</trace></ink>", 2, "is not finite"),
        (f"{HEAD}{SEVEN}\n<trace>1e308 1,'1e308 '1</trace></ink>", 2, "is not finite"),
        (f"{HEAD}{SEVEN}\n<trace>'1 1</trace></ink>", 2, "'1 comes without a value before it"),
        (f"{HEAD}{SEVEN}\n<trace>1 *</trace></ink>", 2, "* comes without a value before it"),
        (f"{HEAD}\n{channels('X', 'T')}</ink>", 2, "X and Y are wanted"),
        (f"{HEAD}\n{channels('X', 'X', 'Y')}</ink>", 2, "X and Y are wanted"),
        (f"\n{HEAD}{SEVEN}</ink>", 2, "the drawing is empty"),
        (f"{HEAD}{SEVEN}\n<traceView traceDataRef='#a'/></ink>", 2, "'#a' is not the id"),
        (f"{HEAD}\n<trace contextRef='#a'/></ink>", 2, "contextRef '#a' is not the id"),
        (f"{HEAD}\n<context id='c' contextRef='#c'/></ink>", 2, "refers to itself"),
        (f"{HEAD}{SEVEN}\n<traceView id='v' traceDataRef='#v'/></ink>", 2, "refers to itself"),
        (f"{HEAD}<traceGroup>\n<annotation type='truth'>12</annotation></traceGroup></ink>", 1,
         "the label is '12'; it should be a digit"),
        (f"{HEAD}{DOT}\n{VIEW} from='2'>{SEVEN}</traceView></ink>", 2,
         "points 2 to 1 of a trace of 1"),
        (f"{HEAD}<traceGroup id='t'/>\n{VIEW} to='2'>{SEVEN}</traceView></ink>", 1,
         "parts 1 to 2 of 0"),
        (f"{HEAD}{DOT}\n{VIEW} to='0'>{SEVEN}</traceView></ink>", 2,
         "to is '0'; counts from 1"),
    ],
)  # fmt: skip
def test_errors_name_the_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert f"a.inkml, line {line}: " in str(caught.value)
    assert said in str(caught.value)
    assert len(str(caught.value)) < 400


def test_views_that_multiply_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each view refers twice to the one before."""
    monkeypatch.setattr("mnist_jax.ink.formats.inkml.MAX_VISITS", 10_000)
    twice = [f"<traceView traceDataRef='v{number}'/>" * 2 for number in range(59)]
    views = "".join(
        f"<traceView id='v{number}'>{inside}</traceView>"
        for number, inside in enumerate(twice, start=1)
    )
    with pytest.raises(InputError, match=r"a\.inkml, line 1: refers to itself, or to too much"):
        read(tmp_path, f"{HEAD}{SEVEN}<trace id='v0'>0 0</trace>{views}</ink>")


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mnist_jax.support.xml_elements.MAX_BYTES", 1000)
    with pytest.raises(InputError, match=r"a\.inkml, line 1: the file is larger"):
        read(tmp_path, f"{HEAD}{' ' * 1000}</ink>")


coordinates = st.integers(-(10**6), 10**6) | st.floats(allow_nan=False, allow_infinity=False)
drawn = st.lists(
    st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=5), min_size=1, max_size=3
)
shared = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(labelled: list[tuple[str, list[list[tuple[float, float]]]]], axes: str) -> str:
    """The drawings as an InkML file."""
    lines = [HEAD, channels(*axes.split())]
    for word, drawing in labelled:
        lines.append(f'<traceGroup><annotation type="truth">{word}</annotation>')
        for stroke in drawing:
            rows = [{"X": repr(x), "Y": repr(y), "F": "?"} for x, y in stroke]
            points = [" ".join(row[axis] for axis in axes.split()) for row in rows]
            lines.append(f"<trace>{', '.join(points)}</trace>")
        lines.append("</traceGroup>")
    return "\n".join([*lines, "</ink>"])


@shared
@given(
    labelled=st.lists(st.tuples(st.sampled_from("0123456789"), drawn), max_size=3),
    axes=st.sampled_from(["X Y", "Y X", "F X Y", "Y F X"]),
)
def test_what_is_written_is_read_back(
    tmp_path: Path, labelled: list[tuple[str, list[list[tuple[float, float]]]]], axes: str
) -> None:
    read_back = read(tmp_path, written(labelled, axes))
    assert [one.word for one in read_back] == [word for word, _ in labelled]
    for one, (_, drawing) in zip(read_back, labelled, strict=True):
        for stroke, points in zip(one.drawing, drawing, strict=True):
            np.testing.assert_array_equal(stroke, points)


BYTES = "0123456789 .,:-?*'\"!#<>/&;=\n\0\xe9TFXYacdefinrtuvw"


@shared
@given(
    text=st.sampled_from([SYMBOLS, written([("3", [[(1, 2.5), (-3, 4)]])], "Y F X")]),
    changes=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 3), st.text(BYTES, max_size=3)), max_size=5
    ),
)
def test_broken_files_are_input_errors(
    tmp_path: Path, text: str, changes: list[tuple[float, int, str]]
) -> None:
    """Whatever is removed and inserted anywhere."""
    for where, removed, inserted in changes:
        place = int(where * len(text))
        text = text[:place] + inserted + text[place + removed :]
    path = tmp_path / "broken.inkml"
    path.write_text(text, encoding="utf-8")
    try:
        list(read_drawings(path, digits_only=False))
    except InputError as error:
        assert "broken.inkml" in str(error)
