"""Two erasers: one removes whole strokes, one only the parts that it touches."""

import math
from dataclasses import replace
from itertools import groupby, pairwise

from game.core.values.sketch import Point, Sketch, Stroke, changed

RADIUS = 0.03
"""Radius of both erasers, in units of the pad."""


def begin(sketch: Sketch) -> Sketch:
    """Start to erase; everything until the eraser is lifted is one undo step."""
    return replace(changed(sketch, sketch.strokes), pen_down=True)


def end(sketch: Sketch) -> Sketch:
    """Stop erasing; if nothing was removed, there is nothing to undo."""
    if sketch.pen_down and sketch.past and sketch.past[-1] == sketch.strokes:
        return replace(sketch, pen_down=False, past=sketch.past[:-1])
    return replace(sketch, pen_down=False)


def erase(sketch: Sketch, tool: str, x: float, y: float) -> Sketch:
    """Remove the strokes that the "eraser" touches, or the parts of them within the "rubber"."""
    left: list[Stroke] = []
    for stroke in sketch.strokes:
        if not _touches(stroke, x, y):
            left.append(stroke)
        elif tool == "rubber":
            left += _outside(stroke, x, y)
    return replace(sketch, strokes=tuple(left))


def _touches(stroke: Stroke, x: float, y: float) -> bool:
    if len(stroke) == 1:
        return math.hypot(stroke[0][0] - x, stroke[0][1] - y) <= RADIUS
    return any(_distance(one, other, x, y) <= RADIUS for one, other in pairwise(stroke))


def _distance(one: Point, other: Point, x: float, y: float) -> float:
    """Return the distance of a point to the line segment between two points."""
    way_x, way_y = other[0] - one[0], other[1] - one[1]
    squared = way_x**2 + way_y**2
    share = ((x - one[0]) * way_x + (y - one[1]) * way_y) / squared if squared else 0.0
    share = min(max(share, 0.0), 1.0)
    return math.hypot(one[0] + share * way_x - x, one[1] + share * way_y - y)


def _outside(stroke: Stroke, x: float, y: float) -> list[Stroke]:
    pieces = groupby(_fine(stroke), lambda point: math.hypot(point[0] - x, point[1] - y) > RADIUS)
    return [tuple(piece) for outside, piece in pieces if outside]


def _fine(stroke: Stroke) -> Stroke:
    """Return the stroke with extra points, so that the eraser cuts cleanly."""
    points = [stroke[0]]
    for begin, end in pairwise(stroke):
        steps = math.ceil(math.hypot(end[0] - begin[0], end[1] - begin[1]) / (RADIUS / 4)) or 1
        for step in range(1, steps):
            share = step / steps
            x, y, then = (a + share * (b - a) for a, b in zip(begin, end, strict=True))
            points.append((x, y, then))
        points.append(end)
    return tuple(points)
