"""The second press of a double click hits nothing on the page that the first one opened."""

from dataclasses import replace
from itertools import combinations

import pygame
import pytest

from game.app import App
from game.core.events import Do, Event, Go, Press, Rebind, Tick
from game.core.modes.draw import DrawGame
from game.core.modes.guessing_game import Phase
from game.core.modes.options import DELETED, KEPT, Options
from game.core.modes.review import Page, Review
from game.core.state import GLANCE_SECONDS, Net, State
from game.core.update import state_after
from game.core.values.records import Records, Score
from game.view.screens import view
from tests.beginnings import ENDED
from tests.pointer import beginning, clicked, double_clicked, draw, pressed, target, texts
from tests.rehearsed import said

RESULT = DrawGame((1, 2)).skip(State())
CLOCKS = {Review: {"seconds": 0.0}, DrawGame: {"waited": 0.0}}
RECORDS = Records((Score(1, "Ada", "draw"),), name="Ada")


@pytest.mark.parametrize(
    ("screen", "press", "expected"),
    [
        (RESULT, Do.ACCEPT, RESULT.next_round()),
        (ENDED, Do.ACCEPT, replace(ENDED, page=Page.NAME)),
        (Options(), Do.FORGET, Options(forgetting=True)),
    ],
)
def test_a_double_click_is_a_click(
    app: App, screen: object, press: Event, expected: object
) -> None:
    app.state = State(screen=screen, net=Net.READY, records=RECORDS)
    app.frame(0.0)
    double_clicked(app, target(app, press), times=3)
    assert replace(app.state.screen, **CLOCKS.get(type(expected), {})) == expected
    assert app.state.records == RECORDS


@pytest.mark.parametrize("where", ["sketchpad", "draw", "think", "settings"])
def test_a_double_click_on_the_title_draws_and_changes_nothing(app: App, where: str) -> None:
    double_clicked(app, target(app, Go(where)))
    shown = type(app.state.screen), app.state.page, app.state.sketch.strokes
    assert shown == (type(beginning(where).screen), beginning(where).page, ())


def test_a_page_is_seen_after_a_glance_and_so_is_one_that_covers_it() -> None:
    for opened in (state_after(State(), Go("draw")), state_after(State(), Do.HELP)):
        assert not opened.page_is_seen
        assert not state_after(opened, Tick(GLANCE_SECONDS / 2)).page_is_seen
        assert state_after(opened, Tick(GLANCE_SECONDS)).page_is_seen
    assert State().page_is_seen


def test_a_pen_goes_on_though_the_page_is_new(app: App) -> None:
    """A quick 5 has its second stroke before the page of the first one is seen."""
    app.state = beginning("draw", net=Net.READY)
    app.frame(0.0)
    for count in (1, 2):
        draw(app)
        assert len(app.state.sketch.strokes) == count
    pressed(app, pygame.K_n)
    pressed(app, pygame.K_RETURN)
    assert app.state.screen.phase is Phase.CARD
    draw(app)
    assert app.state.sketch.strokes
    assert state_after(State(), Press(0.5, 0.5)).sketch.pen_down


def test_a_key_is_not_changed_by_the_click_that_opened_the_settings(app: App) -> None:
    clicked(app, target(app, Go("settings")))
    double_clicked(app, target(app, Rebind("undo")))
    assert not app.state.screen.waiting
    clicked(app, target(app, Rebind("undo")))
    assert app.state.screen.waiting == "undo"


@pytest.mark.parametrize("size", [(1280, 800), (640, 480), (360, 640), (320, 320), (1080, 1920)])
def test_what_deletes_is_elsewhere_than_what_asks(size: tuple[int, int]) -> None:
    asks, asked = (view(State(screen=Options(forgetting=one)), size) for one in (False, True))
    deletes = [
        next(one.rect for one in scene.targets if one.event == Do.FORGET) for scene in (asks, asked)
    ]
    assert not any(pygame.Rect(a).colliderect(b) for a, b in combinations(deletes, 2))
    assert {one for one in said(asked) for part in (DELETED, KEPT) if part in one}


def test_forgetting_says_what_stays_and_enter_keeps_all(app: App) -> None:
    app.state = State(screen=Options(), records=RECORDS)
    app.frame(0.0)
    clicked(app, target(app, Do.FORGET))
    pressed(app, pygame.K_RETURN)
    assert (app.state.records, app.state.screen) == (RECORDS, Options())
    clicked(app, target(app, Do.FORGET))
    clicked(app, target(app, Do.FORGET))
    assert app.state.records == Records()
    assert any("still there" in one for one in texts(app))
