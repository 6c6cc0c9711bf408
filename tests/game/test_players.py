"""Players and a class in the window, from the title to what is stored."""

from pathlib import Path

import pygame

from game.app import App, opened
from game.core.events import Choose, Do, Go, Set
from game.core.modes.draw import DrawGame
from game.core.modes.review import Review
from game.core.state import GLANCE_SECONDS, Title
from game.core.values.players import GUEST
from game.core.values.records import Records
from game.devices.files import players
from game.devices.files.storage import Storage
from game.devices.reader import Reader
from game.replay import GameReplay
from tests.pointer import (
    HAND,
    answered,
    beginning,
    clicked,
    draw,
    play,
    pressed,
    target,
    texts,
    typed,
)


def choose(app: App, event: object) -> None:
    """Press a button, and wait for what it or the page that it opened asked for."""
    clicked(app, target(app, event))
    app.frame(0.0)
    answered(app)


def test_a_second_player_after_a_first_has_their_own_and_a_guest_keeps_nothing(
    reader: Reader, tmp_path: Path
) -> None:
    storage = Storage(tmp_path)
    players.add_player(storage, "Ada")
    with opened(reader, beginning("title"), storage=storage) as app:
        choose(app, Go("players"))
        assert {"Ada", "Guest"} <= set(texts(app))
        pressed(app, pygame.K_a)
        typed(app, "王 Bo")
        pressed(app, pygame.K_RETURN)
        answered(app)
        for chosen, digit in ((None, pygame.K_7), (2, pygame.K_8)):
            if chosen is not None:
                choose(app, Go("players"))
                choose(app, Choose(chosen))
            pressed(app, pygame.K_RETURN)
            assert isinstance(app.state.screen, Title)
            assert ("王 Bo" if chosen is None else "Guest") in texts(app)
            choose(app, Go("sketchpad"))
            assert app.state.sketch.strokes == ()
            app.frame(GLANCE_SECONDS)
            draw(app)
            pressed(app, digit)
            pressed(app, pygame.K_ESCAPE)
    found = players.list_players(Storage(tmp_path)).players
    assert [one.name for one in found] == ["Ada", "王 Bo"]
    assert [one.word for one in storage.of("2").drawings(9)] == ["7"]
    assert storage.of("1").drawings(9) == storage.of(GUEST).drawings(9) == []
    assert Storage(tmp_path).settings().player == "2"


def test_a_class_plays_the_same_digits_one_pupil_after_the_other(
    reader: Reader, tmp_path: Path
) -> None:
    storage = Storage(tmp_path)
    for name in ("Ada", "Bo"):
        players.add_player(storage, name)
    with opened(reader, beginning("players", records=Records(name="Ada")), storage=storage) as app:
        app.frame(0.0)
        choose(app, Set("page", "word"))
        typed(app, "apple")
        for _ in range(2):
            pressed(app, pygame.K_RETURN)
        choose(app, Go("draw"))
        app.frame(GLANCE_SECONDS)
        digits = app.state.screen.digits
        play(app, GameReplay(HAND, 200), 1 / 20, lambda: isinstance(app.state.screen, Review))
        pressed(app, pygame.K_RETURN)
        assert "Ada" in texts(app)
        points = app.state.screen.score
        pressed(app, pygame.K_n)
        answered(app)
        assert isinstance(app.state.screen, DrawGame)
        assert (app.state.player_name, app.state.screen.digits) == ("Bo", digits)
        for event in (Do.PAUSE, Go("title"), Go("players"), Set("page", "scores")):
            app._update(event)
        answered(app)
        assert {"Ada", "Bo", "Draw it", str(points)} <= set(texts(app))
    assert [one.points("draw") for one in players.list_players(storage).players] == [points, None]
