"""Save and load params files: weights in the safetensors format, with a card that describes them.

These are the tensors of a network with hidden layers of 2048 and 1024 units. Each is stored as
float16 if that loses nothing, and as float32 otherwise:

    layers.0.kernel  (784, 2048)    layers.0.bias  (2048,)
    layers.1.kernel  (2048, 1024)   layers.1.bias  (1024,)
    layers.2.kernel  (1024, 11)     layers.2.bias  (11,)

The only metadata entry, `card`, is a JSON object:

    hidden     widths of the hidden layers, such as [2048, 1024]
    classes    10, or 11 if the last class is "not a digit"
    threshold  smallest probability of being a digit that is accepted, 0 to 1
    recipe     name and settings of the training
    seed       seed of the training
    versions   versions of the libraries that it was trained with
    test       accuracy, loss, calibration error and count on the test images of MNIST
    taught     only after teaching: the number of drawings, and how those left out are read
    sha256     digest of the other entries and the tensors

Loading runs no code. The length of the header is checked before it is read, the card and the name,
shape and dtype of every tensor before any tensor is read, and the digest afterwards. NumPy, PyTorch
and Rust can read the file as well. Equal weights and cards give equal bytes.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
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
from mnist_jax.support.errors import InputError, shortened
from mnist_jax.support.files import checked_input, write_whole
from mnist_jax.support.languages import translatable, translated
from mnist_jax.training.recipes import MAX_WEIGHTS, MAX_WIDTH

MAX_HEADER = 200_000
"""Most bytes of a header: enough for a thousand layers, and little memory once it is parsed."""

Card = dict[str, Any]
Tensors = dict[str, np.ndarray]
Shapes = Mapping[str, tuple[int, ...]]


def shipped_params() -> Path:
    """Return the path of the weights that ship with the project, in a wheel or in a checkout."""
    package = Path(__file__).resolve().parent
    in_wheel = package / "shipped" / "mnist_mlp.safetensors"
    return in_wheel if in_wheel.exists() else package.parent / "params" / "mnist_mlp.safetensors"


def save_params(path: str | Path, mlp: MLP, card: Card) -> None:
    """Write the weights and the card atomically.

    Examples:
        >>> from tempfile import TemporaryDirectory
        >>> import jax
        >>> from mnist_jax import MLP, load_card, save_params
        >>> mlp = MLP.initialised((16,), jax.random.key(0))
        >>> with TemporaryDirectory() as folder:
        ...     save_params(f"{folder}/mine.safetensors", mlp, {"seed": 0})
        ...     load_card(f"{folder}/mine.safetensors")
        {'classes': 10, 'hidden': [16], 'seed': 0, 'threshold': 0.5}

    Raises:
        InputError: the file cannot be written.
    """
    tensors = _tensors(mlp)
    network = {"hidden": mlp.hidden, "classes": mlp.classes, "threshold": float(mlp.threshold)}
    write_tensors(Path(path), tensors, card | network)


def rounded(mlp: MLP) -> MLP:
    """Return the network with its weights rounded to float16, which halves the size of its file.

    The relative change is at most 1/2000, or 3e-8 absolute for weights below 6e-5, too little to
    affect any metric. If a weight overflows float16, the network is returned unchanged.
    """
    with np.errstate(over="ignore"):
        halves = jax.tree.map(np.float16, mlp)  # NumPy compiles nothing
    if not all(np.isfinite(half).all() for half in jax.tree.leaves(halves)):
        return mlp
    halved: MLP = jax.device_put(jax.tree.map(np.float32, halves))
    return halved


def load_params(path: str | Path | None = None) -> MLP:
    """Load the network of a params file, by default the one that ships with the project.

    Examples:
        >>> from mnist_jax import load_params
        >>> load_params().hidden
        [2048, 1024]

    Raises:
        InputError: the file is missing, damaged or no params file.
    """
    return _load(path)[0]


def load_card(path: str | Path | None = None) -> Card:
    """Load the card of a params file, without its digest: recipe, seed, versions, test results.

    Examples:
        >>> from mnist_jax import load_card
        >>> card = load_card()
        >>> card["hidden"], card["test"]["count"]
        ([2048, 1024], 10000)

    Raises:
        InputError: the file is missing, damaged or no params file.
    """
    return _load(path)[1]


_ADVICE = translatable("give a file that `python -m mnist_jax.train` wrote")


def _load(given: str | Path | None) -> tuple[MLP, Card]:
    path = checked_input(shipped_params() if given is None else Path(given), _ADVICE)
    try:
        card, tensors = read_tensors(path, _shapes)
        return _network(card, tensors), card
    except (OSError, ValueError) as error:
        raise InputError(
            "{path}: is not a valid params file ({problem}); {hint}",
            path=path,
            problem=error,
            hint=translated(_ADVICE),
        ) from error


def _shapes(card: Card, _names: set[str]) -> Shapes:
    """Return the shape of every tensor of the network that the card describes."""
    if not _describes_network(card):
        raise InputError("there is no card that describes the network")
    widths = (PIXELS, *card["hidden"], card["classes"])
    if sum(a * b for a, b in pairwise(widths)) > MAX_WEIGHTS:
        raise InputError("the card describes more than {most:,} weights", most=MAX_WEIGHTS)
    shapes: dict[str, tuple[int, ...]] = {}
    for index, (inputs, outputs) in enumerate(pairwise(widths)):
        shapes[f"layers.{index}.kernel"] = (inputs, outputs)
        shapes[f"layers.{index}.bias"] = (outputs,)
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


def _network(card: Card, tensors: Tensors) -> MLP:
    weights = jax.device_put({name: data.astype(np.float32) for name, data in tensors.items()})
    layers = [
        Dense(*(weights[f"layers.{index}.{name}"] for name in Dense._fields))
        for index in range(len(card["hidden"]) + 1)
    ]
    if may_overflow(layers):
        raise InputError("the weights are not finite or so large that the network may overflow")
    return MLP(layers, card["threshold"])


def _tensors(mlp: MLP) -> Tensors:
    return {
        f"layers.{index}.{name}": _compact(np.asarray(array))
        for index, layer in enumerate(mlp.layers)
        for name, array in layer._asdict().items()
    }


def _compact(tensor: np.ndarray) -> np.ndarray:
    """Return the tensor as float16 if that is exact, and unchanged otherwise."""
    with np.errstate(over="ignore"):
        halves = tensor.astype(np.float16)
    return halves if np.array_equal(halves, tensor) else tensor


def write_tensors(path: Path, tensors: Tensors, card: Card) -> None:
    """Write the tensors and the card atomically.

    Raises:
        InputError: the file cannot be written.
    """
    card = card | {"sha256": _digest(card, tensors)}
    write_whole(path, save(tensors, metadata={"card": json.dumps(card, sort_keys=True)}))


def read_tensors(path: Path, shapes: Callable[[Card, set[str]], Shapes]) -> tuple[Card, Tensors]:
    """Return the card, without the digest, and the tensors.

    `shapes` is called with the card and the names of the tensors in the file, and returns the shape
    of every tensor that the file must have.

    Raises:
        ValueError: the file is damaged, or holds other tensors.
        OSError: it is missing or cannot be read.
    """
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
    if length > MAX_HEADER:
        raise InputError(
            "its header has {size:,} bytes, more than {most:,}", size=length, most=MAX_HEADER
        )
    try:
        with safe_open(path, framework="numpy") as file:
            card = json.loads((file.metadata() or {}).get("card", "null"), parse_int=_whole_number)
            if not isinstance(card, dict):
                raise InputError("there is no card that describes the network")
            wanted = shapes(card, set(file.keys()))
            _check_header(file, wanted)
            tensors = {name: file.get_tensor(name) for name in wanted}
    except RecursionError as error:
        raise InputError("its card is nested too deep") from error
    except SafetensorError as error:
        raise ValueError(str(error)) from error
    if card.pop("sha256", None) != _digest(card, tensors):
        raise InputError("the content does not match the digest, so it was altered")
    return card, tensors


def _whole_number(text: str) -> int:
    if len(text) > 100:  # Python converts 4,300 digits at most
        raise InputError(
            "the number {number} in the card has {count:,} digits",
            number=shortened(text),
            count=len(text),
        )
    return int(text)


def _check_header(file: Any, shapes: Shapes) -> None:
    """Check the name, shape and dtype of every tensor of an open safetensors file."""
    if wrong := shapes.keys() ^ set(file.keys()):
        name = min(wrong)
        problem = (
            translatable("tensor {name} is missing")
            if name in shapes
            else translatable("tensor {name} does not belong to this network")
        )
        raise InputError(problem, name=shortened(name))
    for name, shape in shapes.items():
        header = file.get_slice(name)
        dtype, found = header.get_dtype(), tuple(header.get_shape())
        if dtype not in {"F16", "F32"} or found != shape:
            raise InputError(
                "tensor {name} is {dtype} of shape {found}, expected F32 or F16 of shape {shape}",
                name=name,
                dtype=dtype,
                found=found,
                shape=shape,
            )


def _digest(card: Card, tensors: Tensors) -> str:
    content = hashlib.sha256(json.dumps(card, sort_keys=True).encode())
    for name in sorted(tensors):
        content.update(np.ascontiguousarray(tensors[name]).data)
    return content.hexdigest()
