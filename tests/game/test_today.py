"""The game "Today's six" in the window: the date, the picture to show, the next session."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pygame
import pytest
from PIL import Image

from game.app import App, opened
from game.core.modes.today import TodayGame, result_of
from game.core.state import Net, State
from game.core.values.days import digits_of
from game.core.values.rounds import Round
from game.devices.reader import Reader
from game.view.glyphs import glyph
from game.view.screens.today import CARD_SIDE, card
from tests.pointer import answered, pressed, texts
from tests.rehearsed import said

DAY = date(2026, 11, 30)
ROUNDS = tuple(Round(digit, digit or None, 90, 1.5, 2.0, glyph(digit)) for digit in digits_of(DAY))


@pytest.fixture
def days() -> list[date]:
    """The days so far; the clock says the last one."""
    return [DAY]


@pytest.fixture
def played(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: list[date]
) -> Iterator[App]:
    """The game with the result of the day."""
    monkeypatch.setattr("game.devices.file_effects.pictures_folder", lambda: tmp_path)
    state = State(screen=result_of((), DAY, ROUNDS), net=Net.READY, today=DAY)
    with opened(reader, state, today=lambda: days[-1]) as app:
        app.frame(0.5)
        yield app


def test_the_result_is_saved_as_a_picture_and_not_as_a_drawing(played: App, tmp_path: Path) -> None:
    for _ in range(2):
        pressed(played, pygame.K_s)
        answered(played)
    assert played.state.notice.startswith("Saved as inkling-today-2026-11-30")
    pictures = sorted(tmp_path.iterdir())
    names = ["inkling-today-2026-11-30-2.png", "inkling-today-2026-11-30.png"]
    assert [path.name for path in pictures] == names
    with Image.open(pictures[0]) as picture:
        assert picture.size == (CARD_SIDE, CARD_SIDE)
        assert len(set(picture.tobytes())) > 100


def test_no_text_of_the_picture_gives_a_digit_away() -> None:
    scene = card(DAY, ROUNDS, is_timed=True)
    assert {"1.5 s", "5 of 6 guessed: 540 points in 9.0 s!"} <= {
        text.replace("\N{NO-BREAK SPACE}", " ") for text in said(scene)
    }
    assert not {str(digit) for digit in digits_of(DAY)} & said(scene)
    untimed = " ".join(said(card(DAY, ROUNDS, is_timed=False)))
    assert "540 points!" in untimed
    assert "\N{NO-BREAK SPACE}s" not in untimed


def test_at_midnight_the_new_digits_are_offered(played: App, days: list[date]) -> None:
    assert "The next six come at midnight." in texts(played)
    days.append(DAY + timedelta(1))
    played.frame(0.5)
    assert "Six new digits are here!" in texts(played)
    played.frame(0.5)
    pressed(played, pygame.K_RETURN)
    assert isinstance(played.state.screen, TodayGame)
    assert played.state.screen.digits == digits_of(days[-1])
