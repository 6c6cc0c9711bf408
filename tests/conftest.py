"""Shared fixtures: MNIST, a small network, easy made-up digits, and the game without a window.

JAX and the packages are imported by the fixtures, as xdist's main process runs no test.
"""

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from game.app import App
    from game.devices.reader import Reader
    from mnist_jax.data.mnist import Digits, Mnist
    from mnist_jax.model import MLP

settings.register_profile("without deadline", deadline=None)  # a first call compiles
settings.load_profile("without deadline")


def pytest_configure(config: pytest.Config) -> None:
    """Speak English and open no window; compile quickly if the slow tests are left out.

    Compiling takes longest. All this holds for the commands, too.
    """
    os.environ |= {"LANGUAGE": "en", "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    if config.option.markexpr == "not slow":
        os.environ["JAX_DISABLE_MOST_OPTIMIZATIONS"] = "1"
    # two workers may write the same program at once
    config.addinivalue_line("filterwarnings", "ignore:Error reading persistent compilation cache")


@pytest.fixture(scope="session", autouse=True)
def own_caches(request: pytest.FixtureRequest) -> Iterator[None]:
    """Keep compiled programs in pytest's cache, for all workers and later runs, not in the user's.

    `pytest --cache-clear` removes them.
    """
    import jax
    from matplotlib import get_cachedir

    folder = request.config.cache.mkdir("programs")
    jax.config.update("jax_compilation_cache_dir", str(folder))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
    jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MPLCONFIGDIR", get_cachedir())  # building a font list takes seconds
        patch.setenv("XDG_CACHE_HOME", str(folder))  # of the commands
        yield


@pytest.fixture(scope="session")
def mnist() -> "Mnist":
    """The real data set; without it, tests are skipped locally and fail on CI."""
    from mnist_jax import InputError, load_mnist

    try:
        return load_mnist()
    except InputError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def mlp() -> "MLP":
    """A small untrained network."""
    import jax

    from mnist_jax.model import MLP

    return MLP.initialised((16, 12), jax.random.key(0))


@pytest.fixture(scope="session")
def shipped() -> "MLP":
    """The weights that ship with the project."""
    from mnist_jax import load_params

    return load_params()


@pytest.fixture
def params(tmp_path: Path, mlp: "MLP") -> Path:
    """The small network as a params file."""
    from mnist_jax import save_params

    path = tmp_path / "small.safetensors"
    save_params(path, mlp, {"seed": 0})
    return path


@pytest.fixture(scope="session")
def bars() -> "Digits":
    """See `made_up_bars`."""
    return made_up_bars()


def made_up_bars() -> "Digits":
    """Return 300 easy "digits": a bar in noise, whose row is the digit."""
    from mnist_jax.data.mnist import Digits

    rng = np.random.default_rng(0)
    labels = rng.integers(0, 10, 300).astype(np.uint8)
    images = rng.integers(0, 60, (300, 28, 28)).astype(np.uint8)
    images[np.arange(300), 4 + 2 * labels.astype(int)] = 255
    return Digits(images, labels)


@pytest.fixture(scope="session")
def reader() -> "Reader":
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
    from game.devices.reader import Reader

    loaded = Reader().wait()
    assert loaded.ready
    return loaded


@pytest.fixture
def app(reader: "Reader", tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator["App"]:
    """The game at its title screen, without a window; it saves to the test's folder."""
    from game.app import opened
    from game.core.state import State

    monkeypatch.setattr("game.devices.file_effects.pictures_folder", lambda: tmp_path)
    with opened(reader, State(seed=3)) as game:
        game.frame(0.0)
        yield game
