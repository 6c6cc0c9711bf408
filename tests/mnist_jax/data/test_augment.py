"""Distortion of images: an oracle for the warp, and what each strength does."""

from dataclasses import replace
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jaxtyping import Array, Float

from mnist_jax.data import augment
from mnist_jax.data.distortion import Distortion
from mnist_jax.ink.frame import FRAME_PIXELS

NONE = Distortion(
    rotation_degrees=0.0,
    slant=0.0,
    scale=0.0,
    stretch=0.0,
    shift_pixels=0.0,
    elastic_pixels=0.0,
    thicken=0.0,
    thin=0.0,
)
GRID = np.arange(FRAME_PIXELS)


@pytest.fixture(scope="module")
def images() -> Float[Array, "batch 28 28"]:
    """Blots well inside the frame."""
    blots = jax.random.uniform(jax.random.key(0), (40, FRAME_PIXELS, FRAME_PIXELS)) * 255
    inside = (np.abs(GRID - 13.5) < 7).astype(np.float32)
    return blots * inside * inside[:, None]


def centres(images: Array) -> np.ndarray:
    """The centre of mass of each image, row first."""
    mass = images.sum((1, 2))
    return np.stack([images.sum(2) @ GRID / mass, images.sum(1) @ GRID / mass], axis=1)


def test_no_strength_changes_nothing(images: Array) -> None:
    np.testing.assert_allclose(augment.distort(jax.random.key(1), images, NONE), images, atol=1e-2)


def test_warping_is_bilinear_interpolation(images: Array) -> None:
    places = np.random.default_rng(0).uniform(-3, 31, (2, 2, FRAME_PIXELS, FRAME_PIXELS))
    warped = augment.warped(images[:2], jnp.asarray(places, jnp.float32))
    padded = np.pad(np.asarray(images[:2]), ((0, 0), (9, 9), (9, 9)))
    expected = np.zeros_like(warped)
    for n, row, column in np.ndindex(*expected.shape):
        y, x = places[n, :, row, column] + 9
        for j in (int(y), int(y) + 1):
            for i in (int(x), int(x) + 1):
                share = (1 - abs(y - j)) * (1 - abs(x - i))
                expected[n, row, column] += share * padded[n, j, i]
    np.testing.assert_allclose(warped, expected, atol=0.05)


def test_shifts_move_the_centre_of_mass_as_far_as_asked(images: Array) -> None:
    strength = replace(NONE, shift_pixels=3.0)
    moved = centres(augment.distort(jax.random.key(2), images, strength)) - centres(images)
    amounts = jax.random.uniform(
        jax.random.split(jax.random.key(2), 3)[0], (6, len(images)), minval=-1.0, maxval=1.0
    )
    np.testing.assert_allclose(moved, 3 * amounts[4:].T, atol=0.01)


def test_scale_changes_the_spread_within_its_range(images: Array) -> None:
    strength = replace(NONE, scale=0.3)
    scaled = augment.distort(jax.random.key(3), images, strength)
    ratio = np.sqrt(scaled.sum((1, 2)) / images.sum((1, 2)))
    assert ratio.min() > 0.65
    assert ratio.max() < 1.35
    assert np.ptp(ratio) > 0.4


def test_rotation_and_slant_turn_a_bar_as_far_as_asked() -> None:
    bar = np.zeros((200, FRAME_PIXELS, FRAME_PIXELS), np.float32)
    bar[:, 4:24, 13:15] = 255
    for field, limit in [("rotation_degrees", np.rad2deg(np.arctan(0.3))), ("slant", 0.3)]:
        strength = replace(NONE, **{field: float(limit)})
        turned = np.asarray(augment.distort(jax.random.key(4), jnp.asarray(bar), strength))
        columns = (turned * GRID).sum(2) / np.maximum(turned.sum(2), 1e-6)
        lean = (columns[:, 8] - columns[:, 20]) / 12
        assert np.abs(lean).max() < 0.305
        assert lean.max() > 0.25
        assert lean.min() < -0.25


def test_elastic_displacement_is_as_strong_and_smooth_as_asked() -> None:
    strength = Distortion(elastic_pixels=1.5, elastic_sigma_pixels=4.0)
    field = np.asarray(augment.elastic(jax.random.key(5), 2000, strength))
    np.testing.assert_allclose(np.sqrt(np.square(field).mean((0, 1))), 1.5, rtol=0.06)
    for apart in (2, 4, 8):  # noise smoothed by a Gaussian correlates as one sqrt(2) times as wide
        correlation = (field[:, :, 10] * field[:, :, 10 + apart]).mean() / 1.5**2
        np.testing.assert_allclose(correlation, np.exp(-(apart**2) / 64), atol=0.06)


def test_thickness_adds_and_takes_ink_between_paper_and_black(images: Array) -> None:
    strength = replace(NONE, thicken=1.0, thin=1.0)
    pressed = augment.distort(jax.random.key(6), images, strength)
    change = pressed.sum((1, 2)) - images.sum((1, 2))
    assert (change > 0).any()
    assert (change < 0).any()
    assert pressed.min() >= 0
    assert pressed.max() <= 255


def test_distortion_takes_bytes_and_compiles_once(images: Array) -> None:
    distort = jax.jit(partial(augment.distort, strength=Distortion()))
    whole = images.astype(jnp.uint8)
    first, again, other = (np.asarray(distort(jax.random.key(n), whole)) for n in (1, 1, 2))
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()
    assert np.isfinite(first).all()
    assert first.shape == images.shape
    assert distort._cache_size() == 1
