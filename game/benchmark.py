"""Measure how fast the game starts, and its frames during a replay.

    python -m game.benchmark [--drawings FILE] [--limit 200] [--json]

Takes about two minutes for 200 drawings; without drawings it measures the start alone, in 20
seconds. Without a display set SDL_VIDEODRIVER=dummy.
"""

import math
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np

from game.app import App, opened
from game.core.events import Go
from game.core.modes.learning import CHOICES, SETUPS, Learning
from game.core.state import State
from game.core.update import state_after
from game.devices.reader import Reader
from game.replay import Replay
from game.view.scene import FRAME_SECONDS
from mnist_jax.evaluation.side_by_side import number_of
from mnist_jax.evaluation.timing import Figure, print_figures, run
from mnist_jax.ink.drawing_files import list_drawings
from mnist_jax.ink.strokes import LabelledDrawing
from mnist_jax.support.command_line import flag, option, parsed, positive
from mnist_jax.support.errors import InputError
from mnist_jax.support.exits import reported_errors
from mnist_jax.support.languages import translatable

STROKES = 500
"""Number of strokes that fill a pad."""

NUMBERS, DIGITS = 10, 5
"""How many numbers are written, and of how many digits."""

LEARNING_SECONDS = 10.0
"""Time for which networks learn."""

REST_SECONDS = 3.0
"""Time for which nothing happens."""

STARTS = 5
"""How often the game is started; the median is reported."""

FIRST_FRAME = """
import time
from game.app import opened
from game.devices.reader import Reader
with opened(Reader()) as app:
    print("shown", flush=True)
    while app.reader.poll() is None:
        app.frame(0.01)
        time.sleep(0.005)
    print("ready", flush=True)
"""


@dataclass(frozen=True)
class Options:
    """Options of the command."""

    drawings: Path | None = option("FILE", "also replay the drawings of this file")
    limit: int = option("N", "replay only the first N drawings", 200, type=positive)
    json: bool = flag("print one JSON object and nothing else")


def main() -> None:
    """Run the command."""
    with reported_errors():
        description = translatable(
            "Measure how fast the game starts, and its frames during a replay."
        )
        options = parsed("python -m game.benchmark", Options, description)
        drawings = list_drawings(options.drawings)[: options.limit] if options.drawings else []
        figures = starts() + (frames(drawings) if drawings else [])
        print_figures(figures, as_json=options.json)


def starts() -> list[Figure]:
    """Measure the time from Python's start to the first frame, and until the network can read.

    Raises:
        InputError: there is no display.
    """
    first, ready = _start()
    _, uncached = _start(JAX_ENABLE_COMPILATION_CACHE="0")
    return [
        Figure("first_frame", "start to the first frame", first, "ms"),
        Figure("net_ready", "start until the network can read", ready, "ms"),
        Figure("net_ready_uncached", "the same without cached programs", uncached, "ms"),
    ]


def _start(**environment: str) -> tuple[float, float]:
    runs = [run("-c", FIRST_FRAME, **environment) for _ in range(STARTS)]
    times = [dict(zip(one.lines, one.seconds, strict=True)) for one in runs]
    first, ready = (1000 * median(time[line] for time in times) for line in ("shown", "ready"))
    return first, ready


def frames(drawings: list[LabelledDrawing]) -> list[Figure]:
    """Measure the time of a frame while digits and numbers are drawn and while networks learn.

    Raises:
        InputError: there is no display, or no network can read or learn.
    """
    reader = Reader().wait()
    if reader.error:
        raise reader.error
    rng = np.random.default_rng(0)
    rows = [drawings[start : start + DIGITS] for start in range(0, NUMBERS * DIGITS, DIGITS)]
    numbers = [number_of(row, rng) for row in rows if row]
    dash = np.array([(0.0, 0.0), (0.0, 0.02)])
    full = LabelledDrawing("1", tuple(dash + rng.uniform(0, 1, 2) for _ in range(STROKES)))
    with opened(reader) as app:
        on_sketchpad = partial(_replayed, app, "sketchpad")
        in_open_network = _replayed(app, "inside", drawings[:DIGITS], _paced)
        return [
            *_figures("frame", "on the sketchpad", on_sketchpad(drawings, _frame)),
            *_figures("full_pad", "with up to 500 strokes", on_sketchpad([full], _frame)),
            *_figures("number", "with numbers, at 60 Hz", on_sketchpad(numbers, _paced)),
            *_figures("learning", "while networks learn, at 60 Hz", _learning(app)),
            *_figures("inside", "in the open network, at 60 Hz", in_open_network),
            Figure("rest_share", "processor time at rest", 100 * _rest_share(app), "% of a core"),
            Figure("memory_mib", "most memory", _memory(), "MiB"),
        ]


def _figures(key: str, place: str, milliseconds: Iterable[float]) -> list[Figure]:
    middle, slowest = np.percentile([*milliseconds], (50, 99)).tolist()
    return [
        Figure(f"{key}_median", f"frame {place}, median", middle, "ms"),
        Figure(f"{key}_99th", f"frame {place}, 99th percentile", slowest, "ms"),
    ]


def _paced(app: App) -> float:
    """Show a frame, sleep until the next is due, and return the milliseconds the frame took."""
    milliseconds = _frame(app)
    time.sleep(max(0.0, FRAME_SECONDS - milliseconds / 1000))
    return milliseconds


def _frame(app: App) -> float:
    begin = time.perf_counter()
    app.frame(FRAME_SECONDS)
    return 1000 * (time.perf_counter() - begin)


def _replayed(
    app: App, mode: str, drawings: list[LabelledDrawing], measure: Callable[[App], float]
) -> Iterator[float]:
    """Yield the milliseconds of every frame of a replay in a mode."""
    app.continue_from(state_after(State(net=app.state.net), Go(mode)))
    _frame(app)
    # wait until the program that explains a reading is compiled
    while app.state.screen.question(app.state):
        _paced(app)
    replay = Replay(drawings, pixels_per_frame=16)  # about 1,000 pixels per second
    while app.running:
        replay.play(app)
        yield measure(app)


def _learning(app: App) -> Iterator[float]:
    """Yield the milliseconds of every frame while networks learn, from the first progress on."""
    setups = (replace(setup, hidden=max(CHOICES["hidden"])) for setup in SETUPS)
    screen = Learning(setups=tuple(setups), running=True)
    app.continue_from(replace(State(net=app.state.net), screen=screen))
    while not isinstance(app.state.screen, Learning) or not app.state.screen.progress:
        _paced(app)
    if app.state.screen.progress.error:
        raise InputError(f"no network can learn: {app.state.screen.progress.error}")
    for _ in range(round(LEARNING_SECONDS / FRAME_SECONDS)):
        yield _paced(app)


def _rest_share(app: App) -> float:
    """Return the processor time of a sketchpad on which nothing happens, over the elapsed time."""
    app.continue_from(state_after(State(net=app.state.net), Go("sketchpad")))
    start, used = time.perf_counter(), time.process_time()
    while time.perf_counter() - start < REST_SECONDS:
        app.step()
    return (time.process_time() - used) / (time.perf_counter() - start)


def _memory() -> float:
    """Return the most memory used so far, in MiB; NaN on Windows, which does not tell it."""
    if sys.platform == "win32":
        return math.nan
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    main()
