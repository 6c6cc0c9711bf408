"""MNIST as NumPy arrays, downloaded and verified by TensorFlow Datasets without TensorFlow.

`tfds.load` needs TensorFlow to unpack MNIST; the download manager of TFDS does not. It takes files
from `<data_dir>/downloads/manual/`, else those that it downloaded before, else from the network. It
checks the sha256 of manual files and new downloads.
"""

import gzip
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import UInt8

from mnist_jax.support.errors import InputError, reason
from mnist_jax.support.languages import translated


@dataclass(frozen=True, eq=False)
class Digits:
    """Images, 0 paper to 255 ink, and their digits."""

    images: UInt8[np.ndarray, "n 28 28"]
    labels: UInt8[np.ndarray, " n"]

    def __len__(self) -> int:
        """Return the number of images."""
        return len(self.labels)

    def __getitem__(self, part: slice) -> "Digits":
        """Return a slice of the images and labels."""
        return Digits(self.images[part], self.labels[part])


@dataclass(frozen=True, eq=False)
class Mnist:
    """60,000 training images and 10,000 test images (Y. LeCun)."""

    train: Digits
    test: Digits


def default_data_dir() -> Path:
    """Return the data folder of TFDS: `$TFDS_DATA_DIR`, or `~/tensorflow_datasets`."""
    return Path(os.environ.get("TFDS_DATA_DIR") or Path.home() / "tensorflow_datasets")


def load_mnist(data_dir: str | Path | None = None) -> Mnist:
    """Load MNIST; download it (11 MB) if `data_dir` does not contain it.

    Examples:
        >>> from mnist_jax import load_mnist
        >>> mnist = load_mnist()
        >>> mnist.train.images.shape, mnist.test.images.shape
        ((60000, 28, 28), (10000, 28, 28))
        >>> mnist.train.labels[:5].tolist()
        [5, 0, 4, 1, 9]

    Raises:
        InputError: the data is missing and cannot be downloaded, or a file is not MNIST's.
    """
    files = _fetched(Path(data_dir or default_data_dir()))
    train, test = (
        Digits(
            _idx(files[f"{part}-images-idx3-ubyte.gz"], dimensions=3),
            _idx(files[f"{part}-labels-idx1-ubyte.gz"], dimensions=1),
        )
        for part in ("train", "t10k")
    )
    return Mnist(train, test)


def _fetched(data_dir: Path) -> dict[str, Path]:
    """Return the paths of MNIST's four files by name, after downloading what is missing."""
    import requests
    import tensorflow_datasets as tfds
    from tensorflow_datasets.core.download import download_manager, resource

    downloads = data_dir / "downloads"
    url_infos = tfds.image_classification.MNIST.url_infos
    urls = {info.filename: url for url, info in url_infos.items()}
    missing = [
        url
        for name, url in urls.items()
        if not (downloads / "manual" / name).exists()
        and not list(downloads.rglob(resource.get_dl_fname(url, url_infos[url].checksum)))
    ]
    try:
        if missing:
            requests.head(missing[0], timeout=10.0)  # fail at once; TFDS would retry for minutes
        else:
            tfds.disable_progress_bar()
        manager = tfds.download.DownloadManager(
            download_dir=downloads,
            extract_dir=downloads,  # required, but nothing is extracted
            manual_dir=downloads / "manual",
            url_infos=url_infos,
            dataset_name="mnist",
        )
        return {name: Path(path) for name, path in manager.download(urls).items()}
    except download_manager.NonMatchingChecksumError as error:
        broken = next((name for name in urls if name in str(error)), translated("a file"))
        raise InputError(
            "{folder}: {name} is damaged or not MNIST's (its sha256 differs); "
            "delete that file and run again",
            folder=downloads,
            name=broken,
        ) from error
    except (requests.RequestException, tfds.download.DownloadError) as error:
        raise InputError(
            "MNIST is not in {folder} and cannot be downloaded ({reason}). "
            "Put {files} in {manual}, or name another --data-dir",
            folder=data_dir,
            reason=type(error).__name__,
            files=", ".join(urls),
            manual=downloads / "manual",
        ) from error
    except OSError as error:
        place = error.filename or data_dir
        raise InputError(
            "{place}: MNIST cannot be stored there ({reason})", place=place, reason=reason(error)
        ) from error


def _idx(path: Path, dimensions: int) -> np.ndarray:
    """Return the array of a gzipped IDX file: magic number, sizes, bytes (Y. LeCun)."""
    try:
        raw = gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(
            "{path}: cannot be unpacked ({problem}); delete it and run again",
            path=path,
            problem=error,
        ) from error
    header = np.frombuffer(raw[: 4 * (dimensions + 1)], ">i4")
    shape = tuple(header[1:].tolist())
    if header[:1].tolist() != [_BYTES_MAGIC + dimensions] or len(raw) != header.nbytes + np.prod(
        shape
    ):
        raise InputError("{path}: is not an IDX file of MNIST; delete it and run again", path=path)
    return np.frombuffer(raw, np.uint8, offset=header.nbytes).reshape(shape)


_BYTES_MAGIC = 0x0800
"""The magic number of an IDX file of bytes is this plus the number of dimensions."""
