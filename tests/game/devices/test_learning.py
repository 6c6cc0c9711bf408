"""Networks that learn in the real game, without a window: started, paused, left and broken."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game.app import App, opened
from game.core.events import Do, Go
from game.core.modes.learning import Learning
from game.core.state import GLANCE_SECONDS, Net, State
from game.core.update import state_after
from game.core.values.progress import Progress, Setup, Verdict
from game.devices.files.storage import Storage
from game.devices.learning import ROUND_SECONDS
from game.devices.reader import Reader
from game.view.glyphs import glyph
from game.view.scene import FRAME_SECONDS
from tests import pointer
from tests.pointer import beginning, clicked, key, post, target, texts

LEARNING_SECONDS = 20.0
"""Time within which a network learns, if every round takes the least time."""


@pytest.fixture
def app(reader: Reader, tmp_path: Path) -> Iterator[App]:
    """The game with the screen open, and two kept drawings."""
    storage = Storage(tmp_path)
    for digit in (4, 7):
        storage.save_drawing(str(digit), glyph(digit))
    with opened(reader, state_after(State(seed=1), Go("learn")), storage=storage) as game:
        game.frame(0.0)
        yield game


def wait(app: App, until: Callable[[Progress], bool]) -> Progress:
    """Play frames until the progress is as wanted."""

    def progress() -> Progress | None:
        return getattr(app.state.screen, "progress", None)

    pointer.wait(app, lambda: (now := progress()) and until(now), FRAME_SECONDS)
    return progress()


def made(progress: Progress) -> bool:
    """Whether the networks have been made."""
    return bool(progress.networks)


def with_setups(app: App, *setups: Setup) -> None:
    """Show these networks instead."""
    app.state = replace(app.state, screen=Learning(seed=2, setups=setups))


@pytest.mark.slow
def test_a_network_learns_to_read_within_seconds(app: App) -> None:
    fresh = wait(app, made)
    assert fresh.networks[0].curve[-1].accuracy < 0.3
    assert not fresh.error
    post(key(pygame.K_SPACE))
    learnt = wait(app, lambda progress: progress.networks[0].curve[-1].accuracy >= 0.9)
    assert learnt.rounds * ROUND_SECONDS < LEARNING_SECONDS
    (network,) = learnt.networks
    assert network.verdict is Verdict.GOOD
    right = [read == one.digit for read, one in zip(network.fresh, learnt.fresh, strict=True)]
    assert sum(right) > 0.75 * len(right)
    assert [one.digit for one in learnt.kept] == [7, 4]
    assert "Has learnt to read" in texts(app)


def test_networks_learn_where_no_weights_can_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "broken.safetensors").write_bytes(b"no weights")
    with opened(Reader(tmp_path / "broken.safetensors"), beginning("title")) as app:
        pointer.wait(app, lambda: app.state.net is Net.FAILED)
        assert any("broken.safetensors" in text for text in texts(app))
        app.state = state_after(app.state, Go("learn"))
        assert not wait(app, made).error


def test_single_steps_pause_and_leaving_stop_the_training(app: App) -> None:
    wait(app, made)
    post(key(pygame.K_s))
    wait(app, lambda progress: progress.rounds == 1)
    for leaving in (key(pygame.K_s), key(pygame.K_ESCAPE)):
        post(leaving)
        app.frame(FRAME_SECONDS)
    assert not isinstance(app.state.screen, Learning)
    pointer.wait(app, lambda: "learning" not in app._background._running, FRAME_SECONDS)
    app.frame(FRAME_SECONDS)
    assert "learning" not in app._background._running
    app.state = state_after(app.state, Go("learn"))
    post(key(pygame.K_s))
    assert wait(app, lambda progress: progress.rounds > 1).rounds <= 3


def test_too_large_steps_are_seen_to_fail_and_the_game_goes_on(app: App) -> None:
    with_setups(app, Setup((64,), 1.0), Setup((64,), 0.01, number=1))
    post(key(pygame.K_RETURN))
    failed = wait(app, lambda progress: progress.networks[0].verdict is Verdict.FALLEN)
    assert failed.networks[1].verdict in {Verdict.LEARNING, Verdict.GOOD}
    assert "Fell apart: its steps were too large" in texts(app)
    post(key(pygame.K_n))
    app.frame(GLANCE_SECONDS)
    clicked(app, target(app, Do.FORGET))
    fresh = wait(app, lambda progress: progress.seed == 3)
    assert fresh.rounds == 0


def test_networks_of_one_start_learn_from_the_same_drawings(app: App) -> None:
    same = Setup((64,), 0.01)
    with_setups(app, same, replace(same, batch_size=8), replace(same, hidden=()))
    post(key(pygame.K_RETURN))
    progress = wait(app, lambda progress: progress.rounds >= 6)
    assert len({network.curve[-1].seen for network in progress.networks}) == 1
    assert len(progress.networks) == 3
    assert [len(network.patterns) for network in progress.networks] == [12, 12, 10]


def test_a_network_that_comes_back_knows_what_it_had_learnt(app: App) -> None:
    with_setups(app, Setup(hidden=()))
    wait(app, made)
    for code in (pygame.K_s, pygame.K_a):
        post(key(code))
        wait(app, lambda _: app.state.screen.up_to_date and app.state.screen.rounds == 1)
    post(key(pygame.K_s))
    wait(app, lambda progress: progress.rounds == 2)
    for code, expected in ((pygame.K_r, [256]), (pygame.K_a, [256, 128])):
        post(key(code))
        app.frame(FRAME_SECONDS)
        progress = wait(app, lambda _: app.state.screen.up_to_date)
        assert [progress.of(one).curve[-1].seen for one in app.state.screen.setups] == expected


def test_networks_can_be_drawn_for_and_say_what_they_read(app: App) -> None:
    wait(app, made)
    post(key(pygame.K_d))
    app.frame(FRAME_SECONDS)
    pointer.draw(app)
    strokes = app.state.sketch.strokes
    progress = wait(app, lambda progress: progress.drawing == strokes)
    drawn = progress.networks[0].drawn
    assert strokes
    assert str(drawn.digit) in texts(app)
    post(key(pygame.K_BACKSPACE))
    wait(app, lambda progress: not progress.drawing)
    assert "Draw a digit" in texts(app)
    post(key(pygame.K_d))
    app.frame(FRAME_SECONDS)
    assert app.scene.pad is None


@pytest.mark.parametrize("seed", [-1, 2**70])
def test_networks_are_made_from_any_seed(app: App, seed: int) -> None:
    app.state = state_after(State(net=app.state.net, seed=seed), Go("learn"))
    assert not wait(app, lambda progress: progress.seed == seed).error


def test_an_error_is_shown_and_a_new_start_tries_again(app: App) -> None:
    with_setups(app, Setup(batch_size=100))  # no divisor of a round
    broken = wait(app, lambda progress: progress.seed == 2)
    assert "ValueError" in broken.error
    assert any("ValueError" in text for text in texts(app))
    app.state = replace(app.state, screen=Learning(seed=3))
    assert not wait(app, lambda progress: progress.seed == 3).error
