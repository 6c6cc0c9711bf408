"""What importing the game loads, checked in a fresh interpreter."""

import subprocess
import sys

import pytest

SLOW = {"jax", "jaxtyping", "flax", "tensorflow", "matplotlib"}


def loaded_by(module: str) -> set[str]:
    """Return the top-level packages in `sys.modules` after importing a module."""
    command = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    finished = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=True
    )
    return set(finished.stdout.split())


@pytest.mark.parametrize("module", ["game.app", "game.__main__", "game.session"])
def test_the_window_opens_before_slow_packages_are_imported(module: str) -> None:
    assert not loaded_by(module) & SLOW


@pytest.mark.parametrize("module", ["game.core.update", "game.view.layout", "game.view.screens"])
def test_rules_and_scenes_load_neither_pygame_nor_numpy(module: str) -> None:
    assert not loaded_by(module) & {"pygame", "numpy", "jax", "mnist_jax"}


def test_what_one_has_not_opened_is_not_imported() -> None:
    command = "import sys, game.app, game.session; print(*sys.modules)"
    finished = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=True
    )
    loaded = set(finished.stdout.split())
    late = ("mnist_jax.insight", "mnist_jax.training", "game.view.screens.learning")
    assert not {name for name in loaded if name.startswith(late)}
