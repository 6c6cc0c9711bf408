"""Training: held against a plain loop, repeatable, and stopped when it goes wrong."""

import dataclasses
import re
from contextlib import nullcontext
from itertools import pairwise
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from mnist_jax.classes import NOT_A_DIGIT
from mnist_jax.data.mnist import Digits
from mnist_jax.evaluation.metrics import images_report, read_images
from mnist_jax.model import MLP
from mnist_jax.params import load_params, save_params
from mnist_jax.support.errors import InputError
from mnist_jax.training.loop import fit, orders, snapshots
from mnist_jax.training.recipes import RECIPES
from mnist_jax.training.step import Batch, augmented, evaluated

SMALL = dataclasses.replace(
    RECIPES["seed"], hidden=(16,), epochs=3, batch_size=32, learning_rate=3e-3
)


def test_it_learns(bars: Digits) -> None:
    """Bars are classified after a few epochs, also on held-out images."""
    recipe = dataclasses.replace(SMALL, epochs=30, held_out=50)
    *_, (training, last) = fit(recipe, bars, seed=0)
    assert last.number == 30
    assert last.training.accuracy > 0.95
    assert last.validation is not None
    assert last.validation.accuracy > 0.9
    assert evaluated(training.mlp, bars[250:]) == last.validation


def test_an_epoch_is_a_plain_loop_of_adam(bars: Digits) -> None:
    """One scan under jit does what single steps do, the last partial batch too."""
    recipe = dataclasses.replace(SMALL, epochs=1)
    ((trained, epoch),) = fit(recipe, bars, seed=5)
    mlp = MLP.initialised(recipe.hidden, jax.random.key(5))
    order = np.random.default_rng((5, 1)).permutation(len(bars))
    adam = optax.adam(recipe.learning_rate, eps=1e-7)
    state = adam.init(mlp)
    losses = []

    def loss(mlp: MLP, images: jax.Array, labels: jax.Array) -> jax.Array:
        return optax.softmax_cross_entropy_with_integer_labels(mlp(images), labels).mean()

    differentiate, adapt = jax.jit(jax.value_and_grad(loss)), jax.jit(adam.update)
    for start in range(0, len(bars), recipe.batch_size):
        batch = order[start : start + recipe.batch_size]
        value, gradients = differentiate(mlp, bars.images[batch], bars.labels[batch])
        updates, state = adapt(gradients, state)
        mlp = optax.apply_updates(mlp, updates)
        losses.append(float(value) * len(batch))
    assert epoch.training.loss == pytest.approx(sum(losses) / len(bars), rel=1e-4)
    jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, atol=1e-4), trained.mlp, mlp)


def test_a_resumed_run_is_finished_equal_to_the_bit(
    bars: Digits, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From any snapshot among the last epochs, it ends as if it had never stopped."""
    monkeypatch.setattr("mnist_jax.training.loop.CHUNK_OPERATIONS", 5e6)
    recipe = dataclasses.replace(SMALL, decays=True, finishing=2)
    *_, whole = snapshots(recipe, bars, seed=3)
    for stopped in snapshots(recipe, bars, seed=3):
        if 0.5 < stopped.passes < 2:
            copied = jax.tree.map(np.array, stopped.training)  # the next steps reuse its memory
            *_, resumed = snapshots(recipe, bars, 3, stopped._replace(training=copied))
            jax.tree.map(np.testing.assert_array_equal, whole.training, resumed.training)
            assert whole.epochs == resumed.epochs


@pytest.mark.parametrize(
    ("steps", "batch_size", "lengths"),
    [(99, 32, [9, 1]), (4, 32, [3, 3, 3, 1]), (5, 32, [3, 3, 3, 1]), (7, 23, [7, 6, 1])],
)
def test_an_epoch_is_cut_in_chunks(
    bars: Digits, monkeypatch: pytest.MonkeyPatch, steps: int, batch_size: int, lengths: list[int]
) -> None:
    """Of equal length where that can be, which compile once; they show what the whole shows."""
    recipe = dataclasses.replace(SMALL, batch_size=batch_size)
    monkeypatch.setattr("mnist_jax.training.loop.CHUNK_OPERATIONS", steps * recipe.step_operations)
    parts = orders(recipe, len(bars), 0, 1)
    assert [len(part) for part in parts] == lengths
    assert sorted(np.concatenate([part.ravel() for part in parts])) == list(range(len(bars)))


def test_validation_is_what_a_test_would_be(bars: Digits) -> None:
    """Of the ten digits, given that it is one: what is refused can be right."""
    mlp = MLP.initialised((16,), jax.random.key(0), classes=11)
    last = mlp.layers[-1]._replace(bias=np.array([0.0] * 10 + [50.0], np.float32))
    mlp = MLP([*mlp.layers[:-1], last])
    read = read_images(mlp, bars)
    assert not read.accepted.any()
    report = images_report(read)
    assert evaluated(mlp, bars) == pytest.approx((report["loss"], report["accuracy"]), rel=1e-5)
    assert report["accuracy"] > 0


def test_a_falling_rate_ends_at_rest(bars: Digits) -> None:
    """With `decays` the last epoch moves the weights less than the first."""
    recipe = dataclasses.replace(SMALL, decays=True, epochs=5)
    kernels = [np.array(training.mlp.layers[0].kernel) for training, _ in fit(recipe, bars, seed=0)]
    moves = [np.abs(b - a).mean() for a, b in pairwise(kernels)]
    assert moves[-1] < moves[0] / 2


def test_a_finished_network_is_the_mean_of_the_last_epochs(
    bars: Digits, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the weights after each step; until then, it is trained as by a recipe without finish."""
    monkeypatch.setattr("mnist_jax.training.loop.CHUNK_OPERATIONS", 1)  # one step in each chunk
    plain = dataclasses.replace(SMALL, epochs=2, decays=True)
    *_, before = snapshots(plain, bars, seed=1)
    after: list[MLP] = []
    for snapshot in snapshots(dataclasses.replace(plain, epochs=4, finishing=2), bars, seed=1):
        mlp = snapshot.training.mlp
        if snapshot.passes == 2:
            jax.tree.map(np.testing.assert_array_equal, mlp, before.training.mlp)
        if snapshot.passes > 2:
            after.append(jax.tree.map(np.array, snapshot.training.unaveraged))
    assert len(after) == 2 * SMALL.steps(len(bars))
    mean = jax.tree.map(lambda *arrays: np.mean(arrays, axis=0), *after)
    jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, atol=1e-6), mlp, mean)
    assert np.abs(after[0].layers[0].kernel - after[-1].layers[0].kernel).max() > 1e-3


@pytest.mark.parametrize(
    ("hidden", "rate", "problem"),
    [
        ((8, 8, 8), 1e6, ""),
        ((8, 8, 8), 2e8, "the loss became inf in epoch 1; try a smaller --learning-rate"),
        ((64,) * 8, 30.0, "in epoch 1 that they may overflow"),
    ],
)
def test_networks_given_are_whole_at_any_rate(
    tmp_path: Path, bars: Digits, hidden: tuple[int, ...], rate: float, problem: str
) -> None:
    """A step may ruin a network whose loss before it was finite: such a one is not given."""
    recipe = dataclasses.replace(SMALL, hidden=hidden, epochs=2, batch_size=300, learning_rate=rate)
    given = 0
    with pytest.raises(InputError, match=problem) if problem else nullcontext():
        for training, _ in fit(recipe, bars, seed=0):
            save_params(tmp_path / "a.safetensors", training.mlp, {})
            logits = load_params(tmp_path / "a.safetensors")(jnp.asarray(bars.images))
            assert np.isfinite(np.asarray(logits)).all()
            given += 1
    assert given == (0 if problem else 2)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hidden", (128, 0)),
        ("hidden", (70_000,)),
        ("hidden", (65_536, 65_536)),
        ("held_out", -1),
        ("held_out", 300),
        ("epochs", 0),
        ("batch_size", 0),
        ("batch_size", 301),
        ("learning_rate", -1.0),
        ("learning_rate", float("nan")),
        ("learning_rate", float("inf")),
    ],
)
def test_an_impossible_recipe_is_refused(name: str, value: object) -> None:
    """For 300 images, before anything is trained; the error names the option."""
    with pytest.raises(InputError, match="--" + name.replace("_", "-")):
        dataclasses.replace(SMALL, **{name: value}).check_images(300)


def test_the_last_epochs_distort_by_half() -> None:
    """A recipe settles near MNIST as it is, and only in its last epochs."""
    best = RECIPES["best"]
    assert best.distortion is not None
    main = best.epochs - best.finishing
    assert best.at(1) == best.at(main - best.settling) == best
    settled = best.at(main).distortion
    assert settled == best.at(best.epochs).distortion
    assert settled is not None
    assert settled.rotation_degrees == best.distortion.rotation_degrees / 2
    assert settled.elastic_sigma_pixels == best.distortion.elastic_sigma_pixels
    assert best.at(main).drawn == best.drawn == 2 * best.at(main + 1).drawn
    assert SMALL.at(SMALL.epochs) == SMALL


def test_recipes_tell_their_cost_and_result() -> None:
    """The seed recipe is the reference: Adam at 1e-3, 50 epochs, every image, small steps."""
    for recipe in RECIPES.values():
        assert re.search(r"\d+ (s|min)\b.*\d %", recipe.summary)
    seed = RECIPES["seed"]
    assert (seed.hidden, seed.epochs, seed.batch_size) == ((128, 128, 128), 50, 32)
    assert (seed.learning_rate, seed.decays, seed.held_out) == (1e-3, False, 0)
    assert [name for name, recipe in RECIPES.items() if recipe.has_small_steps] == ["seed"]


def test_the_operations_of_a_step_are_counted() -> None:
    """Two for each weight and image forwards and for each gradient; none towards the images."""
    recipe = dataclasses.replace(SMALL, hidden=(20,), batch_size=7)
    assert recipe.step_operations == 7 * 2 * (2 * 784 * 20 + 3 * 20 * 10)


@pytest.mark.slow
def test_strokes_of_images_that_are_held_out_are_not_trained_on(bars: Digits) -> None:
    """Whatever these images show, the weights have the same bytes."""
    recipe = dataclasses.replace(
        SMALL, epochs=1, held_out=100, stroke_drawings=16, drawings=8, non_digits=8
    )
    images = bars.images.copy()
    images[200:] = bars.images[:100]
    one, other, without = (
        list(fit(settings, digits, seed=0))[-1][0].mlp
        for settings, digits in (
            (recipe, bars),
            (recipe, Digits(images, bars.labels)),
            (dataclasses.replace(recipe, stroke_drawings=0), bars),
        )
    )
    jax.tree.map(np.testing.assert_array_equal, one, other)
    assert not np.array_equal(one.layers[0].kernel, without.layers[0].kernel)


@pytest.mark.slow
def test_images_are_distorted_and_drawings_added(bars: Digits) -> None:
    """MNIST's labels come first, then those of the drawings, then "not a digit"."""
    batch = Batch(jnp.asarray(bars.images[:8]), jnp.asarray(bars.labels[:8]))
    recipe = dataclasses.replace(RECIPES["quick"], drawings=500, non_digits=300)
    inputs, classes = augmented(jax.random.key(0), batch, recipe)
    assert inputs.shape == (808, 28, 28)
    assert np.abs(np.asarray(inputs[:8]) - np.asarray(batch.images)).mean() > 1
    assert classes[:8].tolist() == batch.labels.tolist()
    assert set(classes[8:508].tolist()) <= set(range(10))
    assert classes[508:].tolist() == [NOT_A_DIGIT] * 300
