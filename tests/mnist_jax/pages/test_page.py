"""Pages of numbers, from the photo to the rows and the CSV."""

import csv
import io
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mnist_jax import InputError, read_page, read_picture
from mnist_jax.model import MLP
from mnist_jax.pages.output import as_csv, as_lines, as_object, as_summary
from mnist_jax.pages.page import Page
from tests.mnist_jax.pages.test_layout import table
from tests.mnist_jax.test_commands import run_here
from tests.mnist_jax.test_pictures import legible
from tests.pages import KINDS, Sheet, page
from tests.pictures import stored_turned
from tests.refusal import refusal

ROWS = [["12", ""], ["", "70"]]


def texts(found: Page) -> list[list[str]]:
    """Return the rows of texts."""
    return [[text.text for text in row] for row in found.rows]


@pytest.fixture(scope="module")
def photo() -> Image.Image:
    """A ruled table with two empty cells."""
    return table(np.random.default_rng(0), ROWS)


def test_a_table_is_read_with_its_empty_cells_where_they_are(
    shipped: MLP, photo: Image.Image, tmp_path: Path
) -> None:
    """Also if the photo lies on its side by its EXIF data; boxes are those of the upright one."""
    (tmp_path / "page.jpg").write_bytes(stored_turned(photo, 6))
    found = read_page(shipped, tmp_path / "page.jpg")
    assert texts(found) == ROWS
    left, top, right, bottom = found.rows[0][0].box
    assert 130 < left < right < 420
    assert 200 < top < bottom < 330
    assert all(text.trusted for row in found.rows for text in row)
    assert list(csv.reader(io.StringIO(as_csv([found, found])))) == [*ROWS, *ROWS]
    assert as_lines(found) == "12\t\n\t70"
    assert as_summary("page", found) == "page: 4 texts in 2 rows, 0 doubtful, 0 left out"
    assert as_object("page", found)["rows"][1][1]["text"] == "70"


def test_a_cell_with_words_in_it_is_empty_and_marked(shipped: MLP) -> None:
    sheet = Sheet(lambda _: (), np.random.default_rng(0))
    sheet.image = table(np.random.default_rng(0), ROWS)
    sheet.word("Bread", 460, 290, 70)
    found = read_page(shipped, sheet.image)
    assert texts(found) == ROWS
    assert not found.rows[0][1].trusted
    assert as_lines(found) == "12\t?\n\t70"


def test_words_in_a_column_of_numbers_keep_their_place_and_columns_of_words_do_not(
    shipped: MLP,
) -> None:
    sheet = Sheet(lambda _: ((np.array([[0.0, 0.0], [0.0, 1.0]])),), np.random.default_rng(0))
    sheet.image = Image.new("L", (800, 500), 235)
    sheet.word("Prices", 300, 70, 60)
    for row, word in enumerate(["Milk", "Bread", "Rice"]):
        base = 190 + 130 * row
        sheet.word(word, 40, base, 60)
        sheet.number("1", 400, base)
        if row == 1:
            sheet.word(word, 600, base, 60)
        else:
            sheet.number("11", 600, base)
    found = read_page(shipped, sheet.image)
    assert as_lines(found) == "1\t11\n1\t?\n1\t11"
    assert len(found.left_out) >= 4


def test_a_picture_says_when_it_holds_several_numbers(shipped: MLP) -> None:
    sheet = Sheet(lambda _: ((np.array([[0.0, 0.0], [0.0, 1.0]])),), np.random.default_rng(0))
    sheet.number("1", 500, 500)
    assert not read_picture(shipped, sheet.image).several
    sheet.number("1", 500, 800)
    assert read_picture(shipped, sheet.image).several


def test_a_page_without_numbers_is_refused(shipped: MLP) -> None:
    sheet = Sheet(lambda _: (), np.random.default_rng(0))
    with pytest.raises(InputError, match="shows no numbers"):
        read_page(shipped, sheet.image)
    sheet.word("Bread and milk", 200, 400, 90)
    with pytest.raises(InputError, match="shows no numbers"):
        read_page(shipped, sheet.image)


def test_the_command_writes_the_rows_of_all_pages(photo: Image.Image, tmp_path: Path) -> None:
    photo.save(tmp_path / "page.png")
    blank = Image.new("L", (300, 300), 255)
    blank.save(tmp_path / "blank.png")
    names = ["page.png", "blank.png", "page.png"]
    command = ["read", "--page", *names, "--csv", "rows.csv", "--plot", "pages.png"]
    finished = run_here(*command, folder=tmp_path)
    assert finished.returncode == 2
    assert finished.stderr.count("page.png: 4 texts in 2 rows, 0 doubtful, 0 left out") == 2
    assert "error: blank.png: shows no numbers" in finished.stderr
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [*ROWS, *ROWS]
    with Image.open(tmp_path / "pages.png") as plot:
        assert plot.height > plot.width


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--page", "--csv", "missing/rows.csv"], "the folder missing does not exist"),
        (["--page", "--csv", "rows.txt"], "a name like mine.csv is wanted"),
        (["--csv", "rows.csv"], "add --page"),
        (["--page", "--count", "2"], "leave it out with --page"),
    ],
)
def test_what_cannot_be_done_is_refused_before_reading(
    options: list[str], problem: str, tmp_path: Path
) -> None:
    assert problem in refusal(run_here("read", "page.png", *options, folder=tmp_path))
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_pages_of_every_kind_are_read(shipped: MLP) -> None:
    """The shape of all pages but one, and four of five texts, in two pages of each kind."""
    right = total = shapes = 0
    for seed, kind in enumerate([*KINDS, *KINDS]):
        rng = np.random.default_rng(seed)
        by_sign = {drawing.word: drawing.drawing for drawing in legible(shipped, rng, 10)}
        image, rows = page(kind, by_sign.__getitem__, rng)
        read = texts(read_page(shipped, image))
        total += sum(map(len, rows))
        if list(map(len, read)) == list(map(len, rows)):
            shapes += 1
            right += sum(map(str.__eq__, chain(*read), chain(*rows)))
    assert shapes >= 2 * len(KINDS) - 1
    assert right >= 0.8 * total
