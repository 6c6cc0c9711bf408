"""The drawing on its way into the net's frame, as a short animation."""

from itertools import pairwise

from game.core.rules.sketch import Stroke, Strokes, bounds

SECONDS = 0.6
"""How long the way takes."""

FRAME, BOX, PEN = 28, 20, 1.8
"""MNIST's frame, the box that its ink fills, and the net's pen, in pixels."""

POINTS = 100
"""Of a stroke are enough in so small a picture."""


def fitting(strokes: Strokes, share: float) -> Strokes:
    """The strokes in units of the frame: at 0 as they lie on the pad, at 1 as the net sees them.

    The longer side fills the box, and the middle of the ink lies in the middle of the frame.
    """
    strokes = tuple(_coarse(stroke) for stroke in strokes)
    left, top, right, bottom = bounds(strokes)
    scale = (BOX - PEN) / FRAME / max(right - left, bottom - top, 1e-6)
    centre_x, centre_y = _middle(strokes)
    gone = share * share * (3 - 2 * share)
    zoom = 1 + gone * (min(scale, 20.0) - 1)
    goal_x, goal_y = centre_x + gone * (0.5 - centre_x), centre_y + gone * (0.5 - centre_y)
    return tuple(
        tuple(
            (goal_x + (x - centre_x) * zoom, goal_y + (y - centre_y) * zoom, then)
            for x, y, then in stroke
        )
        for stroke in strokes
    )


def _coarse(stroke: Stroke) -> Stroke:
    """The stroke with hardly more than `POINTS` of its points, among them both ends."""
    return (*stroke[: -1 : len(stroke) // POINTS + 1], stroke[-1])


def _middle(strokes: Strokes) -> tuple[float, float]:
    """The ink's centre of mass."""
    mass = mass_x = mass_y = 0.0
    for stroke in strokes:
        for (x0, y0, _), (x1, y1, _) in pairwise((stroke[0], *stroke)):
            weight = abs(x1 - x0) + abs(y1 - y0) + 1e-6
            mass, mass_x, mass_y = (
                mass + weight,
                mass_x + weight * (x0 + x1) / 2,
                mass_y + weight * (y0 + y1) / 2,
            )
    return mass_x / mass, mass_y / mass
