"""Post pygame's events as a mouse, fingers and a keyboard would."""

import time
from collections.abc import Callable

import numpy as np
import pygame

from game.app import App
from game.core.events import Go
from game.core.state import GLANCE_SECONDS, State
from game.core.update import state_after
from game.replay import Replay, button, key, pointer_events
from game.samples import plain_hand
from game.view.scene import Rect, Text
from mnist_jax.evaluation.side_by_side import number_of

SEVEN = (np.array([[0.0, 0.0], [20.0, 0.0], [8.0, 40.0]]),)
ONE = (np.array([[3.0, 0.0], [3.0, 90.0]]),)
HAND = plain_hand()
"""A drawing of every digit."""

PATIENCE = 120.0
"""Seconds to wait on a busy machine until a test fails."""

NUMBER = number_of([HAND[digit] for digit in (4, 0, 7, 2)], np.random.default_rng(0))


def post(*events: pygame.event.Event) -> None:
    """Post the events to pygame's queue."""
    for event in events:
        pygame.event.post(event)


def motion(place: tuple[int, int], *, held: bool = True, touch: bool = False) -> pygame.event.Event:
    """A motion of the mouse."""
    return pygame.event.Event(
        pygame.MOUSEMOTION, pos=place, rel=(0, 0), buttons=(int(held), 0, 0), touch=touch
    )


def finger(kind: int, number: int, x: float, y: float) -> pygame.event.Event:
    """An event of a finger; x and y are fractions of the window."""
    return pygame.event.Event(kind, touch_id=1, finger_id=number, x=x, y=y, dx=0, dy=0)


def draw(app: App, drawing: tuple[np.ndarray, ...] = SEVEN) -> None:
    """Draw on the current pad within one frame."""
    if app.scene.pad:
        post(*pointer_events(drawing, app.scene.pad))
    app.frame(0.02)


def wait(app: App, until: Callable[[], object], seconds: float = 0.0) -> None:
    """Let frames pass, each of so many seconds of the game, until something is true."""
    end = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < end, texts(app)
        time.sleep(0.005)
        app.frame(seconds)


def answered(app: App, seconds: float = 0.0) -> None:
    """Let frames pass until nothing that was begun is in progress."""
    wait(app, lambda: not app._background.awaited, seconds)


def read(app: App) -> None:
    """Let frames pass until the number on the pad is read."""
    wait(app, lambda: app.state.number_is_read)


def play(app: App, hand: Replay, seconds: float, until: Callable[[], object]) -> None:
    """Let the hand play frames of so many seconds until something is true."""
    for _ in range(5000):
        if until():
            return
        hand.play(app)
        app.frame(seconds)
    raise TimeoutError


def texts(app: App) -> list[str]:
    """Return the texts on the screen."""
    return [item.text for item in app.scene.items if isinstance(item, Text)]


def beginning(where: str, **state: object) -> State:
    """Return a new player's state on one of the screens."""
    return state_after(State(**state), Go(where))


def pressed(app: App, code: int, mod: int = 0) -> None:
    """Press a key and let a frame pass."""
    post(key(code, mod))
    app.frame(0.02)


def key_up(code: int) -> pygame.event.Event:
    """The event of a key that goes up."""
    return pygame.event.Event(pygame.KEYUP, key=code, mod=0, unicode="")


def typed(app: App, text: str) -> None:
    """Type the text letter by letter: each key down with its text, as SDL reports them."""
    for letter in text:
        post(key(ord(letter.lower()), text=letter), text_input(letter))
        app.frame(0.02)


def text_input(text: str) -> pygame.event.Event:
    """Text that a keyboard or an input method has entered."""
    return pygame.event.Event(pygame.TEXTINPUT, text=text)


def composition(text: str) -> pygame.event.Event:
    """Text that an input method has not committed yet."""
    return pygame.event.Event(pygame.TEXTEDITING, text=text, start=len(text), length=0)


def clicked(app: App, rect: Rect) -> None:
    """Look at the page, then click in the middle of the rectangle and let a frame pass."""
    app.frame(GLANCE_SECONDS)
    double_clicked(app, rect, times=1)


def double_clicked(app: App, rect: Rect, times: int = 2) -> None:
    """Click so many times at once, each in a frame of its own."""
    place = rect.x + rect.width // 2, rect.y + rect.height // 2
    for _ in range(times):
        post(button(pygame.MOUSEBUTTONDOWN, place), button(pygame.MOUSEBUTTONUP, place))
        app.frame(0.1)


def target(app: App, event: object) -> Rect:
    """Return the target of the event."""
    return next(target.rect for target in app.scene.targets if target.event == event)
