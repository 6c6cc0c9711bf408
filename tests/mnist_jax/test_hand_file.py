"""Files with what was learnt of a hand: small, exact where they can be, and checked."""

from pathlib import Path

import jax
import numpy as np
import pytest

from mnist_jax.hand_file import RANK, OtherNetworkError, load_hand, save_hand
from mnist_jax.model import MLP, Dense

NETWORK = MLP.initialised((64, 48), jax.random.key(0), classes=11)


def taught(rank: int) -> MLP:
    """The network after a change of so many directions of its second layer and its last bias."""
    rng = np.random.default_rng(1)
    first, second, last = NETWORK.layers
    change = rng.normal(0, 0.1, (64, rank)) @ rng.normal(0, 0.1, (rank, 48))
    kernel = np.asarray(second.kernel) + change.astype(np.float32)
    return MLP([first, Dense(kernel, second.bias), Dense(last.kernel, last.bias + 0.25)])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "hand.safetensors"
    save_hand(path, NETWORK, taught(3), {"drawings": 60})
    return path


def test_a_change_of_few_directions_is_stored_as_it_is_and_the_first_layer_not_at_all(
    path: Path,
) -> None:
    network, card = load_hand(path, NETWORK)
    assert card == {"drawings": 60}
    for got, expected in zip(jax.tree.leaves(network), jax.tree.leaves(taught(3)), strict=True):
        np.testing.assert_allclose(got, expected, atol=2e-4)
    assert b"layers.0" not in path.read_bytes()
    again = path.with_name("again.safetensors")
    save_hand(again, NETWORK, taught(3), {"drawings": 60})
    assert again.read_bytes() == path.read_bytes()


def test_of_a_change_of_many_directions_the_strongest_are_stored(path: Path) -> None:
    save_hand(path, NETWORK, taught(48), {})
    network, _ = load_hand(path, NETWORK)
    change, stored = (
        np.asarray(other.layers[1].kernel) - np.asarray(NETWORK.layers[1].kernel)
        for other in (taught(48), network)
    )
    strengths = np.linalg.svd(change, compute_uv=False)
    least = np.sqrt((strengths[RANK:] ** 2).sum())  # Eckart and Young 1936
    assert least > 0.1 * np.linalg.norm(change)
    assert np.linalg.norm(change - stored) < 1.02 * least


def test_a_file_for_another_network_says_so(path: Path) -> None:
    other = MLP.initialised((64, 48), jax.random.key(1), classes=11)
    with pytest.raises(OtherNetworkError):
        load_hand(path, other)


def test_a_damaged_file_is_refused(path: Path) -> None:
    content = path.read_bytes()
    places = 0, 9, 300, len(content) // 2, len(content) - 1
    cut = [content[:place] for place in places]
    altered = [content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :] for at in places]
    for wrong in (*cut, *altered):
        path.write_bytes(wrong)
        with pytest.raises(ValueError, match=r".+"):
            load_hand(path, NETWORK)
