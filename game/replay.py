"""Replays: programs that play with the drawings of a file, pixel by pixel as with a mouse.

The pointer events go through pygame's own queue, so everything between the mouse and the screen
takes part.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice, pairwise
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pygame

from game.app import App
from game.core.language import tr
from game.core.modes.guessing_game import GuessingGame, Phase
from game.core.modes.review import Review
from game.core.modes.sketchpad import Pad
from game.core.state import Net, Screen
from game.core.values.sheets import sheet_for
from game.devices.files.opening import fitted
from game.view.scene import Rect

if TYPE_CHECKING:
    from mnist_jax.ink.strokes import Drawing, LabelledDrawing, Words

FIRST_DAY = date(2000, 1, 1)

QUIT = pygame.event.Event(pygame.QUIT)


def day_of(seed: int) -> date:
    """Return the date on which a replay with this seed begins."""
    return FIRST_DAY + timedelta(seed % 10_000)


class Replay:
    """Draw one drawing after another on the sketchpad, and count those read correctly."""

    screens: ClassVar[type[Screen]] = Pad
    """The class of the modes that this replay can play."""

    def __init__(
        self,
        drawings: Iterable["LabelledDrawing"],
        pixels_per_frame: int,
        today: date = FIRST_DAY,
    ) -> None:
        """Store the drawings, how far the pointer moves in a frame, and the date."""
        self.today = today
        self.correct = 0
        self.count = 0
        self._drawings = list(drawings)
        """Those that are still to be drawn."""
        self._word = ""
        self._is_digit = True
        self._pixels_per_frame = pixels_per_frame
        self._events: Iterator[pygame.event.Event] = iter(())

    @classmethod
    def words(cls, screen: Screen) -> "Words":
        """Return which labels the drawings may have."""
        from mnist_jax.ink.strokes import DIGITS, NUMBERS

        return DIGITS if screen.only_sheet == "digit" else NUMBERS

    def play(self, app: App) -> None:
        """Post the events of the next frame; first close any overlay."""
        if app.state.overlay:
            pygame.event.post(key(pygame.K_RETURN))
            return
        events = list(islice(self._events, self._pixels_per_frame)) or self.between(app)
        for event in events:
            pygame.event.post(event)

    @property
    def result(self) -> dict[str, int]:
        """How many drawings were read right, and of how many."""
        return {"correct": self.correct, "count": self.count}

    @property
    def summary(self) -> str:
        """The same in words."""
        share = self.correct / max(self.count, 1)
        return tr(
            "{correct} of {count} drawings read right ({share:.1%})",
            correct=self.correct,
            count=self.count,
            share=share,
        )

    def between(self, app: App) -> list[pygame.event.Event]:
        """Judge the finished drawing once it is read, clear the pad, and begin the next one."""
        if self._word:
            state = app.state
            waits = state.shows_number and state.sketch.strokes and state.net is Net.READY
            if waits and not state.number_is_read:  # by a thread
                return []
            self.count += 1
            self.correct += state.word == self._word
            self._word = ""
        return self.begin(app) or [QUIT]

    def begin(self, app: App) -> list[pygame.event.Event]:
        """Return the events before the next drawing; none after the last one."""
        if not self._drawings or app.scene.pad is None:
            return []
        if sheet_for(self._drawings[0].word) != app.state.settings.sheet:
            return [key(ord(app.state.settings.key("sheet")))]
        self._word = self._drawings[0].word
        self._draw(app)
        return [button(kind, (0, 0), 3) for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP)]

    def _draw(self, app: App, number: int = 0) -> list[pygame.event.Event]:
        """Begin to draw one of the drawings, and return no other event."""
        if app.scene.pad:
            self._events = pointer_events(self._drawings.pop(number).drawing, app.scene.pad)
        return []


class GameReplay(Replay):
    """Play a guessing game with the drawings, one per round.

    In "Draw it", a drawing that is no digit is drawn whichever digit is asked for, and counts as
    read correctly if the network does not take it for that digit.
    """

    screens = GuessingGame

    @classmethod
    def words(cls, screen: Screen) -> "Words":
        """Return which labels the drawings may have: digits if the player chooses, else any."""
        from mnist_jax.ink.strokes import ANY_WORD, DIGITS

        chooses = isinstance(screen, GuessingGame) and screen.asked is None
        return DIGITS if chooses else ANY_WORD

    def between(self, app: App) -> list[pygame.event.Event]:
        """Return the events of a player's next action."""
        game, state = app.state.screen, app.state
        if isinstance(game, Review):
            self.today += timedelta(1)  # "Today's six" is played once a day
            return [key(pygame.K_ESCAPE), key(pygame.K_RETURN)]  # "Play" starts it again
        if not isinstance(game, GuessingGame):
            return [QUIT]  # somebody has left the game
        match game.phase:
            case Phase.CARD | Phase.DRAWING if not state.sketch.strokes:
                return self._draw_asked(app, game.asked)
            case Phase.DRAWING if not self._is_digit:
                last_drawn = state.sketch.strokes[-1][-1][2]
                return [key(pygame.K_n)] if state.now - last_drawn > 2 else []  # skipped
            case Phase.BUZZED | Phase.GIVEN_UP:
                right = str(game.guess) == self._word
                return [key(pygame.K_RETURN if right else ord(self._word))]
            case Phase.RESULT:
                self.count += 1
                self.correct += game.rounds[-1].right == self._is_digit
                return [key(pygame.K_RETURN)]
        return []

    def _draw_asked(self, app: App, asked: int | None) -> list[pygame.event.Event]:
        """Begin the next drawing of the digit that is asked for, or of no digit at all."""
        for number, one in enumerate(self._drawings):
            if asked is None or one.label in {asked, -1}:
                self._word, self._is_digit = one.word, one.label != -1
                return self._draw(app, number)
        return [QUIT]


def key(code: int, mod: int = 0, text: str = "") -> pygame.event.Event:
    """Return the event of a key that goes down."""
    return pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=text)


def button(kind: int, place: tuple[int, int], number: int = 1) -> pygame.event.Event:
    """Return the event of a mouse button that goes down or up."""
    return pygame.event.Event(kind, pos=place, button=number, touch=False)


def pointer_events(drawing: "Drawing", pad: Rect) -> Iterator[pygame.event.Event]:
    """Yield the events of drawing with a mouse."""
    for stroke in fitted(drawing, pad.width / pad.height):
        places = path(stroke * pad.height + pad[:2])
        yield button(pygame.MOUSEBUTTONDOWN, places[0])
        for last, place in pairwise(places):
            relative = place[0] - last[0], place[1] - last[1]
            yield pygame.event.Event(
                pygame.MOUSEMOTION, pos=place, rel=relative, buttons=(1, 0, 0), touch=False
            )
        yield button(pygame.MOUSEBUTTONUP, places[-1])


def path(stroke: np.ndarray) -> list[tuple[int, int]]:
    """Return all pixels along the stroke, each next to the one before."""
    corners = np.rint(stroke).astype(int)
    places = [corners[:1]]
    for begin, end in pairwise(corners):
        steps = np.abs(end - begin).max()
        way = np.arange(1, steps + 1)[:, None] / max(steps, 1)
        places.append(np.rint(begin + way * (end - begin)).astype(int))
    return [(int(x), int(y)) for x, y in np.concatenate(places)]
