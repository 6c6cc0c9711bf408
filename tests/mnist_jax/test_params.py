"""Params files: saved, loaded, or refused with a reason."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import jax
import numpy as np
import pytest
from safetensors.numpy import load, save

from mnist_jax.model import MLP
from mnist_jax.params import load_card, load_params, rounded, save_params
from mnist_jax.support.errors import InputError
from tests.costs import errors_in_damaged


def card_of(path: Path) -> dict[str, object]:
    """Return the card in the header of the file, including the digest."""
    data = path.read_bytes()
    header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    return json.loads(header["__metadata__"]["card"])


def test_loaded_weights_equal_saved_weights(params: Path, mlp: MLP) -> None:
    """Bit for bit; saving again gives the same file, and leaves no other file in the folder."""
    jax.tree.map(np.testing.assert_array_equal, load_params(params), mlp)
    assert (load_card(params)["seed"], load_card(params)["hidden"]) == (0, [16, 12])
    first = params.read_bytes()
    save_params(params, mlp, {"seed": 0})
    assert params.read_bytes() == first
    assert list(params.parent.iterdir()) == [params]


def test_rounded_weights_halve_the_file(params: Path, mlp: MLP) -> None:
    """They are close to the original weights, and load bit for bit; too large ones stay."""
    whole = params.stat().st_size
    halves = rounded(mlp)
    jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, rtol=1e-3, atol=1e-7), halves, mlp)
    save_params(params, halves, {"seed": 0})
    assert params.stat().st_size < 0.6 * whole
    jax.tree.map(np.testing.assert_array_equal, load_params(params), halves)
    large = jax.tree.map(lambda array: array * 1e6, mlp)  # halves of these would be infinite
    jax.tree.map(np.testing.assert_array_equal, rounded(large), large)


def test_a_failed_save_leaves_the_old_file(params: Path, mlp: MLP) -> None:
    """A missing folder raises an error that names it."""
    with pytest.raises(InputError, match="gone"):
        save_params(params.parent / "gone" / "a.safetensors", mlp, {})
    assert load_params(params)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"layers.1.bias": None}, "layers.1.bias' is missing"),
        ({"layers.9.bias": np.zeros(3)}, "layers.9.bias' does not belong to this network"),
        ({"\x1b[2J\n" * 5000: np.zeros(3)}, r"tensor '\\x1b\[2J\\n.{,40}' does not belong"),
        ({"layers.1.kernel": np.zeros((16, 16))}, r"layers.1.kernel is F64 of shape \(16, 16\)"),
        ({"layers.0.bias": np.zeros(16, np.int32)}, "layers.0.bias is I32"),
        ({"layers.2.bias": np.ones(10, np.float32)}, "altered"),
    ],
)
def test_error_names_the_wrong_tensor(
    params: Path, change: dict[str, np.ndarray | None], named: str
) -> None:
    """The error says which tensor of which file is wrong, and why."""
    card = json.dumps(card_of(params))
    tensors = load(params.read_bytes()) | change
    kept = {name: tensor for name, tensor in tensors.items() if tensor is not None}
    params.write_bytes(save(kept, metadata={"card": card}))
    with pytest.raises(InputError, match=rf"small\.safetensors.*{named}"):
        load_params(params)


@pytest.mark.parametrize(
    "card", ["", "7", "[]", "{}", *map('{{"hidden":{}}}'.format, ("5", '["a"]', "[0]", "[true]"))]
)
def test_a_wrong_card_is_refused(params: Path, card: str) -> None:
    """A card that does not describe a network raises an error that names the file."""
    tensors = load(params.read_bytes())
    params.write_bytes(save(tensors, metadata={"card": card}))
    with pytest.raises(InputError, match="small"):
        load_params(params)


def test_other_files_are_refused(tmp_path: Path, params: Path) -> None:
    """Missing, empty, truncated and random files, files without a card, pipes and folders."""
    data = params.read_bytes()
    contents = {
        "empty": b"",
        "cut": data[:-1],
        "header": data[:100],
        "longer": data + b"0",
        "random": np.random.default_rng(0).bytes(5000),
        "cardless": save(load(data)),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    others = [tmp_path, pipe, tmp_path / "missing", tmp_path / ("long" * 100)]
    for path in (*(tmp_path / name for name in contents), *others):
        with pytest.raises(InputError, match=path.name):
            load_params(path)


def test_costly_files_are_refused_at_once(params: Path) -> None:
    """Before the header is unpacked, a tensor is read or a long number is converted."""
    tensors, card = load(params.read_bytes()), card_of(params)
    cases = {
        "header has 3,": json.dumps(card | {"hidden": [1] * 1_000_000}),
        "header has 4,": json.dumps(card | {"seed": [[]] * 1_000_000}),
        "nested too deep": "[" * 100_000,
        "has 5,000 digits": json.dumps(card).replace('"seed": 0', '"seed": ' + "7" * 5000),
        "more than 200,000,000 weights": json.dumps(card | {"hidden": [60_000, 60_000]}),
    }
    for said, text in cases.items():
        params.write_bytes(save(tensors, metadata={"card": text}))
        with pytest.raises(InputError, match=said):
            load_params(params)


@pytest.mark.parametrize("load_file", [load_params, load_card])
def test_no_name_is_no_file(load_file: Callable[[str], object]) -> None:
    """It does not stand for the included weights."""
    with pytest.raises(InputError, match="is not a file"):
        load_file("")


def test_threshold_may_be_an_integer(tmp_path: Path, mlp: MLP) -> None:
    """An integer threshold can be saved and loaded."""
    strict = MLP(mlp.layers)
    strict.threshold = 1
    save_params(tmp_path / "a.safetensors", strict, {})
    assert load_params(tmp_path / "a.safetensors").threshold == 1


@pytest.mark.parametrize(
    "scales", [(1e20, 1e20, 1e20), (1e38, 1e-38, 1.0), (1.0, np.nan, 1.0)], ids=str
)
def test_weights_that_overflow_are_refused(
    tmp_path: Path, mlp: MLP, scales: tuple[float, ...]
) -> None:
    """The digest is right, but an activation or a gradient would overflow or be NaN."""
    path = tmp_path / "huge.safetensors"
    scaled = zip(mlp.layers, scales, strict=True)
    layers = [layer._replace(kernel=layer.kernel * scale) for layer, scale in scaled]
    save_params(path, MLP(layers), {})
    with pytest.raises(InputError, match=r"huge\.safetensors.*overflow"):
        load_params(path)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured on Linux only")
def test_every_damaged_file_is_refused_in_time(tmp_path: Path) -> None:
    path = tmp_path / "one.safetensors"
    save_params(path, MLP.initialised((1,), jax.random.key(0)), {"seed": 0})
    for error, is_changed in errors_in_damaged("card", tmp_path, [path.read_bytes()]):
        assert ("is not a valid params file" in error) is is_changed
