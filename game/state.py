"""What is true in the game, and what becomes true when something happens."""

from dataclasses import dataclass, field, replace
from enum import Enum

from game import events, sketch
from game.events import Event, Reading
from game.sketch import Sketch


class Net(Enum):
    """How far the network is."""

    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class State:
    """Everything the screen shows; equal states look equal."""

    now: float = 0.0
    """Seconds since the game began."""
    sketch: Sketch = field(default_factory=Sketch)
    reading: Reading | None = None
    """What the network reads on the pad; None when the pad is empty or the network not ready."""
    net: Net = Net.LOADING
    net_error: str = ""
    running: bool = True


def update(state: State, event: Event) -> State:
    """The state after the event."""
    match event:
        case events.Tick(seconds):
            return replace(state, now=state.now + seconds)
        case events.NetReady():
            return replace(state, net=Net.READY)
        case events.NetFailed(reason):
            return replace(state, net=Net.FAILED, net_error=reason)
        case events.Read(reading):
            return replace(state, reading=reading)
        case events.Quit():
            return replace(state, running=False)
        case _:
            return replace(state, sketch=_drawn(state.sketch, event, state.now))


def _drawn(before: Sketch, event: Event, now: float) -> Sketch:
    match event:
        case events.Press(x, y):
            return sketch.press(before, (x, y, now))
        case events.Move(x, y):
            return sketch.move(before, (x, y, now))
        case events.Lift():
            return sketch.lift(before)
        case events.Undo():
            return sketch.undo(before)
        case events.Redo():
            return sketch.redo(before)
        case events.Clear():
            return sketch.clear(before)
    return before
