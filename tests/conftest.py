"""Shared fixtures: MNIST, a small network, easy made-up digits, and the game without a window."""

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import jax
import numpy as np
import pytest
from hypothesis import settings
from matplotlib import get_cachedir

from game.app import App, opened
from game.core.state import State
from game.devices.reader import Reader
from mnist_jax.data.mnist import Digits, Mnist, load_mnist
from mnist_jax.model import MLP
from mnist_jax.params import load_params, save_params
from mnist_jax.support.errors import InputError

settings.register_profile("without deadline", deadline=None)  # a first call compiles
settings.load_profile("without deadline")


def pytest_configure(config: pytest.Config) -> None:
    """Speak English; compile with few optimisations if the slow tests are left out.

    Compiling takes longest.
    """
    os.environ["LANGUAGE"] = "en"  # whatever the system's is, also for the commands
    if config.option.markexpr == "not slow":
        jax.config.update("jax_disable_most_optimizations", True)  # noqa: FBT003
        os.environ["JAX_DISABLE_MOST_OPTIMIZATIONS"] = "1"  # for the commands


@pytest.fixture(scope="session", autouse=True)
def own_caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep compiled programs in a folder of the test run, not in the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MPLCONFIGDIR", get_cachedir())  # building a font list takes seconds
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp()))
        yield


@pytest.fixture(scope="session")
def mnist() -> Mnist:
    """The real data set; without it, tests are skipped locally and fail on CI."""
    try:
        return load_mnist()
    except InputError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def mlp() -> MLP:
    """A small untrained network."""
    return MLP.initialised((16, 12), jax.random.key(0))


@pytest.fixture(scope="session")
def shipped() -> MLP:
    """The weights that ship with the project."""
    return load_params()


@pytest.fixture
def params(tmp_path: Path, mlp: MLP) -> Path:
    """The small network as a params file."""
    path = tmp_path / "small.safetensors"
    save_params(path, mlp, {"seed": 0})
    return path


@pytest.fixture(scope="session")
def bars() -> Digits:
    """See `made_up_bars`."""
    return made_up_bars()


def made_up_bars() -> Digits:
    """Return 300 easy "digits": a bar in noise, whose row is the digit."""
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 10, 300).astype(np.uint8)
    images = rng.integers(0, 60, (300, 28, 28)).astype(np.uint8)
    images[np.arange(300), 4 + 2 * labels.astype(int)] = 255
    return Digits(images, labels)


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader of the game, loaded with the included weights.

    The library's modules are imported first: the import hook of the tests parses them, which
    Python 3.11 cannot do on two threads at once.
    """
    for module in (
        "game.devices.insight",
        "game.devices.learning",
        "mnist_jax.data.mnist_strokes",
        "mnist_jax.hand_file",
        "mnist_jax.pages.page",
        "mnist_jax.pictures",
    ):
        import_module(module)
    loaded = Reader().wait()
    assert loaded.ready
    return loaded


@pytest.fixture
def app(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """The game at its title screen, without a window; it saves to the test's folder."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    monkeypatch.setattr("game.devices.file_effects.pictures_folder", lambda: tmp_path)
    with opened(reader, State(seed=3)) as game:
        game.frame(0.0)
        yield game
