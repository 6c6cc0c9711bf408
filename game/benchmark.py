"""Measure how fast the game starts, and its frames during a replay.

    python -m game.benchmark [--drawings FILE] [--limit 200] [--json]

Takes about two minutes for 200 drawings; without drawings it measures the start alone, in 20.
Without a display set SDL_VIDEODRIVER=dummy.
"""

import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
import pygame

from game.app import SIZE, App, opened
from game.command_line import Parser, positive, reported_errors
from game.core.events import Go
from game.core.modes.learning import CHOICES, SETUPS, Learning
from game.core.state import State
from game.core.update import state_after
from game.core.values.progress import Setup
from game.core.values.sketch import Sketch, Strokes
from game.devices.reader import Reader
from game.replay import Replay, pointer_events
from game.view.layout import frame, stage
from game.view.scene import FRAME_SECONDS
from mnist_jax.ink.drawing_files import read_drawings
from mnist_jax.ink.strokes import LabelledDrawing
from mnist_jax.support.errors import InputError

PIXELS_PER_FRAME = 16
"""Speed of the pointer: about 1,000 pixels per second."""

FULL_PAD = 500
"""Number of strokes on a full pad."""

NUMBERS, DIGITS, SPACE = 10, 5, 0.3
"""How many numbers are written, of how many digits, and the space between two in their heights."""

LEARNING_SECONDS = 10.0
"""Time for which networks learn."""

STARTS = 5
REST_SECONDS = 3.0

FIRST_FRAME = """
import time
from game.app import opened
from game.view.layout import frame, stage
from game.devices.reader import Reader
with opened(Reader()) as app:
    print(time.time(), flush=True)
    while app.reader.poll() is None:
        app.frame(0.01)
        time.sleep(0.005)
    print(time.time(), flush=True)
"""


@dataclass(frozen=True)
class Starts:
    """Median milliseconds from the start of Python."""

    first_frame: float
    net_ready: float
    """Until the network can read."""
    net_ready_uncached: float
    """Until the network can read, without cached programs."""


@dataclass(frozen=True)
class Figures(Starts):
    """Results; times in milliseconds."""

    frame_median: float
    frame_99th: float
    full_pad_median: float
    """Frame time while drawing on a pad with `FULL_PAD` strokes."""
    full_pad_99th: float
    number_median: float
    """Frame time at 60 frames a second while numbers are written and read."""
    number_99th: float
    learning_median: float
    """Frame time at 60 frames a second while three networks of 1024 units learn."""
    learning_99th: float
    inside_median: float
    """Frame time at 60 frames a second while digits are drawn in the open network."""
    inside_99th: float
    rest_share: float
    """Share of one core, while nothing happens on the sketchpad."""
    memory_mib: float
    """Peak memory."""
    growth_mib: float
    """Growth of memory over the second half of the replay."""


def measured(drawings: Path, limit: int) -> Figures:
    """Measure everything.

    Raises:
        InputError: the drawings cannot be read, or there is no display.
    """
    labelled = list(islice(read_drawings(drawings), limit))
    if not labelled:
        raise InputError(f"{drawings}: contains no drawing; expected one per line")
    started = starts()
    reader = Reader().wait()
    with opened(reader, state_after(State(), Go("sketchpad"))) as app:
        half = len(labelled) // 2 or 1
        frames = _frames(app, Replay(labelled[:half], PIXELS_PER_FRAME))
        before = _memory()
        app.state = state_after(State(), Go("sketchpad"))
        frames += _frames(app, Replay(labelled[half:] or labelled, PIXELS_PER_FRAME))
        growth = _memory() - before
        full = _full_pad(app, labelled)
        app.state = state_after(State(net=app.state.net), Go("sketchpad"))
        rows = [labelled[at : at + DIGITS] for at in range(0, NUMBERS * DIGITS, DIGITS)]
        numbers = Replay([side_by_side(row) for row in rows if row], PIXELS_PER_FRAME)
        written = _frames(app, numbers, paced=True)
        learning = _learning(app)
        app.state = state_after(State(net=app.state.net), Go("inside"))
        _frame(app)
        while app.state.screen.question(app.state):  # compiles
            _paced(app)
        inside = _frames(app, Replay(labelled[:DIGITS], PIXELS_PER_FRAME), paced=True)
        rest = _rest_share(app)
    return Figures(
        *(started.first_frame, started.net_ready, started.net_ready_uncached),
        *(float(np.median(frames)), float(np.percentile(frames, 99))),
        *(float(np.median(full)), float(np.percentile(full, 99))),
        *(float(np.median(written)), float(np.percentile(written, 99))),
        *(float(np.median(learning)), float(np.percentile(learning, 99))),
        *(float(np.median(inside)), float(np.percentile(inside, 99))),
        rest,
        _memory(),
        growth,
    )


def starts() -> Starts:
    """Measure only the start-up times.

    Raises:
        InputError: there is no display.
    """
    _, uncached = _started(JAX_ENABLE_COMPILATION_CACHE="0")
    return Starts(*_started(), uncached)


def _started(**environment: str) -> tuple[float, float]:
    """Return milliseconds from the start of Python to the first frame, and to the network."""
    times = []
    for _ in range(STARTS):
        begin = time.time()
        done = subprocess.run(  # noqa: S603 - the game itself
            [sys.executable, "-c", FIRST_FRAME],
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise InputError(f"the game does not start: {done.stderr.strip().splitlines()[-1]}")
        times.append([1000 * (float(line) - begin) for line in done.stdout.split()])
    first, ready = np.median(times, axis=0)
    return float(first), float(ready)


def side_by_side(labelled: Sequence[LabelledDrawing]) -> LabelledDrawing:
    """Return the digits as one number, all of the same height."""
    strokes: list[np.ndarray] = []
    left = 0.0
    for one in labelled:
        points = np.concatenate(one.drawing)
        low, (width, height) = points.min(0), np.ptp(points, axis=0)
        strokes += [(stroke - low) / (height or 1.0) + (left, 0.0) for stroke in one.drawing]
        left += width / (height or 1.0) + SPACE
    return LabelledDrawing("".join(one.word for one in labelled), tuple(strokes))


def _frames(app: App, hand: Replay, *, paced: bool = False) -> list[float]:
    """Return milliseconds of every frame of a replay, drawing included."""
    times = []
    while app.running:
        hand.play(app)
        times.append(_paced(app) if paced else _frame(app))
    app.running = True  # a replay ends by quitting the game
    return times


def _learning(app: App) -> list[float]:
    """Return milliseconds of every frame while networks learn, from the first progress on."""
    widest = replace(Setup(), hidden=max(CHOICES["hidden"]))
    screen = Learning(setups=(widest,) * len(SETUPS), running=True)
    app.state = replace(State(net=app.state.net), screen=screen)
    while not _have_begun(app):
        _paced(app)
    return [_paced(app) for _ in range(round(LEARNING_SECONDS / FRAME_SECONDS))]


def _have_begun(app: App) -> bool:
    """Return whether the networks have been made.

    Raises:
        InputError: they cannot learn, or the network that reads has failed.
    """
    if app.reader.error:
        raise app.reader.error
    screen = app.state.screen
    progress = screen.progress if isinstance(screen, Learning) else None
    if progress and progress.error:
        raise InputError(f"no network can learn: {progress.error}")
    return progress is not None


def _full_pad(app: App, labelled: list[LabelledDrawing]) -> list[float]:
    """Return the same on a pad full of strokes."""
    strokes: Strokes = tuple(
        tuple((0.05 + 0.9 * n / FULL_PAD, y / 30, 0.0) for y in range(30)) for n in range(FULL_PAD)
    )
    app.state = replace(state_after(State(), Go("sketchpad")), sketch=Sketch(strokes))
    for _ in range(60):
        app.frame(FRAME_SECONDS)
    times = []
    pad = stage(frame(SIZE)).pad
    for drawing in labelled[:10]:
        events = pointer_events(drawing.drawing, pad)
        while posted := list(islice(events, PIXELS_PER_FRAME)):
            for event in posted:
                pygame.event.post(event)
            times.append(_frame(app))
    return times


def _paced(app: App) -> float:
    """Return milliseconds of a frame, after which the rest of its time is slept."""
    milliseconds = _frame(app)
    time.sleep(max(0.0, FRAME_SECONDS - milliseconds / 1000))
    return milliseconds


def _frame(app: App) -> float:
    begin = time.perf_counter()
    app.frame(FRAME_SECONDS)
    return 1000 * (time.perf_counter() - begin)


def _rest_share(app: App) -> float:
    """Return the processor time of an idle game, as a share of elapsed time."""
    app.state = state_after(State(net=app.state.net), Go("sketchpad"))
    begin, used = time.perf_counter(), time.process_time()
    while time.perf_counter() - begin < REST_SECONDS:
        app.step()
    return (time.process_time() - used) / (time.perf_counter() - begin)


def _memory() -> float:
    """Return the peak memory so far, in MiB; NaN on Windows, which does not tell it."""
    if sys.platform == "win32":
        return math.nan
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (2**20 if sys.platform == "darwin" else 2**10)


def main() -> None:
    """Run the command."""
    parser = Parser("python -m game.benchmark", description=__doc__)
    parser.add_argument("--drawings", type=Path, metavar="FILE", help="also replay these")
    parser.add_argument("--limit", type=positive, default=200, metavar="N")
    parser.add_argument("--json", action="store_true")
    with reported_errors():
        options = parser.parse_args()
        figures = (
            measured(options.drawings, max(2, options.limit)) if options.drawings else starts()
        )
    if options.json:
        print(json.dumps(asdict(figures)))
        return
    for name, value in asdict(figures).items():
        print(f"{name:16} {value:9.2f}")


if __name__ == "__main__":
    main()
