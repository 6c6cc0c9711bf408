"""Photos dropped on the window: looked at on a thread, shown with their ink, and read."""

from pathlib import Path

import pygame
import pytest

from game.app import App
from game.core.events import Choose
from game.core.modes.draw import DrawGame
from game.core.modes.inside import Inside
from game.core.modes.sketchpad import Pad
from game.core.values.settings import Settings
from game.core.values.sketch import NUMBER_WIDTH, Sketch
from game.devices.files.saved_files import SAVED_LINES, save
from game.samples import photographed, strokes_of
from game.view.glyphs import glyph
from game.view.scene import Outline, Photograph
from game.view.screens.parts.sheet import FADE_SECONDS, LOOK_SECONDS
from tests.pointer import (
    answered,
    beginning,
    clicked,
    draw,
    post,
    pressed,
    read,
    target,
    texts,
    wait,
)


def dropped(app: App, path: Path) -> None:
    """Drop a file, and let frames pass until it was looked at."""
    post(pygame.event.Event(pygame.DROPFILE, file=str(path)))
    app.frame(0.02)
    assert f"Looking at {path.name} …" in texts(app)
    wait(app, lambda: "Looking" not in app.state.notice, 0.001)


@pytest.fixture(scope="module")
def number(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo of a number, wider than high."""
    path = tmp_path_factory.mktemp("photo") / "number.png"
    pygame.image.save(
        pygame.surfarray.make_surface(photographed(4072)[::2, ::2].swapaxes(0, 1)), path
    )
    return path


@pytest.fixture
def four(tmp_path: Path) -> Path:
    save(tmp_path, "four", Sketch(glyph(4)), "4", 0.02)
    return tmp_path / "four.png"


def photographs(app: App) -> list[Photograph]:
    return [item for item in app.scene.items if isinstance(item, Photograph)]


def test_a_photo_of_a_number_is_shown_then_its_ink_and_then_what_was_read(
    app: App, number: Path
) -> None:
    dropped(app, number)
    assert app.state.shows_number
    assert [one.share for one in photographs(app)] == [0.0]
    read(app)
    assert "Looking at the photo" in texts(app)
    app.frame(LOOK_SECONDS + FADE_SECONDS / 2)
    assert 0 < photographs(app)[0].share < 1
    app.frame(FADE_SECONDS)
    assert photographs(app)[0].share == 1
    assert {"4072", "4", "0", "7", "2"} <= set(texts(app))
    boxes = [item.rect for item in app.scene.items if isinstance(item, Outline)]
    assert len(boxes) == 4
    (shown,) = photographs(app)
    assert all(shown.rect.within(box) == box for box in boxes)
    pixels = pygame.surfarray.array3d(pygame.display.get_surface().subsurface(shown.rect))
    assert 0.005 < (abs(pixels.astype(int) - shown.ink) < 20).all(2).mean() < 0.2
    for seen in (0, 1):
        pressed(app, pygame.K_m)
        assert len(photographs(app)) == seen
    assert app.state.photo.sheet == "number"


def test_the_card_of_a_digit_in_a_photo_opens_that_part_of_it_in_look_inside(
    app: App, number: Path
) -> None:
    dropped(app, number)
    read(app)
    app.frame(LOOK_SECONDS + 2 * FADE_SECONDS)
    whole = app.state.photo
    clicked(app, target(app, Choose(2)))
    assert isinstance(app.state.screen, Inside)
    assert app.state.settings.sheet == "digit"
    assert app.state.photo.width < whole.width / 3
    wait(app, lambda: app.state.reading, 0.02)
    assert app.state.reading.digit == 7
    answered(app, 0.02)
    assert any(text.startswith("Why a 7") for text in texts(app))
    pressed(app, pygame.K_ESCAPE)
    assert app.state.sheets["number"].photo is whole


def test_a_photo_of_one_digit_is_read_on_the_sheet_for_a_digit(app: App, four: Path) -> None:
    """With reduced motion, the ink is there at once."""
    app.state = beginning("sketchpad", net=app.state.net, settings=Settings(reduced_motion=True))
    dropped(app, four)
    assert [one.share for one in photographs(app)] == [1.0]
    read(app)
    app.frame(0.0)
    assert not app.state.shows_number
    assert app.state.reading
    assert "I see a 4" in texts(app)
    assert len([item for item in app.scene.items if isinstance(item, Outline)]) == 1


def test_a_number_in_a_high_photo_is_read_whole(app: App, tmp_path: Path) -> None:
    narrow = tuple(
        tuple((x / NUMBER_WIDTH, 0.35 + y / NUMBER_WIDTH, 0.0) for x, y, _ in stroke)
        for stroke in strokes_of(4275)
    )
    save(tmp_path, "high", Sketch(narrow), "4275", 0.01)
    dropped(app, tmp_path / "high.png")
    read(app)
    app.frame(2 * (LOOK_SECONDS + FADE_SECONDS))
    assert not app.state.shows_number
    assert app.state.reading is None
    assert {"4275", "4", "2", "7", "5"} <= set(texts(app))


def test_a_file_that_is_no_picture_changes_nothing_and_is_named(app: App, tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_bytes(b"no picture")
    for where, screen in (("sketchpad", Pad), ("draw", DrawGame)):
        app.state = beginning(where, net=app.state.net)
        app.frame(0.0)
        draw(app)
        before = app.state
        dropped(app, tmp_path / "broken.png")
        assert (app.state.sketch, app.state.photo) == (before.sketch, None)
        assert isinstance(app.state.screen, screen)
        assert any("broken.png" in text for text in texts(app))


def test_of_several_photos_the_last_is_shown(app: App, number: Path, four: Path) -> None:
    for path in (four, four, number):
        post(pygame.event.Event(pygame.DROPFILE, file=str(path)))
    app.frame(0.02)
    wait(app, lambda: app.state.notice == "Opened number.png", 0.01)
    assert app.state.shows_number


@pytest.mark.parametrize("looking", [True, False])
def test_a_drawing_opened_after_a_photo_stays(
    app: App, number: Path, four: Path, *, looking: bool
) -> None:
    post(pygame.event.Event(pygame.DROPFILE, file=str(number)))
    if looking:
        app.frame(0.02)
    post(pygame.event.Event(pygame.DROPFILE, file=str(four.parent / SAVED_LINES)))
    app.frame(0.001)
    answered(app, 0.001)
    assert app.state.notice == f"Opened {SAVED_LINES}"
    assert app.state.photo is None
    dropped(app, number)
    assert app.state.photo
