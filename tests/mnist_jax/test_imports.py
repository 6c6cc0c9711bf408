"""What an import loads and changes, in a fresh interpreter."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import mnist_jax
from mnist_jax.data.mnist import Mnist


def printed_by(script: str) -> str:
    """Return what a script prints in a fresh interpreter."""
    command = [sys.executable, "-c", script]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def loaded_by(statement: str) -> set[str]:
    """Return the modules that a statement loads."""
    return set(printed_by(f"import sys\n{statement}\nprint(*sys.modules)").split())


@pytest.mark.parametrize(
    "module", ["mnist_jax", "mnist_jax.ink.strokes", "mnist_jax.support.command_line"]
)
def test_light_modules_do_not_import_jax(module: str) -> None:
    """The package, its strokes and the parsing of options load no heavy library."""
    assert not loaded_by(f"import {module}") & {"jax", "flax", "tensorflow", "pygame"}


def test_the_library_does_not_import_the_game() -> None:
    """No module of `mnist_jax` loads `game`, pygame or TensorFlow."""
    loaded = loaded_by(
        "import importlib, pkgutil, mnist_jax\n"
        "for module in pkgutil.iter_modules(mnist_jax.__path__, 'mnist_jax.'):\n"
        "    importlib.import_module(module.name)"
    )
    assert "mnist_jax.train" in loaded
    assert not loaded & {"game", "pygame", "tensorflow"}


def test_teach_is_the_function_also_after_the_command_was_imported() -> None:
    """Python would make the module an attribute of the package, in place of the function."""
    printed = printed_by(
        "import mnist_jax.teach\n"
        "from mnist_jax import teach\n"
        "from mnist_jax.teach import main\n"
        "print(teach.__module__, mnist_jax.teach is teach, main.__module__)"
    )
    assert printed.split() == ["mnist_jax.training.teaching", "True", "mnist_jax.teach"]


def test_mnist_is_loaded_without_tensorflow(tmp_path: Path, mnist: Mnist) -> None:
    """TensorFlow is not imported even if it is installed."""
    del mnist
    (tmp_path / "tensorflow.py").write_text("")
    loaded = loaded_by(
        f"sys.path.insert(0, {str(tmp_path)!r})\nimport mnist_jax\nmnist_jax.load_mnist()"
    )
    assert "tensorflow" not in loaded


def test_public_names_are_imported_on_first_use() -> None:
    """Every public name resolves, also a second time; an unknown one is an AttributeError."""
    printed = printed_by(
        "import json, mnist_jax, types\n"
        "values = [getattr(mnist_jax, name) for name in mnist_jax.__all__ * 2]\n"
        "modules = [isinstance(value, types.ModuleType) for value in values]\n"
        "print(json.dumps([modules, hasattr(mnist_jax, 'nothing')]))"
    )
    assert json.loads(printed) == [[False] * 2 * len(mnist_jax.__all__), False]


GLOBALS = """
import logging, os, signal, sys, warnings
import flax.nnx, jax, jaxtyping, optax, safetensors.numpy

jax.numpy.zeros(1).block_until_ready()

def settings():
    return {
        "JAX": dict(jax.config.values),
        "environment": dict(os.environ),
        "warnings": list(warnings.filters),
        "loggers": {name: str(logger) for name, logger in logging.root.manager.loggerDict.items()},
        "handlers": list(logging.root.handlers),
        "hooks": (sys.excepthook, sys.unraisablehook),
        "signals": [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)],
    }

before = settings()
"""


def test_using_the_library_changes_nothing_global() -> None:
    """JAX's settings, the environment, warnings, logging, hooks and signals stay as they are."""
    printed = printed_by(
        GLOBALS + "import numpy\n"
        "from mnist_jax import load_params, predict, read_drawing\n"
        "mlp = load_params()\n"
        "predict(mlp, numpy.full((1, 28, 28), 200))\n"
        "print(read_drawing(mlp, [[(0, 0), (20, 1), (8, 40)]]).digit)\n"
        "after = settings()\n"
        "print(*[name for name in before if before[name] != after[name]])"
    )
    assert printed.split() == ["7"]
