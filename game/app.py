"""The window, the clock and the loop: the only place where the game meets the machine."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import pygame

from game import events
from game.controls import Controls
from game.layout import Size
from game.paint import Painter
from game.reader import Reader
from game.scene import Scene
from game.screens.sketchpad import sketchpad
from game.state import Net, State, update
from game.theme import NORMAL
from mnist_jax.errors import InputError

FRAMES_PER_SECOND = 60
SMALLEST: Size = (320, 320)
REST_SECONDS = 0.25
"""How long the loop sleeps when nothing happens; an event wakes it at once."""
LOADING_SECONDS = 0.03
"""The same while the network is being loaded."""


class Hand(Protocol):
    """Somebody who plays: looks at the game after each frame and posts pygame events."""

    def play(self, app: "App") -> None:
        """Post the events of the next frame."""


class App:
    """One game in one window."""

    def __init__(self, reader: Reader, size: Size = (1280, 800)) -> None:
        """Open the window and paint the first frame.

        Raises:
            InputError: there is no display.
        """
        self.state = State()
        self.reader = reader
        self._controls = Controls()
        self._open(size)
        self.scene = self._seen()
        self.frame(0.0)

    def _open(self, size: Size) -> None:
        try:
            pygame.display.init()
            pygame.display.set_caption("Digits")
            self._window = pygame.display.set_mode(size, pygame.RESIZABLE)
        except pygame.error as error:
            raise InputError(
                f"no window can be opened ({error}); start the game on a desktop, or with "
                "SDL_VIDEODRIVER=dummy and --replay where there is none"
            ) from error
        pygame.font.init()
        pygame.event.set_blocked(_UNUSED)
        self._painter = Painter(self._window)

    def _seen(self) -> Scene:
        return sketchpad(self.state, self._window.get_size(), NORMAL)

    def frame(self, seconds: float) -> bool:
        """Take in the last `seconds` and show them; whether that changed the picture."""
        before = self.state
        self._take(events.Tick(seconds))
        if self.state.net is Net.LOADING and (news := self.reader.poll()):
            self._take(news)
        for event in pygame.event.get():
            self._handle(event)
        self._read(before)
        self.scene = self._seen()
        dirty = self._painter.show(self.scene)
        if dirty:
            pygame.display.update(dirty)
        return bool(dirty)

    def run(self, hand: Hand | None = None, *, paced: bool = True) -> None:
        """Frames until the game is left; `paced` ones keep to the clock, others run on."""
        clock = pygame.time.Clock()
        last = time.perf_counter()
        while self.state.running:
            if hand:
                hand.play(self)
            now = time.perf_counter()
            changed = self.frame(now - last if paced else 1 / FRAMES_PER_SECOND)
            last = now
            if paced and not changed and not hand:
                self._rest()
            elif paced:
                clock.tick(FRAMES_PER_SECOND)

    def _rest(self) -> None:
        """Sleep until something happens."""
        seconds = LOADING_SECONDS if self.state.net is Net.LOADING else REST_SECONDS
        event = pygame.event.wait(round(1000 * seconds))
        if event.type != pygame.NOEVENT:
            self._handle(event)

    def _handle(self, event: pygame.event.Event) -> None:
        if event.type in (pygame.VIDEORESIZE, pygame.WINDOWEXPOSED):
            self._window = pygame.display.get_surface()
            self._painter = Painter(self._window)
            self.scene = self._seen()
        for meaning in self._controls.translate(event, self.scene, self._window.get_size()):
            self._take(meaning)

    def _take(self, event: events.Event) -> None:
        self.state = update(self.state, event)

    def _read(self, before: State) -> None:
        """Have the strokes read in the frame in which they changed."""
        strokes = self.state.sketch.strokes
        unread = strokes and self.state.reading is None and self.reader.ready
        if unread or strokes is not before.sketch.strokes:
            self._take(events.Read(self.reader.read(strokes)))


_UNUSED = [
    pygame.JOYAXISMOTION,
    pygame.KEYUP,
    pygame.TEXTEDITING,
    pygame.AUDIODEVICEADDED,
    pygame.AUDIODEVICEREMOVED,
]


@contextmanager
def opened(reader: Reader, size: Size = (1280, 800)) -> Iterator[App]:
    """A game in a window that is closed again, whatever happens."""
    try:
        yield App(reader, size)
    finally:
        pygame.display.quit()
