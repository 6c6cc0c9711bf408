"""Which rooms know of which: looked at in a fresh interpreter."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import mnist_jax
from mnist_jax.data.mnist import Mnist


def printed_by(script: str) -> str:
    """What a script prints in a fresh interpreter."""
    command = [sys.executable, "-c", script]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def loaded_by(statement: str) -> set[str]:
    """The modules that a statement loads."""
    return set(printed_by(f"import sys\n{statement}\nprint(*sys.modules)").split())


@pytest.mark.parametrize(
    "module", ["mnist_jax", "mnist_jax.ink.strokes", "mnist_jax.support.errors"]
)
def test_strokes_need_no_jax(module: str) -> None:
    """Importing the package or its strokes loads none of the heavy libraries."""
    assert not loaded_by(f"import {module}") & {"jax", "flax", "tensorflow", "pygame"}


def test_the_reader_of_digits_knows_nothing_of_the_game() -> None:
    """No module of `mnist_jax` loads `game` or pygame, nor TensorFlow."""
    loaded = loaded_by(
        "import importlib, pkgutil, mnist_jax\n"
        "for module in pkgutil.iter_modules(mnist_jax.__path__, 'mnist_jax.'):\n"
        "    importlib.import_module(module.name)"
    )
    assert "mnist_jax.train" in loaded
    assert not loaded & {"game", "pygame", "tensorflow"}


def test_mnist_is_loaded_without_tensorflow(tmp_path: Path, mnist: Mnist) -> None:
    """Also where TensorFlow could be had."""
    del mnist
    (tmp_path / "tensorflow.py").write_text("")
    loaded = loaded_by(
        f"sys.path.insert(0, {str(tmp_path)!r})\nimport mnist_jax\nmnist_jax.load_mnist()"
    )
    assert "tensorflow" not in loaded


def test_public_names_are_loaded_when_used() -> None:
    """Every public name is there, the second time too; an unknown one is an AttributeError."""
    printed = printed_by(
        "import json, mnist_jax, types\n"
        "values = [getattr(mnist_jax, name) for name in mnist_jax.__all__ * 2]\n"
        "modules = [isinstance(value, types.ModuleType) for value in values]\n"
        "print(json.dumps([modules, hasattr(mnist_jax, 'nothing')]))"
    )
    assert json.loads(printed) == [[False] * 2 * len(mnist_jax.__all__), False]
