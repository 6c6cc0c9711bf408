"""Files at the window: dropped, saved and opened again."""

from pathlib import Path

import numpy as np
import pygame
import pytest

from game.app import App
from game.core.events import Choose, Do, Notice, Opened, SavedFilesFound
from game.core.modes.sketchpad import UNDRAWN, Pad
from game.core.values.sheets import width_for
from game.core.values.sketch import Sketch
from game.devices.files.opening import MOST_INK, MOST_POINTS, MOST_STROKES, opened
from game.devices.files.saved_files import MOST_LISTED, SAVED_LINES, delete, list_drawings, save
from game.view.glyphs import glyph
from mnist_jax.ink.drawing_files import read_drawings
from mnist_jax.ink.ndjson import as_line
from tests.pointer import (
    answered,
    beginning,
    clicked,
    double_clicked,
    draw,
    post,
    pressed,
    target,
    texts,
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("seven.NDJSON", '{"word":"7","drawing":[[[0,20,8],[0,0,40]]]}'),
        ("seven.png", '.SEGMENT DIGIT 0 ? "7"\n.PEN_DOWN\n0 40\n20 40\n8 0\n'),
        ("seven.png", "<ink><trace>0 0, 20 0, 8 40</trace></ink>"),
    ],
    ids=["ndjson", "UNIPEN", "InkML"],
)
def test_a_dropped_drawing_is_put_on_the_pad(
    app: App, tmp_path: Path, name: str, text: str
) -> None:
    """UNIPEN and InkML also without labels, and with the name of a picture."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    post(pygame.event.Event(pygame.DROPFILE, file=str(tmp_path / name)))
    app.frame(0.02)
    answered(app)
    assert isinstance(app.state.screen, Pad)
    assert app.state.reading.digit == 7


def test_a_saved_drawing_is_deleted_with_its_picture_after_a_question(
    app: App, tmp_path: Path
) -> None:
    for digit in (4, 7, 4):
        save(tmp_path, "inkling", Sketch(glyph(digit)), str(digit), 0.02)
    app.state = beginning("sketchpad")
    app.frame(0.0)
    pressed(app, pygame.K_o)
    answered(app)
    clicked(app, target(app, Do.REMOVE))
    clicked(app, target(app, Choose(1)))
    assert app.state.overlay == "confirm"
    pressed(app, pygame.K_RETURN)
    assert (app.state.overlay, len(app.state.saved_drawings)) == ("open", 3)
    clicked(app, target(app, Do.REMOVE))
    clicked(app, target(app, Choose(0)))
    double_clicked(app, target(app, Do.FORGET))
    assert app.state.overlay == "confirm"
    clicked(app, target(app, Do.FORGET))
    answered(app)
    assert [word for word, _ in app.state.saved_drawings] == ["7", "4"]
    assert [one.word for one in read_drawings(tmp_path / SAVED_LINES)] == ["4", "7"]
    assert sorted(path.name for path in tmp_path.glob("*.png")) == ["inkling-2.png", "inkling.png"]


def test_of_a_drawing_saved_by_an_older_game_the_picture_stays(tmp_path: Path) -> None:
    line = as_line("7", [np.array([[0.0, 0.0], [1.0, 1.0]])])
    (tmp_path / SAVED_LINES).write_text(f"{line}\n", encoding="utf-8")
    ((word, strokes),) = list_drawings(tmp_path).drawings
    assert "picture is still in" in delete(tmp_path, word, strokes).text
    assert "No drawing is saved yet" in list_drawings(tmp_path).text
    assert "can’t be deleted" in delete(tmp_path, word, strokes).text


def test_drawings_are_saved_with_their_labels_and_opened_again(app: App, tmp_path: Path) -> None:
    app.state = beginning("sketchpad")
    app.frame(0.0)
    pressed(app, pygame.K_s)
    assert UNDRAWN in texts(app)
    assert not list(tmp_path.iterdir())
    draw(app)
    for code in (pygame.K_1, pygame.K_s, pygame.K_s, pygame.K_s, pygame.K_c, pygame.K_o):
        pressed(app, code)
    answered(app)
    assert len(list(tmp_path.glob("*.png"))) == 3
    assert (tmp_path / "drawings.ndjson").read_text(encoding="utf-8").count('"word":"1"') == 3
    assert app.state.overlay == "open"
    clicked(app, target(app, Choose(0)))
    assert app.state.overlay == ""
    assert app.state.reading.digit == 7


def test_what_is_saved_can_be_opened(tmp_path: Path) -> None:
    said = save(tmp_path / "new", "mine", Sketch(glyph(4)), "4", 0.02)
    assert "mine.png" in said.text
    (line,) = read_drawings(tmp_path / "new" / "drawings.ndjson")
    assert line.word == "4"
    strokes = opened(tmp_path / "new" / "drawings.ndjson")
    assert isinstance(strokes, Opened)
    assert [len(stroke) for stroke in strokes.strokes] == [len(stroke) for stroke in glyph(4)]


def test_what_cannot_be_saved_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    said = save(tmp_path / "file", "mine", Sketch(glyph(4)), "4", 0.02)
    assert "can’t be saved" in said.text


def test_the_last_saved_drawings_are_offered_the_newest_first(tmp_path: Path) -> None:
    for number in range(MOST_LISTED + 3):
        save(tmp_path, f"drawing-{number}", Sketch(glyph(number % 10)), str(number), 0.016)
    event = list_drawings(tmp_path)
    assert isinstance(event, SavedFilesFound)
    assert [word for word, _ in event.drawings] == [str(n) for n in range(MOST_LISTED + 2, 2, -1)]
    assert all(
        0 <= x <= width_for(word) and 0 <= y <= 1
        for word, strokes in event.drawings
        for stroke in strokes
        for x, y, _ in stroke
    )


@pytest.mark.parametrize(
    ("strokes", "points"), [(1, MOST_POINTS + 1), (MOST_STROKES + 1, 1), (1, 4 * round(MOST_INK))]
)
def test_a_drawing_that_is_too_large_to_paint_is_refused_and_not_offered(
    tmp_path: Path, strokes: int, points: int
) -> None:
    zigzag = np.arange(points) % 2 * 40.0, np.arange(points) % 3 * 40.0
    path = tmp_path / SAVED_LINES
    large = as_line("7", [np.transpose(zigzag)] * strokes)
    path.write_text(f"{large}\n{as_line('4', [np.eye(2)])}\n", encoding="utf-8")
    said = opened(path)
    assert isinstance(said, Notice)
    assert "too large for the pad" in said.text
    event = list_drawings(tmp_path)
    assert isinstance(event, SavedFilesFound)
    assert [word for word, _ in event.drawings] == ["4"]


@pytest.mark.parametrize("content", [None, "", "{broken", '{"word": "7", "drawing": []}'])
def test_a_notice_says_why_no_drawing_can_be_opened(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / SAVED_LINES
    if content is not None:
        path.write_text(content, encoding="utf-8")
    event = opened(path)
    assert isinstance(event, Notice)
    assert SAVED_LINES in event.text
    if content != "":
        event = list_drawings(tmp_path)
        assert isinstance(event, Notice)
        assert ("line 1" if content else "No drawing is saved") in event.text
