"""Weights on disk: a safetensors file with a card that says what they are and how they were made.

No code runs on loading, and NumPy, PyTorch or Rust can read the file too. The tensors are named
`layers.0.kernel`, `layers.0.bias` and so on; the one metadata entry, `card`, is a JSON object with
the network's widths and a digest of everything else. Weights that fit in 16 bits are kept in 16.
Equal weights and cards give equal bytes.
"""

import hashlib
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import jax
import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from mnist_jax.classes import DIGITS, NOT_A_DIGIT
from mnist_jax.ink.frame import PIXELS
from mnist_jax.model import MLP, Dense, may_overflow
from mnist_jax.support.errors import InputError
from mnist_jax.support.files import checked_input, write_whole
from mnist_jax.training.recipes import MAX_WEIGHTS, MAX_WIDTH

Card = dict[str, Any]
Tensors = dict[str, np.ndarray]


def shipped_params() -> Path:
    """Where the weights that ship with the project lie, in a wheel or in a checkout."""
    package = Path(__file__).resolve().parent
    in_wheel = package / "shipped" / "mnist_mlp.safetensors"
    return in_wheel if in_wheel.exists() else package.parent / "params" / "mnist_mlp.safetensors"


def save_params(path: str | Path, mlp: MLP, card: Card) -> None:
    """Write the weights, and what `card` says of them, whole or not at all.

    Raises:
        InputError: the place cannot be written.

    """
    tensors = _tensors(mlp)
    network = {"hidden": mlp.hidden, "classes": mlp.classes, "threshold": float(mlp.threshold)}
    described = card | network
    signed = described | {"sha256": _digest(described, tensors)}
    metadata = {"card": json.dumps(signed, sort_keys=True)}
    write_whole(Path(path), save(tensors, metadata=metadata))


def rounded(mlp: MLP) -> MLP:
    """The network with its weights rounded to 16 bits, so that its file is half as large.

    A weight changes by at most a two-thousandth of itself, or by 3e-8 where it is smaller than
    6e-5, which no measure here can tell. Weights too large for 16 bits stay as they are.
    """
    with np.errstate(over="ignore"):
        halves = jax.tree.map(np.float16, mlp)  # NumPy need not compile it
    if not all(np.isfinite(half).all() for half in jax.tree.leaves(halves)):
        return mlp
    halved: MLP = jax.device_put(jax.tree.map(np.float32, halves))
    return halved


def load_params(path: str | Path | None = None) -> MLP:
    """The network of a params file; without a path, the one that ships with the project.

    Raises:
        InputError: the file is missing, damaged or of another network; the text says what of it.

    """
    return _load(Path(path or shipped_params()))[0]


def load_card(path: str | Path | None = None) -> Card:
    """What the params file says of itself: recipe, seed, versions, test results.

    Raises:
        InputError: as `load_params`.

    """
    return _load(Path(path or shipped_params()))[1]


def _load(path: Path) -> tuple[MLP, Card]:
    tensors, card = _read(path)
    shapes = _shapes(path, card)
    if tensors.keys() != shapes.keys():
        name = min(tensors.keys() ^ shapes.keys())
        state = "is missing" if name in shapes else "is not of this network"
        raise InputError(f"{path}: tensor {name} {state}; {_WAY_OUT}")
    for name, shape in shapes.items():
        _check_tensor(path, name, tensors[name], shape)
    digest = card.pop("sha256", None)
    if digest != _digest(card, tensors):
        raise InputError(
            f"{path}: the content does not match its digest, it was altered; {_WAY_OUT}"
        )
    mlp = _mlp(tensors, card)
    if may_overflow(mlp.layers):
        raise InputError(f"{path}: the weights are so large that they may overflow; {_WAY_OUT}")
    return mlp, card


_WAY_OUT = "give a file that `python -m mnist_jax.train` wrote"


def _read(path: Path) -> tuple[Tensors, Any]:
    checked_input(path, _WAY_OUT)
    try:
        with safe_open(path, framework="numpy") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        card = json.loads(metadata["card"])
    except KeyError as error:
        raise InputError(f"{path}: has no card, it is of another network; {_WAY_OUT}") from error
    except (SafetensorError, OSError, ValueError, TypeError, RecursionError) as error:
        raise InputError(f"{path}: is not a whole params file ({error}); {_WAY_OUT}") from error
    return tensors, card


def _shapes(path: Path, card: Any) -> dict[str, tuple[int, ...]]:
    """Shape of every tensor of the network that the card describes."""
    if not isinstance(card, dict) or not _describes_network(card):
        raise InputError(f"{path}: the card does not describe the network; {_WAY_OUT}")
    widths = (PIXELS, *card["hidden"], card["classes"])
    if sum(a * b for a, b in pairwise(widths)) > MAX_WEIGHTS:
        raise InputError(f"{path}: the card describes over {MAX_WEIGHTS} weights; {_WAY_OUT}")
    shapes: dict[str, tuple[int, ...]] = {}
    for number, (inputs, outputs) in enumerate(pairwise(widths)):
        shapes[f"layers.{number}.kernel"] = (inputs, outputs)
        shapes[f"layers.{number}.bias"] = (outputs,)
    return shapes


def _describes_network(card: Card) -> bool:
    hidden, threshold = card.get("hidden"), card.get("threshold")
    return (
        isinstance(hidden, list)
        and all(type(width) is int and 0 < width <= MAX_WIDTH for width in hidden)
        and card.get("classes") in (DIGITS, NOT_A_DIGIT + 1)
        and isinstance(threshold, float)
        and 0 <= threshold <= 1
    )


def _check_tensor(path: Path, name: str, tensor: np.ndarray, shape: tuple[int, ...]) -> None:
    if tensor.dtype not in (np.float16, np.float32) or tensor.shape != shape:
        raise InputError(
            f"{path}: tensor {name} is {tensor.dtype} of shape {tensor.shape}, "
            f"float32 or float16 of shape {shape} is wanted; {_WAY_OUT}"
        )
    if not np.isfinite(tensor).all():
        raise InputError(f"{path}: tensor {name} holds NaN or infinity; {_WAY_OUT}")


def _tensors(mlp: MLP) -> Tensors:
    return {
        f"layers.{number}.{name}": _compact(np.asarray(array))
        for number, layer in enumerate(mlp.layers)
        for name, array in layer._asdict().items()
    }


def _compact(tensor: np.ndarray) -> np.ndarray:
    """The same numbers, in 16 bits where none of them needs more."""
    with np.errstate(over="ignore"):
        halves = tensor.astype(np.float16)
    return halves if np.array_equal(halves, tensor) else tensor


def _mlp(tensors: Tensors, card: Card) -> MLP:
    layers = [
        Dense(
            *(
                jax.device_put(tensors[f"layers.{number}.{name}"].astype(np.float32))
                for name in Dense._fields
            )
        )
        for number in range(len(card["hidden"]) + 1)
    ]
    return MLP(layers, card["threshold"])


def _digest(card: Card, tensors: Tensors) -> str:
    digest = hashlib.sha256(json.dumps(card, sort_keys=True).encode())
    for name in sorted(tensors):
        digest.update(np.ascontiguousarray(tensors[name]).data)
    return digest.hexdigest()
