"""InkML files: what they contain, and what is wrong with them, by file and line."""

from pathlib import Path

import pytest

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

OFFICE = """\
<inkml:ink xmlns:inkml="http://www.w3.org/2003/InkML"><inkml:definitions>
<inkml:context xml:id="ctx0"><inkml:inkSource xml:id="inkSrc0"><inkml:traceFormat>
<inkml:channel name="X" type="integer" max="32767" units="cm"/>
<inkml:channel name="Y" type="integer" max="32767" units="cm"/>
<inkml:channel name="F" type="integer" max="255" units="dev"/>
</inkml:traceFormat></inkml:inkSource></inkml:context>
<inkml:brush xml:id="br0"/></inkml:definitions>
<inkml:traceGroup><inkml:trace contextRef="#ctx0" brushRef="#br0">
-2 0 43,'0'5'14,"0"0"-6,0 1 1,8 23-2,-16-12 3</inkml:trace></inkml:traceGroup></inkml:ink>
"""
"""Ink as Office and OneNote write it, with differences of differences and of pressure."""


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


def test_the_smallest_groups_with_a_truth_or_numbers_are_read(tmp_path: Path) -> None:
    four, zero = read(tmp_path, SYMBOLS)
    assert (four.word, four.writer) == ("4", "anna")
    assert (zero.word, zero.writer) == ("0", "bert")
    assert strokes(four) == [[[1, 1], [2, 2]], [[3, 3], [4, 4]]]
    assert strokes(zero) == [[[5, 5]]]
    (number,) = read_words(tmp_path / "a.inkml", NUMBERS)
    assert (number.word, len(number.drawing)) == ("40", 3)


def test_ink_of_office_is_read(tmp_path: Path) -> None:
    (drawing,) = read(tmp_path, OFFICE, digits_only=False)
    assert strokes(drawing) == [[[-2, 0], [-2, 5], [-2, 10], [-2, 16], [6, 45], [-2, 62]]]


def test_the_whole_document_may_have_the_truth(tmp_path: Path) -> None:
    """Traces that a view repeats are there once; those of the raised pen are not."""
    text = (
        f'{HEAD}{SEVEN}<trace xml:id="t">0 0</trace><trace type="penUp">1 1</trace>'
        '<traceGroup xml:id="g"><trace>2 2</trace></traceGroup><trace/>'
        '<traceView traceDataRef="#t"/><traceView traceDataRef="#g"/></ink>'
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
    x = [1125, 1148, 1178, 1211, 1251, 1297, 1349, 1404, 1461, 1521, 1584]
    y = [18432, 18475, 18510, 18540, 18567, 18596, 18633, 18676, 18723, 18776, 18823]
    assert points == [[*point] for point in zip(x, y, strict=True)]


def test_points_may_be_written_in_many_ways(tmp_path: Path) -> None:
    """Numbers may touch, be absolute again after differences, and have any order and direction."""
    assert trace(tmp_path, "\n 1.5e1\t-2 ,\n.5-.5, 1-2,") == [[15, -2], [0.5, -0.5], [1, -2]]
    mixed = trace(tmp_path, "0 0, '2 '3, 2 3, !1 !1, 2 2")
    assert mixed == [[0, 0], [2, 3], [4, 6], [1, 1], [2, 2]]
    form = channels("T", "Y", "F", "X").replace('"Y"', '"Y" orientation="-ve"')
    assert trace(tmp_path, "0 1 T 2, ? 3 * 4", form) == [[2, -1], [4, -3]]


FORM = channels("Y", "X").replace("<traceFormat>", '<traceFormat xml:id="f">')
SOURCE = f"<inkSource id='i'>{FORM}</inkSource>"
CONTEXTS = "<context id='c' traceFormatRef='#f'/><context id='d' contextRef='#c'/>"


@pytest.mark.parametrize(
    ("setting", "attributes"),
    [
        (FORM, ""),
        (f"<context><inkSource>{FORM}</inkSource></context>", ""),
        (f"<definitions>{FORM}</definitions><context traceFormatRef='#f'/>", ""),
        (f"<definitions>{SOURCE}</definitions><context inkSourceRef='#i'/>", ""),
        (f"<definitions>{FORM}{CONTEXTS}</definitions>", "contextRef='#c'"),
        (f"<definitions>{FORM}{CONTEXTS}</definitions><context contextRef='#d'/><context/>", ""),
    ],
)
def test_the_format_is_that_of_the_context(tmp_path: Path, setting: str, attributes: str) -> None:
    assert trace(tmp_path, "1 2", setting, attributes) == [[2, 1]]
    assert trace(tmp_path, "1 2", setting, "contextRef='#DefaultContext'") == [[1, 2]]


BOMB = """<!DOCTYPE ink [<!ENTITY a "9 9,"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>
<ink><trace>&c;</trace></ink>"""
OUTSIDE = '<!DOCTYPE ink [<!ENTITY a SYSTEM "file:///etc/passwd">]><ink><trace>&a;</trace></ink>'
VIEW = "<traceView traceDataRef='#a'"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB, "it has a DOCTYPE"),
        (OUTSIDE, "it has a DOCTYPE"),
        ("<ink><trace>&a;</trace></ink>", "cannot be read as XML (undefined entity"),
        (f"{HEAD}\n<trace></ink>", "mismatched tag: line 2"),
        (f"{HEAD}\n", "no element found: line 2"),
        ("<?xml version='1.0' encoding='klingon'?>\n<ink/>", "encoding"),
        ("<?xml version='1.0' encoding='shift_jis'?>\n<ink/>", "save it as UTF-8"),
        ("<svg><ink/></svg>", "begins with <svg>"),
        (f"{HEAD}{'<traceGroup>' * 9999}{'</traceGroup>' * 9999}</ink>", "nested too deep"),
        (f"{HEAD}\n{channels('X', 'T')}</ink>", "line 2: the channels are ('X', 'T'); X and Y"),
        (f"{HEAD}\n{channels('X', 'X', 'Y')}</ink>", "X and Y are wanted"),
        (f"\n{HEAD}{SEVEN}</ink>", "line 2: the drawing is empty"),
        (f"{HEAD}{SEVEN}\n{VIEW}/></ink>", "line 2: traceDataRef '#a' is not the id"),
        (f"{HEAD}{SEVEN}\n{VIEW} from='2'/></ink>", "line 2: has `from` or `to`"),
        (f"{HEAD}{SEVEN}\n{VIEW} id='a'/></ink>", "the drawing is empty"),
        (f"{HEAD}\n<trace contextRef='#a'/></ink>", "line 2: contextRef '#a' is not the id"),
        (f"{HEAD}\n<context id='c' contextRef='#c'/></ink>", "refer to themselves"),
        (f"{HEAD}<traceGroup>\n<annotation type='truth'>12</annotation></traceGroup></ink>",
         "line 1: the label is '12'; it should be a digit"),
    ],
)  # fmt: skip
def test_errors_say_what_was_found_and_wanted(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert "a.inkml" in str(caught.value)
    assert said in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    "points",
    ["3", "1 2 3", ",1 2", "1 b", "1 1_0", "1 nan", "1 T", "1 *", "1 #F", "1 1e999", "'1 1"],
)
def test_errors_name_the_point(tmp_path: Path, points: str) -> None:
    """A difference without a value before it is none, either."""
    with pytest.raises(InputError, match=r"a\.inkml, line 2: point 1 of .* each of X Y is wanted"):
        read(tmp_path, f"{HEAD}{SEVEN}\n<trace>{points}</trace></ink>")
