"""Pages of numbers dropped on the window: read on a thread, corrected by keys, saved as CSV."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pygame
import pytest
from PIL import Image

from game.app import App, opened
from game.core.effects import ReadPage
from game.core.events import Do
from game.core.modes.page import PageSheet
from game.core.state import GLANCE_SECONDS, Net, State, Title
from game.core.values.pages import PageReading, PageText
from game.devices.conversions import image_strokes, plain_photo
from game.devices.files.opening import contents
from game.devices.files.pages import save_page, shows_page
from game.devices.files.storage import Storage
from game.devices.reader import Reader
from game.replay import button
from game.samples import PAGE, photographed, photographed_page
from game.view.glyphs import glyph
from game.view.scene import Outline
from mnist_jax.ink.ndjson import as_line
from mnist_jax.ink.pictures.find_ink import find_ink
from tests.pointer import answered, beginning, clicked, post, pressed, target, texts, wait


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo of three rows; the first number is read wrong and not trusted."""
    path = tmp_path_factory.mktemp("page") / "numbers.png"
    Image.fromarray(photographed_page()[:470]).save(path)
    return path


@pytest.fixture
def stored(reader: Reader, tmp_path: Path) -> Iterator[App]:
    """The game with a folder for the player's data."""
    with opened(reader, State(), storage=Storage(tmp_path / "data")) as game:
        game.frame(0.0)
        yield game


def dropped(app: App, path: Path) -> None:
    """Drop a file, and let frames pass until it was looked at."""
    post(pygame.event.Event(pygame.DROPFILE, file=str(path)))
    app.frame(0.02)
    wait(app, lambda: "Looking" not in app.state.notice, 0.001)


def test_a_page_is_read_corrected_by_keys_and_saved_beside_its_photo(
    stored: App, picture: Path
) -> None:
    app, file = stored, picture.with_suffix(".csv")
    dropped(app, picture)
    assert "Let me read all this …" in texts(app)
    wait(app, lambda: app.state.screen.page, 0.001)
    rows = app.state.screen.page.rows
    assert rows[1:] == PAGE[1:3]
    assert rows[0][1:] == PAGE[0][1:]
    assert app.state.screen.page.doubtful == (0,)
    app.frame(GLANCE_SECONDS)
    doubtful = [item for item in app.scene.items if isinstance(item, Outline) and item.dashed]
    assert len(doubtful) == 1
    assert f"{rows[0][0]}?" in texts(app)
    for code in (pygame.K_3, pygame.K_1, pygame.K_4, pygame.K_DOWN, pygame.K_RIGHT):
        pressed(app, code)
    assert app.state.screen.text.text == "26"
    for code in (pygame.K_MINUS, pygame.K_2, pygame.K_COMMA, pygame.K_7, pygame.K_TAB):
        pressed(app, code)
    for code in (pygame.K_4, pygame.K_7, pygame.K_1, pygame.K_LEFT, pygame.K_s):
        pressed(app, code)
    answered(app, 0.02)
    app.frame(0.02)
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["314,4072,80", '905,"-2,7",471']
    assert f"Saved as {file.name}" in texts(app)
    assert [drawing.word for drawing in app._storage.drawings(9)] == ["7", "7"]
    file.write_text("mine", encoding="utf-8")
    pressed(app, pygame.K_s)
    answered(app, 0.02)
    assert "Replace the file?" in texts(app)
    assert file.read_text(encoding="utf-8") == "mine"
    clicked(app, target(app, Do.FORGET))
    answered(app, 0.02)
    assert file.read_text(encoding="utf-8").splitlines() == lines
    pressed(app, pygame.K_ESCAPE)
    assert isinstance(app.state.screen, Title)


def test_a_text_is_chosen_by_a_click_on_the_photo(app: App, picture: Path) -> None:
    page = PageReading(
        plain_photo(np.zeros((400, 300, 3), np.uint8)),
        (
            PageText(0, (20, 20, 60, 50), "1", trusted=True),
            PageText(1, (200, 300, 260, 340), "2", trusted=True),
        ),
    )
    app.state = beginning("page", net=Net.READY)
    app.state = replace(app.state, screen=PageSheet(str(picture), page.photo, page))
    app.frame(GLANCE_SECONDS)
    pad = app.scene.pad
    place = pad.x + pad.width * 7 // 10, pad.y + pad.height * 8 // 10
    post(button(pygame.MOUSEBUTTONDOWN, place), button(pygame.MOUSEBUTTONUP, place))
    app.frame(0.02)
    assert app.state.screen.text.text == "2"
    assert app.state.sketch.strokes == ()


@pytest.mark.slow
def test_esc_ends_the_reading(app: App, picture: Path) -> None:
    dropped(app, picture)
    pressed(app, pygame.K_ESCAPE)
    answered(app, 0.02)
    assert isinstance(app.state.screen, Title)


@pytest.fixture
def drawing() -> list[np.ndarray]:
    """Three rows of two digits."""
    digits = (4, 7), (2, 0), (8, 5)
    return [
        np.array([(0.4 * column + x / 6, 0.3 * row + y / 6) for x, y, _ in stroke])
        for row, column in product(range(3), range(2))
        for stroke in glyph(digits[row][column])
    ]


def test_a_drawing_of_several_numbers_is_a_page_and_one_number_is_none(
    drawing: list[np.ndarray], tmp_path: Path
) -> None:
    path = tmp_path / "page.ndjson"
    for word, strokes in (("list", drawing[:1]), ("47", drawing[:4])):
        path.write_text(as_line(word, strokes), encoding="utf-8")
        assert contents(path).strokes
        assert not contents(path).page
    path.write_text(as_line("list", drawing), encoding="utf-8")
    assert contents(path).page == str(path)


@pytest.mark.slow
def test_a_drawing_of_several_numbers_is_read(
    app: App, drawing: list[np.ndarray], tmp_path: Path
) -> None:
    path = tmp_path / "page.ndjson"
    path.write_text(as_line("list", drawing), encoding="utf-8")
    dropped(app, path)
    wait(app, lambda: app.state.screen.page, 0.001)
    assert app.state.screen.page.rows == (("4", "7"), ("2", "0"), ("8", "5"))


def test_a_photo_of_one_number_is_no_page(tmp_path: Path) -> None:
    Image.fromarray(photographed(4072)[::4, ::4]).save(tmp_path / "number.png")
    assert not contents(tmp_path / "number.png").page
    page = photographed_page()[::2, ::2]
    assert shows_page(page, None)
    assert shows_page(page, find_ink(page).mask)


def test_a_file_that_is_gone_or_shows_no_numbers_is_said_to(reader: Reader, tmp_path: Path) -> None:
    blank = tmp_path / "blank.png"
    Image.new("L", (400, 300), 200).save(blank)
    for path in (blank, tmp_path / "gone.png"):
        answer = reader.answer(ReadPage(str(path)))
        assert answer.page is None
        assert path.name in answer.problem
        assert str(tmp_path) not in answer.problem
    assert reader.ready


def test_what_cannot_be_saved_is_said_and_nothing_is_half_written(tmp_path: Path) -> None:
    (tmp_path / "page.csv").mkdir()
    said = save_page(tmp_path / "page.png", (("1",),), replaces=True)
    assert "page.csv can’t be saved beside the photo (" in said.text
    assert str(tmp_path) not in said.text
    gone = save_page(tmp_path / "gone" / "page.png", (("1",),), replaces=False)
    assert "page.csv can’t be saved" in gone.text
    assert [one.name for one in tmp_path.iterdir()] == ["page.csv"]


def test_the_drawing_of_a_digit_in_a_photo_is_read_as_the_photo_was(reader: Reader) -> None:
    for digit in (2, 4, 7):
        image = reader.read(glyph(digit)).image
        strokes = image_strokes(image)
        assert strokes
        assert all(0 <= at <= 1 for stroke in strokes for point in stroke for at in point[:2])
        assert reader.read(strokes).digit == digit
    assert image_strokes(bytes(784)) == ()
