"""Networks that learn step by step: Adam as in the paper, and digits after a few seconds."""

import numpy as np
import pytest

from mnist_jax.handwriting.quick_writer import sample_digits
from mnist_jax.insight.learning import Learner, fresh_learner, judge, learn, learnt_patterns

BATCH = 32


def drawn(steps: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """New drawings for so many steps, and their labels."""
    images, labels = sample_digits(steps * BATCH, np.random.default_rng(seed))
    return images.reshape(steps, BATCH, 28, 28), labels.reshape(steps, BATCH)


def test_two_steps_without_a_hidden_layer_are_those_of_adam() -> None:
    """Softmax regression in NumPy, by Kingma and Ba 2015, algorithm 1."""
    images, labels = drawn(2, seed=0)
    learner = fresh_learner((), seed=1)
    kernel, bias = (np.array(part, np.float64) for part in learner.mlp.layers[0])
    taught, (loss, accuracy) = learn(learner, images, labels, 0.01)

    weights, first, second = np.vstack([kernel, bias]), 0.0, 0.0
    losses, right = [], []
    for step in (1, 2):
        inputs = np.hstack([images[step - 1].reshape(BATCH, -1) / 255, np.ones((BATCH, 1))])
        logits = inputs @ weights
        shares = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
        true = labels[step - 1]
        losses.append(-np.log(shares[np.arange(BATCH), true]).mean())
        right.append((logits.argmax(1) == true).mean())
        gradient = inputs.T @ (shares - np.eye(10)[true]) / BATCH
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        scaled = first / (1 - 0.9**step), second / (1 - 0.999**step)
        weights -= 0.01 * scaled[0] / (np.sqrt(scaled[1]) + 1e-7)
    np.testing.assert_allclose(taught.mlp.layers[0].kernel, weights[:-1], atol=1e-4)
    np.testing.assert_allclose(taught.mlp.layers[0].bias, weights[-1], atol=1e-4)
    assert float(loss) == pytest.approx(np.mean(losses), rel=1e-4)
    assert float(accuracy) == pytest.approx(np.mean(right))


def test_steps_taken_together_are_the_steps_taken_one_by_one() -> None:
    images, labels = drawn(3, seed=0)
    together, _ = learn(fresh_learner((16,), seed=1), images, labels, 0.001)
    single: Learner = fresh_learner((16,), seed=1)
    for step in range(3):
        single, _ = learn(single, images[step : step + 1], labels[step : step + 1], 0.001)
    for one, other in zip(together.mlp.layers, single.mlp.layers, strict=True):
        np.testing.assert_allclose(one.kernel, other.kernel, atol=1e-5)
    compiled = learn._cache_size()
    learn(single, images, labels, 0.1)
    assert learn._cache_size() == compiled  # another learning rate does not compile again


def test_nine_of_ten_new_drawings_are_read_after_twelve_thousand() -> None:
    """What was learnt is smooth, and lies where ink is."""
    learner, (images, labels) = fresh_learner((128,), seed=1), drawn(400, seed=0)
    start = learner.mlp
    for at in range(0, 400, 4):
        learner, _ = learn(learner, images[at : at + 4], labels[at : at + 4], 0.001)
    images, labels = sample_digits(1000, np.random.default_rng(7))
    judged = judge(learner.mlp, images, labels)
    assert float(judged.accuracy) > 0.9
    assert (judged.digits == labels).mean() == pytest.approx(float(judged.accuracy))

    assert not learnt_patterns(start, start, images, 12).any()
    patterns = learnt_patterns(start, learner.mlp, images, 12)
    assert patterns.shape == (12, 28, 28)
    assert np.abs(patterns[:, [0, -1]]).mean() < np.abs(patterns).mean() / 5
    beside = (patterns[:, :, 1:] * patterns[:, :, :-1]).sum() / (patterns**2).sum()
    assert beside > 0.8
