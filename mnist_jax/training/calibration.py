"""Calibrate a trained network, so that its probabilities agree with its accuracy."""

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int, Key

from mnist_jax.classes import DIGITS, NOT_A_DIGIT
from mnist_jax.data.mnist import Digits
from mnist_jax.handwriting import allographs, non_digits, writer
from mnist_jax.model import MLP, Dense
from mnist_jax.reading import read_points

SAMPLES = 8_000
"""Number of synthetic digits, and of synthetic non-digits, to calibrate on."""

KEPT = 0.99
"""Share of the synthetic digits that the threshold accepts."""

CHUNK = 1_000
"""Number of drawings that are read at once, to bound the memory."""

TEMPERATURES = 0.4 * 6.25 ** (np.arange(-50, 150) / 63)
SHIFTS = np.linspace(-4.0, 4.0, 81)


def calibrated(mlp: MLP, held_out: Digits, key: Key[Array, ""]) -> MLP:
    """Return the network with scaled and shifted logits, and a threshold for refusing.

    One temperature divides all logits (Guo et al. 2017, section 4.2), and a shift is added to the
    logit of "not a digit". Both minimise the cross-entropy: on held-out images and fresh synthetic
    digits, and for the shift also on as many non-digits. The threshold is chosen for drawings that
    are read as `read_drawing` reads them.
    """
    write, pen, stray = jax.random.split(key, 3)
    points, drawn_labels = allographs.sample(write, SAMPLES)
    drawn = writer.render_drawings(pen, points)
    shown = jnp.concatenate([jnp.asarray(held_out.images, float), drawn])
    labels = np.concatenate([held_out.labels.astype(int), np.asarray(drawn_labels)])
    logits = np.asarray(mlp(shown), np.float64)
    temperature = _temperature(logits[:, :DIGITS], labels)
    others = np.asarray(mlp(non_digits.sample_images(stray, SAMPLES)), np.float64)
    shift = _shift(_margins(logits / temperature), _margins(others / temperature))
    folded = _folded(mlp, temperature, shift)
    folded.threshold = float(np.quantile(_digit_probabilities(folded, points), 1 - KEPT))
    return folded


def _digit_probabilities(mlp: MLP, points: Float[Array, "n points 2"]) -> Float[np.ndarray, " n"]:
    parts = np.split(points, range(CHUNK, len(points), CHUNK))
    return np.concatenate([read_points(mlp, part).digit_probabilities for part in parts])


def _temperature(logits: Float[np.ndarray, "n 10"], labels: Int[np.ndarray, " n"]) -> float:
    """Return the divisor of the logits with the smallest cross-entropy."""
    true = logits[np.arange(len(labels)), labels]
    losses = [float((_log_sum_exp(logits / t) - true / t).mean()) for t in TEMPERATURES]
    return float(TEMPERATURES[np.argmin(losses)])


def _margins(logits: Float[np.ndarray, "n 11"]) -> Float[np.ndarray, " n"]:
    """Return the log-odds of being a digit."""
    return np.asarray(_log_sum_exp(logits[:, :DIGITS]) - logits[:, NOT_A_DIGIT])


def _shift(digits: Float[np.ndarray, " n"], others: Float[np.ndarray, " m"]) -> float:
    """Return the shift of the log-odds with the smallest cross-entropy."""
    losses = [
        np.logaddexp(0, shift - digits).mean() + np.logaddexp(0, others - shift).mean()
        for shift in SHIFTS
    ]
    return float(SHIFTS[np.argmin(losses)])


def _log_sum_exp(logits: Float[np.ndarray, "n classes"]) -> Float[np.ndarray, " n"]:
    return np.asarray(np.logaddexp.reduce(logits, axis=1))


def _folded(mlp: MLP, temperature: float, shift: float) -> MLP:
    *hidden, last = mlp.layers
    bias = (last.bias / temperature).at[NOT_A_DIGIT].add(shift)
    return MLP([*hidden, Dense(last.kernel / temperature, bias)])
