"""The app in a hidden window, played through pygame's event queue."""

import gc
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pygame
import pytest

from game.app import App, opened
from game.core.modes.sketchpad import Pad
from game.core.state import Net, Title
from game.core.values.readings import Reading
from game.core.values.settings import Settings
from game.devices.reader import Reader
from game.replay import pointer_events
from game.view.layout import square
from tests.pointer import SEVEN, beginning, button, draw, finger, key, motion, post, texts
from tests.processes import loaded_by


@pytest.fixture
def app(reader: Reader) -> Iterator[App]:
    with opened(reader, beginning("sketchpad")) as game:
        yield game


def test_a_digit_is_read_in_the_frame_in_which_it_is_drawn(app: App) -> None:
    draw(app)
    assert app.state.reading.digit == 7
    assert "I see a 7" in texts(app)


def test_a_stroke_started_on_the_title_continues_on_the_sketchpad(reader: Reader) -> None:
    with opened(reader) as app:
        assert isinstance(app.state.screen, Title)
        assert app.scene.touch
        post(*pointer_events(SEVEN, square(app.scene.touch)))
        app.frame(0.02)
        assert isinstance(app.state.screen, Pad)
        assert app.state.reading.digit == 7


def test_the_game_reads_as_the_library_does(app: App) -> None:
    from mnist_jax import load_params, read_drawing

    draw(app)
    strokes = [np.array(stroke)[:, :2] for stroke in app.state.sketch.strokes]
    expected = read_drawing(load_params(), strokes)
    assert app.state.reading == Reading(
        tuple(expected.probabilities.tolist()),
        np.rint(expected.image).astype(np.uint8).tobytes(),
        expected.is_digit,
        expected.digit_probability,
    )


def test_the_clock_keeps_time_while_nothing_moves(app: App) -> None:
    app.state = replace(app.state, settings=Settings(reduced_motion=True))
    app.step(rests=False)
    began, now, frames = time.perf_counter(), app.state.now, 0
    while time.perf_counter() < began + 1.2:
        app.step()
        frames += 1
    app.step(rests=False)
    assert frames < 10
    assert app.state.now - now == pytest.approx(time.perf_counter() - began, abs=0.2)


def test_keys_and_the_right_button_clear_undo_and_redo(app: App) -> None:
    draw(app)
    strokes = app.state.sketch.strokes
    for press, expected in (
        (key(pygame.K_u), ()),
        (key(pygame.K_y, pygame.KMOD_CTRL), strokes),
        (key(pygame.K_z, pygame.KMOD_CTRL), ()),
        (key(pygame.K_z, pygame.KMOD_CTRL | pygame.KMOD_LSHIFT), strokes),
        (key(pygame.K_z, pygame.KMOD_META), ()),
        (key(pygame.K_z, pygame.KMOD_META | pygame.KMOD_RSHIFT), strokes),
        (key(pygame.K_c), ()),
        (key(pygame.K_u), strokes),
        (button(pygame.MOUSEBUTTONDOWN, (5, 5), 3), ()),
    ):
        post(press)
        app.frame(0.02)
        assert app.state.sketch.strokes == expected
        assert bool(app.state.reading) is bool(expected)


def press(x: int, y: int = 300) -> pygame.event.Event:
    return button(pygame.MOUSEBUTTONDOWN, (x, y))


def release(x: int, y: int = 300) -> pygame.event.Event:
    return button(pygame.MOUSEBUTTONUP, (x, y))


def stray(x: int, y: int = 300) -> pygame.event.Event:
    """A motion that is reported without a pressed button."""
    return motion((x, y), held=False)


def touch(what: str, number: int, x: float, y: float) -> pygame.event.Event:
    return finger(getattr(pygame, f"FINGER{what}"), number, x, y)


FIRST = [touch("DOWN", 4, 0.2, 0.3), touch("MOTION", 4, 0.3, 0.3)]
SECOND = [touch("DOWN", 9, 0.4, 0.6), touch("MOTION", 9, 0.1, 0.6), touch("UP", 9, 0.1, 0.6)]
POINTERS = {
    "every motion in a frame": ([press(200), *(motion((200 + n, 300)) for n in range(9, 60))], 52),
    "as far as the release": ([press(200), release(400), stray(500)], 2),
    "beyond the edge": ([press(200), motion((1270, 300)), release(1270), stray(300)], 2),
    "missed release": ([press(200), motion((250, 300)), *map(stray, range(400, 403))], 2),
    "motions without a button": (
        [press(200), stray(200), stray(220, 400), motion((300, 300)), stray(350), release(350)],
        4,
    ),
    "a motion before its press": ([motion((300, 400)), press(200), motion((400, 400))], 3),
    "lost focus": ([press(200), pygame.event.Event(pygame.WINDOWFOCUSLOST), stray(300)], 1),
    "two fingers": ([*FIRST, *SECOND, touch("MOTION", 4, 0.3, 0.5), touch("UP", 4, 0.3, 0.5)], 3),
    "a mouse event made from a touch": (
        [pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(200, 300), button=1, touch=True)],
        0,
    ),
}
"""Events of pointers, and how many points they draw."""


@pytest.mark.parametrize("name", POINTERS)
def test_a_stroke_follows_its_pointer(app: App, name: str) -> None:
    """SDL may report motions before their press, and the first ones without a button."""
    happened, count = POINTERS[name]
    post(*happened)
    app.frame(0.02)
    xs = [point[0] for stroke in app.state.sketch.strokes for point in stroke]
    assert len(xs) == count
    assert xs == sorted(xs)
    assert all(0 <= x <= 1 for x in xs)
    assert len(app.state.sketch.strokes) == (count > 0)
    ends = name not in {"every motion in a frame", "a motion before its press"}
    assert app.state.sketch.pen_down is not ends


@pytest.mark.parametrize("size", [(1280, 100), (100, 800), (1, 1)])
def test_a_window_of_any_size_is_drawn(reader: Reader, size: tuple[int, int]) -> None:
    """Including one that is too small for its content."""
    for mode in ("title", "draw"):
        with opened(reader, beginning(mode), size=size) as app:
            app.frame(0.02)
            assert pygame.display.get_surface().get_size() == size


def test_loading_ends_its_thread_and_freezes_its_objects(reader: Reader) -> None:
    assert reader.ready
    assert gc.get_freeze_count() > len(gc.get_objects())
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("reader")]


def test_the_drawing_stays_when_the_window_changes_its_size(app: App) -> None:
    draw(app)
    strokes = app.state.sketch.strokes
    for size in ((640, 480), (600, 1000), (1920, 1080)):
        pygame.display.set_mode(size, pygame.RESIZABLE)
        post(pygame.event.Event(pygame.VIDEORESIZE, size=size, w=size[0], h=size[1]))
        app.frame(0.02)
        assert app.state.sketch.strokes == strokes
        assert app.scene.pad
        assert pygame.Rect(0, 0, *size).contains(app.scene.pad)
        middle = app.scene.pad.x + app.scene.pad.width // 2
        column = pygame.surfarray.array2d(pygame.display.get_surface())[middle]
        assert len(np.unique(column)) > 2  # ink crosses the middle of the pad


def test_nothing_is_painted_without_a_change(app: App) -> None:
    draw(app)
    app.frame(2.0)  # the drawing has flown into the net's frame by then
    assert not app.frame(0.02)


def test_an_idle_game_sleeps_until_an_event_arrives(app: App) -> None:
    app.frame(2.0)  # the creature is awake and at rest by then
    begin, used = time.perf_counter(), time.process_time()
    app.step()
    asleep = time.perf_counter() - begin
    assert asleep >= 0.45
    assert time.process_time() - used < asleep / 5
    threading.Timer(0.05, post, [key(pygame.K_F1)]).start()
    app.step()
    assert time.perf_counter() - begin - asleep < 0.4
    app.step()
    assert app.state.overlay == "help"


@pytest.mark.parametrize(
    "leaving",
    [[key(pygame.K_ESCAPE), key(pygame.K_ESCAPE)], [pygame.event.Event(pygame.QUIT)]],
)
def test_the_game_can_be_quit(app: App, leaving: list[pygame.event.Event]) -> None:
    post(*leaving)
    app.run()
    assert not app.running


def test_a_drawing_begun_while_the_network_loads_is_read_when_it_is_ready() -> None:
    with opened(Reader(), beginning("sketchpad")) as app:
        draw(app)
        assert app.state.net in (Net.LOADING, Net.READY)
        app.reader.wait()
        app.frame(0.02)
        assert app.state.reading.digit == 7


@pytest.mark.usefixtures("app")
def test_key_releases_are_not_blocked() -> None:
    """Without them pygame reports wrong characters for later keys."""
    assert not pygame.event.get_blocked(pygame.KEYUP)


def test_the_window_opens_before_slow_packages_and_unopened_screens_are_imported() -> None:
    loaded = loaded_by("import game.app, game.__main__, game.replay")
    assert not loaded & {"jax", "jaxtyping", "flax", "tensorflow", "matplotlib"}
    late = "mnist_jax.insight", "mnist_jax.training", "game.view.screens.learning", "pkg_resources."
    assert not {name for name in loaded if name.startswith(late)}


def test_rules_and_scenes_load_neither_pygame_nor_numpy() -> None:
    loaded = loaded_by("import game.core.update, game.view.layout, game.view.screens")
    assert not loaded & {"pygame", "numpy", "jax"}
