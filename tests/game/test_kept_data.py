"""Names, scores, drawings and settings are stored as the player plays."""

from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game.app import App, opened
from game.core.events import Set
from game.core.modes.draw import DrawGame
from game.core.modes.review import Page, Review
from game.core.state import State
from game.core.values.settings import Settings
from game.devices.reader import Reader
from game.devices.storage import Storage
from game.replay import GameReplay
from tests.beginnings import ENDED
from tests.pointer import (
    HAND,
    beginning,
    clicked,
    composition,
    draw,
    play,
    post,
    pressed,
    target,
    text_input,
    texts,
    typed,
)


def test_after_a_game_the_name_is_typed_and_the_score_shown_and_kept(
    reader: Reader, tmp_path: Path
) -> None:
    with opened(reader, beginning("draw"), storage=Storage(tmp_path)) as app:
        hand = GameReplay(HAND, 200)
        play(app, hand, 1 / 20, lambda: isinstance(app.state.screen, Review))
        pressed(app, pygame.K_RETURN)
        assert "Best ever!" in texts(app)
        typed(app, "Ada")
        pressed(app, pygame.K_RETURN)
        assert "Ada" in texts(app)
        points = app.state.screen.score
    kept = Storage(tmp_path).records()
    assert [(score.name, score.points) for score in kept.scores] == [("Ada", points)]
    assert len(kept.trials) == 6


def test_typing_replaces_the_offered_name_and_a_held_backspace_repeats(app: App) -> None:
    app.state = State(
        screen=replace(ENDED, page=Page.NAME, name="Adalbert", name_is_suggested=True)
    )
    app.frame(0.0)
    typed(app, "Grace")
    assert app.state.screen.name == "Grace"
    pressed(app, pygame.K_BACKSPACE)
    assert app.state.screen.name == "Grac"
    for _ in range(12):
        app.frame(0.04)
    assert app.state.screen.name == "Gr"
    post(pygame.event.Event(pygame.KEYUP, key=pygame.K_BACKSPACE, mod=0, unicode=""))
    for _ in range(50):
        app.frame(0.02)
    assert app.state.screen.name == "Gr"


def test_accents_and_compositions_are_typed(app: App) -> None:
    app.state = State(screen=replace(ENDED, page=Page.NAME))
    app.frame(0.0)
    post(composition("^"))
    app.frame(0.02)
    assert "^_" in texts(app)
    for code in (pygame.K_RETURN, pygame.K_BACKSPACE, pygame.K_ESCAPE, pygame.K_LEFT):
        pressed(app, code)
    assert app.state.screen.page is Page.NAME
    assert app.state.screen.composing == "^"
    post(composition(""), text_input("é"))
    app.frame(0.02)
    assert (app.state.screen.name, app.state.screen.composing) == ("é", "")
    pressed(app, pygame.K_BACKSPACE)
    assert app.state.screen.name == ""
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


def test_a_wrong_guess_and_a_digit_key_store_a_labelled_drawing(
    reader: Reader, tmp_path: Path
) -> None:
    with opened(reader, beginning("think"), storage=Storage(tmp_path)) as app:
        draw(app)
        for _ in range(60):
            app.frame(0.02)
        assert app.state.screen.guess == 7
        draw(app, HAND[8].drawing)
        pressed(app, pygame.K_8)
        app.state = beginning("sketchpad")
        app.frame(0.0)
        draw(app)
        pressed(app, pygame.K_7)
        assert any(text.startswith("Kept as a 7") for text in texts(app))
    lines = (tmp_path / "drawings.ndjson").read_text(encoding="utf-8").splitlines()
    assert ['"word":"8"' in lines[0], '"word":"7"' in lines[1]] == [True, True]


def test_a_setting_takes_effect_at_once_and_is_stored(reader: Reader, tmp_path: Path) -> None:
    with opened(reader, beginning("settings"), storage=Storage(tmp_path)) as app:
        app.frame(0.0)
        before = app.scene.theme
        clicked(app, target(app, Set("colours", "high contrast")))
        assert app.scene.theme != before
    assert Storage(tmp_path).settings() == Settings(colours="high contrast")
