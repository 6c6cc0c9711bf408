"""Where the texts of a page are: turned and slanted pages, tables, paper and wood."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from mnist_jax.handwriting.allographs import allographs
from mnist_jax.ink.strokes import Drawing
from mnist_jax.pages.cells import find_tables
from mnist_jax.pages.layout import Layout, find_layout
from mnist_jax.pages.level_page import level_page
from mnist_jax.pages.page_ink import page_ink
from mnist_jax.pages.page_lines import Line
from tests.pages import KINDS, Sheet, page, slanted

TEMPLATES = dict(reversed(allographs()))


def digit(sign: str) -> Drawing:
    """Return the first template of a digit."""
    return TEMPLATES[int(sign)].drawing


def layout(image: Image.Image) -> Layout:
    """Return the layout of a photo of a page."""
    return find_layout(level_page(np.asarray(image.convert("RGB"))).photo)


def filled(found: Layout) -> list[list[bool]]:
    """Return which texts have ink."""
    return [[bool(spot.pieces) for spot in row] for row in found.rows]


def table(rng: np.random.Generator, rows: list[list[str]]) -> Image.Image:
    """Return a ruled table."""
    sheet = Sheet(digit, rng)
    width, height = 320, 130
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            sheet.number(text, 140 + width * column, 200 + height * (row + 0.75))
    bottom, right = 200 + height * len(rows), 100 + width * len(rows[0])
    sheet.lines(*([(100, y), (right, y)] for y in range(200, bottom + 1, height)))
    sheet.lines(*([(x, 200), (x, bottom)] for x in range(100, right + 1, width)))
    return sheet.image


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    ("degrees", "across", "down"),
    [(-5, 0.15, 0.15), *(pytest.param(*view, marks=SLOW) for view in [(9, 0, 0), (3, 0, -0.2)])],
)
def test_empty_cells_of_a_turned_and_slanted_table_keep_their_places(
    degrees: float, across: float, down: float
) -> None:
    rows = [["12", "", "345"], ["", "", ""], ["6", "70", "8"], ["", "91", "2345"]]
    image = slanted(table(np.random.default_rng(0), rows), degrees, across, down)
    assert filled(layout(image)) == [[bool(text) for text in row] for row in rows]


def test_a_close_up_of_a_table_keeps_the_strokes_of_its_digits() -> None:
    """Its strokes are as long as the shortest lines of other pages."""
    rows = [["11", "171"], ["417", ""]]
    image = table(np.random.default_rng(0), rows).crop((40, 140, 800, 520))
    found = layout(image)
    assert [[len(spot.pieces) for spot in row] for row in found.rows] == [[2, 3], [3, 0]]
    assert found.pieces.size[:, 1].min() > 0.8 * found.pieces.digit_height


@pytest.mark.parametrize("kind", ["on a table", pytest.param("slanted", marks=SLOW)])
def test_columns_without_lines_are_found(kind: str) -> None:
    image, rows = page(kind, digit, np.random.default_rng(3))
    assert filled(layout(image)) == [[bool(text) for text in row] for row in rows]


def test_a_row_of_boxes_is_one_text_and_a_box_to_tick_none() -> None:
    sheet = Sheet(digit, np.random.default_rng(1))
    KINDS["form"](sheet)
    found = layout(sheet.image)
    boxes = [spot for row in found.rows for spot in row if spot.cell]
    assert len(boxes) == len(sheet.rows)
    assert [len(row) for row in found.rows if row[0].cell] == [1] * len(boxes)


def test_the_lines_of_squared_paper_make_no_table() -> None:
    sheet = Sheet(digit, np.random.default_rng(2))
    draw = ImageDraw.Draw(sheet.image)
    for place in range(25, 1500, 50):
        draw.line([(0, place), (1200, place)], fill=205, width=2)
        draw.line([(place, 0), (place, 1500)], fill=205, width=2)
    for line, text in enumerate(["407", "12", "9", "3586"]):
        sheet.number(text, 300, 300 + 140 * line)
    assert filled(layout(sheet.image)) == [[True]] * 4


def test_a_digit_over_a_line_belongs_to_the_number_that_it_is_close_to() -> None:
    sheet = Sheet(digit, np.random.default_rng(0))
    sheet.lines(*([(100, y), (740, y)] for y in (200, 330, 460)))
    sheet.lines(*([(x, 200), (x, 460)] for x in (100, 420, 740)))
    for sign, x in (("4", 290), ("0", 345), ("2", 404), ("7", 600)):
        sheet.number(sign, x, 300)
    for sign, x in (("4", 200), ("2", 404), ("7", 460)):
        sheet.number(sign, x, 430)
    assert [[len(spot.pieces) for spot in row] for row in layout(sheet.image).rows] == [
        [3, 1],
        [1, 2],
    ]


def test_a_stroke_as_high_as_a_row_makes_no_column() -> None:
    rows = [["12", "345"], ["6", "70"], ["8", "9"]]
    image = table(np.random.default_rng(0), rows)
    ImageDraw.Draw(image).line([(350, 205), (350, 325)], fill=40, width=5)
    assert [len(row) for row in filled(layout(image))] == [2, 2, 2]


def test_a_few_lines_of_squared_paper_that_cross_make_no_table() -> None:
    places = range(100, 401, 100)
    lines = [Line(100, np.full(301, float(place)), 2.0) for place in places]
    loose = [Line(600, np.full(150, float(place)), 2.0) for place in range(100, 501, 100)]
    assert len(find_tables(lines, lines, 50.0, (1000, 1000))) == 1
    assert not find_tables([*lines, *loose], [*lines, *loose], 50.0, (1000, 1000))


def test_dense_writing_is_ink_and_grain_is_texture() -> None:
    for width, is_ink in ((7, True), (13, False)):
        photo = np.full((1000, 1000, 3), 235, np.uint8)
        photo[300:700, 300:700][:, np.arange(400) % 24 < width] = 60
        assert page_ink(photo).faint[400:600, 400:600].any() == is_ink
