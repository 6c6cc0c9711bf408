"""Watch it learn: fresh networks that learn to read drawings made up on the spot."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from game.core.events import Change, Choose, Do, Event, Learnt, Tool
from game.core.language import mark
from game.core.state import Help, Net, Response, Screen, State
from game.core.values.progress import Progress, Setup, Task
from game.core.values.sketch import Sketch

CHOICES: dict[str, tuple[Any, ...]] = {
    "hidden": ((), (64,), (128,), (1024,), (128, 128, 128)),
    "learning_rate": (0.0001, 0.001, 0.01, 0.1, 1.0),
    "batch_size": (8, 32, 128),
}
"""Values of each setting, in the order in which they are offered."""

SETUPS = (Setup(), Setup(hidden=(), number=1), Setup(learning_rate=1.0, number=2))
"""The networks as they are added, one after the other: each shows what one choice does."""

ROUNDS_SHOWN = 3
"""Rounds after which the progress is shown again."""

CALM_ROUNDS_SHOWN = 12
"""The same with reduced motion."""


@dataclass(frozen=True)
class Learning(Screen):
    """The networks, and whether they learn."""

    scene_name: ClassVar[str] = "learning"
    help: ClassVar[Help] = (
        (
            mark("A round"),
            mark("It guesses 128 new drawings, hears what they were, and corrects itself"),
        ),
        (
            mark("Hidden layers"),
            mark("Units between the pixels and the answer: more can tell more apart"),
        ),
        (
            mark("Learning rate"),
            mark("How large its steps are: small is slow, too large and it falls apart"),
        ),
        (mark("Batch size"), mark("How many drawings it looks at before it takes one step")),
        (mark("Loss"), mark("How wrong it is: 0 is perfect, and 2.3 is guessing")),
        (
            mark("Draw for it"),
            mark("Each network says what it reads in your drawing, also while it learns"),
        ),
        (
            mark("Patterns"),
            mark("Filled: ink here counts for it. Striped: ink here counts against it"),
        ),
    )

    setups: tuple[Setup, ...] = SETUPS[:1]
    removed: tuple[Setup, ...] = ()
    """Networks that were removed; the last one comes back first, with what it has learnt."""
    selected: int = 0
    """Index of the network whose settings are shown."""
    seed: int = 0
    """Seed of the weights and drawings; each new start has another."""
    running: bool = False
    until: int = 0
    """Round up to which paused networks still learn, after presses of One round."""
    draws: bool = False
    """Whether there is a pad, on which the player draws for the networks."""
    is_asked: bool = False
    """Whether the page that asks to confirm that all networks start over is shown."""
    progress: Progress | None = None
    """The latest progress."""
    up_to_date: bool = False
    """Whether the progress has all these networks, and what they read in the player's drawings."""

    @classmethod
    def start(cls, state: State) -> "Learning":
        """Return the networks of the last visit, paused, or the first one."""
        kept = state.learning
        return kept if isinstance(kept, cls) else cls(seed=state.seed)

    @property
    def page_key(self) -> tuple[object, ...]:
        """What the buttons depend on: the number of networks, and whether there is a pad."""
        return len(self.setups), self.draws, self.is_asked

    @property
    def drawable(self) -> bool:
        """Whether there is a pad."""
        return self.draws and not self.is_asked

    @property
    def setup(self) -> Setup:
        """The settings of the selected network."""
        return self.setups[self.selected]

    @property
    def rounds(self) -> int:
        """Rounds that the networks have learnt from."""
        return self.progress.rounds if self.progress else 0

    def question(self, state: State) -> Task | None:
        """Return what to train next, or None. The networks are made first, even while paused.

        They do not need the network that reads, but wait until it is loaded or has failed.
        """
        failed = self.progress and self.progress.error
        if state.net is Net.LOADING or state.overlay or failed:
            return None
        most = CALM_ROUNDS_SHOWN if state.settings.reduced_motion else ROUNDS_SHOWN
        rounds = most if self.running else min(most, self.until - self.rounds)
        drawing = state.sketch.strokes if self.draws else ()
        is_read = self.progress is not None and self.progress.drawing == drawing
        if self.up_to_date and is_read and rounds <= 0:
            return None
        return Task(self.seed, self.setups, max(rounds, 0) if self.up_to_date else 0, drawing)

    def leave(self, state: State) -> State:
        """Keep the networks, unless they failed; the next visit has the drawings read again."""
        kept = self._restarted() if self.progress and self.progress.error else self
        kept = replace(kept, running=False, until=0, draws=False, is_asked=False, up_to_date=False)
        return replace(state, learning=kept)

    def handle(self, state: State, event: Event) -> Response:
        """Start or pause, take a step, restart, or choose networks and their settings."""
        match event:
            case Learnt(progress) if progress.seed == self.seed:  # no new start since
                known = all(map(progress.of, self.setups))
                return replace(self, progress=progress, up_to_date=known)
            case _ if self.is_asked:
                return self._answered(event)
            case Do.ACCEPT | Do.PAUSE:
                return replace(self, running=not self.running, until=0)
            case Tool():
                return replace(state.with_pad(Sketch()), screen=replace(self, draws=not self.draws))
            case Do.STEP:
                until = max(self.until, self.rounds) + 1
                return replace(self, running=False, until=until)
            case Do.NEW if self.progress and self.rounds and not self.progress.error:
                return replace(self, is_asked=True, running=False, until=0)
            case Do.NEW:
                return replace(self._restarted(), running=False)
            case Do.ADD if len(self.setups) < len(SETUPS):
                *removed, added = self.removed or SETUPS[len(self.setups) :][:1]
                shown = self._with_setups((*self.setups, added), selected=len(self.setups))
                return replace(shown, removed=tuple(removed))
            case Do.REMOVE if len(self.setups) > 1:
                setups = self.setups[: self.selected] + self.setups[self.selected + 1 :]
                shown = self._with_setups(setups, selected=min(self.selected, len(setups) - 1))
                return replace(shown, removed=(*self.removed, self.setup))
            case Choose(number) if number < len(self.setups):
                return replace(self, selected=number)
            case Change(setting, step) if setting in CHOICES:
                return self._changed(setting, step)
        return super().handle(state, event)

    def _answered(self, event: Event) -> "Learning":
        """Start over, or keep what the networks have learnt."""
        if event == Do.FORGET:
            return replace(self._restarted(), is_asked=False)
        return replace(self, is_asked=False) if event in {Do.ACCEPT, Do.BACK} else self

    def _changed(self, setting: str, step: int) -> "Learning":
        """Return the mode with another value of a setting of the selected network.

        A learning rate takes effect at once; the other settings need another network.
        """
        values = CHOICES[setting]
        at = values.index(getattr(self.setup, setting)) + step
        setup = replace(self.setup, **{setting: values[at % len(values)]})
        setups = (*self.setups[: self.selected], setup, *self.setups[self.selected + 1 :])
        return self._with_setups(setups, self.selected)

    def _with_setups(self, setups: tuple[Setup, ...], selected: int) -> "Learning":
        """Return the mode with these networks; those that it had keep what they have learnt."""
        known = self.progress is not None and all(map(self.progress.of, setups))
        return replace(self, setups=setups, selected=selected, up_to_date=self.up_to_date and known)

    def _restarted(self) -> "Learning":
        """Return the mode with new random weights; running networks go on running."""
        return replace(self, seed=self.seed + 1, until=0, progress=None, up_to_date=False)
