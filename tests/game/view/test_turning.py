"""Screens move into the place of others, shortly, and not in the way of whoever draws."""

from dataclasses import replace

import pygame
import pytest

from game.core.events import Do, Event, Go, Lift, Move, NetReady, Press, Sheet, Tick
from game.core.modes.review import Page
from game.core.state import TURN_SECONDS, State
from game.core.update import state_after
from game.view.painting.paint import Painter
from game.view.painting.turning import TurningPainter
from game.view.scene import FRAME_SECONDS, Scene
from game.view.screens import view
from tests.beginnings import ENDED, PAD
from tests.rehearsed import with_settings

SIZE = (320, 320)
TITLE = state_after(State(), NetReady())


def pixels(surface: pygame.Surface) -> bytes:
    return pygame.image.tobytes(surface, "RGB")


def painted(scene: Scene) -> pygame.Surface:
    Painter(surface := pygame.Surface(SIZE, 0, 32)).show(scene)
    return surface


@pytest.mark.parametrize(
    ("before", "event", "side"),
    [
        (TITLE, Go("sketchpad"), 1),
        (PAD, Do.BACK, -1),
        (PAD, Do.HELP, 1),
        (state_after(PAD, Do.HELP), Do.ACCEPT, -1),
        (state_after(PAD, Go("draw"), Do.PAUSE), Go("title"), -1),
        (PAD, Sheet("number"), 1),
        (replace(PAD, screen=replace(ENDED, page=Page.NAME)), Do.ACCEPT, 1),
    ],
)
def test_a_screen_comes_from_a_side_and_pushes_the_one_before(
    before: State, event: Event, side: int
) -> None:
    old, new = state_after(before, Tick(1.0)), state_after(before, Tick(1.0), event)
    painter = TurningPainter(over := pygame.Surface(SIZE, 0, 32))
    painter.show(view(old, SIZE))
    left = []
    for _ in range(20):
        painter.show(scene := view(new, SIZE))
        left.append(scene.turned)
        x = round(scene.turned * SIZE[0])
        shown = painted(scene)
        if 0 < x < SIZE[0]:
            beside = over.subsurface((0, 0, x, SIZE[1]))
            assert pixels(beside) == pixels(
                painted(view(old, SIZE)).subsurface((SIZE[0] - x, 0, x, SIZE[1]))
            )
            own = over.subsurface((x, 0, SIZE[0] - x, SIZE[1]))
            assert pixels(own) == pixels(shown.subsurface((0, 0, SIZE[0] - x, SIZE[1])))
        new = state_after(new, Tick(FRAME_SECONDS))
    assert 0 < side * left[0] < 1
    assert sorted(left, key=abs, reverse=True) == left
    assert sum(map(bool, left)) * FRAME_SECONDS <= TURN_SECONDS <= 0.25
    assert pixels(over) == pixels(shown)


def test_nothing_moves_with_reduced_motion_within_a_game_or_for_whoever_draws() -> None:
    calm = with_settings(TITLE, reduced_motion=True)
    assert view(state_after(calm, Go("sketchpad")), SIZE).turned == 0
    game = state_after(TITLE, Go("draw"), Tick(1.0), Press(0.5, 0.5), Move(0.5, 0.7))
    assert view(game, SIZE).turned == 0
    assert view(state_after(game, Do.SKIP), SIZE).turned == 0
    assert view(state_after(TITLE, Press(0.5, 0.5)), SIZE).turned == 0
    coming = state_after(TITLE, Go("sketchpad"), Tick(0.02))
    assert view(coming, SIZE).turned > 0
    assert view(state_after(coming, Press(0.5, 0.5), Lift(), Tick(0.02)), SIZE).turned == 0
