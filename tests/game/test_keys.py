"""The game without a mouse: drawing by the arrow keys, by clicks, and by a game pad."""

import math
from collections.abc import Iterator

import pygame
import pytest

from game.app import App, opened
from game.core.events import Do, Go
from game.core.modes.draw import DrawGame
from game.core.modes.guessing_game import Phase
from game.core.modes.review import Review
from game.core.modes.sketchpad import Pad
from game.core.state import GLANCE_SECONDS, Net, State
from game.core.values.settings import Settings
from game.devices.cursor import Cursor
from game.devices.reader import Reader
from game.view.scene import Figure, Rect
from tests.pointer import beginning, button, finger, key, key_up, motion, post, target

Place = tuple[float, float]

FRAME = 0.08
"""Seconds between two looks of the player at the pen; a key goes down or up only then."""

DIGITS = {
    digit: [
        [tuple(int(part) / 100 for part in corner.split(",")) for corner in stroke.split()]
        for stroke in strokes.split("/")
    ]
    for digit, strokes in enumerate(
        (
            "50,15 30,35 30,65 50,85 70,65 70,35 50,15",
            "50,15 50,85",
            "30,30 45,15 70,30 70,45 30,85 75,85",
            "30,15 70,15 45,40 70,60 70,70 55,85 30,85",
            "40,15 25,55 75,55 / 62,30 62,85",
            "70,15 35,15 35,45 60,45 70,60 50,85 30,85",
            "60,15 35,40 35,75 45,85 65,70 50,55 35,65",
            "30,15 70,15 45,85",
            "65,25 50,15 35,30 65,65 50,85 35,70 65,30",
            "70,30 50,15 35,30 50,45 70,30 65,85",
        )
    )
}
"""Corners of digits, in units of the pad."""

SEED = 3

ARROWS = (pygame.K_LEFT, pygame.K_RIGHT), (pygame.K_UP, pygame.K_DOWN)
NEAR = 0.03
"""Distance from a corner, in units of the pad, at which the player lets go of the arrows."""


class KeyHand:
    """A player who looks at the pen in every frame, and presses and releases keys."""

    def __init__(self, app: App) -> None:
        """Begin with no key held."""
        self.app = app
        self.held: set[int] = set()
        self.seconds = 0.0

    @property
    def pen(self) -> Place:
        """Where the pencil is, in units of the pad."""
        pad, place = self.app.scene.pad, self.app._controls.cursor.place
        assert pad
        x, y = place or (pad.x + pad.width / 2, pad.y + pad.height / 2)
        return (x - pad.x) / pad.height, (y - pad.y) / pad.height

    def hold(self, wanted: set[int]) -> None:
        """Hold these keys and no others for a frame."""
        post(*[key_up(code) for code in self.held - wanted])
        post(*[key(code) for code in wanted - self.held])
        self.held = wanted
        self.wait()

    def wait(self) -> None:
        """Let a frame pass."""
        self.app.frame(FRAME)
        self.seconds += FRAME

    def press(self, code: int) -> None:
        """Touch a key."""
        self.hold({code})
        self.hold(set())

    def go(self, corner: Place) -> None:
        """Move the pen to a place, slanted first, as long as there is a pad."""
        while self.app.scene.pad:
            ways = [there - here for here, there in zip(self.pen, corner, strict=True)]
            if max(map(abs, ways)) < NEAR:
                break
            self.hold({ARROWS[axis][way > 0] for axis, way in enumerate(ways) if abs(way) >= NEAR})
        self.hold(set())

    def draw(self, digit: int) -> None:
        """Draw a digit, beginning from wherever the pen is."""
        for first, *corners in DIGITS[digit]:
            self.go(first)
            self.press(pygame.K_SPACE)
            for corner in corners:
                self.go(corner)
            if self.app.state.sketch.pen_down:
                self.press(pygame.K_SPACE)


@pytest.fixture
def sketchpad(reader: Reader) -> Iterator[App]:
    with opened(reader, beginning("sketchpad", net=Net.READY), (640, 480)) as app:
        yield app


def test_draw_it_is_won_by_keys_alone(reader: Reader) -> None:
    """From the title to the review, each digit guessed in time."""
    with opened(reader, State(seed=SEED, net=Net.READY), (640, 480)) as app:
        hand = KeyHand(app)
        hand.press(pygame.K_2)
        while not isinstance(app.state.screen, Review):
            assert isinstance(app.state.screen, DrawGame)
            if app.state.screen.phase is Phase.CARD:
                hand.draw(app.state.screen.asked)
            hand.press(pygame.K_RETURN) if app.state.screen.phase is Phase.RESULT else hand.wait()
        assert [one.right for one in app.state.screen.rounds] == [True] * 6
        assert max(one.seconds for one in app.state.screen.rounds) < 20


@pytest.mark.slow
def test_the_other_digits_are_drawn_by_keys_within_20_seconds(sketchpad: App) -> None:
    hand = KeyHand(sketchpad)
    for digit in {*DIGITS} - {*beginning("draw", seed=SEED).screen.digits}:
        hand.press(pygame.K_c)
        hand.seconds = 0.0
        hand.draw(digit)
        assert hand.seconds < 20
        assert sketchpad.state.reading.is_digit
        assert sketchpad.state.reading.digit == digit


def test_tab_leads_from_the_pad_to_the_buttons_and_back(sketchpad: App) -> None:
    hand = KeyHand(sketchpad)
    hand.press(pygame.K_RIGHT)
    before = hand.pen
    hand.press(pygame.K_TAB)
    hand.press(pygame.K_RIGHT)
    assert (sketchpad.state.focus, hand.pen) == (1, before)
    hand.press(pygame.K_TAB)
    hand.press(pygame.K_RIGHT)
    assert sketchpad.state.focus is None
    assert hand.pen > before


def test_the_pencil_shows_where_the_pen_is_and_whether_it_is_down(sketchpad: App) -> None:
    hand, shapes = KeyHand(sketchpad), []
    assert pencil_shown(sketchpad) is None
    for code in (pygame.K_LEFT, pygame.K_SPACE):
        hand.press(code)
        pencil, place = pencil_shown(sketchpad), sketchpad._controls.cursor.place
        assert pencil
        assert place
        middle = pencil.rect.x + pencil.rect.width // 2, pencil.rect.y + pencil.rect.height // 2
        assert math.dist(middle, place) <= 1.5
        shapes.append([shape.points for shape in pencil.shapes])
    assert shapes[0] != shapes[1]
    hand.press(pygame.K_ESCAPE)  # the title is chosen from by arrows
    hand.press(pygame.K_DOWN)
    assert pencil_shown(sketchpad) is None


def pencil_shown(app: App) -> Figure | None:
    plain = set(app.scene.items)
    (found,) = set(app._controls.shown(app.scene, (640, 480)).items) - plain or {None}
    return found


def test_a_held_arrow_speeds_up_alike_at_any_rate_of_frames() -> None:
    pad, ways = Rect(0, 0, 1000, 1000), []
    for frames in (20, 7):
        cursor = Cursor(place=(10.0, 10.0))
        cursor.press("right", pad)
        cursor.press("down", pad)
        ways.append([cursor.move_by_keys(1.4 / frames, pad) for _ in range(frames)])
    assert ways[0][-1] == pytest.approx(ways[1][-1])
    assert ways[0][-1][0] == pytest.approx(ways[0][-1][1])
    first, *_, before, last = ways[0]
    assert math.dist(last, before) > 2 * math.dist(first, (22.0, 22.0))


def test_a_pen_that_the_game_lifted_goes_down_with_the_next_touch_of_the_key(app: App) -> None:
    app.state = beginning("draw", net=Net.READY)
    app.frame(0.02)
    hand = KeyHand(app)
    for code in (pygame.K_RIGHT, pygame.K_SPACE, pygame.K_n):  # the digit is given up
        hand.press(code)
    assert not app.state.sketch.pen_down
    hand.press(pygame.K_SPACE)  # no button is pressed while the result is new
    assert app.state.screen.phase is Phase.RESULT
    app.frame(1.0)
    hand.press(pygame.K_SPACE)
    assert app.state.sketch.pen_down
    assert app.state.screen.phase is Phase.DRAWING


def test_the_mouse_takes_over_from_the_keys(sketchpad: App) -> None:
    hand = KeyHand(sketchpad)
    hand.press(pygame.K_SPACE)
    pad = sketchpad.scene.pad
    assert pad
    post(button(pygame.MOUSEBUTTONDOWN, (pad.x + 9, pad.y + 9)), motion((pad.x + 99, pad.y + 9)))
    post(button(pygame.MOUSEBUTTONUP, (pad.x + 99, pad.y + 9)))
    sketchpad.frame(FRAME)
    assert [len(stroke) for stroke in sketchpad.state.sketch.strokes] == [1, 2]
    hand.press(pygame.K_SPACE)
    assert len(sketchpad.state.sketch.strokes) == 3


@pytest.mark.parametrize("on", [False, True])
def test_a_click_starts_a_stroke_and_the_next_one_stops_it(reader: Reader, *, on: bool) -> None:
    state = beginning("sketchpad", settings=Settings(click_draws=on))
    with opened(reader, state) as app:
        pad, undo = app.scene.pad, target(app, Do.UNDO)
        assert pad
        places = [(pad.x + 100 + 50 * step, pad.y + 300) for step in range(6)]
        post(*click(places[0]), *(motion(place, held=False) for place in places[1:5]))
        post(*click(places[4]), motion(places[5], held=False))
        app.frame(GLANCE_SECONDS)
        assert [len(stroke) for stroke in app.state.sketch.strokes] == ([5] if on else [1, 1])
        post(*click(places[0]), *click(places[1]), *click((undo.x + 5, undo.y + 5)))
        app.frame(FRAME)
        assert len(app.state.sketch.strokes) == (1 if on else 3)
        post(finger(pygame.FINGERDOWN, 1, 0.2, 0.5), finger(pygame.FINGERUP, 1, 0.2, 0.5))
        app.frame(FRAME)
        assert not app.state.sketch.pen_down


def click(place: tuple[int, int]) -> list[pygame.event.Event]:
    return [button(pygame.MOUSEBUTTONDOWN, place), button(pygame.MOUSEBUTTONUP, place)]


def test_a_game_pad_points_presses_and_draws(app: App) -> None:
    entry = target(app, Go("sketchpad"))
    app.frame(GLANCE_SECONDS)
    steer(app, (entry.x + entry.width / 2, entry.y + entry.height / 2))
    post(*press_of_game_pad())
    app.frame(FRAME)
    assert isinstance(app.state.screen, Pad)
    pad = app.scene.pad
    assert pad
    steer(app, (pad.x + pad.width / 2, pad.y + pad.height / 4))
    down, up = press_of_game_pad()
    post(down)
    app.frame(GLANCE_SECONDS)
    steer(app, (pad.x + pad.width / 2, pad.y + pad.height * 3 / 4))
    post(up)
    app.frame(FRAME)
    (stroke,) = app.state.sketch.strokes
    assert stroke[-1][1] - stroke[0][1] > 0.4
    assert app.state.reading.digit == 1


def press_of_game_pad() -> list[pygame.event.Event]:
    kinds = pygame.JOYBUTTONDOWN, pygame.JOYBUTTONUP
    return [pygame.event.Event(kind, instance_id=0, button=0) for kind in kinds]


def steer(app: App, goal: Place) -> None:
    """Tilt the stick towards a place until the pointer is there."""
    while True:
        x, y = app._controls.cursor.place or (640.0, 400.0)
        ways = goal[0] - x, goal[1] - y
        if max(map(abs, ways)) < 8:
            ways = 0.0, 0.0
        for axis, way in enumerate(ways):
            tilt = math.copysign(min(1.0, 0.3 + abs(way) / 200), way) if abs(way) > 4 else 0.0
            post(pygame.event.Event(pygame.JOYAXISMOTION, instance_id=0, axis=axis, value=tilt))
        app.frame(FRAME)
        if ways == (0.0, 0.0):
            return
