"""Images that are read as another digit, and the way to them."""

import jax.numpy as jnp
import numpy as np
import pytest

from mnist_jax import predict
from mnist_jax.handwriting.allographs import allographs
from mnist_jax.ink.render import drawing_images
from mnist_jax.insight.changes import nearest_change, transition
from mnist_jax.model import MLP
from tests.cases import first_values
from tests.mnist_jax.insight.networks import network, plain_digits


def others(mlp: MLP, image: np.ndarray) -> list[int]:
    """The digits that are not the guess."""
    guess = int(np.asarray(predict(mlp, image[None]))[0].argmax())
    return [digit for digit in range(10) if digit != guess]


def assert_is_read(mlp: MLP, changed: np.ndarray, digit: int) -> None:
    """It holds bytes, and all the network's classes together are less probable than the digit."""
    assert changed.min() >= 0
    assert changed.max() <= 255
    np.testing.assert_array_equal(changed, changed.astype(np.uint8))
    assert np.asarray(predict(mlp, changed[None]))[0].argmax() == digit
    logits = np.float64(mlp(jnp.asarray(changed)[None])[0])
    assert 1 / np.exp(logits - logits[digit]).sum() > 0.54


@pytest.mark.parametrize(("first", "step"), [(0, 480), pytest.param(3, 64, marks=pytest.mark.slow)])
def test_allographs_can_be_changed_to_the_nearest_other_digit(
    shipped: MLP, first: int, step: int
) -> None:
    """Little ink is added and rubbed out."""
    images = drawing_images([template.drawing for _, template in allographs()[first::step]])
    shares = []
    for image in images:
        changed, digit = nearest_change(shipped, image, others(shipped, image))
        assert digit in others(shipped, image)
        assert_is_read(shipped, changed, digit)
        shares.append(np.abs(changed - image).sum() / image.sum())
    assert np.median(shares) < 0.2
    assert max(shares) < 0.8


@pytest.mark.parametrize("digit", first_values(1, [0, 3, 7]))
def test_plain_digits_can_be_changed_to_nearly_every_other(shipped: MLP, digit: int) -> None:
    image = plain_digits()[digit]
    changes = [nearest_change(shipped, image, [target]) for target in others(shipped, image)]
    found = [change for change in changes if change is not None]
    assert len(found) >= 8
    for changed, target in found:
        assert_is_read(shipped, changed, target)


@pytest.mark.slow
def test_the_nearest_of_several_digits_is_the_nearest_of_each(shipped: MLP) -> None:
    image = plain_digits()[3]
    changes = [nearest_change(shipped, image, [digit]) for digit in others(shipped, image)]
    distances = [np.abs(change[0] - image).sum() for change in changes if change is not None]
    for order in (1, -1):
        changed, _ = nearest_change(shipped, image, others(shipped, image)[::order])
        assert np.abs(changed - image).sum() == pytest.approx(min(distances))


@pytest.mark.slow
def test_ink_is_added_only_where_it_touches_ink(shipped: MLP) -> None:
    """Each connected part of the changed image has a pixel that was full of ink before."""
    from skimage.measure import label

    for image in plain_digits()[[2, 4, 9]]:
        changed, _ = nearest_change(shipped, image, others(shipped, image))
        parts = label(np.maximum(changed, image) > 100)
        assert set(parts[parts > 0]) == set(parts[(parts > 0) & (image > 100)])


@pytest.mark.parametrize(("hidden", "classes"), [((), 10), ((30,), 11)])
def test_untrained_networks_are_misled(hidden: tuple[int, ...], classes: int) -> None:
    """In an image without ink there is nothing that a stroke could touch."""
    mlp, image = network(hidden, classes), plain_digits()[8]
    changed, digit = nearest_change(mlp, image, others(mlp, image))
    assert_is_read(mlp, changed, digit)
    assert nearest_change(mlp, np.zeros((28, 28)), range(10)) is None


def test_a_search_is_ended_before_its_next_mark_by_what_the_check_raises(shipped: MLP) -> None:
    checks = iter((False, False, True))

    def check() -> None:
        if next(checks):
            raise TimeoutError

    with pytest.raises(TimeoutError):
        nearest_change(shipped, plain_digits()[3], range(10), check)
    assert next(checks, None) is None


def test_a_transition_leads_from_one_image_to_the_other(shipped: MLP) -> None:
    image = plain_digits()[9]
    changed = image.copy()
    changed[10, 4:8] = [0, 0, 255, 51]
    changed[14:16, 8:20] = 0
    way = transition(shipped, image, changed, 5)
    assert way.images.shape == (5, 28, 28)
    np.testing.assert_allclose(way.images[[0, 2, 4]], [image, (image + changed) / 2, changed])
    np.testing.assert_allclose(way.probabilities, predict(shipped, way.images), atol=1e-5)
    difference = changed - image
    assert way.added == pytest.approx(difference[difference > 0].sum() / image.sum(), rel=1e-4)
    assert way.rubbed_out == pytest.approx(
        -difference[difference < 0].sum() / image.sum(), rel=1e-4
    )
    blank = transition(shipped, np.zeros((28, 28)), np.zeros((28, 28)))
    assert (len(blank.images), blank.added, blank.rubbed_out) == (9, 0, 0)
