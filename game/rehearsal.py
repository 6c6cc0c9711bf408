"""A game without a window, played by the program, for the screenshots and the tests."""

import math
from datetime import date
from itertools import pairwise

import numpy as np

from game.core import effects, events
from game.core.effects import Effect
from game.core.events import Do, Event
from game.core.modes.draw import DrawGame
from game.core.modes.guessing_game import GuessingGame, Phase
from game.core.modes.inside import Inside
from game.core.modes.sums.game import SumsGame
from game.core.modes.writing.lesson import Lesson
from game.core.state import State
from game.core.update import state_after, update
from game.core.values.insight import Unit
from game.core.values.progress import Task
from game.core.values.sketch import Strokes
from game.core.values.teaching import Taught
from game.devices.learning import Trainer, trainer_for
from game.devices.reader import Reader
from game.samples import plain_hand, strokes_of
from game.view.glyphs import glyph

TAUGHT = Taught(120, before=9, after=3, helps=True)
"""What the network learns of the hand of the player who is shown."""

PEN_STEP = 0.05
"""Distance between two positions of the pen, in units of the pad."""


class Game:
    """A game without a window, whose network answers at once and whose time passes on request."""

    def __init__(self, reader: Reader, state: State) -> None:
        """Start from a state."""
        self.state = state
        self._reader = reader
        self._trainer: Trainer | None = None

    def do(self, *done: Event) -> "Game":
        """Apply the events, each with what the network answers to it."""
        for event in done:
            self.state, wanted = update(self.state, event)
            for effect in wanted:
                if answer := self._answer(effect):
                    self.state = state_after(self.state, answer)
        return self

    def wait(self, seconds: float) -> State:
        """Let time pass, and return the state."""
        return self.do(*[events.Tick(0.05)] * round(seconds / 0.05)).state

    def wait_for(self, phase: Phase) -> State:
        """Let time pass until the game that is played is in a phase, and return the state."""
        game = self.state.screen
        while isinstance(game, GuessingGame) and game.phase is not phase:
            game = self.do(events.Tick(0.02)).state.screen
        return self.state

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

    def play(self, mode: str) -> "Game":
        """Play a game of "Draw it" or one like it to its end, with the fourth round lost."""
        self.do(events.Go(mode))
        while isinstance(game := self.state.screen, DrawGame):
            self.draw_asked(miss=int(len(game.rounds) == 3)).wait(0.5)
            self.do(Do.SKIP, Do.ACCEPT)
        return self

    def play_day(self, day: date) -> "Game":
        """Play "Today's six" of a day, with the fourth round lost."""
        return self.do(events.NewDay(day)).play("today")

    def trace(self) -> "Game":
        """Draw along the model of the lesson."""
        lesson = self.state.screen
        return self.draw(lesson.model(self.state)) if isinstance(lesson, Lesson) else self

    def write_answer(self, miss: int = 0) -> "Game":
        """Write the answer to the problem, or one that is larger by `miss`."""
        game = self.state.screen
        return (
            self.draw(strokes_of(game.problem.answer + miss))
            if isinstance(game, SumsGame)
            else self
        )

    def play_sums(self) -> "Game":
        """Solve nine problems."""
        for _ in range(9):
            self.do(Do.ACCEPT).write_answer().wait(0.8)
        return self.do(Do.ACCEPT)

    def point_at_brightest(self) -> State:
        """Point at the most active unit of the last hidden layer, and return the state."""
        screen = self.state.screen
        if isinstance(screen, Inside) and screen.insight and screen.insight.layers:
            *before, last = screen.insight.layers
            self.do(events.Point(Unit(len(before), last.index(max(last)))), events.Tick(0.0))
        return self.state

    def _answer(self, wanted: Effect) -> Event | None:
        """Return what the network answers; None for other effects, and for unfinished numbers."""
        if isinstance(wanted, Task):
            self._trainer = trainer_for(wanted, self._trainer, lambda _: plain_hand())
            return events.Learnt(self._trainer.train(wanted, round_seconds=0.0))
        if wanted == effects.StudyHand():
            return events.HandStudied(TAUGHT)
        if wanted is effects.Order.ADOPT_HAND:
            return events.HandUsed(TAUGHT)
        is_begun = isinstance(wanted, effects.ReadNumber) and self.state.sketch.pen_down
        if isinstance(wanted, effects.Ask) and not is_begun:
            return self._reader.answer(wanted)
        return None
