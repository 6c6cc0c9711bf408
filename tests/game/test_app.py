"""The app in a hidden window, played through pygame's event queue."""

import gc
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pygame
import pytest

from game.app import App, opened
from game.core.modes.sketchpad import Pad
from game.core.state import Net, Title
from game.core.values.readings import Reading
from game.devices.controls import RELEASED_MOTIONS
from game.devices.reader import Reader
from game.replay import pointer_events
from game.view.layout import square
from tests.pointer import SEVEN, beginning, button, draw, finger, key, motion, post, texts


@pytest.fixture
def app(reader: Reader) -> Iterator[App]:
    with opened(reader, beginning("sketchpad")) as game:
        yield game


def test_a_digit_is_read_in_the_frame_in_which_it_is_drawn(app: App) -> None:
    draw(app)
    assert app.state.reading
    assert app.state.reading.digit == 7
    assert "I see a 7" in texts(app)


def test_a_stroke_started_on_the_title_continues_on_the_sketchpad(reader: Reader) -> None:
    with opened(reader) as app:
        assert isinstance(app.state.screen, Title)
        assert app.scene.touch
        post(*pointer_events(SEVEN, square(app.scene.touch)))
        app.frame(0.02)
        assert isinstance(app.state.screen, Pad)
        assert app.state.reading
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


def test_every_motion_within_a_frame_is_drawn(app: App) -> None:
    places = [(200 + 3 * n, 300) for n in range(60)]
    post(button(pygame.MOUSEBUTTONDOWN, places[0]), *map(motion, places[1:]))
    app.frame(0.02)
    assert len(app.state.sketch.strokes[0]) == 60 - 1  # the first step lies within a dot


@pytest.mark.parametrize("clearing", [key(pygame.K_c), button(pygame.MOUSEBUTTONDOWN, (5, 5), 3)])
def test_clear_empties_the_pad_and_the_reading(app: App, clearing: pygame.event.Event) -> None:
    draw(app)
    post(clearing)
    app.frame(0.02)
    assert app.state.sketch.strokes == ()
    assert app.state.reading is None


def test_undo_removes_the_last_stroke_and_redo_restores_it(app: App) -> None:
    draw(app)
    strokes = app.state.sketch.strokes
    for press, expected in (
        (key(pygame.K_u), ()),
        (key(pygame.K_y, pygame.KMOD_CTRL), strokes),
        (key(pygame.K_z, pygame.KMOD_CTRL), ()),
        (key(pygame.K_z, pygame.KMOD_CTRL | pygame.KMOD_LSHIFT), strokes),
        (key(pygame.K_z, pygame.KMOD_META), ()),
        (key(pygame.K_z, pygame.KMOD_META | pygame.KMOD_RSHIFT), strokes),
    ):
        post(press)
        app.frame(0.02)
        assert app.state.sketch.strokes == expected


def test_the_stroke_ends_when_the_button_goes_up_outside(app: App) -> None:
    post(button(pygame.MOUSEBUTTONDOWN, (200, 300)), motion((1270, 300)))
    post(button(pygame.MOUSEBUTTONUP, (1270, 300)), motion((300, 300), held=False))
    app.frame(0.02)
    assert not app.state.sketch.pen_down
    assert app.state.sketch.strokes[0][-1][0] == 1.0


def test_the_stroke_ends_when_the_release_was_missed(app: App) -> None:
    post(button(pygame.MOUSEBUTTONDOWN, (200, 300)), motion((250, 300)))
    post(*[motion((400 + n, 300), held=False) for n in range(RELEASED_MOTIONS)])
    app.frame(0.02)
    assert not app.state.sketch.pen_down
    assert len(app.state.sketch.strokes[0]) == 2


def test_motions_reported_before_the_pressed_button_are_drawn(app: App) -> None:
    """SDL may report the first motions after a press without a pressed button."""
    post(button(pygame.MOUSEBUTTONDOWN, (200, 300)))
    post(motion((200, 300), held=False), motion((220, 400), held=False), motion((300, 300)))
    post(motion((350, 350), held=False), button(pygame.MOUSEBUTTONUP, (350, 350)))
    app.frame(0.02)
    assert len(app.state.sketch.strokes[0]) == 4


def test_a_motion_sent_before_its_press_comes_after_it(app: App) -> None:
    """SDL reports the current position of the pointer before the press."""
    post(motion((300, 400)), button(pygame.MOUSEBUTTONDOWN, (200, 300)), motion((400, 400)))
    app.frame(0.02)
    xs = [point[0] for point in app.state.sketch.strokes[0]]
    assert len(xs) == 3
    assert xs == sorted(xs)


def test_the_stroke_reaches_the_place_of_the_release(app: App) -> None:
    post(button(pygame.MOUSEBUTTONDOWN, (200, 300)), button(pygame.MOUSEBUTTONUP, (400, 300)))
    app.frame(0.02)
    assert len(app.state.sketch.strokes[0]) == 2


def test_the_stroke_ends_when_the_window_loses_focus(app: App) -> None:
    post(button(pygame.MOUSEBUTTONDOWN, (200, 300)), pygame.event.Event(pygame.WINDOWFOCUSLOST))
    app.frame(0.02)
    assert not app.state.sketch.pen_down


def test_a_second_finger_does_not_disturb_the_first(app: App) -> None:
    post(
        finger(pygame.FINGERDOWN, 4, 0.2, 0.3),
        finger(pygame.FINGERMOTION, 4, 0.3, 0.3),
        finger(pygame.FINGERDOWN, 9, 0.4, 0.6),
        finger(pygame.FINGERMOTION, 9, 0.1, 0.6),
        finger(pygame.FINGERUP, 9, 0.1, 0.6),
        finger(pygame.FINGERMOTION, 4, 0.3, 0.5),
        finger(pygame.FINGERUP, 4, 0.3, 0.5),
    )
    app.frame(0.02)
    assert [len(stroke) for stroke in app.state.sketch.strokes] == [3]


def test_a_mouse_event_made_from_a_touch_is_dropped(app: App) -> None:
    event = pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(200, 300), button=1, touch=True)
    post(event, motion((300, 300), touch=True))
    app.frame(0.02)
    assert app.state.sketch.strokes == ()


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
    app.frame(0.02)
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
        assert app.state.reading
        assert app.state.reading.digit == 7


def test_a_network_that_cannot_be_loaded_leaves_the_pad_working(tmp_path: Path) -> None:
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(b"no weights")
    with opened(Reader(broken), beginning("sketchpad")) as app:
        app.reader.wait()
        draw(app)
        assert app.state.net is Net.FAILED
        assert app.state.sketch.strokes
        assert any("broken.safetensors" in text for text in texts(app))


def test_loaded_objects_are_frozen_for_the_garbage_collector(reader: Reader) -> None:
    assert reader.ready
    assert gc.get_freeze_count() > len(gc.get_objects())


def test_the_thread_that_loads_ends(reader: Reader) -> None:
    assert reader.ready
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("reader")]


@pytest.mark.parametrize("mode", ["title", "sketchpad", "draw", "think"])
def test_a_window_of_any_size_is_drawn(reader: Reader, mode: str) -> None:
    """Including one that is too small for its content."""
    for size in ((1280, 100), (100, 800), (1, 1)):
        with opened(reader, beginning(mode), size=size) as app:
            app.frame(0.02)
            assert pygame.display.get_surface().get_size() == size


@pytest.mark.usefixtures("app")
def test_key_releases_are_not_blocked() -> None:
    """Without them pygame reports wrong characters for later keys."""
    assert not pygame.event.get_blocked(pygame.KEYUP)
