"""The replay of digits in "Write it"."""

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pygame

from game.app import App
from game.core.language import tr
from game.core.modes.writing.lesson import STEPS, Lesson
from game.core.modes.writing.shelf import Shelf
from game.core.state import Screen
from game.core.values.writing import ONE_SIDED, Verdict
from game.replay import QUIT, Replay, key

if TYPE_CHECKING:
    from mnist_jax.ink.strokes import LabelledDrawing, Words


class WritingReplay(Replay):
    """Write each digit by heart as the one that is asked for.

    Then write those of `ONE_SIDED` once more, mirrored.
    """

    screens = Shelf

    def __init__(self, *given: Any) -> None:
        """Store what `Replay` stores, and the mirrored drawings."""
        super().__init__(*given)
        self._upright = len(self._drawings)
        """Drawings that are still to come before the mirrored ones."""
        self._drawings += [_mirrored(one) for one in self._drawings if one.label in ONE_SIDED]
        self._seen = Counter[tuple[bool, Verdict]]()
        """How often a drawing that was upright, or not, had each verdict."""

    @classmethod
    def words(cls, screen: Screen) -> "Words":
        """Return which labels the drawings may have: digits."""
        from mnist_jax.ink.strokes import DIGITS

        del screen
        return DIGITS

    @property
    def result(self) -> dict[str, int]:
        """What was counted."""
        return super().result | {
            "called_mirrored": self._seen[True, Verdict.MIRRORED],
            "mirrored": sum(self._seen[False, verdict] for verdict in Verdict),
            "mirrored_seen": self._seen[False, Verdict.MIRRORED],
        }

    @property
    def summary(self) -> str:
        """The same in words."""
        return tr(
            "{correct} of {count} digits read right, {called_mirrored} called mirrored; "
            "{mirrored_seen} of {mirrored} mirrored ones recognised",
            **self.result,
        )

    def between(self, app: App) -> list[pygame.event.Event]:
        """Count the verdict on the last drawing once there is one, go to the next lesson, write."""
        lesson = app.state.screen
        if not app.state.forms:
            return []
        if not isinstance(lesson, Lesson) or lesson.step is not STEPS[-1] or lesson.verdict:
            if isinstance(lesson, Lesson) and lesson.verdict:
                self._judge(lesson.verdict)
            if not self._drawings:
                return [QUIT]
            return [key(ord(self._drawings[0].word)), key(pygame.K_F5)]
        if app.state.sketch.strokes:
            return [] if lesson.finished else [key(pygame.K_RETURN)]
        return self._draw(app)

    def _judge(self, verdict: Verdict) -> None:
        """Count the verdict on a drawing."""
        upright, self._upright = self._upright > 0, self._upright - 1
        self._seen[upright, verdict] += 1
        self.count += upright
        self.correct += upright and verdict is Verdict.RIGHT


def _mirrored(labelled: "LabelledDrawing") -> "LabelledDrawing":
    drawing = tuple(stroke * (-1, 1) for stroke in labelled.drawing)
    return replace(labelled, drawing=drawing)
