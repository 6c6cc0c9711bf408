"""The open network in a hidden window: drawn on, pointed at, and asked."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import jax
import numpy as np
import pygame
import pytest

from game.app import App, opened
from game.core.events import Do, Go, Sheet
from game.core.modes.inside import Inside
from game.core.state import State, Title
from game.core.update import state_after
from game.core.values.insight import INPUT, Insight, Question, Unit
from game.core.values.readings import BLANK
from game.core.values.settings import Settings
from game.core.values.sketch import Sketch
from game.devices.files.saved_files import save
from game.devices.reader import Reader
from game.view.glyphs import glyph
from game.view.scene import Cells, Links, Outline, Signed
from game.view.screens.inside.screen import HINT
from mnist_jax import MLP, explain, load_params, save_params
from tests.cases import first_values
from tests.pointer import (
    PATIENCE,
    beginning,
    button,
    clicked,
    draw,
    finger,
    motion,
    post,
    pressed,
    target,
    texts,
    wait,
)

NETWORKS = ((), (7,), (1024, 1024, 1024))


@pytest.fixture
def app(reader: Reader) -> Iterator[App]:
    with opened(reader, beginning("inside")) as game:
        yield game


def insight(app: App) -> Insight:
    """Let frames pass until the network has answered; return the answer."""
    app.frame(0.01)
    wait(app, lambda: not (app.state.screen.question(app.state) or app._background.awaited), 0.01)
    assert not app.reader.error
    return app.state.screen.insight


def cells(app: App, layer: int) -> Cells:
    return next(cells for cells in app.scene.cells if cells.layer == layer)


def place(app: App, unit: Unit) -> tuple[int, int]:
    """Return the middle of a unit in the window."""
    rect = cells(app, unit.layer).place(unit.index)
    return rect.x + rect.width // 2, rect.y + rect.height // 2


def brightest(app: App, layer: int) -> Unit:
    bright = insight(app).layers[layer]
    return Unit(layer, bright.index(max(bright)))


def test_it_opens_by_one_key_from_the_sketchpad_with_its_drawing(app: App) -> None:
    app.state = beginning("sketchpad", net=app.state.net)
    app.frame(0.02)
    draw(app)
    strokes = app.state.sketch.strokes
    pressed(app, pygame.K_i)
    assert insight(app).guess == 7
    assert app.state.sketch.strokes == strokes
    clicked(app, target(app, Sheet("number")))
    assert app.state.shows_number
    pressed(app, pygame.K_i)
    pressed(app, pygame.K_m)
    assert app.state.shows_number
    pressed(app, pygame.K_i)
    pressed(app, pygame.K_ESCAPE)
    assert isinstance(app.state.screen, Title)


def test_the_network_is_live_while_the_pen_draws(app: App) -> None:
    assert insight(app).question.image == BLANK
    assert app.scene.pad
    x, y, side, _ = app.scene.pad
    post(button(pygame.MOUSEBUTTONDOWN, (x + side // 3, y + side // 4)))
    seen = set()
    for step in range(6):
        post(motion((x + side // 3 + step * side // 20, y + side // 4 + step * side // 10)))
        seen.add(insight(app).layers)
    assert app.state.sketch.pen_down
    assert len(seen) == 6


def test_the_answer_is_that_of_the_library(app: App) -> None:
    draw(app)
    insight(app)
    pressed(app, pygame.K_F3)
    shown = insight(app)
    image = np.frombuffer(shown.question.image, np.uint8).reshape(28, 28)
    expected = explain(load_params(), image)
    assert (shown.guess, shown.digit) == (7, expected.digit)
    scale = 127 / np.abs(expected.contributions).max()
    signed = np.frombuffer(shown.contributions, np.uint8).reshape(28, 28).astype(float) - 128
    np.testing.assert_allclose(signed, expected.contributions * scale, atol=0.51)
    assert shown.change.digit == expected.changed_digit
    assert shown.change.image == expected.changed.astype(np.uint8).tobytes()
    added = np.maximum(expected.changed - image, 0).sum() / image.sum()
    assert shown.change.added == pytest.approx(added, rel=1e-3)
    assert shown.change.path[0][0] > 0.5 > shown.change.path[-1][0]


def test_the_mouse_points_at_a_unit_and_a_click_keeps_it(app: App) -> None:
    draw(app)
    image = insight(app).question.image
    inked = image.index(max(image))
    post(motion(place(app, Unit(INPUT, inked)), held=False))
    insight(app)
    assert any(f"Pixel in row {inked // 28 + 1}" in text for text in texts(app))
    unit = brightest(app, 1)
    post(motion(place(app, unit), held=False))
    assert insight(app).unit.unit == unit
    assert f"Unit {unit.index + 1} of layer 2" in texts(app)
    lines = [item for item in app.scene.items if isinstance(item, Links)]
    assert lines[0].links
    clicked(app, cells(app, 1).place(unit.index))
    post(motion((5, 5), held=False))
    assert insight(app).unit.unit == unit
    assert f"Unit {unit.index + 1} of layer 2 (pinned)" in texts(app)
    rings = [item.rect for item in app.scene.items if isinstance(item, Outline)]
    assert pygame.Rect(cells(app, 1).place(unit.index)).collidelist(rings) >= 0
    clicked(app, cells(app, 1).place(unit.index))
    post(motion((5, 5), held=False))
    assert insight(app).unit is None
    assert "Point at a unit" in texts(app)


def test_a_finger_pins_a_unit_and_slides_to_another(app: App) -> None:
    insight(app)
    first, second = (place(app, Unit(0, index)) for index in (40, 700))
    events = ((pygame.FINGERDOWN, first), (pygame.FINGERMOTION, second), (pygame.FINGERUP, second))
    for kind, (x, y) in events:
        post(finger(kind, 3, (x + 0.5) / 1280, (y + 0.5) / 800))
    assert insight(app).unit
    assert app.state.screen.pinned == Unit(0, 700)
    assert app.state.sketch.strokes == ()


def test_arrows_and_enter_do_all_that_the_mouse_does(app: App) -> None:
    draw(app)
    insight(app)
    pressed(app, pygame.K_LEFT, pygame.KMOD_SHIFT)
    assert insight(app).unit.unit == Unit(2, 7)
    pressed(app, pygame.K_LEFT, pygame.KMOD_SHIFT)
    assert insight(app).unit.unit.layer == 1
    pressed(app, pygame.K_RETURN)
    assert app.state.screen.pinned == app.state.screen.pointed
    pressed(app, pygame.K_TAB)
    assert app.state.focus == 0


def test_every_question_is_a_key(app: App) -> None:
    draw(app)
    for code, title in (
        (pygame.K_F2, "Why a 7?"),
        (pygame.K_F3, "What would make it a "),
        (pygame.K_F4, "Which 7 is most like yours?"),
    ):
        pressed(app, code)
        insight(app)
        assert any(text.startswith(title) for text in texts(app))
    pressed(app, pygame.K_1)
    insight(app)
    assert "Which 1 is most like yours?" in texts(app)
    pressed(app, pygame.K_F3)
    assert insight(app).change.digit == 1
    pressed(app, pygame.K_F2)
    insight(app)
    assert "Why not a 1?" in texts(app)
    pressed(app, pygame.K_F5)
    assert any("gradient" in text for text in texts(app))
    clicked(app, target(app, Do.CLEAR))
    assert insight(app).is_blank
    assert "Draw a digit first" in texts(app)


def test_what_speaks_for_the_digit_lies_over_the_drawing(app: App) -> None:
    draw(app)
    contributions = insight(app).contributions
    app.frame(0.0)
    assert app.scene.pad
    overlay, *_ = [item for item in app.scene.items if isinstance(item, Signed)]
    assert overlay.rect.within(app.scene.pad.inset(-2)) == overlay.rect
    values = np.frombuffer(contributions, np.uint8).reshape(28, 28)
    ink = np.argwhere(np.abs(values.astype(int) - 128) > 3)
    rows, columns = np.ptp(ink, axis=0) + 1
    assert overlay.across == columns
    assert len(overlay.values) == rows * columns
    points = np.array([point[:2] for point in app.state.sketch.strokes[0]]) * app.scene.pad.height
    low, high = points.min(0) + app.scene.pad[:2], points.max(0) + app.scene.pad[:2]
    side = overlay.rect.width / columns  # a pen of two pixels' width leaves ink around its points
    np.testing.assert_allclose(low, overlay.rect[:2], atol=2 * side)
    np.testing.assert_allclose(high, (overlay.rect.right, overlay.rect.bottom), atol=2 * side)


@pytest.mark.parametrize("hidden", first_values(2, NETWORKS))
def test_a_network_of_any_shape_is_opened(hidden: tuple[int, ...], tmp_path: Path) -> None:
    classes = 10 if len(hidden) == 1 else 11
    mlp = MLP.initialised(hidden, jax.random.key(1), classes)
    save_params(tmp_path / "mine.safetensors", mlp, {})
    reader = Reader(tmp_path / "mine.safetensors").wait()
    with opened(reader, beginning("inside"), (640, 480)) as app:
        app.frame(0.02)
        draw(app)
        assert insight(app).widths == (*hidden, classes)
        for layer, width in enumerate(insight(app).widths):
            unit = Unit(layer, width - 1)
            post(motion(place(app, unit), held=False))
            assert insight(app).unit.unit == unit
        pressed(app, pygame.K_F4)
        insight(app)


def test_without_a_network_the_screen_says_why(tmp_path: Path) -> None:
    (tmp_path / "broken.safetensors").write_bytes(b"no weights")
    reader = Reader(tmp_path / "broken.safetensors").wait()
    with opened(reader, beginning("inside")) as app:
        app.frame(0.02)
        draw(app)
        assert any("broken.safetensors" in text for text in texts(app))
        assert HINT not in texts(app)
        for code in (pygame.K_F3, pygame.K_LEFT, pygame.K_RETURN, pygame.K_1):
            pressed(app, code)
        assert app.scene.cells == ()


def test_a_photo_of_a_digit_is_explained(app: App, tmp_path: Path) -> None:
    save(tmp_path, "four", Sketch(glyph(4)), "4", 0.02)
    post(pygame.event.Event(pygame.DROPFILE, file=str(tmp_path / "four.png")))
    app.frame(0.02)
    wait(app, lambda: app.state.reading, 0.02)
    assert isinstance(app.state.screen, Inside)
    assert insight(app).guess == 4
    assert insight(app).question.image != BLANK


@pytest.mark.parametrize("code", [pygame.K_F2, pygame.K_3, pygame.K_c, pygame.K_ESCAPE, None])
def test_a_search_ends_when_it_is_no_longer_asked_for(
    app: App, monkeypatch: pytest.MonkeyPatch, code: int | None
) -> None:
    """By another question, an empty pad, another screen, or the end of the game."""
    draw(app)
    insight(app)
    ended = Event()

    def search(_: Question, is_wanted: Callable[[], bool]) -> None:
        while is_wanted():
            time.sleep(0.001)
        ended.set()

    monkeypatch.setattr(app.reader, "answer", search)
    pressed(app, pygame.K_F3)
    post(motion(place(app, Unit(0, 5)), held=False))
    app.frame(0.02)
    assert not ended.wait(0.05)
    if code is None:
        app.close()
    else:
        pressed(app, code)
    assert ended.wait(PATIENCE)


def test_an_ended_search_has_no_answer_and_is_no_failure(reader: Reader) -> None:
    wanted = iter((True, True, False))
    seven = reader.read(glyph(7))
    asked = Question(seven.image, topic="change")
    assert reader.answer(asked, lambda: next(wanted)) is None
    assert next(wanted, None) is None
    assert reader.ready
    assert not reader.error
    assert reader.answer(asked).insight.change


def test_motion_is_reduced_where_the_player_wants_it(reader: Reader) -> None:
    still = State(settings=Settings(reduced_motion=True))
    for state, moves in ((still, False), (replace(still, settings=Settings()), True)):
        with opened(reader, state_after(state, Go("inside"))) as app:
            app.frame(0.02)
            draw(app)
            insight(app)
            pressed(app, pygame.K_F3)
            insight(app)
            painted = [app.frame(0.1) for _ in range(8)]
            assert any(painted) is moves
