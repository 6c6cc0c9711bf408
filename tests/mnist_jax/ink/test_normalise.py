"""Drawings: checked, and fitted to the frame."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_jax.ink.frame import FRAME_PIXELS, INK_BOX_PIXELS, PEN_RADIUS_PIXELS
from mnist_jax.ink.normalise import POINTS, normalise
from mnist_jax.ink.strokes import as_drawing
from mnist_jax.support.errors import InputError

CENTRE = (FRAME_PIXELS - 1) / 2

Strokes = list[list[tuple[int, int]]]
coordinates = st.integers(-1000, 1000)
strokes = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=30)
drawings = st.lists(strokes, min_size=1, max_size=5)


@given(drawings, st.floats(0.2, 5), st.tuples(coordinates, coordinates), st.integers(1, 5))
def test_result_does_not_depend_on_position_size_and_rests(
    drawn: Strokes, scale: float, shift: tuple[int, int], times: int
) -> None:
    """A pen that rests leaves no more ink than one that goes on."""
    drawing = as_drawing(drawn)
    moved = tuple(np.repeat(stroke * scale + shift, times, axis=0) for stroke in drawing)
    np.testing.assert_allclose(normalise(moved), normalise(drawing), atol=1e-3)


@given(drawings)
def test_result_does_not_depend_on_stroke_direction(drawn: Strokes) -> None:
    """Reversed strokes give the same points in a different order."""
    drawing = as_drawing(drawn)
    backwards = tuple(stroke[::-1] for stroke in drawing)
    distances = np.linalg.norm(normalise(drawing)[:, None] - normalise(backwards)[None], axis=-1)
    assert distances.min(axis=0).max() < 1e-3
    assert distances.min(axis=1).max() < 1e-3


def test_result_does_not_depend_on_sampling_density() -> None:
    """A dense curve gives the same result with half its points."""
    turn = np.linspace(0, 6, 201)
    curve = np.stack([100 * np.cos(turn), 60 * np.sin(turn) + 5 * turn], axis=1)
    np.testing.assert_allclose(normalise((curve[::2],)), normalise((curve,)), atol=0.02)


@given(drawings)
def test_ink_fills_the_box_around_its_centre_of_mass(drawn: Strokes) -> None:
    """The longer side is that of the box minus the pen width, unless the drawing is a dot."""
    drawing = as_drawing(drawn)
    points = normalise(drawing)
    assert points.shape == (POINTS, 2)
    extents = np.ptp(np.concatenate(drawing), axis=0)
    wanted = INK_BOX_PIXELS - 2 * PEN_RADIUS_PIXELS if extents.max() else 0.0
    assert np.ptp(points, axis=0).max() <= wanted + 1e-3
    if len(drawing) == 1:
        np.testing.assert_allclose(np.ptp(points, axis=0).max(), wanted, atol=wanted / 10)
        np.testing.assert_allclose(points.mean(axis=0), CENTRE, atol=1e-3)


@pytest.mark.parametrize("place", [(0, 0), (5, -7), (1e300, 1e300), (1e-300, 0)])
def test_a_dot_stays_a_dot(place: tuple[float, float]) -> None:
    """One point, even if repeated, is placed at the centre of the frame."""
    for count in (1, 2, 100_000):
        np.testing.assert_allclose(normalise(as_drawing([[place] * count])), CENTRE)


@pytest.mark.parametrize("unit", [1e-300, 1e-9, 1e9, 1e300])
def test_any_unit_works(unit: float) -> None:
    """Tiny and huge coordinates do not underflow or overflow."""
    (seven,) = as_drawing([[(0, 0), (2, 0), (1, 4)]])
    np.testing.assert_allclose(normalise((seven * unit,)), normalise((seven,)), atol=1e-4)


def test_thousands_of_strokes_are_normalised() -> None:
    """With more strokes than points, the result is still complete and finite."""
    rng = np.random.default_rng(0)
    many = tuple(rng.uniform(0, 100, (3, 2)) for _ in range(5000))
    points = normalise(many)
    assert points.shape == (POINTS, 2)
    assert np.isfinite(points).all()


def test_gaps_between_strokes_are_not_sampled() -> None:
    """No point lies between two strokes."""
    points = normalise(as_drawing([[(0, 0), (0, 10)], [(10, 0), (10, 10)]]))
    x = points[:, 0] - points[:, 0].min()
    assert ((x < 1e-3) | (x > np.ptp(points[:, 0]) - 1e-3)).all()


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ([], "empty"),
        ([[]], "at least one point"),
        ([[(0, 0)], [(0, 0), (1, np.nan)], [(np.inf, 1)]], "stroke 2 has a coordinate"),
        ([[(0, np.inf)]], "not finite"),
        ([[1, 2, 3]], r"shape \(3,\)"),
        ([[("0", "1")]], "<U1"),
        ([[(0, 0, 0)]], r"shape \(1, 3\)"),
        ([[(0, 0), (1,)]], "stroke 1 is"),
        ([[(None, 1)]], "stroke 1 is object"),
    ],
)
def test_invalid_strokes_are_refused(bad: list[object], said: str) -> None:
    """Strokes are counted from one."""
    with pytest.raises(InputError, match=said):
        as_drawing(bad)
