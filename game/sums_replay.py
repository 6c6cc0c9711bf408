"""The replay of numbers in "Sums"."""

from dataclasses import replace
from typing import Any

import pygame

from game.app import App
from game.core.language import tr
from game.core.modes.sums.game import Phase, SumsGame
from game.core.modes.sums.setup import Setup
from game.core.state import Net
from game.core.values.sketch import NUMBER_WIDTH, Sketch
from game.core.values.sums import Operation, Plan, Problem
from game.replay import QUIT, Replay


class SumsReplay(Replay):
    """Write each number as the answer to a problem where it is right, and to one where it is wrong.

    Each of the two is a game of its own, against the clock.
    """

    screens = Setup

    def __init__(self, *given: Any) -> None:
        """Store what `Replay` stores, each drawing twice."""
        super().__init__(*given)
        self.wrong_accepted = 0
        """Numbers that were taken as the answer to the other problem."""
        self._drawings = [one for one in self._drawings for _ in range(2)]
        self._has_answer = False

    @property
    def result(self) -> dict[str, int]:
        """How many numbers were taken where they are right, and where they are wrong."""
        return super().result | {"wrong_accepted": self.wrong_accepted}

    @property
    def summary(self) -> str:
        """The same in words."""
        wrong = tr("{count} taken as the answer to another problem", count=self.wrong_accepted)
        return f"{super().summary}\n{wrong}"

    def between(self, app: App) -> list[pygame.event.Event]:
        """Count a number once it was taken, or once it is certain that it will not be; go on."""
        game, state = app.state.screen, app.state
        if not self._word:
            return self._next(app)
        if not isinstance(game, SumsGame):
            return [QUIT]  # somebody has left the game
        if not state.sketch.strokes:
            return self._draw(app)
        waits = state.net is Net.READY and (not state.number_is_read or game.is_right(state))
        if game.phase is Phase.WRITING and waits:
            return []
        taken = game.phase is Phase.RIGHT
        self.count += self._has_answer
        self.correct += taken and self._has_answer
        self.wrong_accepted += taken and not self._has_answer
        return self._next(app)

    def _next(self, app: App) -> list[pygame.event.Event]:
        """Begin a game with the next problem; quit after the last one."""
        if not self._drawings:
            return [QUIT]
        self._word = self._drawings[0].word
        self._has_answer = not self._has_answer
        answer = int(self._word)
        if not self._has_answer:  # the nearest one with as many digits
            answer += 1 if len(str(answer + 1)) == len(str(answer)) else -1
        problem = Problem(Operation.PLUS, answer // 2, answer - answer // 2)
        state = app.state.with_pad(Sketch(width=NUMBER_WIDTH))
        app.continue_from(replace(state, screen=SumsGame(Plan(), problem)))
        return []
