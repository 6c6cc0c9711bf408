"""What importing the game loads, checked in a fresh interpreter."""

import subprocess
import sys


def loaded_by(*modules: str) -> set[str]:
    """Return the names in `sys.modules` after importing some modules."""
    command = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    finished = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=True
    )
    return set(finished.stdout.split())


def test_the_window_opens_before_slow_packages_and_unopened_screens_are_imported() -> None:
    loaded = loaded_by("game.app", "game.__main__", "game.replay")
    assert not loaded & {"jax", "jaxtyping", "flax", "tensorflow", "matplotlib"}
    late = ("mnist_jax.insight", "mnist_jax.training", "game.view.screens.learning")
    assert not {name for name in loaded if name.startswith(late)}


def test_rules_and_scenes_load_neither_pygame_nor_numpy() -> None:
    loaded = loaded_by("game.core.update", "game.view.layout", "game.view.screens")
    assert not loaded & {"pygame", "numpy", "jax"}
