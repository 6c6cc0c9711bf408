"""Whole games through pygame's event queue: pointer, fingers, keys and buttons."""

import pygame
import pytest

from game.app import App
from game.core.events import Do, Go
from game.core.modes.draw import DrawGame, Phase
from game.core.modes.review import Review
from game.core.modes.sketchpad import Pad
from game.core.modes.table import menu
from game.core.state import Net, State, Title
from game.replay import GameReplay
from tests.pointer import (
    HAND,
    beginning,
    button,
    clicked,
    draw,
    finger,
    key,
    motion,
    play,
    post,
    pressed,
    target,
)


def test_every_screen_opens_from_the_title_has_help_and_leads_back(app: App) -> None:
    for number, (name, mode) in enumerate({**menu(), **menu(small=True)}.items(), 1):
        if number <= min(len(menu()), 9):
            pressed(app, ord(str(number)))
        else:
            app.frame(0.0)
            clicked(app, target(app, Go(name)))
        assert isinstance(app.state.screen, type(mode.start(State())))
        pressed(app, pygame.K_F1)
        assert app.state.overlay == "help"
        pressed(app, pygame.K_ESCAPE)
        assert app.state.overlay == ""
        clicked(app, target(app, Do.BACK))
        if app.state.overlay:
            clicked(app, target(app, Go("title")))
        assert isinstance(app.state.screen, Title)


def test_no_digit_quits_the_game(app: App) -> None:
    for code in range(pygame.K_0, pygame.K_9 + 1):
        app.state = State()
        app.frame(0.02)
        pressed(app, code)
        assert app.running
    app.state = State()
    app.frame(0.02)
    pressed(app, pygame.K_ESCAPE)
    assert not app.running


def test_a_screen_opens_by_tab_and_enter(app: App) -> None:
    for code in (
        pygame.K_TAB,
        pygame.K_DOWN,
        pygame.K_RIGHT,
        pygame.K_RIGHT,
        pygame.K_UP,
        pygame.K_RETURN,
    ):
        pressed(app, code)
    assert isinstance(app.state.screen, DrawGame)


def test_enter_brings_the_next_card_though_tab_was_at_undo_in_the_round_before(app: App) -> None:
    app.state = beginning("draw")
    app.frame(0.0)
    tabs = [target.event for target in app.scene.targets].index(Do.UNDO) + 1
    for code in [pygame.K_TAB, *[pygame.K_DOWN] * (tabs - 1), pygame.K_n, pygame.K_RETURN]:
        pressed(app, code)
    assert len(app.state.screen.rounds) == 1
    assert app.state.screen.phase is Phase.CARD


def test_a_button_is_pressed_by_what_goes_down_and_up_on_it(app: App) -> None:
    rect = target(app, Go("sketchpad"))
    post(button(pygame.MOUSEBUTTONDOWN, (rect.x + 5, rect.y + 5)), motion((2, 2)))
    post(button(pygame.MOUSEBUTTONUP, (2, 2)))
    app.frame(0.02)
    assert isinstance(app.state.screen, Title)
    x, y = (rect.x + 5) / 1280, (rect.y + 5) / 800
    post(finger(pygame.FINGERDOWN, 1, x, y), finger(pygame.FINGERUP, 1, x, y))
    app.frame(0.02)
    assert isinstance(app.state.screen, Pad)


def test_a_button_is_not_pressed_where_another_stands_when_the_finger_is_lifted(app: App) -> None:
    app.state = beginning("think", net=Net.READY)
    app.frame(0.0)
    draw(app)
    done = next(one.rect for one in app.scene.targets if one.key == "return")
    x, y = (done.x + done.width / 2) / 1280, (done.y + done.height / 2) / 800
    post(finger(pygame.FINGERDOWN, 1, x, y))
    for _ in range(60):
        app.frame(0.02)
    assert app.state.screen.waits_for_answer
    post(finger(pygame.FINGERUP, 1, x, y))
    app.frame(0.02)
    assert app.state.screen.waits_for_answer
    assert not app.state.screen.rounds


@pytest.mark.parametrize(("mode", "rounds"), [("draw", 6), ("think", 10)])
def test_a_whole_game_is_played_with_the_pointer(app: App, mode: str, rounds: int) -> None:
    pressed(app, ord(str(1 + list(menu()).index(mode))))
    hand = GameReplay(2 * HAND, 60)
    play(app, hand, 1 / 60, lambda: isinstance(app.state.screen, Review))
    assert app.state.screen.mode == mode
    assert [one.right for one in app.state.screen.rounds] == [True] * rounds
    assert len(app.state.records.trials) == rounds


def test_a_replay_goes_on_after_a_loss_of_focus_and_help(app: App) -> None:
    class Disturbed(GameReplay):
        def between(self, app: App) -> list[pygame.event.Event]:
            away = pygame.event.Event(pygame.WINDOWFOCUSLOST)
            return [*super().between(app), away, key(pygame.K_F1)]

    app.state = beginning("draw", seed=3)
    app.frame(0.0)
    playing = Disturbed(HAND, 60)
    play(app, playing, 1 / 30, lambda: not app.running)
    assert playing.count == 6


def test_losing_the_focus_pauses_a_game(app: App) -> None:
    pressed(app, pygame.K_2)
    draw(app)
    post(pygame.event.Event(pygame.WINDOWFOCUSLOST))
    app.frame(0.02)
    assert app.state.overlay == "pause"
    clock = app.state.screen.seconds
    draw(app)
    app.frame(5.0)
    assert app.state.screen.seconds == clock


def test_a_key_can_be_rebound(app: App) -> None:
    app.state = beginning("settings")
    app.frame(0.0)
    clicked(
        app, next(t.rect for t in app.scene.targets if getattr(t.event, "action", "") == "undo")
    )
    pressed(app, pygame.K_k)
    assert app.state.settings.key("undo") == "k"


def test_fullscreen_is_toggled_by_a_key_and_leaves_the_window_its_size(app: App) -> None:
    pygame.display.set_mode((700, 500), pygame.RESIZABLE)
    post(pygame.event.Event(pygame.VIDEORESIZE, size=(700, 500), w=700, h=500))
    app.frame(0.02)
    for expected in (True, False):
        pressed(app, pygame.K_F11)
        assert app.state.fullscreen is app.state.settings.fullscreen is expected
        assert bool(pygame.display.get_surface().get_flags() & pygame.FULLSCREEN) is expected
    assert pygame.display.get_window_size() == (700, 500)
    assert app.scene.items[0].rect[2:] == (700, 500)
