"""Calibrate a trained network, so that its probabilities agree with its accuracy."""

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int, Key

from mnist_jax.classes import DIGITS, NOT_A_DIGIT
from mnist_jax.data.mnist import Digits
from mnist_jax.handwriting import allographs, non_digits, writer
from mnist_jax.model import MLP, Dense
from mnist_jax.reading import mean_logits

SAMPLES = 8_000
"""Number of synthetic digits, and of synthetic non-digits, to calibrate on."""

HAND = writer.DEFAULT.scaled(0.5)
"""Hand to calibrate on; people vary less than the hand with which the network is trained."""

ACCEPTED_SHARE = 0.997
"""Share of the synthetic digits that are accepted, which sets the threshold of "not a digit"."""

CHUNK = 500
"""Number of drawings that are read at once, to bound the memory."""

TEMPERATURES = 0.4 * 6.25 ** (np.arange(-50, 150) / 63)
"""Temperatures to try: 0.09 to 30, each 3 % above the one before."""

SHIFTS = np.linspace(-4.0, 4.0, 81)
"""Shifts of the log-odds to try."""


def calibrated(mlp: MLP, held_out: Digits, key: Key[Array, ""]) -> MLP:
    """Return the network with scaled and shifted logits, and a threshold for refusing.

    One temperature divides all logits (Guo et al. 2017, section 4.2), and a shift is added to the
    logit of "not a digit". Both minimise the cross-entropy: the temperature on held-out images and
    fresh synthetic digits, the shift on these digits and as many non-digits. Drawings are read as
    `read_drawing` reads them. The threshold then accepts `ACCEPTED_SHARE` of the synthetic digits.
    """
    digit_key, other_key = jax.random.split(key)
    points, drawn_labels = allographs.sample(digit_key, SAMPLES, HAND)
    drawn = _logits(mlp, points)
    others = _logits(mlp, non_digits.sample(other_key, SAMPLES, HAND))
    held_out_logits = np.asarray(mlp(jnp.asarray(held_out.images, float)), np.float64)
    labels = np.concatenate([held_out.labels.astype(int), np.asarray(drawn_labels)])
    temperature = _temperature(np.concatenate([held_out_logits, drawn])[:, :DIGITS], labels)
    digit_margins, other_margins = _margins(drawn / temperature), _margins(others / temperature)
    shift = _shift(digit_margins, other_margins)
    least_margin = np.quantile(digit_margins - shift, 1 - ACCEPTED_SHARE)
    *hidden, last = mlp.layers
    bias = (last.bias / temperature).at[NOT_A_DIGIT].add(shift)
    layers = [*hidden, Dense(last.kernel / temperature, bias)]
    return MLP(layers, float(1 / (1 + np.exp(-least_margin))))


def _logits(mlp: MLP, points: Float[Array, "n points 2"]) -> Float[np.ndarray, "n classes"]:
    """Return the mean logits of the views of normalised drawings."""
    read = jax.jit(mean_logits)
    parts = np.split(np.asarray(points), range(CHUNK, len(points), CHUNK))
    return np.concatenate([np.asarray(read(mlp, part), np.float64) for part in parts])


def _temperature(logits: Float[np.ndarray, "n 10"], labels: Int[np.ndarray, " n"]) -> float:
    """Return the divisor of the logits with the smallest cross-entropy."""
    true = logits[np.arange(len(labels)), labels]
    losses = [(np.logaddexp.reduce(logits / t, 1) - true / t).mean() for t in TEMPERATURES]
    return float(TEMPERATURES[np.argmin(losses)])


def _margins(logits: Float[np.ndarray, "n 11"]) -> Float[np.ndarray, " n"]:
    """Return the log-odds of being a digit."""
    return np.asarray(np.logaddexp.reduce(logits[:, :DIGITS], 1) - logits[:, NOT_A_DIGIT])


def _shift(digits: Float[np.ndarray, " n"], others: Float[np.ndarray, " m"]) -> float:
    """Return the shift of the log-odds with the smallest cross-entropy."""
    losses = [
        np.logaddexp(0, shift - digits).mean() + np.logaddexp(0, others - shift).mean()
        for shift in SHIFTS
    ]
    return float(SHIFTS[np.argmin(losses)])
