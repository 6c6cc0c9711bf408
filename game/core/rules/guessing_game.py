"""What the guessing games share: rounds are recorded as they end, and a review follows the last."""

from abc import abstractmethod
from dataclasses import replace
from typing import ClassVar

from game.core.rules import review
from game.core.rules.records import Trial
from game.core.rules.review import Review
from game.core.rules.rounds import Round
from game.core.rules.sketch import Sketch, lift
from game.core.state import FRAME_SECONDS, Screen, State


class GuessingGame(Screen):
    """A game of several rounds, in each of which the network guesses a digit."""

    is_game: ClassVar[bool] = True
    keeps_misread: ClassVar[bool] = False
    """Whether drawings that the network misread are saved with their label."""

    @property
    @abstractmethod
    def mode(self) -> str:
        """Name of the table in which scores are recorded."""

    @property
    @abstractmethod
    def rounds(self) -> tuple[Round, ...]:
        """The rounds that have ended."""

    @property
    @abstractmethod
    def score(self) -> int:
        """The player's points."""

    @property
    def network_score(self) -> int | None:
        """The network's points, in games where it scores."""
        return None

    @property
    @abstractmethod
    def phase(self) -> object:
        """Part of the current round."""

    @property
    @abstractmethod
    def showing_result(self) -> bool:
        """Whether the result of a round is shown."""

    @property
    @abstractmethod
    def over(self) -> bool:
        """Whether the last round has been played and shown."""

    def frame_interval(self, state: State) -> float:
        """Return the time of one frame: the clock is running."""
        del state
        return FRAME_SECONDS

    def settle(self, before: State, state: State) -> State:
        """Record rounds that ended, clear the pad after a result, and end the game."""
        old = before.screen
        if not isinstance(old, GuessingGame):
            return super().settle(before, state)
        state = self._record(state, len(old.rounds))
        result_ended = old.showing_result and not self.showing_result
        if result_ended and state.sketch is before.sketch:  # else the next round has begun
            state = replace(state, sketch=Sketch(), reading=None)
        return self._reviewed(state) if self.over else state

    def _record(self, state: State, known: int) -> State:
        """Record the rounds after the first `known` ones.

        Rounds without a drawing, or with an answer that contradicts the drawing, are left out.
        """
        for played in self.rounds[known:]:
            state = replace(state, sketch=lift(state.sketch))
            if played.disputed or not played.strokes:
                continue
            trial = Trial(played.digit, played.guess, played.seconds, played.ink)
            state = replace(state, records=state.records.with_trials((trial,)))
            if self.keeps_misread and not played.right:
                state = replace(state, kept=(*state.kept, (str(played.digit), played.strokes)))
        return state if state.sketch.strokes else replace(state, reading=None)

    def _reviewed(self, state: State) -> State:
        """Replace the finished game by its review."""
        best = state.records.best(self.mode)
        ranks = self.mode != "drill" and state.records.ranks(self.mode, self.score)
        shown = Review(
            self.mode,
            self.rounds,
            self.score,
            ranks=ranks,
            best_ever=ranks and (best is None or self.score > best),
            machine_score=self.network_score,
            name=state.records.name,
            offered=True,
            number=f"{state.seed:x}",
        )
        return replace(state, screen=review.choose(shown, 0), sketch=Sketch(), reading=None)

    def sound_cues(self, old: Screen) -> tuple[str, ...]:
        """Return the sounds for the end of a round, a guess and a new phase."""
        if not isinstance(old, GuessingGame):
            return ()
        if len(self.rounds) > len(old.rounds):
            return ("right" if self.rounds[-1].right else "wrong",)
        if self.phase is old.phase:
            return ()
        return ("buzz",) if getattr(self.phase, "value", "") in {"buzzed", "grace"} else ("turn",)
