"""The creature: an ink drop with a face, as shapes.

Places are in units of the creature: it is two high and stands on y = 1, its middle at (0, 0).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from game.core.values.mood import Feeling, Mood
from game.view.motion import LEANING_IN, Pose, blinks, eased, pose, yawn
from game.view.scene import STILL_SECONDS, Curve, Figure, Place, Polygon, Rect, Shape
from game.view.shapes import arc
from game.view.theme import Colour, Theme, mix

LEFT, TOP, SIDE = -1.25, -1.38, 2.5
"""The square in which it moves, with the drops that fly."""

OUTLINE = (
    *((0.0, -1.0), (0.07, -0.97), (0.14, -0.83), (0.27, -0.52), (0.46, -0.18), (0.65, 0.12)),
    *((0.76, 0.42), (0.71, 0.69), (0.53, 0.89), (0.28, 0.98), (0.0, 1.0)),
)
"""The right half of its body, from the tip down."""

EYE, EYES_APART, EYES_AT = 0.21, 0.27, 0.33
"""Half the width of an eye, its distance from the middle, and its y."""

LINE = 0.022
"""Half the width of the lines of its face."""


MOUTHS: dict[str, Sequence[Place]] = {
    "smile": arc(0, 0.64, -0.13, 0.08, (0.0, 0.5), 12),
    "line": ((-0.06, 0.69), (0.06, 0.69)),
    "crooked": ((-0.12, 0.71), (-0.02, 0.7), (0.06, 0.66), (0.12, 0.64)),
    "wavy": [(n / 48, 0.7 + 0.03 * math.sin(1.2 * n + 0.4)) for n in range(-8, 9)],
}
"""Shut mouths, as lines."""


class Gaze(NamedTuple):
    """Where the pupils are: from -1, left or up, to 1."""

    right: float = 0.0
    down: float = 0.0
    attention: float = 0.0
    """How much it looks there and not where its mood makes it look, from 0 to 1."""

    def over(self, other: "Gaze") -> "Gaze":
        """Return this gaze mixed with the one of the mood, the less attention the more."""
        right = other.right + self.attention * (self.right - other.right)
        return Gaze(right, other.down + self.attention * (self.down - other.down))


AHEAD = Gaze()


@dataclass(frozen=True)
class Face:
    """What a mood does to the face, and what is around it."""

    eyes: str = "open"
    """"open", "shut", "happy" or "spiral"."""
    sizes: tuple[float, float] = (1.0, 1.0)
    """Of the left and the right eye."""
    brows: tuple[float, float] | None = None
    """How much the outer end of each brow is lower than the inner one; None for no brows."""
    raised: float = 0.0
    """How much higher the right brow is."""
    mouth: str = "smile"
    """The name of one of `MOUTHS`, or "grin", "small", "shout" or "yawn"."""
    blushes: bool = False
    gaze: Gaze = AHEAD
    """Where it looks, if there is nothing to look at."""
    around: str = ""
    """"z", "?", "sweat", "drops" or "fireworks"."""


FACES = {
    Mood.ASLEEP: Face("shut", mouth="line", around="z"),
    Mood.AWAKE: Face(),
    Mood.WATCHING: Face(mouth="line", gaze=Gaze(-0.7, 0.3)),
    Mood.TORN: Face(sizes=(1.0, 1.12), brows=(0.09, 0.11), mouth="crooked", gaze=Gaze(-0.4, -0.5)),
    Mood.NEARLY_SURE: Face(
        sizes=(1.14, 1.14), brows=(0.05, 0.05), mouth="small", gaze=Gaze(-0.7, 0.1)
    ),
    Mood.BLURTING: Face(sizes=(1.1, 1.1), mouth="shout"),
    Mood.DELIGHTED: Face("happy", mouth="grin", blushes=True, around="drops"),
    Mood.SHEEPISH: Face(
        brows=(0.1, 0.1), mouth="wavy", blushes=True, gaze=Gaze(0.45, 0.6), around="sweat"
    ),
    Mood.PUZZLED: Face(sizes=(0.85, 1.2), brows=(0.0, 0.1), raised=0.12, mouth="line", around="?"),
    Mood.DIZZY: Face("spiral", mouth="wavy"),
    Mood.YAWNING: Face("shut", mouth="yawn"),
    Mood.DOZING: Face("shut", mouth="small", around="z"),
    Mood.BEST_EVER: Face("happy", mouth="grin", blushes=True, around="fireworks"),
}


def creature(
    rect: Rect,
    theme: Theme,
    feeling: Feeling,
    t: float,
    gaze: Gaze = AHEAD,
    *,
    calm: bool = False,
) -> Figure:
    """Return the creature in a square, `t` seconds after its mood began.

    Args:
        rect: the square in which it moves.
        theme: the colours.
        feeling: its mood.
        t: the seconds; see `motion.age`.
        gaze: where there is something to look at.
        calm: whether it neither blinks nor leans after what it looks at.
    """
    face, bent = FACES[feeling.mood], pose(feeling, t)
    looking = gaze.over(face.gaze)
    if feeling.mood in LEANING_IN:
        bent = bent.towards(face.gaze.right if calm else looking.right)
    drawing = _Drawing(rect, theme, bent, t)
    shut = not calm and blinks(t)
    around, body = drawing.around(face.around), drawing.body()
    shapes = (*around, *body, *drawing.face(face, looking, shut=shut))
    return Figure(rect, shapes)


def gaze_at(rect: Rect, place: Place, attention: float) -> Gaze:
    """Return where the pupils of the creature in a square are when it looks at a place."""
    right = place[0] - (rect.x + rect.width / 2)
    down = place[1] - (rect.y + rect.height * (EYES_AT - TOP) / SIDE)
    far = max(math.hypot(right, down), rect.width / 2, 1.0)
    return Gaze(right / far, down / far, attention)


class _Drawing:
    """Makes the shapes of one picture of the creature."""

    def __init__(self, rect: Rect, theme: Theme, pose: Pose, t: float) -> None:
        self._theme, self._pose, self._t = theme, pose, t
        self._unit = rect.width / SIDE
        self._is_light = sum(theme.ink) > sum(theme.paper)
        pair = theme.paper, theme.ink
        self._white, self._black = reversed(pair) if self._is_light else pair

    def body(self) -> Iterator[Shape]:
        """Yield the shadow on the ground and the body."""
        theme, wide = self._theme, 0.72 - 0.9 * self._pose.rise
        yield self._free(arc(0.04 + self._pose.shift, 1.02, wide, 0.07), theme.edge)
        yield self._fill(_body(), theme.ink)
        gloss = mix(theme.ink, theme.paper, 0.25)
        yield self._line([(-0.54, 0.2), (-0.48, 0.02), (-0.38, -0.14)], 0.04, gloss)

    def face(self, face: Face, gaze: Gaze, *, shut: bool) -> Iterator[Shape]:
        """Yield cheeks, mouth, eyes and brows."""
        for side in (-1, 1) if face.blushes else ():
            cheek = mix(self._theme.accent, self._white, 0.25)
            yield self._fill(arc(side * 0.5, 0.53, 0.12, 0.065), cheek)
        yield from self._mouth(face.mouth)
        for side, size in zip((-1, 1), face.sizes, strict=True):
            x, wide = side * EYES_APART, EYE * size
            if face.eyes == "happy":
                yield self._line(_arch(x, EYES_AT + 0.08, 0.17, -0.17), 1.2 * LINE)
            elif face.eyes == "spiral":
                yield from self._eye(x, wide, wide)
                spiral = _spiral(x, EYES_AT, wide * 0.88, side * 3 * min(self._t, 4))
                yield self._line(spiral, 0.6 * LINE, self._black)
            elif shut or face.eyes == "shut":
                yield self._line(_arch(x, EYES_AT, 0.17, 0.12))
            else:
                yield from self._eye(x, wide, 1.2 * wide)
                yield from self._pupil(
                    x + 0.43 * wide * gaze.right, 0.5 * wide * gaze.down, 0.55 * wide
                )
        yield from self._brows(face)

    def _eye(self, x: float, wide: float, high: float) -> Iterator[Shape]:
        """Yield an eye, with a ring around it if it is as light as the body."""
        if self._is_light:
            yield self._fill(arc(x, EYES_AT, wide + 1.6 * LINE, high + 1.6 * LINE), self._black)
        yield self._fill(arc(x, EYES_AT, wide, high), self._white)

    def _pupil(self, x: float, down: float, size: float) -> Iterator[Shape]:
        y = EYES_AT + down
        yield self._fill(arc(x, y, size, 1.12 * size), self._black)
        shine = arc(x + 0.34 * size, y - 0.4 * size, 0.29 * size, 0.31 * size)
        yield self._fill(shine, self._white)

    def _brows(self, face: Face) -> Iterator[Shape]:
        for side, slope in zip((-1, 1), face.brows or (), strict=False):
            y = EYES_AT - 0.36 - (face.raised if side > 0 else 0)
            brow = [(0.16, y), (0.28, y + slope / 2 - 0.02), (0.4, y + slope)]
            yield self._line([(side * x, y) for x, y in brow])

    def _mouth(self, mouth: str) -> Iterator[Shape]:
        paper, tongue, open_wide = self._theme.paper, self._theme.accent, yawn(self._t)
        if mouth in MOUTHS:
            yield self._line(MOUTHS[mouth], 0.9 * LINE if mouth == "wavy" else LINE)
        elif mouth == "grin":
            yield self._fill(_arch(0, 0.59, 0.24, 0.25), paper)
            yield self._fill(arc(0, 0.755, 0.1, 0.05), tongue)
        else:
            sizes = {"small": (0.06, 0.07), "shout": (0.15, 0.16)}
            wide, high = sizes.get(mouth, (0.05 + 0.08 * open_wide, 0.03 + 0.17 * open_wide))
            yield self._fill(arc(0, 0.71, wide, high), paper)
            yield self._fill(arc(0, 0.71 + 0.38 * high, 0.6 * wide, 0.45 * high), tongue)

    def around(self, around: str) -> Iterator[Shape]:
        """Yield what is around the creature and does not bend with it."""
        t, theme = self._t, self._theme
        match around:
            case "z":
                for number in range(1 + int(t / (2 * STILL_SECONDS)) % 3):
                    size, x, y = 0.08 + 0.02 * number, 0.64 + 0.2 * number, -0.56 - 0.28 * number
                    corners = [(-size, -size), (size, -size), (-size, size), (size, size)]
                    zed = [(x + right, y + down) for right, down in corners]
                    yield self._free(zed, theme.ink, 1.2 * LINE)
            case "?":
                size = 0.17 * (0.5 + 0.5 * eased(t, 0.25))
                hook = arc(0.8, -0.9, size, size, (0.5, 1.2), 14)
                yield self._free([*hook, (0.8, -0.64), (0.8, -0.58)], theme.accent, 0.05)
                yield self._free(arc(0.8, -0.42, 0.06, 0.06), theme.accent)
            case "sweat":
                y = -0.3 + 0.3 * eased(t, 1.4)
                drop = [(0.78 + 0.13 * x, y + 0.14 * down) for x, down in _body()]
                yield self._free(drop, mix(theme.quiet, theme.paper, 0.2))
            case "drops":
                yield from self._drops(9, t / 1.4)
            case "fireworks":
                for burst in range(4):
                    yield from self._drops(13, (t - 1.2 * burst) / 1.5, 0.4 * burst)

    def _drops(self, count: int, share: float, turn: float = 0.0) -> Iterator[Shape]:
        """Yield drops that fly from the tip in a fan, fall, and shrink to nothing."""
        for number in range(count if 0 < share < 1 else 0):
            angle = math.pi * (number + 0.5) / count + 0.25 * math.sin(7 * number + turn)
            speed = 1 + 0.2 * math.sin(5 * number + 3 * turn)
            x = 0.95 * speed * math.cos(angle) * (1 - (1 - share) ** 2)
            y = -0.6 - 1.6 * speed * math.sin(angle) * share + 1.7 * share**2
            size = (0.07 + 0.025 * math.sin(3 * number)) * (1 - share**3)
            colour = self._theme.accent if turn and number % 2 else self._theme.ink
            yield self._free(arc(x, y, size, 1.2 * size), colour)

    def _fill(self, points: Sequence[Place], colour: Colour) -> Shape:
        """Return a filled part of the body."""
        return self._free([self._pose.bent(*point) for point in points], colour)

    def _line(
        self, points: Sequence[Place], radius: float = LINE, colour: Colour | None = None
    ) -> Shape:
        """Return a line on the body."""
        bent = [self._pose.bent(*point) for point in points]
        return self._free(bent, colour or self._theme.paper, radius)

    def _free(self, points: Sequence[Place], colour: Colour, radius: float = 0.0) -> Shape:
        """Return a shape that does not bend: a line of this radius, or by default a filled one."""
        boxed = tuple(((x - LEFT) / SIDE, (y - TOP) / SIDE) for x, y in points)
        return Curve(boxed, colour, radius * self._unit) if radius else Polygon(boxed, colour)


def _arch(x: float, y: float, wide: float, high: float) -> tuple[Place, ...]:
    """Return an arch that is open above, or below if `high` is negative."""
    return arc(x, y, -wide, high, (0.0, 0.5), 12)


def _spiral(x: float, y: float, radius: float, turned: float) -> list[Place]:
    turns = [(n / 40, turned + 5.4 * math.pi * n / 40) for n in range(41)]
    return [(x + radius * r * math.cos(a), y + radius * r * math.sin(a)) for r, a in turns]


@cache
def _body() -> tuple[Place, ...]:
    """Return the outline of the body, rounded by a Catmull-Rom spline through `OUTLINE`."""
    left = [(-x, y) for x, y in OUTLINE[-2:0:-1]]
    ring, steps = [*OUTLINE, *left], 4
    return tuple(
        _spline([ring[(at + n) % len(ring)] for n in range(-1, 3)], step / steps)
        for at in range(len(ring))
        for step in range(steps)
    )


def _spline(corners: list[Place], t: float) -> Place:
    """Return a point between the second and the third of four corners."""
    x, y = (
        b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
        for a, b, c, d in zip(*corners, strict=True)
    )
    return x, y
