"""The drawing on the pad: strokes with their times, erasers, undo and redo, as pure functions.

Coordinates are from the pad's left and upper edge, in units of its height: y goes from 0 to 1, and
x to 1 or, on a wide sheet, to its width. So a drawing stays where it is when the window changes its
size. Times are in seconds of the game's clock.
"""

import math
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import itemgetter

Point = tuple[float, float, float]
"""x and y in units of the pad, and the time in seconds at which the pen was there."""

Stroke = tuple[Point, ...]
Strokes = tuple[Stroke, ...]

TREMBLE = 0.008
"""Movement of the pen, in units of the pad, within which a stroke stays a dot."""

ERASER_RADIUS = 0.03
"""Radius of both erasers, in units of the pad."""

UNDO_STEPS = 200

NUMBER_WIDTH = 3.0
"""Width of the sheet for numbers, in units of its height."""

SMALLEST_SIDE = 0.1
"""Side of a drawing below which `ink` does not divide by it, in units of the pad."""


@dataclass(frozen=True)
class Sketch:
    """The drawing, with its history for undo and redo."""

    strokes: Strokes = ()
    pen_down: bool = False
    """The last stroke is still being drawn."""
    past: tuple[Strokes, ...] = ()
    future: tuple[Strokes, ...] = ()
    width: float = 1.0
    """Width of the sheet, in units of its height."""


def press(sketch: Sketch, point: Point) -> Sketch:
    """Begin a stroke, or continue it if the pen is already down."""
    if sketch.pen_down:
        return move(sketch, point)
    begun = changed(sketch, (*sketch.strokes, (_on_pad(sketch, point),)))
    return replace(begun, pen_down=True)


def move(sketch: Sketch, point: Point) -> Sketch:
    """Draw to the point if the pen is down; a tremor within a dot is ignored."""
    if not (sketch.pen_down and sketch.strokes):
        return sketch
    *finished, stroke = sketch.strokes
    reached = _on_pad(sketch, point)
    distance = math.dist(reached[:2], stroke[-1][:2])
    if distance == 0 or (len(stroke) == 1 and distance <= TREMBLE):
        return sketch
    return replace(sketch, strokes=(*finished, (*stroke, reached)))


def lift(sketch: Sketch) -> Sketch:
    """End the stroke."""
    return replace(sketch, pen_down=False)


def undo(sketch: Sketch) -> Sketch:
    """Return the drawing before its last change."""
    if not sketch.past:
        return lift(sketch)
    *past, strokes = sketch.past
    return _at(sketch, strokes, tuple(past), (sketch.strokes, *sketch.future))


def redo(sketch: Sketch) -> Sketch:
    """Return the drawing before the last undo."""
    if not sketch.future:
        return lift(sketch)
    strokes, *future = sketch.future
    return _at(sketch, strokes, (*sketch.past, sketch.strokes), tuple(future))


def clear(sketch: Sketch) -> Sketch:
    """Return an empty drawing; undo brings the old one back."""
    return changed(sketch, ()) if sketch.strokes else lift(sketch)


def changed(sketch: Sketch, strokes: Strokes) -> Sketch:
    """Replace the strokes, as a step that can be undone."""
    return _at(sketch, strokes, (*sketch.past, sketch.strokes)[-UNDO_STEPS:])


def begin_erasing(sketch: Sketch) -> Sketch:
    """Put the eraser down; everything until it is lifted is one undo step."""
    return replace(changed(sketch, sketch.strokes), pen_down=True)


def erase(sketch: Sketch, tool: str, x: float, y: float) -> Sketch:
    """Remove the parts of strokes within the "eraser", or with "strokes" all that it touches.

    The rest of a stroke keeps its points, and gets new ones only where it was cut: it stays smooth.
    """
    left: list[Stroke] = []
    for stroke in sketch.strokes:
        points = densified(stroke, ERASER_RADIUS / 4)
        near = [math.hypot(at_x - x, at_y - y) <= ERASER_RADIUS for at_x, at_y, _ in points]
        if not any(near):
            left.append(stroke)
        elif tool == "eraser":
            own = set(stroke)
            pieces = groupby(zip(near, points, strict=True), key=itemgetter(0))
            for piece in (tuple(map(itemgetter(1), kept)) for inside, kept in pieces if not inside):
                between = (point for point in piece[1:-1] if point in own)
                left.append((*piece[:1], *between, *piece[1:][-1:]))
    return replace(sketch, strokes=tuple(left))


def end_erasing(sketch: Sketch) -> Sketch:
    """Lift the eraser; if it removed nothing, there is nothing to undo."""
    if sketch.pen_down and sketch.past and sketch.past[-1] == sketch.strokes:
        return replace(sketch, pen_down=False, past=sketch.past[:-1])
    return lift(sketch)


def densified(stroke: Stroke, step: float) -> Stroke:
    """Return the stroke with extra points, so that two are at most a step apart."""
    points = [stroke[0]]
    for (x, y, then), (end_x, end_y, end) in pairwise(stroke):
        steps = math.ceil(math.hypot(end_x - x, end_y - y) / step) or 1
        by_x, by_y, by = (end_x - x) / steps, (end_y - y) / steps, (end - then) / steps
        points += [(x + at * by_x, y + at * by_y, then + at * by) for at in range(1, steps)]
        points.append((end_x, end_y, end))
    return tuple(points)


def _at(
    sketch: Sketch, strokes: Strokes, past: tuple[Strokes, ...], future: tuple[Strokes, ...] = ()
) -> Sketch:
    """Return the sheet with other strokes and another history, the pen lifted."""
    return Sketch(strokes, past=past, future=future, width=sketch.width)


def _on_pad(sketch: Sketch, point: Point) -> Point:
    x, y, seconds = point
    return min(max(x, 0.0), sketch.width), min(max(y, 0.0), 1.0), seconds


def is_continued(old: Strokes, new: Strokes) -> bool:
    """Return whether the new drawing is the old one, perhaps with more ink at its end."""
    last = len(old) - 1
    if not 0 <= last < len(new):
        return False
    return old == (*new[:last], new[last][: len(old[last])])


def bounds(strokes: Strokes) -> tuple[float, float, float, float]:
    """Return the left, top, right and bottom of one or more strokes."""
    xs = [point[0] for stroke in strokes for point in stroke]
    ys = [point[1] for stroke in strokes for point in stroke]
    return min(xs), min(ys), max(xs), max(ys)


def length(strokes: Strokes) -> float:
    """Return the length of all strokes."""
    return sum(math.dist(a[:2], b[:2]) for stroke in strokes for a, b in pairwise(stroke))


def ink(strokes: Strokes) -> float:
    """Return the length of all strokes over the drawing's longer side, so that size cancels out."""
    if not strokes:
        return 0.0
    left, top, right, bottom = bounds(strokes)
    return length(strokes) / max(right - left, bottom - top, SMALLEST_SIDE)


def until(strokes: Strokes, now: float) -> Strokes:
    """Return the part of the strokes that was drawn by a time."""
    begun = [tuple(point for point in stroke if point[2] <= now) for stroke in strokes]
    return tuple(stroke for stroke in begun if stroke)


def shifted(strokes: Strokes, seconds: float, earliest: float = -math.inf) -> Strokes:
    """Return the strokes that many seconds later, but no point before the time `earliest`."""
    return tuple(
        tuple((x, y, max(then + seconds, earliest)) for x, y, then in stroke) for stroke in strokes
    )
