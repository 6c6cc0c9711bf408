"""Files at the window: dropped, saved and opened again."""

from pathlib import Path

import pygame
import pytest

from game import saved_files
from game.app import App
from game.core.events import Choose
from game.core.rules.draw_game import DrawGame
from game.core.rules.pad import UNDRAWN, Pad
from game.core.rules.sketch import Sketch
from game.view.glyphs import glyph
from tests.pointer import beginning, clicked, draw, post, pressed, target, texts


def test_a_dropped_file_is_put_on_the_pad(app: App, tmp_path: Path) -> None:
    path = tmp_path / "seven.ndjson"
    path.write_text('{"word":"7","drawing":[[[0,20,8],[0,0,40]]]}', encoding="utf-8")
    post(pygame.event.Event(pygame.DROPFILE, file=str(path)))
    app.frame(0.02)
    assert isinstance(app.state.screen, Pad)
    assert app.state.reading
    assert app.state.reading.digit == 7


@pytest.mark.parametrize(
    "text",
    [
        '.SEGMENT DIGIT 0 ? "7"\n.PEN_DOWN\n0 40\n20 40\n8 0\n',
        "<ink><trace>0 0, 20 0, 8 40</trace></ink>",
    ],
)
def test_ink_is_opened_whatever_its_name(app: App, tmp_path: Path, text: str) -> None:
    """UNIPEN and InkML, also without labels, and with the name of a picture."""
    path = tmp_path / "seven.png"
    path.write_text(text, encoding="utf-8")
    post(pygame.event.Event(pygame.DROPFILE, file=str(path)))
    app.frame(0.02)
    assert app.state.reading
    assert app.state.reading.digit == 7


def test_a_dropped_file_that_cannot_be_read_ends_no_game(app: App, tmp_path: Path) -> None:
    pressed(app, pygame.K_2)
    (tmp_path / "broken.png").write_bytes(b"no picture")
    post(pygame.event.Event(pygame.DROPFILE, file=str(tmp_path / "broken.png")))
    app.frame(0.02)
    assert isinstance(app.state.screen, DrawGame)
    assert any("broken.png" in text for text in texts(app))


def test_a_dropped_picture_is_shown_and_read_until_something_is_drawn(
    app: App, tmp_path: Path
) -> None:
    saved_files.save(tmp_path, "four", Sketch(glyph(4)), "4", 0.02)
    post(pygame.event.Event(pygame.DROPFILE, file=str(tmp_path / "four.png")))
    app.frame(0.02)
    assert app.state.reading
    assert app.state.reading.digit == 4
    pad = app.scene.pad
    shown = pygame.surfarray.array3d(pygame.display.get_surface().subsurface(pad))
    assert (shown == app.scene.theme.ink).all(2).mean() > 0.02
    draw(app)
    assert app.state.picture is None
    assert app.state.reading.digit == 7


def test_saving_a_pad_without_a_drawing_says_why_nothing_is_saved(app: App, tmp_path: Path) -> None:
    app.state = beginning("sketchpad")
    app.frame(0.0)
    pressed(app, pygame.K_s)
    assert UNDRAWN in texts(app)
    assert not list(tmp_path.iterdir())


def test_a_drawing_is_saved_several_times_with_its_label(app: App, tmp_path: Path) -> None:
    app.state = beginning("sketchpad")
    app.frame(0.0)
    draw(app)
    for code in (pygame.K_1, pygame.K_s, pygame.K_s, pygame.K_s):
        pressed(app, code)
    assert len(list(tmp_path.glob("*.png"))) == 3
    assert (tmp_path / "drawings.ndjson").read_text(encoding="utf-8").count('"word":"1"') == 3


def test_a_saved_drawing_is_opened_again(app: App, tmp_path: Path) -> None:
    app.state = beginning("sketchpad")
    app.frame(0.0)
    draw(app)
    for code in (pygame.K_s, pygame.K_c, pygame.K_o):
        pressed(app, code)
    assert [path.suffix for path in sorted(tmp_path.iterdir())] == [".ndjson", ".png"]
    assert app.state.overlay == "open"
    clicked(app, target(app, Choose(0)))
    assert app.state.overlay == ""
    assert app.state.reading
    assert app.state.reading.digit == 7
