"""The window and its main loop: events in, state updated, scene painted."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pygame

from game import saved_files
from game.core import events
from game.core.rules.pad import UNDRAWN, WIDTHS, Pad
from game.core.state import FRAME_SECONDS, STILL_SECONDS, Net, State
from game.core.update import update
from game.devices.answers import Answers
from game.devices.controls import Controls
from game.devices.effects import Effects
from game.devices.learning import LiveTraining
from game.devices.reader import Reader
from game.devices.sound import Sounds
from game.devices.storage import Storage, pictures_folder
from game.view.icon import icon
from game.view.layout import LEAST_SIDE, Size
from game.view.paint import Painter
from game.view.scene import Rect, Scene
from game.view.screens import view
from game.view.screens.frame_animation import SECONDS as ANIMATION_SECONDS
from game.view.screens.photo import SECONDS as PHOTO_SECONDS
from game.view.screens.title import NAME
from mnist_jax.support.errors import InputError

SIZE: Size = (1280, 800)
AWAITING_SECONDS = 0.03
"""Seconds between frames while the network is loaded, or reads a number."""
POLL_SECONDS = 1 / 120
"""Interval at which an idle game polls for events."""
HEADLESS_DRIVERS = {"dummy", "offscreen"}
"""Drivers that show nothing; SDL falls back to them without a display."""
MAX_FRAME_SECONDS = 0.25
"""Upper limit of a frame's time, so that the clock stops while the machine sleeps."""


class Player(Protocol):
    """Plays the game: looks at it before each frame and posts pygame events."""

    def play(self, app: "App") -> None:
        """Post the events of the next frame."""


class App:
    """One game in one window."""

    def __init__(self, reader: Reader, state: State, size: Size, effects: Effects) -> None:
        """Open the window and paint the first frame, then start loading the network.

        Raises:
            InputError: there is no display.
        """
        self.state = state
        self.reader = reader
        self._size = size
        """Size of the window outside fullscreen."""
        self._effects = effects
        self._answers = Answers(reader)
        self._training = LiveTraining(effects.kept_drawings)
        self._controls = Controls()
        self._clock = pygame.time.Clock()
        self._last = time.perf_counter()
        self._pending: list[pygame.event.Event] = []
        """Events that arrived while the game was idle."""
        self._text_field: Rect | None = None
        self._open_window()
        self.frame(0.0)
        reader.start()

    def _open_window(self) -> None:
        fullscreen = self.state.fullscreen
        try:
            pygame.display.init()
            _check_display(pygame.display.get_driver())
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
        pygame.event.set_blocked(_UNUSED_EVENTS)
        pygame.key.stop_text_input()
        self._text_field = None
        self._new_painter()

    def _fill_screen(self) -> None:
        shown = pygame.display.get_surface()
        if shown and not shown.get_flags() & pygame.FULLSCREEN:
            self._size = shown.get_size()
        pygame.display.set_mode((0, 0), pygame.FULLSCREEN)

    def _show_windowed(self) -> None:
        """Open a window of the size it last had outside fullscreen."""
        pygame.display.set_mode(self._size, pygame.RESIZABLE)
        if pygame.display.get_window_size() != self._size:  # the first call only leaves fullscreen
            pygame.display.set_mode(self._size, pygame.RESIZABLE)

    def _new_painter(self) -> None:
        self._window = pygame.display.get_surface()
        self._painter = Painter(self._window)
        self.scene = self._view()

    def _switch_text_input(self) -> None:
        """Enable text input and input methods only while a name is typed."""
        if self.scene.typing == self._text_field:
            return
        self._text_field = self.scene.typing
        if self._text_field:
            pygame.key.start_text_input()
            pygame.key.set_text_input_rect(self._text_field)
        else:
            pygame.key.stop_text_input()

    def _view(self) -> Scene:
        width, height = self._window.get_size()
        return view(self.state, (max(width, LEAST_SIDE), max(height, LEAST_SIDE)))

    def frame(self, seconds: float) -> bool:
        """Advance the game by `seconds` and paint it; return whether the picture changed."""
        failed = self.state.net is Net.READY and self.reader.error
        if (self.state.net is Net.LOADING or failed) and (news := self.reader.poll()):
            self._update(news)
        before = self.state
        for timed in (events.Tick(seconds), *self._controls.repeated(seconds, self.scene)):
            self._update(timed)
        pending, self._pending = self._pending, []
        for event in pending + pygame.event.get():
            self._handle(event)
        arrived = *self._answers.arrived(), *self._training.arrived(self.state)
        for answer in (*arrived, *self._answers.ask(before, self.state)):
            self._update(answer)
        self.scene = self._view()
        self._switch_text_input()
        dirty = self._painter.show(self.scene)
        if dirty:
            pygame.display.update(dirty)
        self._answers.ask_later(self.state)
        self._training.train_later(self.state)
        return bool(dirty)

    def run(self, player: Player | None = None, *, paced: bool = True) -> None:
        """Run frames until the game is quit, in real time if `paced` or as fast as possible.

        Raises:
            KeyboardInterrupt: on Ctrl-C, after saving as on any other exit.
        """
        try:
            while self.state.running:
                if player:
                    player.play(self)
                if paced:
                    self.step(rests=player is None)
                else:
                    self.frame(FRAME_SECONDS)
        except KeyboardInterrupt:
            self._update(events.Do.QUIT)
            raise

    def step(self, *, rests: bool = True) -> None:
        """Show one frame in real time; if it `rests`, sleep until the next one is needed."""
        now = time.perf_counter()
        self.frame(min(now - self._last, MAX_FRAME_SECONDS))
        self._last = now
        self._clock.tick(round(1 / FRAME_SECONDS))
        if rests and self.state.running:
            rest = AWAITING_SECONDS if self._answers.awaited else rest_seconds(self.state)
            self._rest(now + rest)

    def _rest(self, end: float) -> None:
        """Sleep until an event arrives; pygame's own wait polls a thousand times a second."""
        while not self._pending and (left := end - time.perf_counter()) > 0:
            time.sleep(min(left, POLL_SECONDS))
            self._pending = pygame.event.get()

    def _open(self, path: Path) -> None:
        """Open the file: a drawing at once, a photo when it has been looked at."""
        opened = saved_files.opened(path)
        if opened is None:
            self._answers.look_at(path)
        elif isinstance(opened, events.Opened):
            self._answers.forget_photos()
        self._update(opened or events.Notice(f"Looking at {path.name} …"))

    def _save(self) -> None:
        pad = self.state.screen
        if not isinstance(pad, Pad):
            return
        if not self.state.sketch.strokes:
            self._update(events.Notice(UNDRAWN))
            return
        name = time.strftime("inkling-%Y%m%d-%H%M%S")
        folder, word, radius = pictures_folder(), self.state.word, WIDTHS[pad.width]
        said = saved_files.save(folder, name, self.state.sketch, word, radius)
        self._update(events.Notice(said))

    def _handle(self, event: pygame.event.Event) -> None:
        if event.type in {pygame.VIDEORESIZE, pygame.WINDOWEXPOSED}:
            self._new_painter()
        if event.type == pygame.DROPFILE:
            self._open(Path(event.file))
        size = self._window.get_size()
        for translated in self._controls.translate(event, self.scene, size, self.state.focus):
            if translated == events.Do.SAVE:
                self._save()
            elif translated == events.Do.OPEN:
                self._update(saved_files.offered(pictures_folder()))
            else:
                self._update(translated)

    def _update(self, event: events.Event) -> None:
        before = self.state
        self.state = update(before, event)
        for news in self._effects.apply(before, self.state):
            self.state = update(self.state, news)
        if before.fullscreen != self.state.fullscreen:
            self._open_window()
        elif before.page != self.state.page:
            self.scene = self._view()


def _check_display(driver: str) -> None:
    if driver in HEADLESS_DRIVERS and "SDL_VIDEODRIVER" not in os.environ:
        raise pygame.error("there is no display")


def rest_seconds(state: State) -> float:
    """Return the seconds until the picture changes without input."""
    if state.net is Net.LOADING:
        return AWAITING_SECONDS
    if state.overlay:
        return STILL_SECONDS
    strokes = state.sketch.strokes
    if state.screen.keeps_drawing and (state.photo or strokes):
        drawn_at = strokes[-1][-1][2] + ANIMATION_SECONDS if strokes else 0.0
        end = state.photo_at + PHOTO_SECONDS if state.photo else drawn_at
        if state.now < end:
            return FRAME_SECONDS
    return state.screen.frame_interval(state)


_UNUSED_EVENTS = [  # not KEYUP: pygame needs it to find the characters of keys
    pygame.JOYAXISMOTION,
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
    """Open the game in a window, and close the window at the end."""
    try:
        yield App(reader, state or State(), size or SIZE, Effects(storage, sounds))
    finally:
        pygame.display.quit()
