"""How likely ink is a number: what counts against it, and how the weights are fitted."""

import math

import numpy as np
import pytest

from mnist_jax.evaluation.number_certainty import fit
from mnist_jax.model import MLP
from mnist_jax.numbers.certainty import Evidence
from mnist_jax.numbers.division import find_digits
from mnist_jax.numbers.layout import height
from tests.mnist_jax.numbers.test_numbers import Strokes, line, written


def evidence(network: MLP, strokes: Strokes) -> Evidence:
    pieces = [(stroke,) for stroke in strokes]
    found = find_digits(network, pieces)
    digits = [segment.reading for segment in found.segments if segment.reading]
    return Evidence.of(found, digits, height(pieces))


def test_digits_that_touch_count_against_a_number_if_all_of_them_do(shipped: MLP) -> None:
    apart, touching = evidence(shipped, written("17")), evidence(shipped, written("17", gap=0.0))
    assert apart[2:] == (0, 0, math.log(2))
    assert touching[2:4] == pytest.approx((1, 0), abs=1e-6)
    assert apart.probability > touching.probability
    near = [*written("17", gap=0.0), *(stroke + np.array([1.5, 0]) for stroke in written("7"))]
    assert evidence(shipped, near)[2:4] == pytest.approx((0, 0), abs=1e-6)
    all_three = written("177", gap=0.0)
    assert evidence(shipped, all_three).contact == pytest.approx(0.5, abs=1e-6)


def test_extents_overlap_by_a_share_of_the_narrower_digit(shipped: MLP) -> None:
    """Two slanted ones, of which the second begins over the foot of the first."""
    slanted = [line((0.3, 0), (0, 1)), line((0.55, 0), (0.2, 1))]
    pieces = [(stroke,) for stroke in slanted]
    found = find_digits(shipped, pieces, 2)
    digits = [segment.reading for segment in found.segments if segment.reading]
    assert Evidence.of(found, digits, height(pieces)).overlap == pytest.approx(0.1 / 0.3)


def test_each_feature_can_lower_the_probability_of_a_number() -> None:
    sure = Evidence(0.0, 0.0, 0.0, 0.0, 0.0)
    for name in sure._fields:
        sign = -1 if name in {"reading", "likeness", "length"} else 1
        assert sure._replace(**{name: sign * 1.0}).probability < sure.probability


def test_the_fit_finds_the_weights_that_made_the_sample() -> None:
    rng = np.random.default_rng(0)
    features = rng.normal(size=(20_000, 2))
    right = rng.random(20_000) < 1 / (1 + np.exp(-(features @ [1.5, -0.5] + 0.3)))
    assert fit(features, right, np.ones(20_000)) == pytest.approx([1.5, -0.5, 0.3], abs=0.08)
    assert all(map(math.isfinite, fit(features, right > 2, np.full(20_000, 0.1))))
