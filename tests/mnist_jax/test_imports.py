"""What an import loads and changes, in a fresh interpreter."""

import json
import subprocess
import sys
from pathlib import Path

import mnist_jax
from mnist_jax.data.mnist import Mnist


def printed_by(script: str) -> str:
    """Return what a script prints in a fresh interpreter."""
    command = [sys.executable, "-c", script]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def loaded_by(statement: str) -> set[str]:
    """Return the modules that a statement loads."""
    return set(printed_by(f"import sys\n{statement}\nprint(*sys.modules)").split())


def test_light_modules_do_not_import_jax() -> None:
    """The package, its strokes, the list of commands and the parsing of options load little."""
    loaded = loaded_by("import mnist_jax.__main__, mnist_jax.ink.strokes, mnist_jax.train")
    assert "mnist_jax.support.command_line" in loaded
    assert not loaded & {"jax", "flax", "tensorflow", "pygame"}


def test_mnist_is_loaded_without_tensorflow(tmp_path: Path, mnist: Mnist) -> None:
    """TensorFlow is not imported even if it is installed."""
    del mnist
    (tmp_path / "tensorflow.py").write_text("")
    loaded = loaded_by(
        f"sys.path.insert(0, {str(tmp_path)!r})\nimport mnist_jax\nmnist_jax.load_mnist()"
    )
    assert "tensorflow" not in loaded


def test_public_names_are_imported_on_first_use() -> None:
    """Also after a command of the same name was imported, and a second time.

    Python would make the module `mnist_jax.teach` an attribute, in place of the function.
    """
    printed = printed_by(
        "import json, types, mnist_jax, mnist_jax.teach\n"
        "values = [getattr(mnist_jax, name) for name in mnist_jax.__all__ * 2]\n"
        "modules = [isinstance(value, types.ModuleType) for value in values]\n"
        "from mnist_jax.teach import main\n"
        "print(json.dumps([modules, hasattr(mnist_jax, 'nothing'), main.__module__]))"
    )
    wanted = [[False] * 2 * len(mnist_jax.__all__), False, "mnist_jax.teach"]
    assert json.loads(printed) == wanted


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
