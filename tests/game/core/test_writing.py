"""What an attempt at a digit shows: how a trace follows its model, and what the network saw."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.values.readings import Reading, Turned
from game.core.values.sketch import Strokes
from game.core.values.writing import Verdict, in_mirror, reading_verdict, trace_verdict, with_times
from tests.readings import reading

HOOK = (((0.3, 0.2, 0.0), (0.2, 0.6, 0.0), (0.8, 0.6, 0.0)), ((0.6, 0.4, 0.0), (0.6, 0.8, 0.0)))
MODEL = with_times(HOOK)
RING = with_times(
    (tuple((0.5 + 0.3 * math.sin(-t / 10), 0.5 - 0.3 * math.cos(t / 10), 0.0) for t in range(63)),)
)
NOTHING = reading(0, 0.3, digit_probability=0.0)


def shaken(strokes: Strokes, by: float) -> Strokes:
    """The strokes as a trembling hand draws them."""
    return tuple(
        tuple((x + by * math.sin(40 * (x + y)), y + by * math.cos(55 * x), t) for x, y, t in stroke)
        for stroke in strokes
    )


def backwards(strokes: Strokes) -> Strokes:
    return tuple(stroke[::-1] for stroke in strokes)


def moved(strokes: Strokes, right: float) -> Strokes:
    return tuple(tuple((x + right, y, t) for x, y, t in stroke) for stroke in strokes)


@pytest.mark.parametrize(
    ("trace", "verdict"),
    [
        (HOOK, Verdict.FOLLOWED),
        (shaken(MODEL, 0.04), Verdict.FOLLOWED),
        (moved(HOOK, 0.05), Verdict.FOLLOWED),
        ((MODEL[0][:20], MODEL[0][19:], MODEL[1]), Verdict.FOLLOWED),  # in more pieces
        (HOOK[::-1], Verdict.OTHER_WAY),
        (backwards(HOOK), Verdict.OTHER_WAY),
        (HOOK[:1], Verdict.UNFINISHED),
        ((HOOK[0][:1],), Verdict.UNFINISHED),  # a dot
        (moved(HOOK, 0.3), Verdict.STRAYED),
        ((*HOOK, ((0.1, 0.1, 0.0), (0.9, 0.1, 0.0), (0.9, 0.9, 0.0))), Verdict.STRAYED),
    ],
)
def test_a_trace_is_judged_by_how_it_follows_the_model(trace: Strokes, verdict: Verdict) -> None:
    assert trace_verdict(MODEL, trace) is verdict


def test_a_ring_may_begin_anywhere_near_its_start_but_goes_round_in_one_way() -> None:
    (ring,) = RING
    assert trace_verdict(RING, (ring[3:] + ring[:3],)) is Verdict.FOLLOWED
    assert trace_verdict(RING, backwards(RING)) is Verdict.OTHER_WAY
    half = len(ring) // 2
    assert trace_verdict(RING, (ring[half:] + ring[:half],)) is Verdict.OTHER_WAY


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=200))
def test_any_trace_gets_a_verdict(places: list[tuple[float, float]]) -> None:
    trace = (tuple((x, y, 0.0) for x, y in places),)
    assert trace_verdict(MODEL, trace).name in {"FOLLOWED", "OTHER_WAY", "UNFINISHED", "STRAYED"}


@pytest.mark.parametrize(
    ("digit", "upright", "mirrored", "upside_down", "verdict"),
    [
        (3, reading(3), NOTHING, NOTHING, Verdict.RIGHT),
        (3, NOTHING, reading(3), NOTHING, Verdict.MIRRORED),
        (3, reading(8, 0.9, 0.05), reading(3), NOTHING, Verdict.MIRRORED),
        (3, reading(8), reading(3, 0.9), NOTHING, Verdict.OTHER),  # an 8 is not a mirrored 3
        (3, reading(3, 0.99), NOTHING, reading(3), Verdict.RIGHT),  # as it is its own reflection
        (4, NOTHING, NOTHING, reading(4), Verdict.UPSIDE_DOWN),
        (6, reading(9), NOTHING, NOTHING, Verdict.UPSIDE_DOWN),
        (8, reading(8, 0.7), reading(8), reading(8), Verdict.RIGHT),
        (1, reading(7), reading(1), reading(1), Verdict.OTHER),
        (5, reading(5, 0.8, 0.05), NOTHING, NOTHING, Verdict.RIGHT),  # kindly
        (5, reading(2, 0.8, 0.05), NOTHING, NOTHING, Verdict.UNCLEAR),
        (5, NOTHING, NOTHING, NOTHING, Verdict.UNCLEAR),
    ],
)
def test_what_is_seen_depends_on_the_drawing_turned_in_every_way(
    digit: int, upright: Reading, mirrored: Reading, upside_down: Reading, verdict: Verdict
) -> None:
    turned = Turned(HOOK, mirrored, (upside_down, NOTHING))
    assert reading_verdict(digit, upright, turned) is verdict


def test_a_model_is_shown_slowly_stroke_by_stroke() -> None:
    times = [point[2] for stroke in MODEL for point in stroke]
    assert times == sorted(times)
    assert 3.0 < times[-1] < 5.0
    assert MODEL[1][0][2] > MODEL[0][-1][2] + 0.5
    for shown, stroke in zip(MODEL, HOOK, strict=True):
        assert (shown[0][:2], shown[-1][:2]) == (stroke[0][:2], stroke[-1][:2])
        assert {point[:2] for point in stroke} <= {point[:2] for point in shown}


def test_a_drawing_turns_about_its_own_middle() -> None:
    (first, _), (mirrored, _) = HOOK, in_mirror(HOOK)
    assert [point[0] for point in mirrored] == pytest.approx([1 - x for x, _, _ in first])
    assert [point[1] for point in mirrored] == [point[1] for point in first]
    assert in_mirror(HOOK, 1.0) == tuple(
        tuple((pytest.approx(x), y, t) for x, y, t in stroke) for stroke in HOOK
    )
