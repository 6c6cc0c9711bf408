"""Save pictures of every screen in every colour scheme, as shown in the README."""

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pygame

from game.core.events import (
    Choose,
    Digit,
    Do,
    Event,
    Explained,
    Go,
    Learnt,
    Lift,
    Move,
    NetReady,
    NumberRead,
    Offered,
    Opened,
    Point,
    Press,
    Read,
    Sheet,
    Tick,
    Typed,
)
from game.core.modes.draw import DrawGame
from game.core.modes.inside import Inside
from game.core.modes.learning import ROUNDS_SHOWN
from game.core.modes.sketchpad import WIDTHS
from game.core.modes.table import menu
from game.core.state import State
from game.core.update import state_after
from game.core.values.insight import Question, Unit
from game.core.values.progress import Task
from game.core.values.readings import Photo
from game.core.values.settings import Settings
from game.core.values.sketch import NUMBER_WIDTH, Sketch, Stroke, Strokes
from game.devices.learning import Trainer
from game.devices.photos import find_photo
from game.devices.reader import Reader
from game.saved_files import painted
from game.view.glyphs import glyph
from game.view.paint import Painter
from game.view.screens import view
from game.view.theme import THEMES
from mnist_jax.support.errors import InputError

if TYPE_CHECKING:
    from mnist_jax.ink.strokes import LabelledDrawing

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
            for name, state in shown(reader, state_after(begin, NetReady())).items():
                surface = pygame.Surface(SIZE, 0, 32)
                Painter(surface).show(view(state, SIZE))
                pygame.image.save(surface, folder / f"{name}-{colours.replace(' ', '-')}.png")
    except (OSError, pygame.error) as error:
        raise InputError(f"{folder}: cannot be written ({error}); choose another") from error


def shown(reader: Reader, begin: State) -> dict[str, State]:
    """Return a state of every screen, reached by playing."""
    game = Rehearsal(reader, begin)
    screens = {"title": game.wait(6.0)}
    screens["sketchpad"] = game.do(Go("sketchpad")).draw(8).wait(1.0)
    drawings = tuple((str(digit), glyph(digit)) for digit in range(10))
    screens["open"] = game.do(Offered(drawings)).state
    screens["number"] = game.do(Do.BACK, Sheet("number")).write(4072).wait(1.0)
    screens["photo"] = game.look_at(find_photo(photographed(4072))).wait(1.5)
    game.do(Sheet("digit"))
    game.do(Go("inside"), Do.CLEAR).draw(4).look()
    screens["inside"] = game.do(Point(game.brightest)).look()
    screens["what-if"] = game.do(Point(None), Choose(1)).look()
    screens["similar"] = game.do(Choose(2), Digit(9)).look()
    screens["learn"] = game.do(Go("learn"), Do.ACCEPT).learn(60)
    screens["compare"] = game.do(Do.ADD, Do.ADD).learn(45)
    screens["card"] = game.do(Go("draw")).state
    screens["draw"] = game.wait(2.0, glyph(1)[:1])
    screens["result"] = game.do(Do.UNDO).draw(game.asked).wait(2.5)
    screens["think"] = game.do(Go("think")).draw(3).wait(1.0)
    screens["right"] = game.do(Digit(3)).wait(0.5)
    screens["review"] = game.play_draw().do(Choose(2)).wait(0.5)
    screens["name"] = game.do(Do.ACCEPT, *map(Typed, "Ada")).state
    screens["scores"] = game.do(Do.ACCEPT).state
    screens["digits"] = game.do(Go("digits")).state
    screens["settings"] = game.do(Go("settings")).state
    screens["help"] = game.do(Do.HELP).state
    screens["draw-rules"] = game.do(Go("draw"), Do.HELP).state
    screens["think-rules"] = game.do(Go("think"), Do.HELP).state
    screens["pause"] = game.do(Do.HELP, Do.PAUSE).state
    for name in menu():
        screens.setdefault(name, game.do(Go(name)).state)
    return screens


class Rehearsal:
    """A game without a window, in which strokes are read and time passes step by step."""

    def __init__(self, reader: Reader, state: State) -> None:
        """Start from a state."""
        self.state = state
        self._reader = reader

    @property
    def asked(self) -> int:
        """The digit that the game asks for."""
        return self.state.screen.asked if isinstance(self.state.screen, DrawGame) else 0

    def do(self, *wishes: Event) -> "Rehearsal":
        """Apply events."""
        self.state = state_after(self.state, *wishes)
        return self

    def write(self, number: int) -> "Rehearsal":
        """Write a number on the sheet for numbers."""
        self.wait(0.1, written(number))
        return self

    def look_at(self, photo: Photo) -> "Rehearsal":
        """Open a photo, and read it."""
        self.do(Opened("photo.jpg", photo=photo, sheet=photo.sheet))
        number = self._reader.read_photo(photo)
        return self.do(NumberRead(number)) if number else self

    @property
    def brightest(self) -> Unit | None:
        """The most active unit of the last hidden layer, in the open network."""
        screen = self.state.screen
        if not (isinstance(screen, Inside) and screen.insight and screen.insight.layers):
            return None
        *_, last = screen.insight.layers
        return Unit(len(screen.insight.layers) - 1, last.index(max(last)))

    def look(self) -> State:
        """Let the network answer what is asked about how it reads, and return the state."""
        while isinstance(asked := self.state.screen.question(self.state), Question):
            answer = self._reader.explain(asked)
            if answer is None:
                break
            self.do(Explained(answer))
        return self.state

    def learn(self, rounds: int) -> State:
        """Let the networks on the screen learn for so many rounds, and return the state."""
        asked = self.state.screen.question(self.state)
        if isinstance(asked, Task):
            trainer = Trainer(asked, lambda _: [plain_drawing(digit) for digit in range(10)])
            shown = range(0, rounds + 1, ROUNDS_SHOWN)
            tasks = (replace(asked, rounds=ROUNDS_SHOWN if begun else 0) for begun in shown)
            for one in tasks:
                self.do(Learnt(trainer.train(one, round_seconds=0.0)))
        return self.state

    def draw(self, digit: int) -> "Rehearsal":
        """Draw a digit in a plain style."""
        self.wait(0.1, glyph(digit))
        return self

    def wait(self, seconds: float, strokes: Strokes = ()) -> State:
        """Draw the strokes, let time pass, and return the state."""
        for stroke in strokes:
            self.do(Press(*stroke[0][:2]))
            for across, down in _way(stroke):
                self.do(Tick(0.02), Move(across, down))
                self._read()
            self.do(Lift())
        for _ in range(round(seconds / 0.05)):
            self.do(Tick(0.05))
            self._read()
        return self.state

    def play_draw(self) -> "Rehearsal":
        """Play a whole game of "Draw it", with one round lost."""
        self.do(Go("draw"))
        while isinstance(self.state.screen, DrawGame):
            if len(self.state.screen.rounds) == 3 and self.state.drawable:
                self.draw((self.asked + 1) % 10).do(Do.SKIP)
            elif self.state.drawable and not self.state.sketch.strokes:
                self.draw(self.asked)
            self.wait(0.5)
        return self

    def _read(self) -> None:
        strokes = self.state.sketch.strokes
        if strokes and not self.state.shows_number:
            self.do(Read(self._reader.read(strokes)))
        elif number := self._reader.read_number(strokes):
            self.do(NumberRead(number))


def plain_drawing(digit: int) -> "LabelledDrawing":
    """Return the digit in a plain style, as the library takes it."""
    from mnist_jax.ink.strokes import LabelledDrawing

    strokes = (np.array([point[:2] for point in stroke]) for stroke in glyph(digit))
    return LabelledDrawing(str(digit), tuple(strokes))


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


def _way(stroke: Stroke) -> Iterator[tuple[float, float]]:
    """Yield positions along the stroke at the speed of a hand."""
    for (x, y, _), (right, low, _) in pairwise(stroke):
        steps = max(1, round(math.hypot(right - x, low - y) / PEN_STEP))
        for step in range(1, steps + 1):
            yield x + (right - x) * step / steps, y + (low - y) * step / steps
