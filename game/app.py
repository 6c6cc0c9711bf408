"""The window and its main loop: events in, state updated, scene painted."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from game.core import effects, events
from game.core.language import tr
from game.core.modes.table import MODES
from game.core.state import Net, State
from game.core.update import update
from game.devices.background import Background
from game.devices.controls import Controls
from game.devices.file_effects import FileEffects
from game.devices.files import players
from game.devices.files.storage import Storage
from game.devices.hand import HandTeacher
from game.devices.reader import Reader
from game.devices.sound import Sounds
from game.devices.translation import speak
from game.view.layout import LEAST_SIDE, Size
from game.view.painting.ink_layer import icon
from game.view.painting.turning import TurningPainter
from game.view.scene import FRAME_SECONDS, STILL_SECONDS, Rect, Scene
from game.view.screens import view
from mnist_jax.support.errors import InputError

if TYPE_CHECKING:
    from mnist_jax.ink.strokes import LabelledDrawing

SIZE: Size = (1280, 800)
AWAITING_SECONDS = 0.03
"""Seconds between frames while the network is being loaded, or a file or an answer is awaited."""
POLL_SECONDS = 1 / 120
"""Interval at which an idle game polls for events."""
MAX_FRAME_SECONDS = 2 * STILL_SECONDS
"""Upper limit of a frame's time, so that the clock stops while the machine sleeps, and runs on
between the frames of a still scene."""


class App:
    """One game in one window."""

    def __init__(
        self,
        reader: Reader,
        state: State,
        size: Size,
        storage: Storage | None,
        sounds: Sounds | None,
        today: Callable[[], date] = date.today,
    ) -> None:
        """Open the window and paint the first frame, then start loading the network.

        Without `storage` nothing is stored, and without `sounds` none is played. `today` returns
        the player's date.

        Raises:
            InputError: there is no display.
        """
        self.state = replace(state, turn=None)  # there is no screen before the first
        self.running = True
        self.reader = reader
        self._size = size
        """Size of the window outside fullscreen."""
        self._storage = storage
        self._sounds = sounds
        self._today = today
        self._background = Background(reader, self._drawings)
        self._teacher = HandTeacher(reader)
        self._files = FileEffects(self._background, self._teacher, storage)
        self._question: effects.Ask | None = None
        """What the core wants to ask the network since the last event."""
        self._controls = Controls()
        self._clock = pygame.time.Clock()
        self._last = time.perf_counter()
        self._pending: list[pygame.event.Event] = []
        """Events that arrived while the game was idle."""
        self._text_field: Rect | None = None
        self._open_window()
        self.frame(0.0)
        with suppress(pygame.error):  # the game does not need a game pad
            pygame.joystick.init()
        reader.start()

    def _open_window(self) -> None:
        try:
            pygame.display.init()
            _check_display(pygame.display.get_driver())
            pygame.display.set_caption(MODES["title"].title)
            pygame.display.set_icon(icon())
            self._set_mode()
        except pygame.error as error:
            raise InputError(
                "no window can be opened ({reason}); start the game on a desktop, or with "
                "SDL_VIDEODRIVER=dummy and --replay where there is none",
                reason=error,
            ) from error
        pygame.font.init()
        unused = [pygame.JOYBALLMOTION, pygame.AUDIODEVICEADDED, pygame.AUDIODEVICEREMOVED]
        pygame.event.set_blocked(unused)  # not KEYUP: pygame finds the characters of keys by it
        pygame.key.stop_text_input()
        self._text_field = None
        self._new_painter()

    def _set_mode(self) -> None:
        """Fill the screen, or open a window of the size it last had outside fullscreen."""
        if self.state.fullscreen:
            shown = pygame.display.get_surface()
            if shown and not shown.get_flags() & pygame.FULLSCREEN:
                self._size = shown.get_size()
            pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
            return
        pygame.display.set_mode(self._size, pygame.RESIZABLE)
        if pygame.display.get_window_size() != self._size:  # the first call only leaves fullscreen
            pygame.display.set_mode(self._size, pygame.RESIZABLE)

    def _new_painter(self) -> None:
        self._window = pygame.display.get_surface()
        self._painter = TurningPainter(self._window)
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

    def continue_from(self, state: State) -> None:
        """Continue with another state, even after the game was quit, to replay or measure."""
        self.state, self.running, self._question = state, True, None
        self.scene = self._view()

    def frame(self, seconds: float) -> bool:
        """Advance the game by `seconds` and paint it; return whether the picture changed."""
        if (day := self._today()) != self.state.today:
            self._update(events.NewDay(day))
        failed = self.state.net is Net.READY and self.reader.error
        if (self.state.net is Net.LOADING or failed) and (news := self.reader.poll()):
            self._update(news)
        size = self._window.get_size()
        for timed in (events.Tick(seconds), *self._controls.timed(seconds, self.scene, size)):
            self._update(timed)
        pending, self._pending = self._pending, []
        for event in pending + pygame.event.get():
            self._handle(event)
        for answer in self._background.arrived():
            self._update(answer)
        if isinstance(self._question, effects.ReadDigit):
            self._update(events.Read(self.reader.read(self._question.strokes)))
        self.scene = self._view()
        self._switch_text_input()
        dirty = self._painter.show(self._controls.shown(self.scene, size))
        if dirty:
            pygame.display.update(dirty)
        now, pen_down = self.state.now, self.state.sketch.pen_down
        self._background.ask_later(self._question, now, pen_down=pen_down)
        return bool(dirty)

    def run(self, play: "Callable[[App], None] | None" = None, *, paced: bool = True) -> None:
        """Run frames until the game is quit, in real time if `paced` or as fast as possible.

        Before each frame `play` may post pygame events, as a player would.

        Raises:
            KeyboardInterrupt: on Ctrl-C, after saving as on any other exit.
        """
        try:
            while self.running:
                if play:
                    play(self)
                if paced:
                    self.step(rests=play is None)
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
        if rests and self.running:
            awaited = self._background.awaited or self.state.net is Net.LOADING
            still = AWAITING_SECONDS if awaited else self.scene.next_frame
            self._rest(now + (FRAME_SECONDS if self._controls.cursor.is_moving else still))

    def _rest(self, end: float) -> None:
        """Sleep until an event arrives; pygame's own wait polls a thousand times a second."""
        while not self._pending and (left := end - time.perf_counter()) > 0:
            time.sleep(min(left, POLL_SECONDS))
            self._pending = pygame.event.get()

    def close(self) -> None:
        """Close the window, stop learning and searching, and wait until all data is stored."""
        pygame.joystick.quit()
        pygame.display.quit()
        self._teacher.close()
        self._background.close()

    def _handle(self, event: pygame.event.Event) -> None:
        if event.type in {pygame.VIDEORESIZE, pygame.WINDOWEXPOSED}:
            self._new_painter()
        if event.type == pygame.DROPFILE:
            path = Path(event.file)
            self._background.open_file(path)
            self._update(events.Notice(tr("Looking at {name} …", name=path.name)))
        size = self._window.get_size()
        state = self.state
        for translated in self._controls.translate(
            event, self.scene, size, state.focus, seen=state.page_is_seen
        ):
            self._update(translated)

    def _update(self, event: events.Event) -> None:
        page, self._question = self.state.page, None
        self.state, wanted = update(self.state, event)
        for effect in wanted:
            self._carry_out(effect)
        if page != self.state.page:
            self.scene = self._view()
        for message in self._storage.take_messages() if self._storage else ():
            self._update(events.Notice(message))

    def _carry_out(self, effect: effects.Effect) -> None:
        match effect:
            case effects.PlaySound(name):
                self._play(name)
            case effects.Speak(language):
                speak(language)
            case effects.SetFullscreen():
                self._open_window()
            case effects.Order.QUIT:
                self.running = False
            case _ if isinstance(effect, effects.Ask):
                self._question = effect
            case _:
                self._files.carry_out(effect, self.state.player)

    def _drawings(self, most: int) -> "Sequence[LabelledDrawing]":
        """Return the latest drawings that the player labelled, or that all of a class did."""
        if self._storage is None:
            return ()
        if self.state.shared:
            return players.everybodys_drawings(self._storage, most)
        return self._storage.of(self.state.player).drawings(most)

    def _play(self, name: str) -> None:
        if self._sounds is None or self.state.settings.mute:
            return
        self._sounds.play(name, self.state.settings.volume)
        if self._sounds.silent and not self.state.silent:
            self._update(events.Silent())


def _check_display(driver: str) -> None:
    # SDL falls back to drivers that show nothing.
    if driver in {"dummy", "offscreen"} and "SDL_VIDEODRIVER" not in os.environ:
        raise pygame.error(tr("there is no display"))


@contextmanager
def opened(
    reader: Reader,
    state: State | None = None,
    size: Size | None = None,
    storage: Storage | None = None,
    sounds: Sounds | None = None,
    today: Callable[[], date] = date.today,
) -> Iterator[App]:
    """Open the game in a window, and close it at the end."""
    app = App(reader, state or State(), size or SIZE, storage, sounds, today)
    try:
        yield app
    finally:
        app.close()
