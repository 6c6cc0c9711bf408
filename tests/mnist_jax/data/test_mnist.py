"""The data set: whole where it can be had, refused when altered, asked for when missing."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from mnist_jax.data.mnist import Mnist, _fetched, default_data_dir, load_mnist
from mnist_jax.support.errors import InputError

MANUAL = Path("downloads") / "manual"


@pytest.fixture
def data_dir(tmp_path: Path, mnist: Mnist) -> Path:  # noqa: ARG001  skips without the data
    """A copy of the four files, to be damaged."""
    (tmp_path / MANUAL).mkdir(parents=True)
    for name, path in _fetched(default_data_dir()).items():
        shutil.copyfile(path, tmp_path / MANUAL / name)
    return tmp_path


def test_all_images_are_there(mnist: Mnist) -> None:
    """The counts, the first digits and the ink that MNIST is known for."""
    assert mnist.train.images.shape == (60_000, 28, 28)
    assert mnist.test.images.shape == (10_000, 28, 28)
    assert mnist.train.labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert mnist.test.labels[:5].tolist() == [7, 2, 1, 0, 4]
    assert mnist.train.images.mean() / 255 == pytest.approx(0.1307, abs=1e-4)
    assert np.bincount(mnist.test.labels).tolist() == [
        980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009,
    ]  # fmt: skip


@pytest.mark.parametrize("damage", ["cut", "altered", "empty"])
def test_a_damaged_file_is_named(data_dir: Path, damage: str) -> None:
    """TFDS's checksum catches it; the error says which file to delete."""
    name = "t10k-labels-idx1-ubyte.gz"
    path = data_dir / MANUAL / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes({"cut": data[:-100], "altered": data, "empty": b""}[damage])
    with pytest.raises(InputError, match=name):
        load_mnist(data_dir)


def test_without_data_and_network_the_error_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error names the four files and the folder to put them in, without minutes of waiting."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nothing listens on the discard port
    with pytest.raises(InputError, match=r"train-images-idx3-ubyte\.gz") as caught:
        load_mnist(tmp_path)
    assert str(tmp_path / MANUAL) in str(caught.value)


def test_a_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    """A file where the data folder should be is an error, not a trace."""
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="file"):
        load_mnist(tmp_path / "file")
