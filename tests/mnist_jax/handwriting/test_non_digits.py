"""Drawings that are not digits."""

import jax
import numpy as np
import pytest

from mnist_jax.handwriting import allographs, non_digits, symbols, templates
from mnist_jax.handwriting.writer import DEFAULT
from mnist_jax.ink.frame import INK_BOX_PIXELS, PEN_RADIUS_PIXELS
from mnist_jax.ink.normalise import POINTS

COUNT = 300  # the same in all tests, so that it compiles once
SPAN = INK_BOX_PIXELS - 2 * PEN_RADIUS_PIXELS


def test_every_symbol_lies_in_the_unit_box_and_has_a_unique_name() -> None:
    names = [template.name for template in symbols.templates()]
    assert len(names) > 150
    assert len(set(names)) == len(names)
    for template in symbols.templates():
        points = np.concatenate(template.drawing)
        assert points.min() > -0.05, template.name
        assert points.max() < 1.05, template.name
        assert np.ptp(points, axis=0).max() > 0.7, template.name
        assert len(template.drawing) <= templates.MAX_STROKES


def test_no_symbol_has_the_shape_of_an_allograph() -> None:
    digits = allographs.shapes()
    for template, points, stroke in zip(
        symbols.templates(), symbols.shapes().points, symbols.shapes().stroke, strict=True
    ):
        alike = (digits.stroke == stroke).all(1)
        apart = np.abs(digits.points - points).mean((1, 2))
        assert not (alike & (apart < 0.03)).any(), template.name


def test_samples_fill_the_box_or_are_a_dot() -> None:
    points = np.asarray(non_digits.sample(jax.random.key(0), COUNT))
    assert points.shape == (COUNT, POINTS, 2)
    assert np.isfinite(points).all()
    extents = np.ptp(points, axis=1).max(1)
    is_dot = extents < 1e-3
    np.testing.assert_allclose(extents[~is_dot], SPAN, atol=1e-3)
    np.testing.assert_allclose(points[is_dot], 13.5)
    assert is_dot.sum() < 0.02 * COUNT


def test_samples_depend_on_the_key_and_compile_once() -> None:
    first = np.asarray(non_digits.sample_images(jax.random.key(1), COUNT))
    compiled = non_digits.sample_kinds._cache_size()
    again, other = (
        np.asarray(non_digits.sample_images(jax.random.key(seed), COUNT)) for seed in (1, 2)
    )
    assert first.shape == (COUNT, 28, 28)
    assert first.min() >= 0
    assert first.max() == 255
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()
    assert non_digits.sample_kinds._cache_size() == compiled


@pytest.mark.slow
@pytest.mark.parametrize("kind", non_digits.KINDS)
def test_drawings_of_every_kind_are_finite_and_in_the_frame(kind: str) -> None:
    counts = tuple(20 * (name == kind) for name in non_digits.KINDS)
    drawn = np.asarray(non_digits.sample_kinds(jax.random.key(3), counts, DEFAULT))
    assert drawn.shape == (20, POINTS, 2)
    assert np.isfinite(drawn).all()
    assert np.abs(drawn - 13.5).max() <= SPAN + 1e-3
    assert len(np.unique(drawn.round(3), axis=0)) > 10
