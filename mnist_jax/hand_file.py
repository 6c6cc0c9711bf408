"""Save what a network has learnt of one person's hand in a small file.

Teaching changes most weights of an `MLP`, but nearly all of the change lies in a few directions. So
the change of each kernel is stored as the product of two narrow matrices, in float16: about 130 KB
for the network that ships, instead of 7 MB. The network itself is not in the file.

The format is that of params files, with these tensors for each layer that has changed:

    layers.1.left  (2048, 16)    layers.1.right  (16, 1024)    layers.1.bias  (1024,)

The card holds what the caller gives and the digest of the network that the change belongs to.
"""

import hashlib
from functools import partial
from pathlib import Path

import jax
import numpy as np
from jaxtyping import Float

from mnist_jax.model import MLP, Dense, may_overflow
from mnist_jax.params import Card, Shapes, Tensors, read_tensors, write_tensors

RANK = 16
"""Directions of a kernel's change that are stored."""

SPARE = 8
"""Additional directions in the search; the weakest ones are dropped."""

PARTS = ("left", "right", "bias")
"""Tensors of a changed layer: the factors of its kernel's change, and its bias's change."""


class OtherNetworkError(ValueError):
    """The change belongs to another network."""


def save_hand(path: Path, network: MLP, taught: MLP, card: Card) -> None:
    """Write the change from `network` to `taught`, with the card, atomically.

    Equal networks and cards give equal bytes.

    Raises:
        InputError: the file cannot be written.
    """
    tensors: Tensors = {}
    for index, (old, new) in enumerate(zip(network.layers, taught.layers, strict=True)):
        kernel, bias = (np.asarray(b) - np.asarray(a) for a, b in zip(old, new, strict=True))
        if kernel.any() or bias.any():
            parts = zip(PARTS, (*_factors(kernel), bias), strict=True)
            tensors |= {f"layers.{index}.{name}": part.astype(np.float16) for name, part in parts}
    write_tensors(path, tensors, card | {"network": _digest(network)})


def load_hand(path: Path, network: MLP) -> tuple[MLP, Card]:
    """Return `network` with the change in the file, and the card that was saved.

    Raises:
        OtherNetworkError: the change belongs to another network.
        ValueError: the file is damaged.
        OSError: it is missing or cannot be read.
    """
    card, tensors = read_tensors(path, partial(_shapes, network))
    if card.pop("network", None) != _digest(network):
        raise OtherNetworkError("the change belongs to another network")
    layers = [_changed(layer, index, tensors) for index, layer in enumerate(network.layers)]
    if may_overflow(layers):
        raise ValueError("the weights are not finite or too large")
    return MLP(layers, network.threshold), card


def _factors(
    change: Float[np.ndarray, "inputs outputs"],
) -> tuple[Float[np.ndarray, "inputs rank"], Float[np.ndarray, "rank outputs"]]:
    """Return two narrow matrices whose product is nearly the change.

    They are found by random directions, because the exact decomposition of a large kernel takes 20
    seconds (Halko, Martinsson and Tropp 2011, algorithm 4.4).
    """
    rank = min(RANK, *change.shape)
    directions = np.random.default_rng(0).standard_normal((change.shape[1], rank + SPARE))
    base, _ = np.linalg.qr(change @ directions)
    for _ in range(2):
        other, _ = np.linalg.qr(change.T @ base)
        base, _ = np.linalg.qr(change @ other)
    left, strengths, right = np.linalg.svd(base.T @ change, full_matrices=False)
    roots = np.sqrt(strengths[:rank])
    return base @ left[:, :rank] * roots, roots[:, None] * right[:rank]


def _shapes(network: MLP, _card: Card, names: set[str]) -> Shapes:
    """Return the shapes of the three tensors of every layer that has any of them in the file."""
    shapes: dict[str, tuple[int, ...]] = {}
    for index, layer in enumerate(network.layers):
        inputs, outputs = layer.kernel.shape
        rank = min(RANK, inputs, outputs)
        sides = (inputs, rank), (rank, outputs), (outputs,)
        parts = {f"layers.{index}.{name}": side for name, side in zip(PARTS, sides, strict=True)}
        if parts.keys() & names:
            shapes |= parts
    return shapes


def _changed(layer: Dense, index: int, tensors: Tensors) -> Dense:
    """Return a layer with its change added, if the file has one."""
    if f"layers.{index}.bias" not in tensors:
        return layer
    left, right, bias = (tensors[f"layers.{index}.{name}"].astype(np.float32) for name in PARTS)
    kernel = np.asarray(layer.kernel) + left @ right
    return Dense(*jax.device_put((kernel, np.asarray(layer.bias) + bias)))


def _digest(network: MLP) -> str:
    """Return the digest of all weights."""
    content = hashlib.sha256()
    for layer in network.layers:
        for array in layer:
            content.update(np.ascontiguousarray(array).data)
    return content.hexdigest()
