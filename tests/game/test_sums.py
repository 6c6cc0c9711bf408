"""Sums, played through the event queue, and what is kept of it."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pygame
import pytest

from game.app import App, opened
from game.core.events import Choose, Digit, Do, Go, Set
from game.core.modes.review import Page
from game.core.modes.sums.game import GAME_SECONDS, PROBLEMS, Phase, SumsGame
from game.core.modes.sums.review import SumsReview
from game.core.modes.sums.setup import MySums, Setup
from game.core.state import GLANCE_SECONDS, State
from game.core.values.records import Records
from game.core.values.settings import Settings
from game.core.values.sums import Attempt, Operation, Plan, Problem
from game.devices.files.storage import Storage
from game.devices.reader import Reader
from mnist_jax.evaluation.side_by_side import number_of
from mnist_jax.ink.ndjson import as_line
from tests.game.test_replay import game
from tests.pointer import HAND, beginning, clicked, draw, pressed, read, target, texts, typed, wait

FIFTY_SIX = Problem(Operation.TIMES, 7, 8)


def by_hand(number: int) -> tuple[np.ndarray, ...]:
    """A drawing of the number."""
    digits = [HAND[int(digit)] for digit in str(number)]
    return number_of(digits, np.random.default_rng(number)).drawing


def write(app: App, number: int) -> None:
    """Look at the problem, write the number, and wait until it is read."""
    app.frame(GLANCE_SECONDS)
    draw(app, by_hand(number))
    read(app)


def test_a_whole_game_by_mouse_and_keyboard(reader: Reader, tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    with opened(reader, State(seed=3), storage=storage) as app:
        wait(app, lambda: "The network is awake" in texts(app))
        clicked(app, target(app, Go("sums")))
        for event in (Set("operation", "×"), Set("operation", "+"), Digit(1), Set("clock", "off")):
            clicked(app, target(app, event))
        clicked(app, target(app, Choose(7)))
        pressed(app, pygame.K_RETURN)
        assert app.state.screen.plan == Plan((Operation.TIMES,), 1, (2, 5, 7, 10), timed=False)
        write(app, app.state.screen.problem.answer + 1)
        assert "If it’s your answer, press Done." in " ".join(texts(app))
        pressed(app, pygame.K_RETURN)
        assert "Is that your answer?" in " ".join(texts(app))
        app.frame(1.0)
        clicked(app, target(app, Do.ACCEPT))
        assert app.state.screen.phase is Phase.WRONG
        clicked(app, target(app, Do.ACCEPT))
        for _ in range(PROBLEMS - 3):
            pressed(app, ord(app.state.settings.key("skip")))
            pressed(app, pygame.K_RETURN)
        for _ in range(2):
            write(app, app.state.screen.problem.answer)
            wait(app, lambda: app.state.screen.phase is Phase.RIGHT, 0.1)
            pressed(app, pygame.K_RETURN)
        assert isinstance(app.state.screen, SumsReview)
        assert "You got 2 of 10 right" in " ".join(texts(app))
        pressed(app, pygame.K_RETURN)
        typed(app, "Ada")
        pressed(app, pygame.K_RETURN)
        assert {"Ada", "20"} <= set(texts(app))
    kept = Storage(tmp_path).records()
    assert kept.attempts == app.state.records.attempts
    assert [one.right for one in kept.attempts] == [False] * 8 + [True] * 2
    assert (kept.name, [one.points for one in kept.top("sums")]) == ("Ada", [20])
    assert Storage(tmp_path).settings().sums == app.state.settings.sums


def test_a_game_against_the_clock_ends_by_itself_and_waits(app: App) -> None:
    clicked(app, target(app, Go("sums")))
    pressed(app, pygame.K_RETURN)
    write(app, app.state.screen.problem.answer)
    wait(app, lambda: app.state.screen.rounds, 0.1)
    for _ in range(round(GAME_SECONDS) + 5):
        app.frame(1.0)
    assert "Time is up. You solved 1 problem!" in texts(app)
    pressed(app, pygame.K_RETURN)
    assert app.state.screen.page is Page.DRAWINGS


def test_a_misread_digit_is_corrected_by_a_key_and_by_a_click(app: App) -> None:
    for by_key in (True, False):
        begun = beginning("sums-game", net=app.state.net)
        app.state = replace(begun, screen=SumsGame(Plan(), FIFTY_SIX))
        write(app, 54)
        assert "54" in texts(app)
        if by_key:
            pressed(app, pygame.K_6)
        else:
            clicked(app, target(app, Digit(6)))
        assert app.state.screen.right_count == 1


def test_my_sums_shows_every_product_and_practises_a_table(app: App) -> None:
    wrong = Attempt(FIFTY_SIX, right=False, seconds=1.0)
    app.state = State(net=app.state.net, screen=MySums(), records=Records(attempts=(wrong,)))
    app.frame(0.0)
    assert {"1", "56", "144"} <= set(texts(app))
    assert "A good start! To practise next: 7\xa0×\xa08." in texts(app)
    known = (Attempt(FIFTY_SIX, right=True, seconds=1.0),) * 3
    app.state = replace(app.state, records=Records(attempts=known))
    app.frame(0.0)
    assert "You know 1 of these facts." in texts(app)
    clicked(app, target(app, Choose(8)))
    assert isinstance(app.state.screen, Setup)
    assert app.state.settings.sums.tables == (8,)


def test_numbers_of_a_file_are_written_as_answers(tmp_path: Path) -> None:
    """The last one looks like the answer of its other problem."""
    file = tmp_path / "numbers.ndjson"
    drawn = {"7": HAND[7].drawing, "56": by_hand(56), "042": by_hand(42), "55": by_hand(56)}
    file.write_text("\n".join(map(as_line, drawn, drawn.values())), encoding="utf-8")
    done = game("--replay", file, "--mode", "sums", "--json")
    assert json.loads(done.stdout) == {"count": 4, "correct": 3, "wrong_accepted": 1}, done.stderr


@pytest.mark.parametrize(
    "attempt",
    [
        {"problem": {"operation": "÷", "first": 7, "second": 0}, "right": True, "seconds": 1.0},
        {"problem": {"operation": "×", "first": -7, "second": 8}, "right": True, "seconds": 1.0},
        {"problem": {"operation": "√", "first": 7, "second": 8}, "right": True, "seconds": 1.0},
        {"problem": {"operation": "×", "first": 7, "second": 8}, "right": True, "seconds": -1.0},
    ],
)
def test_impossible_sums_are_set_aside_and_older_records_read_on(
    tmp_path: Path, attempt: dict
) -> None:
    file = tmp_path / "players" / "1" / "records.json"
    file.parent.mkdir(parents=True)
    older = {"scores": [{"points": 9, "name": "Ada", "mode": "draw"}], "trials": [], "name": "Ada"}
    file.write_text(json.dumps(older), encoding="utf-8")
    assert Storage(tmp_path).records().best("draw") == 9
    file.write_text(json.dumps(older | {"attempts": [attempt]}), encoding="utf-8")
    assert Storage(tmp_path).records() == Records()
    assert file.with_name("records.json.broken1").exists()


def test_choices_that_the_game_does_not_offer_are_set_aside(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    storage.save_settings(Settings(sums=Plan(tables=(3, 4))))
    assert storage.settings().sums.tables == (3, 4)
    content = asdict(Settings()) | {"keys": dict(Settings().keys)}
    content["sums"]["tables"] = [99]
    (tmp_path / "settings.json").write_text(json.dumps(content), encoding="utf-8")
    assert storage.settings() == Settings()
    del content["sums"]
    (tmp_path / "settings.json").write_text(json.dumps(content), encoding="utf-8")
    assert storage.settings() == Settings()
    assert len(storage.messages) == 1
