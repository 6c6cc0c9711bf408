"""The pad of a lesson: a digit as it is written, the line to trace, and what the player draws."""

import math
from itertools import chain

from game.core.modes.sketchpad import WIDTHS
from game.core.modes.writing.lesson import LOOK_SECONDS, Lesson, Step
from game.core.state import State
from game.core.values.sketch import Stroke, Strokes, shifted, until
from game.core.values.writing import NEAR, Verdict, in_mirror
from game.view.motion import eased
from game.view.scene import FRAME_SECONDS, Figure, Ink, Place, Polygon, Rect
from game.view.screens.parts.board import Board
from game.view.screens.parts.companion import Look, end_of
from game.view.theme import Colour, mix

BAND = 0.75 * NEAR
"""Radius of the line to trace, in units of the pad."""

DROP = 0.034
"""Radius of the drop that shows where the pen is, in units of the pad."""

TURN_AFTER, TURN_SECONDS = 1.2, 0.9
"""When a mirrored digit begins to turn round, and how long it takes."""

GUIDE_AFTER, GUIDE_UNTIL = 1.0, 15.0
"""Seconds without the pen after which a drop starts running along the next stroke, and stops."""


def lesson_pad(
    board: Board, state: State, screen: Lesson, pad: Rect, model: Strokes
) -> Look | None:
    """Add the pad with what is on it; return what the creature looks at, if not the pen."""
    theme, thick = board.theme, WIDTHS[2] * pad.height
    shown, pen_down, below, look = state.sketch.strokes, state.sketch.pen_down, None, None
    if screen.step in {Step.WATCH, Step.TRACE} and model:
        pale = mix(theme.paper, theme.quiet, 0.4)
        below = Ink(pad, model, False, BAND * pad.height, pale, theme.paper)  # noqa: FBT003
    if screen.step is Step.WATCH and model:
        shown = until(model, screen.waited - LOOK_SECONDS)
        pen_down = shown != model
        look = end_of(shown or (model[0][:1],), pad)
        board.next_frame = FRAME_SECONDS
    if screen.verdict is Verdict.MIRRORED and shown:
        shown = _turning(board, state, screen, shown)
    board.add(Ink(pad, shown, pen_down, thick, theme.ink, theme.paper, below))
    if screen.step is Step.WATCH and shown and pen_down:
        _drop(board, pad, shown[-1][-1][:2], theme.accent)
    if screen.step is Step.TRACE and model and screen.verdict is None:
        _guide(board, state, screen, pad, model)
    if shown and screen.erasable and not pen_down:
        left = max(screen.rest_left(state), FRAME_SECONDS)
        board.next_frame = min(board.next_frame, left)
    if state.drawable:
        board.pad = pad
    board.pen_down = state.sketch.pen_down
    return look


def _turning(board: Board, state: State, screen: Lesson, strokes: Strokes) -> Strokes:
    """Return a mirrored digit while it turns round, and after that."""
    if state.settings.reduced_motion:
        return in_mirror(strokes) if screen.waited > TURN_AFTER else strokes
    if screen.waited < TURN_AFTER + TURN_SECONDS:
        board.next_frame = FRAME_SECONDS
    turned = eased(screen.waited - TURN_AFTER, TURN_SECONDS)
    return in_mirror(strokes, math.cos(math.pi * turned)) if turned else strokes


def _guide(board: Board, state: State, screen: Lesson, pad: Rect, model: Strokes) -> None:
    """Add a drop where the next stroke begins, an arrow along it, and a drop that runs along it."""
    number = len(state.sketch.strokes) - state.sketch.pen_down
    if number >= len(model):
        return
    (stroke,) = shifted(model[number : number + 1], -model[number][0][2])
    label = str(number + 1) if len(model) > 1 else ""
    _drop(board, pad, stroke[0][:2], board.theme.accent, label)
    _arrow(board, pad, stroke)
    seconds = screen.rest_seconds - GUIDE_AFTER
    if state.sketch.pen_down or state.settings.reduced_motion or screen.rest_seconds > GUIDE_UNTIL:
        return
    board.next_frame = FRAME_SECONDS
    if seconds > 0:
        now = seconds % (stroke[-1][2] + GUIDE_AFTER)
        *_, (x, y, _) = chain.from_iterable(until((stroke,), now))
        _drop(board, pad, (x, y), board.theme.ink)


def _drop(board: Board, pad: Rect, place: Place, colour: Colour, text: str = "") -> None:
    """Add a drop at a place of the pad, with the number of a stroke."""
    radius = round(DROP * pad.height)
    x, y = (round(edge + at * pad.height) for edge, at in zip(pad[:2], place, strict=True))
    spot = Rect(x - radius, y - radius, 2 * radius, 2 * radius)
    board.fill(spot, colour, radius)
    if text:
        board.text(spot, text, colour=board.theme.on_accent, align=0.5)


def _arrow(board: Board, pad: Rect, stroke: Stroke) -> None:
    """Add an arrow head a little after the beginning of a stroke."""
    (x, y), reach = stroke[0][:2], 2.4 * DROP
    at = next((one for one in stroke if math.dist(one[:2], (x, y)) >= reach), stroke[-1])
    turn = math.atan2(at[1] - y, at[0] - x)
    side = round(2 * DROP * pad.height)
    left, top = (round(edge + one * pad.height) for edge, one in zip(pad[:2], at, strict=False))
    head = tuple(
        (0.5 + 0.45 * math.cos(turn + bend), 0.5 + 0.45 * math.sin(turn + bend))
        for bend in (0.0, 2.4, -2.4)
    )
    place = Rect(left - side // 2, top - side // 2, side, side)
    board.add(Figure(place, (Polygon(head, board.theme.accent),)))
