"""A mode is added in three places: its rules, its scene, and its line in the table."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pygame
import pytest

from game import __main__, core, view
from game.app import App
from game.core.events import Go
from game.core.modes.table import MODES, Mode
from game.core.state import GLANCE_SECONDS, Title
from game.replay import GameReplay
from tests.pointer import HAND, clicked, draw, play, pressed, target, texts, typed

RULES = '''
"""A game of one round, in which every drawing scores."""

from dataclasses import dataclass, replace
from typing import ClassVar

from game.core.modes.guessing_game import GuessingGame, Phase


@dataclass(frozen=True, kw_only=True)
class Toy(GuessingGame):
    scene_name: ClassVar[str] = "toy"
    drawable: ClassVar[bool] = True
    mode: str = "toy"

    @property
    def rounds_left(self):
        return 1 - len(self.rounds) + (self.phase is Phase.RESULT)

    def play(self, state, seconds):
        return self.ended(state, 7, 10) if state.sketch.strokes else self

    def next_round(self):
        return replace(self, phase=Phase.DRAWING)
'''

SCENE = '''
"""The pad as large as fits."""


def scene(board, state, screen):
    board.head("Toy")
    board.pad = board.frame.body
    board.hint(f"Round {len(screen.rounds) + 1}")
'''


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Add the mode: a module in each of the two folders, and a line in the table."""
    for package, text in (("game.core.modes", RULES), ("game.view.screens", SCENE)):
        (tmp_path / package).mkdir()
        (tmp_path / package / "toy.py").write_text(text, encoding="utf-8")
        folder = import_module(package)
        monkeypatch.setattr(folder, "__path__", [*folder.__path__, str(tmp_path / package)])
    mode = Mode("modes.toy:Toy.start", "Toy", "Draw anything")
    monkeypatch.setitem(MODES, "toy", mode)
    yield
    for package in (core.modes, view.screens):
        sys.modules.pop(f"{package.__name__}.toy", None)


@pytest.mark.usefixtures("toy")
def test_a_new_mode_is_on_the_menu_and_its_scores_are_kept(app: App) -> None:
    app.frame(0.0)
    clicked(app, target(app, Go("toy")))
    assert "Round 1" in texts(app)
    app.frame(GLANCE_SECONDS)
    draw(app)
    app.frame(0.1)
    for _ in range(2):
        pressed(app, pygame.K_RETURN)
    assert {"Toy", "Best ever!"} <= set(texts(app))
    typed(app, "Ada")
    pressed(app, pygame.K_RETURN)
    assert {"Toy", "Ada", "10"} <= set(texts(app))
    pressed(app, pygame.K_RETURN)
    assert isinstance(app.state.screen, Title)
    assert app.state.records.best("toy") == 10


@pytest.mark.usefixtures("toy")
def test_a_new_mode_is_chosen_by_the_command_line_and_replayed(app: App) -> None:
    assert __main__.parse(["--mode", "toy"]).mode == "toy"
    clicked(app, target(app, Go("toy")))
    app.frame(GLANCE_SECONDS)
    hand = GameReplay(HAND[:2], 60)
    play(app, hand, 0.05, lambda: not app.running)
    assert hand.count == 2
