"""Files of drawings that are small and could cost much: each ends in time, read or refused."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.costs import assert_ends, errors_in_damaged, pytestmark  # noqa: F401
from tests.mnist_jax.ink.formats.test_inkml import OFFICE, SYMBOLS
from tests.mnist_jax.ink.formats.test_unipen import NUMBER, UCI
from tests.mnist_jax.ink.test_drawing_files import GOOD, SEVEN, inkml, ndjson

SIZE = 2_000_000
"""Bytes of the files that are not packed."""

PACKED = 40_000_000
"""Bytes that the packed ones unpack to; they are then some ten thousand bytes."""

READ = ""
REFUSED = "takes too much work for its size"


class Costly(NamedTuple):
    """A file: what makes it costly, how reading it ends, and its text."""

    what: str
    ends: str
    text: Callable[[], str]
    packed: bool = False

    @property
    def data(self) -> bytes:
        """Its bytes."""
        data = self.text().encode()
        return gzip.compress(data) if self.packed else data


def filled(start: str, piece: str, end: str = "", size: int = SIZE) -> Callable[[], str]:
    """A text in which a piece is repeated."""
    return lambda: start + piece * (size // len(piece)) + end


def numbered(start: str, piece: str, count: int, end: str = "", step: int = 1) -> Callable[[], str]:
    """A text in which a piece is repeated with the number of each, and that plus the step."""
    return lambda: start + "".join(piece.format(n, n + step) for n in range(count)) + end


def joined(*texts: Callable[[], str]) -> Callable[[], str]:
    """The texts one after the other."""
    return lambda: "".join(text() for text in texts)


TRUTH = '<annotation type="truth">7</annotation>'
INK = f"<ink>{TRUTH}"
END = "</ink>"
TRACE = f"{INK}<trace>"
TRACED = "</trace></ink>"
CHANNELS = '<channel name="X"/><channel name="Y"/>'
POINT = ".PEN_DOWN\n1 1\n"
ONE = '{"word":"7","drawing":[[[1],[1]]]}\n'

INKML = [
    Costly("spaces", READ, filled(f"{TRACE}1", " ", f"2{TRACED}")),
    Costly("line breaks", READ, filled(f"{TRACE}1", "\n", f"2{TRACED}")),
    Costly("short lines", "is '11", filled(f"{TRACE}1", "11\n", f"2{TRACED}")),
    Costly("references to characters", "is '1", filled(TRACE, "&#49;", TRACED)),
    Costly("values in one point", "is '1 1", filled(TRACE, "1 ", TRACED)),
    Costly("values in one order", "point 1 of the trace is", filled(TRACE, "'1", TRACED)),
    Costly("empty points", "point 1 of the trace is ''", filled(TRACE, ",", TRACED)),
    Costly("points", READ, filled(TRACE, "1 1,", TRACED)),
    Costly("points as differences", READ, filled(f"{TRACE}1 1,", "'1'1,", TRACED)),
    Costly("traces", READ, filled(INK, "<trace>1 1</trace>", END)),
    Costly("empty traces", READ, filled(f"{INK}<trace>1 1</trace>", "<trace/>", END)),
    Costly("elements", READ, filled(f"{INK}<trace>1 1</trace>", "<a/>", END)),
    Costly("elements in one another", "nested too deep",
           lambda: f"<ink>{'<a>' * 400_000}{'</a>' * 400_000}</ink>"),
    Costly("attributes", READ,
           numbered("<ink><a ", "a{0}='' ", 250_000, "/><trace>1 1</trace></ink>")),
    Costly("annotations", READ, filled("<ink>", "<annotation/>", "<trace>1 1</trace></ink>")),
    Costly("drawings", READ,
           filled("<ink>", f"<traceGroup>{TRUTH}<trace>1 1</trace></traceGroup>", END)),
    Costly("channels and traces", READ, joined(
        filled(f"{INK}<traceFormat>{CHANNELS}<intermittentChannels>", '<channel name="Z"/>',
               "</intermittentChannels></traceFormat>", SIZE // 2),
        filled("", "<trace>1 1</trace>", END, SIZE // 2))),
    Costly("channels before x and traces", "the drawing is empty", joined(
        filled(f"{INK}<traceFormat>", '<channel name="Z"/>', f"{CHANNELS}</traceFormat>",
               SIZE // 2),
        filled("", "<trace/>", END, SIZE // 2))),
    Costly("views that name each other", READ, numbered(
        f"{INK}<trace id='v0'>1 1</trace>",
        "<traceView id='v{1}'><traceView traceDataRef='v{0}'/><traceView traceDataRef='v{0}'/>"
        "</traceView>", 20_000, END)),
    Costly("drawings that name the same traces", REFUSED, joined(
        filled("<ink><traceGroup id='a'>", "<trace>1 1</trace>", "</traceGroup>", SIZE // 2),
        filled("", f"<traceGroup>{TRUTH}<traceView traceDataRef='a'/></traceGroup>", END,
               SIZE // 2))),
    Costly("drawings that name the same points", REFUSED, joined(
        filled("<ink><trace id='a'>", "1 1,", "</trace>", SIZE // 2),
        filled("", f"<traceGroup>{TRUTH}<traceView traceDataRef='a'/></traceGroup>", END,
               SIZE // 2))),
    Costly("a chain of contexts", "nested too deep, or refer to themselves", numbered(
        "<ink>", "<context id='c{0}' contextRef='c{1}'/>", 50_000, "<context id='c50000'/></ink>")),
    Costly("contexts in one another", READ, joined(
        filled("<ink><context id='c'/>", "<b contextRef='c'>", "", 900 * 18),
        filled("", "<b/>", "</b>" * 900 + "<trace>1 1</trace></ink>", SIZE // 2))),
    Costly("a long namespace", READ, filled(
        f"<ink xmlns='{'a' * SIZE}'><trace>1 1</trace>", "<a/>", END)),
    Costly("attributes of a long namespace", READ, numbered(
        f"<ink xmlns:p='{'a' * SIZE}'><trace>1 1</trace><a ", "p:a{0}='' ", 60_000, "/></ink>")),
    Costly("formats in one another", READ, joined(
        numbered(INK, f"<traceFormat id='f{{0}}'>{CHANNELS}", 800),
        filled("", '<channel name="Z"/>', "</traceFormat>" * 800, SIZE // 2),
        numbered("", "<context traceFormatRef='f{0}'/>", 800),
        lambda: f"<context traceFormatRef='f0'/><trace>1 1</trace>{END}")),
    Costly("drawings that name a group of other elements", REFUSED, joined(
        filled("<ink><traceGroup id='a'><trace>1 1</trace>", "<b/>", "</traceGroup>", SIZE // 2),
        filled("", f"<traceGroup>{TRUTH}<traceView traceDataRef='a'/></traceGroup>", END,
               SIZE // 2))),
    Costly("elements", REFUSED, filled(INK, "<a/>", END, PACKED), packed=True),
    Costly("points", REFUSED, filled(TRACE, "1 1,", TRACED, 20_000_000), packed=True),
    Costly("line breaks", REFUSED, filled(TRACE, "ab\n", TRACED, 20_000_000), packed=True),
    Costly("spaces", REFUSED, filled(f"{TRACE}1", " ", f"1{TRACED}", PACKED), packed=True),
]  # fmt: skip

STAGGERED = '.SEGMENT DIGIT {0}-{1} ? "7"\n'
UNIPEN = [
    Costly("statements", READ, filled("", ".AB\n", POINT)),
    Costly("line breaks", READ, filled(".A", "\r", POINT)),
    Costly("spaces before keywords", READ, filled(".A\n", " ", f"a\n{POINT}")),
    Costly("components", READ, filled("", POINT)),
    Costly("points", READ, filled(".PEN_DOWN\n", "1 1\n")),
    Costly("a wrong point", "is no point", filled(".PEN_DOWN\n", "1 1\n", "1 1 1")),
    Costly("axes", "a number for each", filled(".COORD X Y", " Z", f"\n{POINT}")),
    Costly("segments", READ, numbered("", f'.SEGMENT A {{0}} "7"\n{POINT}', 85_000)),
    Costly("ranges", REFUSED, filled(f"{POINT}.SEGMENT DIGIT 0", ",0", ' ? "7"', 3 * SIZE)),
    Costly("ranges", READ, filled(f"{POINT}.SEGMENT DIGIT 0", ",0", ' ? "7"', SIZE // 20)),
    Costly("ranges that are none", "'' is no range",
           filled(".SEGMENT A ", ",", ' ? "7"', SIZE // 20)),
    Costly("a label", READ, filled(f'{POINT}.SEGMENT A 0 "', "a", '"')),
    Costly("an escaped label", READ, filled(f'{POINT}.SEGMENT A 0 "', "\\a", '"')),
    Costly("a label without end", "should be like", filled('.SEGMENT A 0 "', "\\aa")),
    Costly("spaces in a segment", "should be like", filled(".SEGMENT A", " ", 'a "')),
    Costly("segments of the same components", REFUSED, joined(
        filled("", POINT, "", 3_001 * 14), numbered("", STAGGERED, 1_500, step=1_500))),
    Costly("segments and many components", REFUSED, joined(
        filled("", POINT, "", SIZE // 2), numbered("", STAGGERED, 40_000, step=20_000))),
    Costly("segments of a raised pen", REFUSED, joined(
        filled("", f"{POINT}.PEN_UP\n1\n", "", SIZE // 2),
        numbered("", STAGGERED, 40_000, step=20_000))),
    Costly("ranges of the same components", REFUSED, joined(
        filled("", POINT, ".SEGMENT A 0", 1_500 * 14), filled("", ",0-1499", ' ? "7"', 1_500 * 7))),
    Costly("ranges of the same points", REFUSED, joined(
        filled(".PEN_DOWN\n", "1 1\n", ".SEGMENT A 0"), filled("", ",0", ' ? "7"', 30_000))),
    Costly("files to include", REFUSED, numbered("", ".INCLUDE x{0}\n", 100_000)),
    Costly("points", REFUSED, filled(".PEN_DOWN\n", "1 1\n", "", PACKED), packed=True),
    Costly("statements", REFUSED, filled("", ".AB\n", "", PACKED), packed=True),
    Costly("line breaks", REFUSED, filled(".A", "\n", "", PACKED), packed=True),
    Costly("spaces", READ, filled(".A", " ", f"\n{POINT}", 20_000_000), packed=True),
]  # fmt: skip

LINE = 4_900_000
NDJSON = [
    Costly("drawings", READ, filled("", ONE)),
    Costly("empty lines", READ, filled(ONE, "\n")),
    Costly("strokes", READ, filled('{"word":"7","drawing":[[[1],[1]]', ",[[1],[1]]", "]}")),
    Costly("points", READ, lambda: f'{{"word":"7","drawing":[[[1{",1" * 749_980}],'
           f'[1{",1" * 749_980}]]]}}'),
    Costly("lists in the word", "the label is", filled('{"word":[[]', ",[]",
           '],"drawing":[[[1],[1]]]}', LINE)),
    Costly("lists in the writer", READ, filled('{"word":"7","writer":[[]', ",[]",
           '],"drawing":[[[1],[1]]]}', LINE)),
    Costly("a longer line", "longer than 5,000,000", filled('{"word":"', "a", '"}', 2 * LINE)),
    Costly("empty lines", REFUSED, filled(ONE, "\n", "", PACKED), packed=True),
    Costly("blank lines", REFUSED, filled(ONE, " " * 1_000 + "\n", "", PACKED), packed=True),
    Costly("drawings", REFUSED, filled("", ONE, "", PACKED), packed=True),
    Costly("a line of strokes", REFUSED, filled('{"word":"7","drawing":[[[1],[1]]',
           ",[[1],[1]]", "]}", LINE), packed=True),
    Costly("a line of empty strokes", "a stroke is not", filled('{"word":"7","drawing":[[]',
           ",[]", "]}", LINE), packed=True),
    Costly("lines of lists", REFUSED, joined(*[filled('{"word":"7","writer":[[]', ",[]",
           '],"drawing":[[[1],[1]]]}\n', LINE)] * 20), packed=True),
    Costly("a line of points", "longer than 5,000,000", filled('{"word":"7","drawing":[[[1',
           ",1", "],[1]]]}", 20_000_000), packed=True),
]  # fmt: skip


@pytest.mark.parametrize("table", [INKML, UNIPEN, NDJSON], ids=["InkML", "UNIPEN", "ndjson"])
def test_costly_files_are_read_or_refused_in_time(tmp_path: Path, table: list[Costly]) -> None:
    assert_ends("drawings", tmp_path, ((one.what, one.ends, one.data) for one in table))


SAMPLES = {
    "InkML": [SYMBOLS, OFFICE, inkml(SEVEN, "Y T X")],
    "UNIPEN": [UCI, NUMBER],
    "ndjson": [f"{GOOD}\n" * 3, ndjson(SEVEN)],
}


@pytest.mark.parametrize("kind", SAMPLES)
def test_damaged_files_are_read_or_refused_in_time(tmp_path: Path, kind: str) -> None:
    """Some of them were packed before the damage, and are damaged as such."""
    plain = [sample.encode() for sample in SAMPLES[kind]]
    good = [*plain, *plain, *plain, *map(gzip.compress, plain)]
    assert any(error for error, _ in errors_in_damaged("drawings", tmp_path, good))
