"""The window, the clock and the loop: the only place where the game meets the machine."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pygame

from game import saved_files
from game.core import events
from game.core.rules.draw_game import DrawGame
from game.core.rules.pad import UNDRAWN, WIDTHS, Pad
from game.core.rules.review import Review
from game.core.rules.think_game import ThinkGame
from game.core.state import Net, State, Title
from game.core.update import update
from game.devices.controls import Controls
from game.devices.effects import Effects
from game.devices.reader import Reader
from game.devices.sound import Sounds
from game.devices.storage import Storage, pictures_folder
from game.view.icon import icon
from game.view.layout import LEAST_SIDE, Size
from game.view.paint import Painter
from game.view.scene import Scene
from game.view.screens import view
from game.view.screens.fitting import SECONDS as FITTING_SECONDS
from game.view.screens.title import NAME
from mnist_jax.support.errors import InputError

SIZE: Size = (1280, 800)
FRAME_SECONDS = 1 / 60
NAP_SECONDS = 1 / 120
"""How long a resting game may overlook that something happened."""
UNSEEN = {"dummy", "offscreen"}
"""Drivers that show nothing; SDL takes them of its own accord where there is no display."""
LONGEST_FRAME = 0.25
"""Seconds that may count for one frame: the time in which the machine slept is not played."""


class Hand(Protocol):
    """Somebody who plays: looks at the game after each frame and posts pygame events."""

    def play(self, app: "App") -> None:
        """Post the events of the next frame."""


class App:
    """One game in one window."""

    def __init__(self, reader: Reader, state: State, size: Size, effects: Effects) -> None:
        """Open the window, paint the first frame, and only then begin to load the network.

        Raises:
            InputError: there is no display.
        """
        self.state = state
        self.reader = reader
        self._size = size
        """Of the window, while it does not fill the screen."""
        self._effects = effects
        self._controls = Controls()
        self._clock = pygame.time.Clock()
        self._last = time.perf_counter()
        self._heard: list[pygame.event.Event] = []
        """What happened while the game rested."""
        self._open_window()
        self.frame(0.0)
        reader.start()

    def _open_window(self) -> None:
        fullscreen = self.state.fullscreen
        try:
            pygame.display.init()
            _check_seen(pygame.display.get_driver())
            pygame.display.set_caption(NAME)
            pygame.display.set_icon(icon())
            if fullscreen:
                self._fill_screen()
            else:
                self._show_windowed()
        except pygame.error as error:
            raise InputError(
                f"no window can be opened ({error}); start the game on a desktop, or with "
                "SDL_VIDEODRIVER=dummy and --replay where there is none"
            ) from error
        pygame.font.init()
        pygame.event.set_blocked(_UNUSED)
        self._new_painter()

    def _fill_screen(self) -> None:
        shown = pygame.display.get_surface()
        if shown and not shown.get_flags() & pygame.FULLSCREEN:
            self._size = shown.get_size()
        pygame.display.set_mode((0, 0), pygame.FULLSCREEN)

    def _show_windowed(self) -> None:
        """A window as large as the last one that did not fill the screen."""
        pygame.display.set_mode(self._size, pygame.RESIZABLE)
        if pygame.display.get_window_size() != self._size:  # SDL has no more than left fullscreen
            pygame.display.set_mode(self._size, pygame.RESIZABLE)

    def _new_painter(self) -> None:
        self._window = pygame.display.get_surface()
        self._painter = Painter(self._window)
        self.scene = self._seen()

    def _seen(self) -> Scene:
        width, height = self._window.get_size()
        return view(self.state, (max(width, LEAST_SIDE), max(height, LEAST_SIDE)))

    def frame(self, seconds: float) -> bool:
        """Take in the last `seconds` and show them; whether that changed the picture."""
        failed = self.state.net is Net.READY and self.reader.error
        if (self.state.net is Net.LOADING or failed) and (news := self.reader.poll()):
            self._take(news)
        before = self.state
        for event in (events.Tick(seconds), *self._controls.held(seconds, self.scene)):
            self._take(event)
        heard, self._heard = self._heard, []
        for happened in heard + pygame.event.get():
            self._handle(happened)
        self._read(before)
        self.scene = self._seen()
        dirty = self._painter.show(self.scene)
        if dirty:
            pygame.display.update(dirty)
        return bool(dirty)

    def run(self, hand: Hand | None = None, *, paced: bool = True) -> None:
        """Frames until the game is left; `paced` ones keep to the clock, others run on.

        Raises:
            KeyboardInterrupt: Ctrl-C, by which the game is left like in any other way.
        """
        try:
            while self.state.running:
                if hand:
                    hand.play(self)
                if paced:
                    self.step(rests=hand is None)
                else:
                    self.frame(FRAME_SECONDS)
        except KeyboardInterrupt:
            self._take(events.Do("quit"))
            raise

    def step(self, *, rests: bool = True) -> None:
        """One frame by the clock; where it `rests`, wait after it until there is another."""
        now = time.perf_counter()
        self.frame(min(now - self._last, LONGEST_FRAME))
        self._last = now
        self._clock.tick(round(1 / FRAME_SECONDS))
        if rests and self.state.running:
            self._rest(now + rest_seconds(self.state))

    def _rest(self, end: float) -> None:
        """Sleep until something happens; pygame's own wait would look a thousand times a second."""
        while not self._heard and (left := end - time.perf_counter()) > 0:
            time.sleep(min(left, NAP_SECONDS))
            self._heard = pygame.event.get()

    def _save(self) -> None:
        pad, strokes = self.state.screen, self.state.sketch.strokes
        if not isinstance(pad, Pad):
            return
        if not strokes:
            self._take(events.Notice(UNDRAWN))
            return
        name = time.strftime("inkling-%Y%m%d-%H%M%S")
        folder, word, radius = pictures_folder(), self.state.word, WIDTHS[pad.width]
        self._take(events.Notice(saved_files.save(folder, name, strokes, word, radius)))

    def _handle(self, event: pygame.event.Event) -> None:
        if event.type in {pygame.VIDEORESIZE, pygame.WINDOWEXPOSED}:
            self._new_painter()
        if event.type == pygame.DROPFILE:
            self._take(saved_files.opened(Path(event.file)))
        size = self._window.get_size()
        for meaning in self._controls.translate(event, self.scene, size, self.state.focus):
            if meaning == events.Do("save"):
                self._save()
            elif meaning == events.Do("open"):
                self._take(saved_files.offered(pictures_folder()))
            else:
                self._take(meaning)

    def _take(self, event: events.Event) -> None:
        before = self.state
        self.state = update(before, event)
        for news in self._effects.apply(before, self.state):
            self.state = update(self.state, news)
        if before.fullscreen != self.state.fullscreen:
            self._open_window()
        elif before.page != self.state.page:
            self.scene = self._seen()

    def _read(self, before: State) -> None:
        """Have strokes read in the frame in which they changed, a picture when it was laid."""
        strokes, picture = self.state.sketch.strokes, self.state.picture
        unread = self.state.reading is None and self.reader.ready
        if strokes and (unread or strokes is not before.sketch.strokes):
            self._take(events.Read(self.reader.read(strokes)))
        elif picture and unread:
            self._take(events.Read(self.reader.read_picture(picture.image)))


def _check_seen(driver: str) -> None:
    if driver in UNSEEN and "SDL_VIDEODRIVER" not in os.environ:
        raise pygame.error("there is no display")


def rest_seconds(state: State) -> float:
    """How long the picture stands still if nobody does anything."""
    if state.net is Net.LOADING:
        return 0.03
    if state.overlay:
        return 0.5
    match state.screen:
        case Title():
            return 0.5 if state.settings.reduced_motion else 2 * FRAME_SECONDS
        case DrawGame() | ThinkGame() | Review():
            return FRAME_SECONDS
        case Pad() if state.sketch.strokes:
            drawn = state.now - state.sketch.strokes[-1][-1][2]
            return FRAME_SECONDS if drawn < FITTING_SECONDS else 0.5
    return 0.5


_UNUSED = [  # not KEYUP: without it pygame forgets what letters the keys stand for
    pygame.JOYAXISMOTION,
    pygame.TEXTINPUT,
    pygame.TEXTEDITING,
    pygame.AUDIODEVICEADDED,
    pygame.AUDIODEVICEREMOVED,
]


@contextmanager
def opened(
    reader: Reader,
    state: State | None = None,
    size: Size | None = None,
    storage: Storage | None = None,
    sounds: Sounds | None = None,
) -> Iterator[App]:
    """A game in a window that is closed again, whatever happens."""
    try:
        yield App(reader, state or State(), size or SIZE, Effects(storage, sounds))
    finally:
        pygame.display.quit()
