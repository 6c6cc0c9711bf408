"""How digits are written: the ways that can be taught, and what a child's attempt shows.

Models and drawings are strokes in units of the pad.
"""

import math
from enum import Enum
from itertools import accumulate, chain, pairwise

from game.core.values.readings import Reading, Turned
from game.core.values.rounds import digit_read
from game.core.values.sketch import Stroke, Strokes, densified, length

FORMS: dict[int, tuple[str, ...]] = {
    0: ("oval-from-the-top",),
    1: ("short-flag", "stick", "long-flag", "flag-and-foot"),
    2: ("round", "loop"),
    3: ("round", "flat-top"),
    4: ("open", "closed"),
    5: ("cap-last", "one-stroke"),
    6: ("curved-stem",),
    7: ("plain", "crossed", "serif", "crossed-serif"),
    8: ("from-the-right", "two-rings"),
    9: ("straight-stem", "tail-curved"),
}
"""The ways of writing each digit that can be taught, the usual one first.

They are the names of allographs in `mnist_jax/handwriting/allographs.py`.
"""

Form = tuple[int, str]
"""A digit, and the name of a way of writing it."""

USUAL = tuple(names[0] for names in FORMS.values())

LIKELY = 0.5
"""Probability from which an attempt counts as the digit."""

ONE_SIDED = {2, 3, 4, 5, 6, 7, 9}
"""Digits that look wrong in a mirror, however they are written."""

PEN_SPEED = 0.45
"""Speed at which a model is shown, in units of the pad per second."""

PEN_PAUSE = 0.6
"""Seconds between two of its strokes."""

STEP = 0.02
"""Distance between the points at which a trace is compared with its model."""

MOST_POINTS = 300
"""Most points of a trace that are compared; of a longer one, they are farther apart."""

NEAR = 0.09
"""Distance from the model up to which a trace follows it."""

START = 0.2
"""Distance from the start of the model at which a trace may begin."""

COVERED, STRAYED = 0.85, 0.25
"""Least share of the model that has to be traced, and most of the trace that may be beside it."""


class Verdict(Enum):
    """What an attempt shows: first those of a trace, then those of the network."""

    FOLLOWED = "followed"
    OTHER_WAY = "other way"
    """It follows the line, but not from its beginning to its end."""
    UNFINISHED = "unfinished"
    STRAYED = "strayed"
    RIGHT = "right"
    MIRRORED = "mirrored"
    """It is the digit as one sees it in a mirror."""
    UPSIDE_DOWN = "upside down"
    OTHER = "other"
    """It is another digit."""
    UNCLEAR = "unclear"

    @property
    def is_passed(self) -> bool:
        """Whether the attempt brings a star."""
        return self in {Verdict.FOLLOWED, Verdict.OTHER_WAY, Verdict.RIGHT}


def reading_verdict(digit: int, reading: Reading, turned: Turned) -> Verdict:
    """Return the verdict on an attempt at a digit, by what the network reads in it.

    An attempt is mirrored or upside down if the network reads the digit in it after it was turned,
    and is surer of that than of any digit before.
    """
    least = max(LIKELY, reading.confidence * reading.digit_probability)
    one_sided = digit in ONE_SIDED
    if one_sided and _evidence(turned.mirrored, digit) > least:
        return Verdict.MIRRORED
    if digit_read(reading, LIKELY, expected=True) == digit:
        return Verdict.RIGHT
    other = digit_read(reading, LIKELY)
    overturned = any(_evidence(one, digit) > least for one in turned.upside_down)
    if {digit, other} == {6, 9} or (one_sided and overturned):
        return Verdict.UPSIDE_DOWN
    return Verdict.UNCLEAR if other is None else Verdict.OTHER


def _evidence(reading: Reading, digit: int) -> float:
    return reading.probabilities[digit] * reading.digit_probability


def trace_verdict(model: Strokes, trace: Strokes) -> Verdict:
    """Return the verdict on a trace of the model, which may be shaky, and in more pieces."""
    line = _points_along(model, STEP)
    drawn = _points_along(trace, max(STEP, length(trace) / MOST_POINTS))
    strayed = sum(_distance(point, line) > NEAR for point in drawn) / len(drawn)
    covered = sum(_distance(point, drawn) <= NEAR for point in line) / len(line)
    if strayed > STRAYED:
        return Verdict.STRAYED
    if covered < COVERED:
        return Verdict.UNFINISHED
    begins = math.dist(trace[0][0][:2], model[0][0][:2]) <= START
    return Verdict.FOLLOWED if begins and _is_forward(line, drawn) else Verdict.OTHER_WAY


def _is_forward(line: list[tuple[float, float]], drawn: list[tuple[float, float]]) -> bool:
    """Return whether most of the trace goes along the line, and not against it.

    Jumps do not count: to another stroke, or to the other line where two cross.
    """
    reached = [min(range(len(line)), key=lambda at: math.dist(line[at], one)) for one in drawn]
    steps = [after - before for before, after in pairwise(reached)]
    small = [step for step in steps if abs(step) <= NEAR / STEP]
    return sum(small) >= 0


def _distance(point: tuple[float, float], others: list[tuple[float, float]]) -> float:
    return min(math.dist(point, other) for other in others)


def _points_along(strokes: Strokes, step: float) -> list[tuple[float, float]]:
    """Return points of all strokes in their order, about a step apart."""
    chosen = []
    for stroke in strokes:
        points = densified(stroke, step / 4)
        lengths = (math.dist(a[:2], b[:2]) for a, b in pairwise(points))
        marks = [math.floor(along / step) for along in accumulate(lengths, initial=0.0)]
        ends = chain([True], (after > before for before, after in pairwise(marks)))
        chosen += [point[:2] for point, end in zip(points, ends, strict=True) if end]
    return chosen


def with_times(model: Strokes) -> Strokes:
    """Return the model with the times at which a slow pen reaches its points, from 0 on."""
    shown: list[Stroke] = []
    now = 0.0
    for stroke in model:
        points = densified(stroke, STEP)
        lengths = (math.dist(a[:2], b[:2]) for a, b in pairwise(points))
        times = [now + along / PEN_SPEED for along in accumulate(lengths, initial=0.0)]
        shown.append(tuple((x, y, at) for (x, y, _), at in zip(points, times, strict=True)))
        now = times[-1] + PEN_PAUSE
    return tuple(shown)


def in_mirror(strokes: Strokes, width: float = -1.0) -> Strokes:
    """Return the strokes mirrored about their middle, or stretched by another `width`.

    The width goes from 1, the strokes themselves, to -1, their mirror image.
    """
    xs = [point[0] for point in chain.from_iterable(strokes)]
    middle = (min(xs) + max(xs)) / 2
    return tuple(
        tuple((middle + width * (x - middle), y, then) for x, y, then in stroke)
        for stroke in strokes
    )
