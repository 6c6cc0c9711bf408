"""How things, screens and the creature move: functions of the time since a movement began.

Places of the creature are in its own units: it is two high and stands on y = 1, its middle at
(0, 0).
"""

import math
from collections.abc import Callable
from dataclasses import astuple, dataclass, replace

from game.core.state import TURN_SECONDS, Turn
from game.core.values.mood import Feeling, Mood
from game.view.scene import FRAME_SECONDS, STILL_SECONDS, Place, Rect

BLEND_SECONDS = 0.2
"""Time in which it moves from one mood's pose into the next."""

BLINK_EVERY, BLINK_SECONDS = 3.7, 0.12
"""Time from one blink to the next, and for which the eyes are shut."""


@dataclass(frozen=True)
class Pose:
    """How the body is bent."""

    height: float = 1.0
    """Over the usual height; the width changes so that the area does not."""
    lean: float = 0.0
    """How far the tip bends to the right."""
    rise: float = 0.0
    """How far it is off the ground."""
    shift: float = 0.0
    """How far it has moved to the right."""

    def mixed(self, other: "Pose", share: float) -> "Pose":
        """Return a mix of two poses; at 0 it is this one."""
        pairs = zip(astuple(self), astuple(other), strict=True)
        return Pose(*(mine + share * (its - mine) for mine, its in pairs))

    def towards(self, right: float) -> "Pose":
        """Return the pose with its lean and shift times `right`; negative ones are to the left."""
        return replace(self, lean=right * self.lean, shift=right * self.shift)

    def bent(self, x: float, y: float) -> Place:
        """Return where a point of the body is in this pose."""
        up = (1 - y) / 2
        right = x / math.sqrt(self.height) + 1.6 * self.lean * up**2 + self.shift
        return right, 1 - 2 * up * self.height - self.rise


def eased(t: float, end: float) -> float:
    """Return how far a movement from 0 to 1 is that starts and ends slowly."""
    share = min(max(t / end, 0.0), 1.0)
    return share * share * (3 - 2 * share)


def flown(begin: Rect, end: Rect, share: float, arc: float = 0.0) -> Rect:
    """Return where something is that flies from one place to another, and its size there.

    Args:
        begin: where it starts.
        end: where it arrives.
        share: how far it is, from 0 to 1.
        arc: height of the arc over the straight line in the middle, in units of its length.
    """
    far = math.hypot(end.x - begin.x, end.y - begin.y)
    x, y, width, height = (
        round(here + share * (there - here)) for here, there in zip(begin, end, strict=True)
    )
    return Rect(x, y - round(4 * share * (1 - share) * arc * far), width, height)


def popped(t: float) -> float:
    """Return the size of something that has popped up, over its usual size."""
    return 1 - 0.6 * math.exp(-14 * t) * math.cos(18 * t)


def turned(turn: Turn | None) -> float:
    """Return how far a screen is from its place, to the right in widths of the window.

    In the first frame of its movement it is already a little nearer than a whole width.
    """
    if turn is None:
        return 0.0
    left = max(0.0, 1 - (turn.seconds + FRAME_SECONDS) / TURN_SECONDS) ** 3
    return -left if turn.is_back else left


def yawn(t: float) -> float:
    """Return how far the mouth is open in a yawn, from 0 to 1."""
    return eased(t, 0.9) * (1 - eased(t - 2.0, 0.7))


def _settling(t: float, size: float) -> float:
    """Return the wobble of a blob, which is of this size at first."""
    return size * math.exp(-5 * t) * math.cos(17 * t)


def _until(t: float, end: float) -> float:
    """Return 1, and in the last second before the end a value that falls to 0."""
    return eased(end - t, 1.0)


def _torn(t: float) -> Pose:
    """Tilt from one side to the other and back."""
    return Pose(0.98, lean=0.24 - 0.48 * math.sin(0.8 * t) ** 2 * _until(t, 5))


def _nearly_sure(t: float) -> Pose:
    """Come nearer."""
    near = eased(t, 0.4)
    return Pose(1.04 - _settling(t, 0.05), lean=0.24 * near, shift=0.08 * near)


def _blurting(t: float) -> Pose:
    """Crouch, and jump up."""
    crouch, jumped = 0.12, t - 0.12
    if t < crouch:
        return Pose(1 - 0.16 * eased(t, crouch))
    rise = 0.16 * math.sin(9 * jumped) if jumped < math.pi / 9 else 0.0
    return Pose(1 - _settling(jumped, 0.16), rise=rise)


def _hopping(t: float, count: int, seconds: float, high: float) -> Pose:
    """Jump `count` times, flat on the ground and stretched in the air, and settle."""
    landed = t - count * seconds
    if landed >= 0:
        return Pose(1 - 0.16 * math.exp(-5 * landed) * math.sin(17 * landed))
    share, ground = t / seconds % 1, 0.2
    if share < ground:
        return Pose(1 - 0.16 * math.sin(math.pi * share / ground))
    flown = (share - ground) / (1 - ground)
    rise = 4 * flown * (1 - flown)
    side = 1 if t // seconds % 2 else -1
    return Pose(1 + 0.05 * rise, lean=0.05 * side * rise, rise=high * rise)


def _sheepish(t: float) -> Pose:
    """Shrink, and move away a little."""
    away = eased(t, 0.5)
    return Pose(0.9 - _settling(t, 0.08), lean=0.14 + _settling(t, 0.1), shift=0.04 * away)


def _dizzy(t: float) -> Pose:
    """Go round in circles."""
    size = _until(t, 4)
    return Pose(0.97, lean=0.22 * size * math.sin(4 * t), shift=0.07 * size * math.cos(4 * t))


def _sleeping(t: float) -> Pose:
    """Breathe, so slowly that two pictures a second are enough."""
    return Pose(0.86 + 0.015 * math.cos(math.tau * t / 6), lean=0.16)


def _dozing(t: float) -> Pose:
    """Breathe sitting, the tip nodding."""
    breath = math.cos(math.tau * t / 6)
    return Pose(0.94 + 0.015 * breath, lean=-0.26 - 0.02 * breath)


MOTIONS: dict[Mood, tuple[float, Callable[[float], Pose]]] = {
    Mood.ASLEEP: (0.5, _sleeping),
    Mood.AWAKE: (1.2, lambda t: Pose(1 + _settling(t, 0.1), lean=0.06 - _settling(t, 0.1))),
    Mood.WATCHING: (0.8, lambda t: Pose(1 - _settling(t, 0.04), lean=0.08)),
    Mood.TORN: (5.0, _torn),
    Mood.NEARLY_SURE: (1.2, _nearly_sure),
    Mood.BLURTING: (1.3, _blurting),
    Mood.DELIGHTED: (2.2, lambda t: _hopping(t, 3, 0.45, 0.24)),
    Mood.SHEEPISH: (1.6, _sheepish),
    Mood.PUZZLED: (1.2, lambda t: Pose(1 - _settling(t, 0.05), lean=0.24 - _settling(t, 0.2))),
    Mood.DIZZY: (4.0, _dizzy),
    Mood.YAWNING: (
        3.0,
        lambda t: Pose(1 + 0.09 * yawn(t) - _settling(t, 0.04), lean=-0.12 * yawn(t)),
    ),
    Mood.DOZING: (0.5, _dozing),
    Mood.BEST_EVER: (6.0, lambda t: _hopping(t, 8, 0.6, 0.26)),
}
"""For how many seconds each mood moves, and its pose at each time; then it is at rest."""

LEANING_IN = {Mood.WATCHING, Mood.NEARLY_SURE}
"""Moods in which it bends towards what it looks at."""

BREATHING = {_sleeping, _dozing}
"""Movements that go on at rest."""


def age(feeling: Feeling, now: float, *, reduced_motion: bool) -> float:
    """Return the seconds since the mood began; with reduced motion, those until it is at rest."""
    return MOTIONS[feeling.mood][0] if reduced_motion else max(0.0, now - feeling.since)


def pose(feeling: Feeling, t: float) -> Pose:
    """Return the pose at `t` seconds after a mood began; it starts from that of the mood before."""
    rest, before = MOTIONS[feeling.before]
    end, motion = MOTIONS[feeling.mood]
    reached = motion(t if motion in BREATHING else min(t, end))
    return reached if t >= BLEND_SECONDS else before(rest).mixed(reached, t / BLEND_SECONDS)


def blinks(t: float) -> bool:
    """Return whether the eyes are shut for a moment."""
    return t % BLINK_EVERY >= BLINK_EVERY - BLINK_SECONDS


def next_change(feeling: Feeling, t: float, *, reduced_motion: bool) -> float:
    """Return the seconds until the creature looks different without input."""
    if reduced_motion:
        return STILL_SECONDS
    if t < MOTIONS[feeling.mood][0]:
        return FRAME_SECONDS
    phase, shut = t % BLINK_EVERY, BLINK_EVERY - BLINK_SECONDS
    left = (shut if phase < shut else BLINK_EVERY) - phase
    return min(max(left, FRAME_SECONDS), STILL_SECONDS)
