"""The title: the tiles, what "Play" starts, and what a new player is shown."""

from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game.core.events import Do, Go, NetReady, Press, Tick
from game.core.modes import table
from game.core.modes.table import MODES, Mode, menu
from game.core.modes.think import ThinkGame
from game.core.state import State, Title
from game.core.update import state_after
from game.core.values.settings import TEXT_SCALE, Settings
from game.devices.controls import Controls
from game.devices.files.storage import Storage
from game.replay import key
from game.view.layout import Size
from game.view.scene import FRAME_SECONDS, STILL_SECONDS, Curve, Figure, Rect, Scene
from game.view.screens import view
from game.view.screens.tiles import PICTURES, picture
from game.view.screens.title import REST_AFTER, TILE_SECONDS
from game.view.shapes import pointing_hand
from game.view.theme import NORMAL
from tests.rehearsed import height, lines, said, texts

SIZE = (1280, 800)
TITLE = state_after(State(settings=Settings(greeted=True)), NetReady())


def pressed(scene: Scene, code: int) -> list:
    """What a key means on a scene."""
    return Controls().translate(key(code), scene, SIZE, None)


def test_every_mode_on_the_menu_has_a_picture_that_moves_and_stays_in_its_square() -> None:
    assert menu().keys() <= PICTURES.keys()
    place = Rect(0, 0, 100, 100)
    for name in [*PICTURES, "a mode of tomorrow"]:
        shown = [picture(name, place, NORMAL, n / 10) for n in range(11)]
        assert len({figure.shapes for figure in shown}) > 5, name
        for shape in (shape for figure in shown for shape in figure.shapes):
            margin = shape.radius / 100 if isinstance(shape, Curve) else 0.0
            assert all(min(p) - margin > -0.06 and max(p) + margin < 1.06 for p in shape.points)


def test_one_tile_moves_at_a_time_and_none_when_nobody_is_there() -> None:
    def moved(state: State) -> int:
        one, other = (view(state_after(state, Tick(t)), SIZE) for t in (0.4, 0.8))
        assert one.next_frame == STILL_SECONDS or one.next_frame <= 2 * FRAME_SECONDS
        small = [
            {item for item in scene.items if isinstance(item, Figure) and item.rect.width < 150}
            for scene in (one, other)
        ]
        return len(small[0] - small[1])

    for tile in range(len(menu())):
        assert moved(replace(TITLE, now=tile * TILE_SECONDS)) == 1
    assert moved(replace(TITLE, now=REST_AFTER + 1)) == 0
    calm = replace(TITLE, settings=Settings(greeted=True, reduced_motion=True))
    assert moved(calm) == 0


@pytest.mark.parametrize("count", [9, 13])
@pytest.mark.parametrize("size", [(640, 480), (500, 900), (1280, 800), (480, 640)])
def test_many_tiles_fit(count: int, size: Size, monkeypatch: pytest.MonkeyPatch) -> None:
    more = {
        f"mode {n}": Mode("state:Title.start", f"Another mode {n}", "What it is about")
        for n in range(count - len(menu()))
    }
    monkeypatch.setattr(table, "MODES", MODES | more)
    assert len(menu()) == count
    for scale in TEXT_SCALE:
        scene = view(replace(TITLE, settings=Settings(text=scale)), size)
        tiles = [target for target in scene.targets if target.event in [Go(one) for one in menu()]]
        assert [tile.key for tile in tiles] == [*"123456789", *[""] * (count - 9)]
        for tile in tiles:
            title = menu()[tile.event.where].title
            (text,) = [
                text
                for text in texts(scene)
                if text.text == title and text.rect.within(tile.rect) == text.rect
            ]
            assert height(text) >= 9
            assert all(line.within(tile.rect) == line for line in lines(text))
            assert len(lines(text)) * height(text) <= text.rect.height


def test_play_starts_what_was_played_last_also_after_a_restart(tmp_path: Path) -> None:
    scene = view(TITLE, SIZE)
    assert pressed(scene, pygame.K_RETURN) == [Do.ACCEPT]
    played = state_after(TITLE, Go("think"), Go("title"), Go("settings"), Go("title"))
    assert isinstance(played.screen, Title)
    storage = Storage(tmp_path)
    storage.save_settings(played.settings)
    again = State(settings=storage.settings())
    assert MODES["think"].title in said(view(again, SIZE))
    assert isinstance(state_after(again, Do.ACCEPT).screen, ThinkGame)


def test_a_mode_that_is_not_there_is_not_started(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    storage.save_settings(Settings(last="chess"))
    assert storage.settings().last == Settings().last


def test_numbers_start_the_tiles_and_small_buttons_have_none() -> None:
    scene = view(TITLE, SIZE)
    for number, name in enumerate(list(menu())[:9], 1):
        assert pressed(scene, ord(str(number))) == [Go(name)]
    small = [target for target in scene.targets if target.event in [Go("digits"), Go("settings")]]
    assert [target.key for target in small] == ["", ""]


@pytest.mark.parametrize("going", [(Go("draw"),), (Press(0.5, 0.5),)])
def test_a_hand_shows_once_what_to_do(going: tuple) -> None:
    new = state_after(State(), NetReady(), Tick(1.0))
    first, second, old = (view(one, SIZE) for one in (new, state_after(new, Tick(0.5)), TITLE))
    figures = [[item for item in scene.items if isinstance(item, Figure)] for scene in (first, old)]
    assert len(figures[0]) == len(figures[1]) + 1
    assert first.items != second.items
    back = state_after(new, *going, Go("title"))
    assert back.settings.greeted
    assert len(view(back, SIZE).items) == len(old.items)


def test_no_edge_cuts_the_hand() -> None:
    figure = pointing_hand((0.0, 0.0), 100, NORMAL)
    reach = max(
        part + (shape.radius / 100 if isinstance(shape, Curve) else 0.0)
        for shape in figure.shapes
        for point in shape.points
        for part in point
    )
    assert 0.9 < reach <= 1.0
