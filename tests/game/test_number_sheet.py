"""Numbers written in the window: read on a thread, shown, saved, opened and replayed."""

from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game.app import App
from game.core.events import Choose, Sheet
from game.core.modes.inside import Inside
from game.core.modes.sketchpad import digit_alone
from game.core.values.settings import Settings
from game.view.scene import Outline, Pixels
from mnist_jax.ink.drawing_files import read_drawings
from tests.pointer import (
    NUMBER,
    answered,
    beginning,
    clicked,
    draw,
    post,
    pressed,
    read,
    target,
    texts,
)
from tests.readings import number


@pytest.fixture
def wide(app: App) -> App:
    app.state = beginning("sketchpad", settings=Settings(sheet="number"))
    app.frame(0.02)
    return app


def test_a_number_is_read_and_shown_with_the_place_of_each_digit(wide: App) -> None:
    """A part that is no digit is dashed."""
    draw(wide, NUMBER.drawing)
    read(wide)
    assert wide.state.number.text == "4072"
    assert {"4072", "4", "0", "7", "2"} <= set(texts(wide))
    boxes = [item.rect for item in wide.scene.items if isinstance(item, Outline)]
    images = [item.rect for item in wide.scene.items if isinstance(item, Pixels)]
    assert len(boxes) == len(images) == 4
    assert [box.x for box in boxes] == sorted(box.x for box in boxes)
    assert all(wide.scene.pad.within(box) == box for box in boxes)
    first, *others = wide.state.number.digits
    doubted = replace(first, reading=replace(first.reading, is_digit=False))
    wide.state = replace(wide.state, number=replace(wide.state.number, digits=(doubted, *others)))
    wide.frame(0.02)
    dashed = [item.dashed for item in wide.scene.items if isinstance(item, Outline)]
    assert dashed == [True, False, False, False]
    assert "?072" in texts(wide)
    assert not [text for text in texts(wide) if set("–-") & set(text)]


def test_the_newest_drawing_is_read_and_a_cleared_one_never_shown(wide: App) -> None:
    draw(wide, NUMBER.drawing)
    pressed(wide, pygame.K_c)
    draw(wide)
    read(wide)
    assert wide.state.number.text == "7"


def test_a_number_is_saved_with_its_word_and_opened_again(wide: App, tmp_path: Path) -> None:
    draw(wide, NUMBER.drawing)
    read(wide)
    pressed(wide, pygame.K_s)
    answered(wide)
    (line,) = read_drawings(tmp_path / "drawings.ndjson", digits_only=False)
    assert line.word == "4072"
    (picture,) = tmp_path.glob("*.png")
    width, height = pygame.image.load(picture).get_size()
    assert width == 3 * height
    pressed(wide, pygame.K_c)
    pressed(wide, pygame.K_m)
    post(pygame.event.Event(pygame.DROPFILE, file=str(tmp_path / "drawings.ndjson")))
    wide.frame(0.02)
    answered(wide)
    read(wide)
    assert wide.state.number.text == "4072"


def test_the_card_of_a_digit_opens_it_in_look_inside(wide: App) -> None:
    draw(wide, NUMBER.drawing)
    read(wide)
    for at, digit in enumerate((4, 0, 7, 2)):
        clicked(wide, target(wide, Choose(at)))
        assert isinstance(wide.state.screen, Inside)
        assert wide.state.reading.digit == digit
        clicked(wide, target(wide, Sheet("number")))
        read(wide)
        assert wide.state.number.text == "4072"


def test_a_line_through_two_digits_is_cut_between_them() -> None:
    """And what lies in its own box, though also in the edge of the next, stays whole."""
    line, dot = ((0.1, 0.5, 0.0), (0.4, 0.5, 1.0), (0.7, 0.5, 2.0)), ((0.2, 0.3, 3.0),)
    found = number("11", (line, dot))
    left, right = digit_alone(found, 0), digit_alone(found, 1)
    assert [len(stroke) for stroke in left] == [2, 1]
    assert [len(stroke) for stroke in right] == [1]
    assert all(0 <= x <= 1 and 0 <= y <= 1 for stroke in (*left, *right) for x, y, _ in stroke)
