"""Watch it learn: fresh networks that learn to read drawings made up on the spot."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from game.core.events import Change, Choose, Do, Event, Learnt
from game.core.state import Help, Net, Response, Screen, State
from game.core.values.progress import Progress, Setup, Task

CHOICES: dict[str, tuple[Any, ...]] = {
    "hidden": ((), (64,), (128,), (1024,), (128, 128, 128)),
    "learning_rate": (0.0001, 0.001, 0.01, 0.1, 1.0),
    "batch_size": (8, 32, 128),
}
"""Values of each setting, in the order in which they are offered."""

SETUPS = (Setup(), Setup(hidden=()), Setup(learning_rate=1.0))
"""The networks as they are added, one after the other: each shows what one choice does."""

ROUNDS_SHOWN = 3
"""Rounds from one picture of the progress to the next."""

CALM_ROUNDS_SHOWN = 12
"""The same with reduced motion."""


@dataclass(frozen=True)
class Learning(Screen):
    """The networks, and whether they learn."""

    scene_name: ClassVar[str] = "learning"
    help: ClassVar[Help] = (
        ("A round", "It guesses 128 new drawings, hears what they were, and corrects itself"),
        ("Hidden layers", "Units between the pixels and the answer: more can tell more apart"),
        ("Learning rate", "How large its steps are: small is slow, too large and it falls apart"),
        ("Batch size", "How many drawings it looks at before it takes one step"),
        ("Loss", "How wrong it is: 0 is perfect, and 2.3 is guessing"),
        ("Patterns", "Filled: ink here counts for it. Striped: ink here counts against it"),
    )

    setups: tuple[Setup, ...] = SETUPS[:1]
    selected: int = 0
    """Index of the network whose settings are shown."""
    running: bool = False
    until: int = 0
    """Round up to which to go on although it is paused: single steps."""
    progress: Progress | None = None
    """The latest progress of these networks."""

    @property
    def page_key(self) -> tuple[object, ...]:
        """The number of networks, on which the buttons depend."""
        return (len(self.setups),)

    @property
    def setup(self) -> Setup:
        """The settings of the selected network."""
        return self.setups[self.selected]

    @property
    def rounds(self) -> int:
        """Rounds that the networks have learnt from."""
        return self.progress.rounds if self.progress else 0

    def question(self, state: State) -> Task | None:
        """Return what to train next, or None: first the networks are made, even if it is paused.

        They need none of the network that reads, but wait until it is loaded or cannot be.
        """
        failed = self.progress and self.progress.error
        if state.net is Net.LOADING or state.overlay or failed:
            return None
        most = CALM_ROUNDS_SHOWN if state.settings.reduced_motion else ROUNDS_SHOWN
        rounds = most if self.running else min(most, self.until - self.rounds)
        if self.progress and rounds <= 0:
            return None
        return Task(state.seed + state.restarts, self.setups, rounds if self.progress else 0)

    def receive(self, state: State, answer: Event) -> "Learning":
        """Return the mode with the progress, unless the networks have been replaced since."""
        if not isinstance(answer, Learnt) or answer.progress.seed != state.seed + state.restarts:
            return self
        return replace(self, progress=answer.progress)

    def leave(self, state: State) -> State:
        """Drop the networks: their progress no longer fits if it arrives later."""
        return replace(state, restarts=state.restarts + 1)

    def handle(self, state: State, event: Event) -> Response:
        """Start or pause, take a step, restart, or choose networks and their settings."""
        match event:
            case Do.ACCEPT | Do.PAUSE:
                return replace(self, running=not self.running, until=0)
            case Do.STEP:
                until = max(self.until, self.rounds) + 1
                return replace(self, running=False, until=until)
            case Do.NEW:
                return self._restarted(state, running=False)
            case Do.ADD if len(self.setups) < len(SETUPS):
                setups = (*self.setups, SETUPS[len(self.setups)])
                return self._restarted(state, setups=setups, selected=len(setups) - 1)
            case Do.REMOVE if len(self.setups) > 1:
                setups = self.setups[: self.selected] + self.setups[self.selected + 1 :]
                at = min(self.selected, len(setups) - 1)
                return self._restarted(state, setups=setups, selected=at)
            case Choose(number) if number < len(self.setups):
                return replace(self, selected=number)
            case Change(setting, step) if setting in CHOICES:
                return self._changed(state, setting, step)
        return super().handle(state, event)

    def _changed(self, state: State, setting: str, step: int) -> Response:
        """Set another value; a learning rate takes effect without a new start."""
        values = CHOICES[setting]
        at = values.index(getattr(self.setup, setting)) + step
        setup = replace(self.setup, **{setting: values[at % len(values)]})
        setups = (*self.setups[: self.selected], setup, *self.setups[self.selected + 1 :])
        if setting == "learning_rate":
            return replace(self, setups=setups)
        return self._restarted(state, setups=setups)

    def _restarted(self, state: State, **changes: Any) -> State:
        """Return the state with random weights and some changes; the networks go on if they did."""
        screen = replace(self, until=0, progress=None, **changes)
        return replace(state, screen=screen, restarts=state.restarts + 1)
