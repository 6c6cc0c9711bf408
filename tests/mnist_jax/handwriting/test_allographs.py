"""The allographs, and the simulated hands that write them, in detail or quickly."""

from collections import Counter

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from mnist_jax.classes import DIGITS
from mnist_jax.handwriting import allographs, templates, writer
from mnist_jax.handwriting.quick_writer import sample_digits, stack_drawings, write
from mnist_jax.handwriting.writer import DEFAULT, Hand
from mnist_jax.ink.frame import FRAME_PIXELS, INK_BOX_PIXELS, PEN_RADIUS_PIXELS
from mnist_jax.ink.normalise import POINTS, normalise, resample
from mnist_jax.ink.render import render
from mnist_jax.model import MLP
from tests.hands import drawings_of_a_person

STEADY = Hand().scaled(0.0)

SOME = np.arange(0, len(allographs.allographs()), 7)
"""Every seventh allograph; the same in all tests, so that it compiles once."""


def test_every_digit_has_many_allographs_of_different_names() -> None:
    """All of them fill the unit box."""
    names = Counter((digit, template.name) for digit, template in allographs.allographs())
    assert min(Counter(digit for digit, _ in names).values()) >= 12
    assert set(names.values()) <= {1, templates.FORMS}
    for digit, template in allographs.allographs():
        points = np.concatenate(template.drawing)
        assert points.min() > -0.04, (digit, template.name)
        assert points.max() < 1.04, (digit, template.name)
        assert np.ptp(points, axis=0).max() > 0.8, (digit, template.name)
        assert template.weight > 0


def test_tables_are_parsed() -> None:
    table = """
    # a comment
    cross  2.5  0,0 100,100 / 0,100 100,0  # another
    corner 1    0,0 0,100! 100,100
    """
    cross, corner = templates.parse(table)
    assert (cross.name, cross.weight) == ("cross", 2.5)
    np.testing.assert_array_equal(cross.drawing, [[[0, 0], [1, 1]], [[0, 1], [1, 0]]])
    np.testing.assert_array_equal(corner.drawing, [[[0, 0], [0, 1], [1, 1]]])


def test_knots_that_vary_give_forms_between_their_two_ends() -> None:
    forms = templates.parse("roof 4 0,0~0,40 100,0~60,0 / 50,0~90,0 50,100")
    assert [form.name for form in forms] == ["roof"] * templates.FORMS
    assert sum(form.weight for form in forms) == pytest.approx(4)
    starts = np.array([form.drawing[0][0, 1] for form in forms]) / 0.4
    ends = (1 - np.array([form.drawing[0][-1, 0] for form in forms])) / 0.4
    others = np.array([form.drawing[1][0, 0] - 0.5 for form in forms]) / 0.4
    np.testing.assert_allclose(starts, ends)  # the knots of a stroke vary together
    for fractions in (starts, others):
        assert np.diff(np.sort(fractions)).max() < 2.5 / templates.FORMS
        assert fractions.min() >= 0
        assert fractions.max() <= 1
    assert abs(np.corrcoef(starts, others)[0, 1]) < 0.7  # two strokes vary on their own


def test_curves_pass_smoothly_through_their_points() -> None:
    (ring,) = templates.parse("ring 1 50,0 0,50 50,100 100,50 50,0")
    points = ring.drawing[0]
    for knot in [(0.5, 0), (0, 0.5), (0.5, 1), (1, 0.5)]:
        assert np.abs(points - knot).sum(1).min() < 1e-9
    np.testing.assert_allclose(np.hypot(*(points - 0.5).T), 0.5, atol=0.06)
    steps = np.diff(np.concatenate([points, points[1:2]]), axis=0)
    turns = np.angle(np.exp(1j * np.diff(np.arctan2(steps[:, 1], steps[:, 0]))))
    assert np.abs(turns).max() < 0.4


def test_points_of_stacked_templates_are_evenly_spaced() -> None:
    shapes = allographs.shapes()
    for points, stroke, first, last in zip(*shapes, strict=True):
        for number in range(stroke.max() + 1):
            mine = np.flatnonzero(stroke == number)
            assert (first[mine] == mine[0]).all()
            assert (last[mine] == mine[-1]).all()
            steps = np.hypot(*np.diff(points[mine], axis=0).T)
            assert steps.max() < 0.07  # about a pixel
        assert stroke.max() < templates.MAX_STROKES


def test_a_hand_without_variation_writes_the_normalised_template() -> None:
    written = writer.write(jax.random.key(0), allographs.shapes(), SOME, STEADY)
    normalised = [normalise(template.drawing) for _, template in allographs.allographs()[::7]]
    rendered = jax.jit(jax.vmap(render))
    np.testing.assert_allclose(rendered(written), rendered(jnp.asarray(normalised)), atol=40)


COUNT = 500  # the same in all tests, so that it compiles once


def test_samples_depend_on_the_key_and_compile_once() -> None:
    first, again, other = (
        np.asarray(allographs.sample_images(jax.random.key(seed), COUNT)[0]) for seed in (1, 1, 2)
    )
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()
    compiled = allographs.sample._cache_size()
    allographs.sample_images(jax.random.key(3), COUNT)
    assert allographs.sample._cache_size() == compiled


def test_samples_fill_the_box_and_their_ink_is_centred() -> None:
    points, labels = allographs.sample(jax.random.key(3), COUNT, DEFAULT)
    assert points.shape == (COUNT, POINTS, 2)
    assert labels.shape == (COUNT,)
    extents = np.ptp(np.asarray(points), axis=1).max(1)
    np.testing.assert_allclose(extents, INK_BOX_PIXELS - 2 * PEN_RADIUS_PIXELS, atol=1e-3)
    images = np.asarray(writer.render_drawings(jax.random.key(3), points))
    assert images.min() >= 0
    assert images.max() <= 255
    grid = np.arange(FRAME_PIXELS)
    for axis in (1, 2):
        centre = (images.sum(axis) @ grid) / images.sum((1, 2))
        assert np.abs(centre - (FRAME_PIXELS - 1) / 2).mean() < 0.5


def test_digits_are_equally_frequent_and_allographs_follow_their_weights() -> None:
    labels = np.concatenate(
        [allographs.sample(jax.random.key(seed), COUNT, DEFAULT)[1] for seed in range(10)]
    )
    np.testing.assert_allclose(np.bincount(labels, minlength=10), 500, atol=100)
    chosen = writer.sample_indices(jax.random.key(5), np.array([1.0, 3.0, 0.0, 4.0]), 8000)
    np.testing.assert_allclose(np.bincount(chosen, minlength=4), [1000, 3000, 0, 4000], atol=200)


@pytest.mark.parametrize("field", [name for name in Hand._fields if name != "pen"])
def test_each_setting_of_the_hand_changes_the_drawing(field: str) -> None:
    shapes = allographs.shapes()
    base = STEADY._replace(**{NEEDS[field]: 0.3}) if field in NEEDS else STEADY
    varied = base._replace(**{field: 0.3})
    steady = writer.write(jax.random.key(6), shapes, SOME, base)
    changed = writer.write(jax.random.key(6), shapes, SOME, varied)
    assert jnp.isfinite(changed).all()
    assert jnp.abs(changed - steady).max() > 0.5


NEEDS = {"run_on": "run_length", "run_length": "run_on"}
"""Settings that change nothing without another one."""


VARY = jax.jit(writer.vary)


def test_ends_that_run_on_go_further_or_turn_back() -> None:
    """A vertical line becomes longer, or keeps its length and carries a hook near its end."""
    line = templates.stack_templates(templates.parse("line 1 50,0 50,100"))
    runs = STEADY._replace(run_on=0.5, run_length=0.2)
    drawn = VARY(jax.random.key(8), line, jnp.zeros(COUNT, int), runs).points
    lengths = np.ptp(np.asarray(drawn[..., 1]), axis=1)
    widths = np.ptp(np.asarray(drawn[..., 0]), axis=1)
    assert 0.3 < (lengths > 1.05).mean() < 0.9
    assert lengths.max() < 2
    hooks = (np.abs(lengths - 1) < 0.01) & (widths > 0.02)
    assert 0.02 < hooks.mean() < 0.5


def test_points_on_a_grid_are_staircases() -> None:
    """A slanted line turns wherever it steps to the next row of cells."""
    line = templates.stack_templates(templates.parse("line 1 0,0 100,37"))
    gridded = STEADY._replace(grids=1.0)
    drawn = np.asarray(VARY(jax.random.key(9), line, jnp.zeros(COUNT, int), gridded).points)
    steps = np.diff(drawn, axis=1)
    turns = np.abs(np.diff(np.arctan2(steps[..., 1], steps[..., 0]), axis=1))
    assert ((turns > 0.05).sum(axis=1) > 2).mean() > 0.9  # a straight line has none


def test_a_hand_that_varies_nothing_writes_the_drawing_as_it_is_normalised() -> None:
    drawings = [labelled.drawing for labelled in drawings_of_a_person(20, seed=0)]
    written = write(stack_drawings(map(resample, drawings)), STEADY, np.random.default_rng(0))
    for image, drawing in zip(written, drawings, strict=True):
        np.testing.assert_allclose(image, render(jnp.asarray(normalise(drawing))), atol=0.5)


def test_a_wider_pen_leaves_more_ink_and_no_other_shape() -> None:
    drawings = stack_drawings(resample(one.drawing) for one in drawings_of_a_person(20, seed=0))
    hands = STEADY, STEADY._replace(pen=0.4)
    usual, varied = (write(drawings, hand, np.random.default_rng(2)) for hand in hands)
    wider = np.random.default_rng(2).standard_normal((20, 12))[:, 0] > 0
    assert 0 < wider.sum() < 20
    assert (((varied - usual) >= -0.01).all((1, 2)) == wider).all()


def test_all_digits_are_written_and_the_shipped_network_reads_them(shipped: MLP) -> None:
    images, labels = sample_digits(1000, np.random.default_rng(0))
    assert images.shape == (1000, 28, 28)
    assert images.min() >= 0
    assert images.max() <= 255
    assert np.bincount(labels, minlength=10).min() > 70
    logits = np.asarray(shipped(jnp.asarray(images)))[:, :DIGITS]
    assert (logits.argmax(1) == labels).mean() > 0.97
