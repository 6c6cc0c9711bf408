"""Names, scores, drawings and settings are stored as the player plays."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game.app import App, opened
from game.core.effects import DeleteData
from game.core.line import Line
from game.core.modes.draw import DrawGame
from game.core.modes.review import Page
from game.core.state import State
from game.devices.files.storage import Storage
from game.devices.reader import Reader
from tests.beginnings import ENDED
from tests.pointer import (
    HAND,
    PATIENCE,
    answered,
    beginning,
    composition,
    draw,
    post,
    pressed,
    text_input,
    texts,
    typed,
)


def test_a_held_backspace_repeats(app: App) -> None:
    app.state = State(screen=replace(ENDED, page=Page.NAME))
    app.frame(0.0)
    typed(app, "Grace")
    assert app.state.screen.name == Line("Grace")
    pressed(app, pygame.K_BACKSPACE)
    assert app.state.screen.name == Line("Grac")
    for _ in range(12):
        app.frame(0.04)
    assert app.state.screen.name == Line("Gr")
    post(pygame.event.Event(pygame.KEYUP, key=pygame.K_BACKSPACE, mod=0, unicode=""))
    for _ in range(50):
        app.frame(0.02)
    assert app.state.screen.name == Line("Gr")


def test_accents_and_compositions_are_typed(app: App) -> None:
    app.state = State(screen=replace(ENDED, page=Page.NAME))
    app.frame(0.0)
    post(composition("^"))
    app.frame(0.02)
    assert "^_" in texts(app)
    for code in (pygame.K_RETURN, pygame.K_BACKSPACE, pygame.K_ESCAPE, pygame.K_LEFT):
        pressed(app, code)
    assert app.state.screen.page is Page.NAME
    assert app.state.screen.name == Line("", "^")
    post(composition(""), text_input("é"))
    app.frame(0.02)
    assert app.state.screen.name == Line("é")
    pressed(app, pygame.K_BACKSPACE)
    assert app.state.screen.name == Line()
    typed(app, "ñ")
    pressed(app, pygame.K_RETURN)
    assert "ñ" in texts(app)
    pressed(app, pygame.K_a)
    assert isinstance(app.state.screen, DrawGame)


def test_text_input_is_on_only_while_a_name_is_typed(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise an input method would swallow the keys of the game."""
    switched: list[str] = []
    monkeypatch.setattr("pygame.key.start_text_input", lambda: switched.append("on"))
    monkeypatch.setattr("pygame.key.stop_text_input", lambda: switched.append("off"))
    app.state = State(screen=replace(ENDED, page=Page.NAME))
    for _ in range(3):
        app.frame(0.0)
    pressed(app, pygame.K_RETURN)
    assert switched == ["on", "off"]


def test_ctrl_c_loses_no_score(reader: Reader, tmp_path: Path) -> None:
    def interrupt(_: App) -> None:
        raise KeyboardInterrupt

    ended = State(screen=replace(ENDED, page=Page.NAME))
    with opened(reader, ended, storage=Storage(tmp_path)) as app, pytest.raises(KeyboardInterrupt):
        app.run(interrupt)
    assert [score.points for score in Storage(tmp_path).records().scores] == [ENDED.score]


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Set when the disk works again; while it hangs, the thread of the display may not use it."""
    works = threading.Event()

    def hanging(method: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            is_font = str(arguments[0]).endswith(".ttf")  # pygame-ce looks whether its own is there
            if not works.is_set() and not is_font:
                if threading.current_thread() is threading.main_thread():
                    works.set()  # threads that wait for the disk would keep the test from ending
                    pytest.fail(f"the thread of the display calls {method.__name__}{arguments}")
                works.wait(PATIENCE)
            return method(*arguments, **named)

        return call

    for name in ("exists", "is_file", "mkdir", "open", "unlink"):
        monkeypatch.setattr(Path, name, hanging(getattr(Path, name)))
    yield works
    works.set()


def test_a_disk_that_hangs_stops_no_frame(app: App, disk: threading.Event) -> None:
    app.state = beginning("sketchpad", net=app.state.net)
    app.frame(0.02)
    draw(app)
    for code in (pygame.K_s, pygame.K_o):
        pressed(app, code)
    post(pygame.event.Event(pygame.DROPFILE, file="seven.ndjson"))
    app.frame(0.02)
    assert app.state.notice.startswith("Looking at seven.ndjson")
    draw(app, HAND[1].drawing)
    assert len(app.state.sketch.strokes) == 2
    disk.set()
    answered(app)
    assert app.state.overlay == "open"


@pytest.mark.parametrize("deletes", [False, True])
def test_all_is_stored_in_order_before_the_game_ends(
    reader: Reader, tmp_path: Path, disk: threading.Event, *, deletes: bool
) -> None:
    with opened(reader, beginning("sketchpad"), storage=Storage(tmp_path)) as app:
        app.frame(0.02)
        draw(app)
        for code in (pygame.K_7, pygame.K_8):
            pressed(app, code)
        if deletes:
            app._carry_out(DeleteData("1"))
        draw(app, HAND[1].drawing)
        pressed(app, pygame.K_1)
        post(pygame.event.Event(pygame.QUIT))
        app.run()
        threading.Timer(0.05, disk.set).start()
    stored = [one.word for one in Storage(tmp_path).drawings(5)]
    assert stored == (["1"] if deletes else ["1", "8"])
