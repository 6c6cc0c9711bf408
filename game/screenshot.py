"""Save pictures of every screen in every colour scheme, as shown in the README."""

import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pygame

from game.core import events
from game.core.events import Do, Event
from game.core.rules.draw_game import DrawGame
from game.core.rules.learning.screen import Learning
from game.core.rules.pad import WIDTHS
from game.core.rules.settings import Settings
from game.core.rules.sketch import NUMBER_WIDTH, Sketch, Strokes
from game.core.state import State
from game.core.update import update
from game.devices.learning import Trainer
from game.devices.photos import find_photo
from game.devices.reader import Reader
from game.saved_files import painted
from game.view.glyphs import glyph
from game.view.paint import Painter
from game.view.screens import view
from game.view.theme import THEMES
from mnist_jax.ink.strokes import LabelledDrawing
from mnist_jax.support.errors import InputError

SIZE = (1280, 800)
DIGIT_WIDTH = 0.65
"""Width of a digit of a number, in units of the pad."""
PEN_STEP = 0.05
"""Distance between two positions of the pen, in units of the pad."""


def take(folder: Path, params: Path | None) -> None:
    """Save `<screen>-<colours>.png` for each screen and scheme into the folder.

    Raises:
        InputError: the folder cannot be written, or the weights cannot be read.
    """
    reader = Reader(params).wait()
    if reader.error:
        raise reader.error
    pygame.font.init()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for colours in THEMES:
            begin = State(settings=Settings(colours=colours), seed=7)
            for name, state in played(reader, begin).items():
                surface = pygame.Surface(SIZE, 0, 32)
                Painter(surface).show(view(state, SIZE))
                pygame.image.save(surface, folder / f"{name}-{colours.replace(' ', '-')}.png")
    except (OSError, pygame.error) as error:
        raise InputError(f"{folder}: cannot be written ({error}); choose another") from error


def played(reader: Reader, state: State) -> dict[str, State]:
    """Return a state of every screen, reached by playing."""
    game = Game(reader, state)
    drawings = tuple((str(digit), glyph(digit)) for digit in range(10))
    photo = find_photo(photographed(4072))
    opened = events.Opened("photo.jpg", photo=photo, sheet=photo.sheet)
    to_unit = [events.Step(-1, 0)] * 9 + [events.Step(0, 1)] * 2  # an active one
    return {
        "title": game.do(events.NetReady()).wait(6.0),
        "sketchpad": game.do(events.Go("sketchpad")).draw(glyph(8)).wait(1.0),
        "open": game.do(events.Offered(drawings)).state,
        "number": game.do(Do.BACK, events.Sheet("number")).draw(written(4072)).wait(1.0),
        "photo": game.do(opened).wait(1.5),
        "inside": game.do(events.Go("inside"), Do.CLEAR).draw(glyph(4)).do(*to_unit).state,
        "what-if": game.do(events.Point(None), events.Choose(1)).state,
        "similar": game.do(events.Choose(2), events.Digit(9)).state,
        "learn": game.do(events.Go("learn"), Do.ACCEPT).wait(1.0),
        "compare": game.do(Do.ADD, Do.ADD).wait(0.75),
        "card": game.do(events.Go("draw")).state,
        "draw": game.draw(glyph(1)[:1]).wait(2.0),
        "result": game.do(Do.UNDO).draw_asked().wait(2.5),
        "think": game.do(events.Go("think")).draw(glyph(3)).wait(1.0),
        "right": game.do(events.Digit(3)).wait(0.5),
        "review": game.play_draw().do(events.Choose(2)).wait(0.5),
        "name": game.do(Do.ACCEPT, *map(events.Typed, "Ada")).state,
        "scores": game.do(Do.ACCEPT).state,
        "digits": game.do(events.Go("digits")).state,
        "settings": game.do(events.Go("settings")).state,
        "help": game.do(Do.HELP).state,
        "draw-rules": game.do(events.Go("draw"), Do.HELP).state,
        "think-rules": game.do(events.Go("think"), Do.HELP).state,
        "pause": game.do(Do.HELP, Do.PAUSE).state,
    }


class Game:
    """A game without a window, whose network answers at once and whose time passes on request."""

    def __init__(self, reader: Reader, state: State) -> None:
        """Start from a state."""
        self.state = state
        self._reader = reader
        self._strokes: Strokes = ()
        """The strokes that were read last."""
        self._trainer: Trainer | None = None

    def do(self, *done: Event) -> "Game":
        """Apply the events, each with what the network answers to it."""
        for event in done:
            self.state = update(self.state, event)
            if answer := self._answer():
                self.state = update(self.state, answer)
        return self

    def wait(self, seconds: float) -> State:
        """Let time pass, and return the state."""
        return self.do(*[events.Tick(0.05)] * round(seconds / 0.05)).state

    def draw(self, strokes: Strokes) -> "Game":
        """Draw the strokes at the speed of a hand."""
        for stroke in strokes:
            self.do(events.Press(*stroke[0][:2]))
            for begin, end in pairwise(point[:2] for point in stroke):
                steps = max(1, round(math.dist(begin, end) / PEN_STEP))
                for place in np.linspace(begin, end, steps + 1)[1:].tolist():
                    self.do(events.Tick(0.02), events.Move(*place))
            self.do(events.Lift())
        self.wait(0.1)
        return self

    def draw_asked(self, miss: int = 0) -> "Game":
        """Draw the digit that the game asks for, or the one that is larger by `miss`."""
        game = self.state.screen
        return self.draw(glyph((game.asked + miss) % 10)) if isinstance(game, DrawGame) else self

    def play_draw(self) -> "Game":
        """Play "Draw it" to its end, with one round lost."""
        self.do(events.Go("draw"))
        for miss in (0, 0, 0, 1, 0, 0):
            self.draw_asked(miss).wait(0.5)
            self.do(Do.SKIP, Do.ACCEPT)
        return self

    def _answer(self) -> Event | None:
        """Return what the network answers next about the screen."""
        state, reader, screen = self.state, self._reader, self.state.screen
        strokes, pen_down = state.sketch.strokes, state.sketch.pen_down
        if (state.photo or state.shows_number) and not (state.number_is_read or pen_down):
            read = reader.read_photo(state.photo) if state.photo else reader.read_number(strokes)
            return events.NumberRead(read) if read else None
        if strokes and strokes is not self._strokes and not state.shows_number:
            self._strokes = strokes
            return events.Read(reader.read(strokes))
        if isinstance(screen, Learning) and (task := screen.task(state)):
            if task.rounds == 0 or self._trainer is None:
                self._trainer = Trainer(task, lambda _: plain_hand())
            return events.Learnt(self._trainer.train(task, round_seconds=0.0))
        question = screen.question(state)
        insight = reader.explain(question) if question else None
        return events.Explained(insight) if insight else None


def plain_hand() -> list[LabelledDrawing]:
    """Return the ten digits in a plain style, as the library takes them."""
    return [
        LabelledDrawing(str(digit), tuple(np.array(stroke)[:, :2] for stroke in glyph(digit)))
        for digit in range(10)
    ]


def written(number: int) -> Strokes:
    """Return the number in the middle of its sheet, each digit `DIGIT_WIDTH` wide."""
    word = str(number)
    left, top = (NUMBER_WIDTH - len(word) * DIGIT_WIDTH) / 2, (1 - DIGIT_WIDTH) / 2
    return tuple(
        tuple(
            (left + DIGIT_WIDTH * (place + x), top + DIGIT_WIDTH * y, then) for x, y, then in stroke
        )
        for place, digit in enumerate(word)
        for stroke in glyph(int(digit))
    )


def photographed(number: int) -> np.ndarray:
    """Return a made-up photo of the number in uneven light, `(height, width, 3)`."""
    sheet = painted(Sketch(written(number), width=NUMBER_WIDTH), WIDTHS[0])
    pixels = pygame.surfarray.array3d(sheet).swapaxes(0, 1)
    light = np.linspace(0.95, 0.6, pixels.shape[1])[:, None]
    noise = np.random.default_rng(number).normal(0, 3, pixels.shape)
    photo: np.ndarray = np.clip(pixels * light + noise, 0, 255).astype(np.uint8)
    return photo
