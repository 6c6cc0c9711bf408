"""Which rooms know of which: looked at in a fresh interpreter."""

import subprocess
import sys

import pytest


def loaded_by(statement: str) -> set[str]:
    """Top-level modules and the project's own modules that a statement loads."""
    script = f"import sys\n{statement}\nprint(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


@pytest.mark.parametrize("module", ["mnist_jax", "mnist_jax.drawing", "mnist_jax.errors"])
def test_strokes_need_no_jax(module: str) -> None:
    """Importing the package or its strokes loads none of the heavy libraries."""
    assert not loaded_by(f"import {module}") & {"jax", "flax", "tensorflow", "pygame"}


def test_the_reader_of_digits_knows_nothing_of_the_game() -> None:
    """No module of `mnist_jax` loads `game` or pygame, nor TensorFlow."""
    loaded = loaded_by("import mnist_jax.train, mnist_jax.evaluate")
    assert not loaded & {"game", "pygame", "tensorflow"}


def test_public_names_are_loaded_when_used() -> None:
    """Every public name is there, the second time too; an unknown one is an AttributeError."""
    loaded_by(
        "import mnist_jax, types\n"
        "for name in mnist_jax.__all__ * 2:\n"
        "    assert not isinstance(getattr(mnist_jax, name), types.ModuleType), name\n"
        "assert not hasattr(mnist_jax, 'nothing')"
    )
